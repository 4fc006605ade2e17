// What the tests of the page share: files, a real device, and a port of Web Serial over its socket.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));

/** A file of src/test/resources. */
export function resource(name) {
  return new Uint8Array(readFileSync(join(TOP, 'src/test/resources', name)));
}

/** Numbers that are the same in every run. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What `java` runs the program with; null if there is none. */
export function javaCommand() {
  const { SWITCHBACK_JAVA: java, SWITCHBACK_CLASSPATH: classPath } = process.env;
  return java && classPath ? [java, classPath] : null;
}

/** The program on a simulated board, in its own process. */
export class RealDevice {
  static async start() {
    const device = new RealDevice();
    device.directory = mkdtempSync(join(tmpdir(), 'switchback-page-'));
    device.path = join(device.directory, 'line');
    const [java, classPath] = javaCommand();
    const jvm = ['-Xmx64m', '-XX:TieredStopAtLevel=1', '--enable-native-access=ALL-UNNAMED'];
    const options = ['--board', 'sim', '--state-dir', device.directory];
    const program = ['-cp', classPath, 'dev.switchback.device.Main', ...options];
    device.process = spawn(java, [...jvm, ...program], { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    device.process.stderr.on('data', (text) => (said = (said + text).slice(-2000)));
    for (let tries = 0; tries < 600; tries++) {
      if (await canConnect(device.path)) {
        return device;
      }
      if (device.process.exitCode !== null) {
        break;
      }
      await pause(50);
    }
    await device.stop();
    throw new Error(`the device does not start: ${said}`);
  }

  async stop() {
    if (this.process.exitCode === null) {
      const exit = once(this.process, 'exit');
      this.process.kill();
      await exit;
    }
    rmSync(this.directory, { recursive: true });
  }
}

async function canConnect(path) {
  const socket = net.connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A SerialPort of Web Serial whose cable is a socket; `faults` may change its bytes. */
export class SocketPort {
  readable = null;
  writable = null;
  opened = 0;
  #path;
  #faults;
  #socket = null;

  /** @param faults toDevice(bytes) and toPage(bytes): what arrives, or a promise of it */
  constructor(path, faults = { toDevice: (bytes) => bytes, toPage: (bytes) => bytes }) {
    this.#path = path;
    this.#faults = faults;
  }

  getInfo() {
    return { usbVendorId: 0x0403, usbProductId: 0x6001 };
  }

  async open() {
    if (this.#socket) {
      throw new DOMException('The port is already open.', 'InvalidStateError');
    }
    const socket = net.connect(this.#path);
    await once(socket, 'connect');
    this.#socket = socket;
    this.opened++;
    this.readable = new ReadableStream({
      start: (controller) => this.#start(socket, controller),
      cancel: () => socket.destroy(),
    });
    this.writable = new WritableStream({
      write: async (bytes) => {
        socket.write(await this.#faults.toDevice(bytes));
      },
    });
  }

  #start(socket, controller) {
    let last = Promise.resolve();
    socket.on('data', (bytes) => {
      last = last.then(async () => {
        const arrived = await this.#faults.toPage(bytes);
        if (!socket.destroyed) {
          controller.enqueue(new Uint8Array(arrived));
        }
      });
    });
    socket.on('error', () => {}); // Reported as close.
    socket.on('close', () => {
      last.then(() => {
        if (this.#socket === socket && this.readable) {
          this.readable = null;
          controller.error(new DOMException('The device has been lost.', 'NetworkError'));
        }
      });
    });
  }

  /** As when the cable is pulled. */
  pull() {
    this.#socket.destroy();
  }

  async close() {
    if (this.readable?.locked || this.writable?.locked) {
      throw new TypeError('Cannot close a port with a locked stream.');
    }
    this.#socket?.destroy();
    this.#socket = null;
    this.readable = null;
    this.writable = null;
  }
}

/** navigator.serial. */
export class FakeSerial extends EventTarget {
  allowed = [];

  async getPorts() {
    return this.allowed;
  }

  plug(port) {
    const event = new Event('connect');
    Object.defineProperty(event, 'target', { value: port });
    this.dispatchEvent(event);
  }
}
