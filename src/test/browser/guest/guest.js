// An emulated machine with Chromium and a USB serial adapter, whose cable ends in a socket of the host.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, temporary } from '../lab.js';

const bootLimitMillis = 600_000;
const adapter = { driver: 'usb-serial', id: 'adapter', chardev: 'cable', 'always-plugged': true };

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

export class Guest {
  #machine;
  #monitor;
  #answers;
  #browserPort;
  #log;

  /**
   * @param root directory with kernel, initrd and image
   * @param page archive of the page's files
   * @param wire path of the cable's socket, made here
   * @param logs directory for what machine and guest say
   */
  async start({ root, page, wire, logs }) {
    this.consoleLog = join(logs, 'guest.log');
    this.#browserPort = await freePort();
    this.#log = join(logs, 'qemu.log');
    const monitor = join(temporary(), 'monitor');
    this.#machine = spawn(
      'qemu-system-x86_64',
      [
        ...['-accel', 'tcg,thread=multi', '-cpu', 'Nehalem', '-smp', '2', '-m', '2048', '-nodefaults', '-no-user-config'],
        ...['-display', 'none', '-no-reboot'],
        ...['-kernel', join(root, 'kernel'), '-initrd', join(root, 'initrd')],
        ...['-append', 'root=/dev/vda ro init=/start-guest console=hvc0 net.ifnames=0 mitigations=off panic=-1 quiet'],
        ...['-drive', `file=${join(root, 'image')},format=raw,if=virtio,snapshot=on`],
        ...['-drive', `file=${page},format=raw,if=virtio,readonly=on`],
        ...['-netdev', `user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:${this.#browserPort}-10.0.2.15:9222`],
        ...['-device', 'virtio-net-pci,netdev=net,romfile='],
        ...['-device', 'virtio-serial-pci', '-chardev', `file,id=console,path=${this.consoleLog}`],
        ...['-device', 'virtconsole,chardev=console'],
        ...['-chardev', `socket,id=cable,path=${wire},server=on,wait=off`, '-device', 'qemu-xhci'],
        ...['-device', JSON.stringify(adapter)],
        ...['-qmp', `unix:${monitor},server=on`],
      ],
      { stdio: ['ignore', openSync(this.#log, 'w'), openSync(this.#log, 'a')] },
    );
    process.on('exit', () => this.#machine.kill());
    this.ended = once(this.#machine, 'exit');
    await this.#command(monitor);
    return this.#browser();
  }

  /** The machine waits for its monitor. */
  async #command(path) {
    for (;;) {
      this.#monitor = connect(path);
      const outcome = await Promise.race([
        once(this.#monitor, 'connect').then(() => 'connected', (e) => e.code),
        this.ended.then(([code]) => `qemu ended with ${code}`),
      ]);
      if (outcome === 'connected') {
        break;
      }
      if (outcome !== 'ENOENT' && outcome !== 'ECONNREFUSED') {
        throw new Error(`no monitor: ${outcome}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    this.#answers = createInterface({ input: this.#monitor })[Symbol.asyncIterator]();
    await this.#answer('QMP');
    await this.#ask('qmp_capabilities');
  }

  async #ask(execute, words = {}) {
    this.#monitor.write(JSON.stringify({ execute, arguments: words }));
    await this.#answer('return');
  }

  /** The next message with this field and, for an event, this name. */
  async #answer(field, event) {
    for (;;) {
      const { value, done } = await this.#answers.next();
      const message = done ? { error: { desc: `the machine has ended: see ${this.#log}` } } : JSON.parse(value);
      if (message.error) {
        throw new Error(message.error.desc);
      }
      if (field in message && (!event || message.event === event)) {
        return;
      }
    }
  }

  async #browser() {
    const address = `http://127.0.0.1:${this.#browserPort}`;
    const limit = performance.now() + bootLimitMillis;
    let machine;
    this.ended.then(([code]) => (machine = `qemu ended with ${code}`));
    while (performance.now() < limit && !machine) {
      const answer = await fetch(`${address}/json/version`).catch((e) => e);
      if (answer.ok) {
        return chromium.connectOverCDP(address, { timeout: bootLimitMillis });
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error(`no browser in the guest: ${machine ?? 'not in time'}\n${readFileSync(this.consoleLog)}`);
  }

  async unplug() {
    await this.#ask('device_del', { id: adapter.id });
    await this.#answer('event', 'DEVICE_DELETED');
  }

  plug() {
    return this.#ask('device_add', adapter);
  }

  async end() {
    this.#machine.kill();
    await this.ended;
  }
}
