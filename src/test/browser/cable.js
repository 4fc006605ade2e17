// A device on a cable, and the page without a server: what the tests of Web Serial share.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { extname, join } from 'node:path';
import { Program, temporary } from './lab.js';

/** Writes the page that needs no server into a directory. */
export async function exportPage(directory) {
  const program = new Program('switchback', 'lab', '--export', directory);
  if ((await program.ended) !== 0) {
    throw new Error(program.output);
  }
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** Serves the files of a directory; returns the server and its address. */
export async function serve(directory) {
  const server = createHttpServer(({ url }, response) => {
    const path = join(directory, url === '/' ? 'index.html' : url);
    response.writeHead(existsSync(path) ? 200 : 404, { 'Content-Type': types[extname(path)] ?? 'text/plain' });
    response.end(existsSync(path) ? readFileSync(path) : undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${server.address().port}/` };
}

/** A simulated device with a terminal for a port, whose other end is a socket. */
export class CabledDevice {
  #directory = temporary();
  wire = join(this.#directory, 'wire');
  port = join(this.#directory, 'port');
  #socat = null;

  /** Needs somebody who listens on the wire. */
  async start(...words) {
    this.#socat = spawn('socat', [`PTY,rawer,link=${this.port}`, `UNIX-CONNECT:${this.wire}`], { stdio: 'inherit' });
    process.on('exit', () => this.#socat.kill());
    await this.switchOn(...words);
  }

  async switchOn(...words) {
    const state = join(this.#directory, 'state');
    this.program = new Program('run', '--board', 'sim', '--port', this.port, '--state-dir', state, ...words);
    await this.program.told(/cable .*: (open)/);
  }

  async end() {
    await this.program.end();
    this.#socat.kill();
    await once(this.#socat, 'exit');
  }
}

/** The laptop's end of a cable of 115200 baud: a terminal, at `port`. */
export class SlowCable {
  #directory = temporary();
  port = join(this.#directory, 'laptop');
  #servers = [];
  #socat = null;

  /** @param wire of a CabledDevice that starts afterwards */
  async start(wire) {
    const laptop = join(this.#directory, 'wire');
    const ends = [];
    this.#servers = [wire, laptop].map((path) =>
      createServer((socket) => {
        ends.push(socket);
        if (ends.length === 2) {
          trickle(...ends);
          trickle(...ends.reverse());
        }
      }).listen(path),
    );
    await Promise.all(this.#servers.map((server) => once(server, 'listening')));
    this.#socat = spawn('socat', [`PTY,rawer,link=${this.port}`, `UNIX-CONNECT:${laptop}`], { stdio: 'inherit' });
    process.on('exit', () => this.#socat.kill());
  }

  end() {
    this.#socat.kill();
    this.#servers.forEach((server) => server.close());
  }
}

/** Passes bytes on as fast as 8N1 at 115200 baud does: 11.52 a millisecond. */
function trickle(from, to) {
  let waiting = Buffer.alloc(0);
  let lastMillis = performance.now();
  from.on('data', (bytes) => {
    waiting = Buffer.concat([waiting, bytes]);
  });
  const timer = setInterval(() => {
    const now = performance.now();
    const room = Math.floor((now - lastMillis) * 11.52);
    lastMillis += room / 11.52;
    to.write(waiting.subarray(0, room));
    waiting = waiting.subarray(room);
  }, 2);
  from.on('close', () => clearInterval(timer));
}

/** The browser's end of the cable: a page gets a `navigator.serial` of its own. */
export class InjectedSerial {
  #server;
  #socket = null;
  #arrived = [];
  #reader = () => {};
  #page;

  async start(wire, page) {
    this.#page = page;
    this.#server = createServer((socket) => {
      this.#socket = socket;
      socket.on('data', (bytes) => {
        this.#arrived.push(...bytes);
        this.#handOver();
      });
    });
    this.#server.listen(wire);
    await once(this.#server, 'listening');
    await page.exposeBinding('wireFlush', () => {
      this.#arrived = [];
    });
    await page.exposeBinding('wireRead', () => this.#read());
    await page.exposeBinding('wireWrite', (_, bytes) => {
      this.#socket.write(Uint8Array.from(bytes));
    });
    await page.addInitScript(injectSerial);
  }

  /** The next bytes; a reader before it gets none. */
  #read() {
    this.#reader([]);
    return new Promise((resolve) => {
      this.#reader = resolve;
      this.#handOver();
    });
  }

  #handOver() {
    if (this.#arrived.length > 0) {
      this.#reader(this.#arrived);
      this.#reader = () => {};
      this.#arrived = [];
    }
  }

  unplug() {
    return this.#page.evaluate(() => navigator.serial.unplug());
  }

  plug() {
    return this.#page.evaluate(() => navigator.serial.plug());
  }

  end() {
    this.#server.close();
    this.#socket.destroy();
  }
}

/** Runs in the page: ports as Chromium has them, of one adapter that the person allows by requestPort. */
function injectSerial() {
  const lost = () => new DOMException('The device has been lost.', 'NetworkError');

  class Port extends EventTarget {
    readable = null;
    writable = null;
    #lose;

    get connected() {
      return this === plugged;
    }

    getInfo() {
      return { usbVendorId: 0x0403, usbProductId: 0x6001 };
    }

    async open({ baudRate }) {
      if (this.readable || this.writable) {
        throw new DOMException('The port is already open.', 'InvalidStateError');
      }
      if (baudRate !== 115200 || !this.connected) {
        throw new DOMException('Failed to open serial port.', 'NetworkError');
      }
      await window.wireFlush();
      const readable = new ReadableStream({
        start: (controller) => {
          this.#lose = () => controller.error(lost());
        },
        pull: async (controller) => {
          const bytes = await window.wireRead();
          if (this.readable === readable) {
            controller.enqueue(Uint8Array.from(bytes));
          }
        },
      });
      this.readable = readable;
      this.writable = new WritableStream({
        write: async (bytes) => {
          if (!this.connected) {
            throw lost();
          }
          await window.wireWrite([...bytes]);
        },
      });
    }

    lose() {
      this.readable = null;
      this.#lose();
    }

    async close() {
      if (this.readable?.locked || this.writable?.locked) {
        throw new TypeError('Cannot close a port with a locked stream.');
      }
      this.readable = null;
      this.writable = null;
    }
  }

  let plugged = new Port();
  const key = 'the person allowed the port';

  class InjectedSerial extends EventTarget {
    async requestPort() {
      if (!navigator.userActivation.isActive) {
        throw new DOMException('Must be handling a user gesture.', 'SecurityError');
      }
      sessionStorage.setItem(key, 'yes');
      return plugged;
    }

    async getPorts() {
      return plugged && sessionStorage.getItem(key) ? [plugged] : [];
    }

    unplug() {
      const port = plugged;
      plugged = null;
      port.lose();
      this.#tell('disconnect', port);
    }

    plug() {
      plugged = new Port();
      this.#tell('connect', plugged);
    }

    #tell(type, target) {
      const event = new Event(type);
      Object.defineProperty(event, 'target', { value: target });
      this.dispatchEvent(event);
    }
  }

  Object.defineProperty(navigator, 'serial', { value: new InjectedSerial() });
}
