// Faults at bytes of a deployment over Web Serial to a real device: at every 179th, or as far apart
// as SWITCHBACK_FAULTS says; scripts/test-page --faults takes each.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { device, image, network, serial, smp } from './page.js';
import { FakeSerial, RealDevice, SocketPort, javaCommand } from './support.js';

const { Device, DeviceError } = device;
const { Gone } = smp;

const STRIDE = Number(process.env.SWITCHBACK_FAULTS ?? 179);
const DEVICES = STRIDE < 50 ? 6 : 4;

/** Timeouts are this short, so that many fit into a minute. */
const PATIENCE_MILLIS = 150;

const XOR = network.networkOf('2-2-1', 'sigmoid', [20, 20, 20, 20, -10, -30, 20, -20, -10]);
const IMAGES = ['2.0.0', '3.0.0'].map((version) =>
  image.readImage(image.imageOfNetwork(XOR, { version, lesson: '0110' })),
);

/** What becomes of a byte; the cable and the bytes of its direction so far may be looked at. */
const FATES = {
  dropped: () => [],
  flipped: (byte, index) => [byte ^ (1 << (index % 8))],
  doubled: (byte) => [byte, byte],
  stalled: async (byte) => {
    await pause(1.5 * PATIENCE_MILLIS);
    return [byte];
  },
  'the last before a hang-up': (byte, index, cable) => {
    cable.port.pull();
    return [byte];
  },
};

/** Counts the bytes of both directions, and does something to one of them. */
class Cable {
  count = { toDevice: 0, toPage: 0 };

  constructor(path, { fate, direction, at } = {}) {
    this.fate = FATES[fate];
    this.direction = direction;
    this.at = at;
    const carry = (name) => (bytes) => this.carry(name, bytes);
    this.port = new SocketPort(path, { toDevice: carry('toDevice'), toPage: carry('toPage') });
  }

  async carry(direction, bytes) {
    const first = this.count[direction];
    this.count[direction] += bytes.length;
    const at = this.at - first;
    if (direction !== this.direction || at < 0 || at >= bytes.length) {
      return bytes;
    }
    const arrives = await this.fate(bytes[at], this.at, this);
    return Buffer.from([...bytes.subarray(0, at), ...arrives, ...bytes.subarray(at + 1)]);
  }
}

const OPTIONS = { baudRate: 1e9, patienceMillis: PATIENCE_MILLIS };

/** A device, and a clean line to it, on which it is looked after. */
class Bench {
  static async open() {
    const bench = new Bench();
    bench.real = await RealDevice.start();
    bench.cleanPort = new SocketPort(bench.real.path);
    bench.cleanLine = new serial.Serial({ port: bench.cleanPort, serial: new FakeSerial() });
    bench.clean = new Device(bench.cleanLine);
    while ((await bench.clean.live()).t) {
      await pause(50);
    }
    return bench;
  }

  async close() {
    await this.cleanLine.close();
    await this.real.stop();
  }

  /** Leaves a confirmed image in slot 0, nothing in slot 1, and returns the image to deploy. */
  async prepare() {
    const found = await this.clean.images();
    if (found.some(({ active, confirmed, pending }) => (active && !confirmed) || pending)) {
      await this.clean.revert();
    }
    await this.clean.erase();
    const [{ hash }] = await this.clean.images();
    return IMAGES.find((each) => each.hash !== hash);
  }

  /** How long the first request and its answer are; the latter varies by some digits. */
  async greetingBytes() {
    const cable = new Cable(this.real.path);
    const line = new serial.Serial({ port: cable.port, serial: new FakeSerial() });
    await new Device(line).live();
    await line.close();
    return { toDevice: cable.count.toDevice, toPage: cable.count.toPage + 12 };
  }

  /** Deploys over a faulty cable; returns how it ended, 'deployed' or the failure. */
  async run(fault) {
    const meant = await this.prepare();
    const cable = new Cable(this.real.path, fault);
    const line = new serial.Serial({ port: cable.port, serial: new FakeSerial(), ...OPTIONS });
    let end = 'deployed';
    try {
      const { confirmed } = await new Device(line).deploy(meant.bytes);
      assert.ok(confirmed, 'left on trial');
    } catch (e) {
      assert.ok(e instanceof Gone || e instanceof DeviceError, e.stack);
      assert.ok(e.message.length > 10, 'a failure without a reason');
      end = e.message;
    }
    await line.close();
    await this.requireSound(meant, end);
    return { end, count: cable.count };
  }

  async requireSound(meant, end) {
    const [active] = await this.clean.images();
    if (end === 'deployed') {
      assert.deepEqual([active.hash, active.confirmed], [meant.hash, true], 'it is in use');
    } else {
      await this.deployAgain(meant);
    }
    assert.equal((await this.clean.truth()).answers, '0110');
  }

  /** Over a line of its own: while it is open, the device lets nobody else move a file. */
  async deployAgain(meant) {
    await pause(500); // The device notices that the faulty line has been closed.
    const port = new SocketPort(this.real.path);
    const line = new serial.Serial({ port, serial: new FakeSerial() });
    const { confirmed } = await new Device(line).deploy(meant.bytes);
    assert.ok(confirmed, 'the next deployment works');
    await line.close();
  }
}

const skip = javaCommand() ? false : 'no class path of the program: see scripts/test-page';
let benches = [];
let greeting;
let total;

before(async () => {
  if (!skip) {
    benches = await Promise.all(Array.from({ length: DEVICES }, () => Bench.open()));
    greeting = await benches[0].greetingBytes();
    total = (await benches[0].run()).count;
  }
});

after(() => Promise.all(benches.map((bench) => bench.close())));

/** Before the first answer it is not known that there is a device, so nobody waits for it. */
function isExcused({ fate, direction, at }) {
  return fate === 'the last before a hang-up' && at < greeting[direction];
}

/** Runs the faults on all devices at once; returns how often each end came, if not excused. */
async function runAll(faults) {
  const ends = { deployed: 0 };
  const failures = [];
  await Promise.all(
    benches.map(async (bench) => {
      while (faults.length > 0 && failures.length === 0) {
        const fault = faults.pop();
        try {
          const { end } = await bench.run(fault);
          const counted = isExcused(fault) ? 'before the first answer' : end;
          ends[counted] = (ends[counted] ?? 0) + 1;
        } catch (e) {
          failures.push(`byte ${fault.at} ${fault.direction} is ${fault.fate}: ${e.stack}`);
        }
      }
    }),
  );
  assert.deepEqual(failures, []);
  return ends;
}

test('an undisturbed deployment takes few bytes', { skip }, () => {
  assert.ok(total.toDevice > 1000 && total.toDevice < 4000, JSON.stringify(total));
  assert.ok(total.toPage > 1000 && total.toPage < 8000, JSON.stringify(total));
});

Object.keys(FATES).forEach((fate, k) => {
  test(`a byte is ${fate}`, { skip }, async (context) => {
    const faults = [];
    for (const direction of ['toDevice', 'toPage']) {
      for (let at = Math.floor((k * STRIDE) / 5); at < total[direction]; at += STRIDE) {
        faults.push({ fate, direction, at });
      }
    }
    const runs = faults.length;
    const ends = await runAll(faults);
    const summary = `${runs} deployments: ${JSON.stringify(ends)}`;
    context.diagnostic(summary);
    assert.ok(runs > 4000 / STRIDE, summary);
    const { deployed, 'before the first answer': excused = 0 } = ends;
    assert.equal(deployed + excused, runs, summary);
  });
});
