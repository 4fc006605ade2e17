import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cbor, device, image, network, sha, smp } from './page.js';
import { resource } from './support.js';

const { Device, DeviceError } = device;
const { Gone, READ, WRITE } = smp;

const XOR = network.networkOf('2-2-1', 'sigmoid', [20, 20, 20, 20, -10, -30, 20, -20, -10]);
const OLD = image.readImage(image.imageOfNetwork(XOR, { version: '1.0.0+4' }));
const NEW = image.readImage(image.imageOfNetwork(XOR, { version: '2.0.0', lesson: '0110' }));
const SILENT = image.readImage(image.imageOfNetwork(XOR, { version: '3.0.0' }));

/** A device in a few lines: slots, an upload, a trial. Its answers can be replaced. */
class ScriptedDevice {
  requests = [];
  slots = [{ image: OLD, confirmed: true }, null];
  status = { engine: 'float', truth: '0110', configured_truth: '0110', problems: [] };
  answers = '0110';
  bufferBytes = 128;
  received = [];
  isReverting = false;

  /** By `group/command`: functions of the request's map that replace an answer once, or throw. */
  once = {};

  async request(bytes) {
    const { operation, group, command, sequence, map } = smp.parse(bytes);
    const name = `${group}/${command}`;
    this.requests.push(`${operation === WRITE ? 'write' : 'read'} ${name}`);
    const replaced = this.once[name]?.shift();
    const answer = (await replaced?.(map)) ?? this.answer(name, map, operation);
    const body = cbor.encode(answer);
    const head = smp.packet(operation + 1, group, command, sequence, {}).slice(0, 8);
    head[2] = body.length >> 8;
    head[3] = body.length & 0xff;
    return Uint8Array.from([...head, ...body]);
  }

  answer(name, map, operation) {
    switch (name) {
      case '0/5':
        this.restart();
        return {};
      case '0/6':
        return { buf_size: this.bufferBytes, buf_count: 4 };
      case '1/0':
        if (operation === WRITE) {
          this.mark(map);
        }
        return this.images();
      case '1/1':
        return this.upload(map);
      case '100/0':
        return this.status;
      case '100/1':
        return this.truth();
      case '100/8':
        return { s: 0, l: 0, o: [], g: 1, t: false, e: 0, c: 0 };
      case '100/5':
        this.restart();
        return {};
      default:
        return { rc: 8 };
    }
  }

  mark({ hash, confirm }) {
    if (confirm) {
      this.slots[0].confirmed = true;
    } else {
      assert.equal(sha.hex(hash), this.slots[1].image.hash);
      this.slots[1].pending = true;
    }
  }

  restart() {
    const [active, other] = this.slots;
    if (other?.pending || !active.confirmed) {
      this.slots = [{ image: other.image, confirmed: !other.pending }, active];
    }
  }

  images() {
    return {
      images: this.slots.flatMap((slot, k) =>
        slot
          ? {
              slot: k,
              version: slot.image.version.replace('+', '.'),
              hash: Uint8Array.from(Buffer.from(slot.image.hash, 'hex')),
              active: k === 0,
              confirmed: slot.confirmed ?? false,
              pending: slot.pending ?? false,
            }
          : [],
      ),
    };
  }

  upload({ off, data, len, sha: hash }) {
    if (off === 0 && this.received.length === 0) {
      this.length = len;
      this.hash = sha.hex(hash);
    }
    if (off === this.received.length) {
      this.received.push(...data);
    }
    if (this.received.length < this.length) {
      return { off: this.received.length };
    }
    const file = Uint8Array.from(this.received);
    this.slots[1] = { image: image.readImage(file) };
    return { off: file.length, match: sha.hex(sha.sha256(file)) === this.hash };
  }

  truth() {
    return {
      inputs: 2,
      expected: '0110',
      answers: this.answers,
      outputs: [0, 1, 1, 0],
      engine: 'float',
      hash: Uint8Array.from(Buffer.from(this.slots[0].image.hash, 'hex')),
    };
  }
}

function deviceOf(changes = {}) {
  const script = Object.assign(new ScriptedDevice(), changes);
  return { script, device: new Device(script) };
}

async function steps(given, bytes, options = {}) {
  const found = [];
  try {
    const result = await given.deploy(bytes, { onStep: (step) => found.push(step), ...options });
    return { found, result };
  } catch (error) {
    return { found, error };
  }
}

const ALL = ['inspect', 'upload', 'test', 'start', 'truth', 'confirm'];

test('an image is deployed, in steps', async () => {
  const { script, device: it } = deviceOf();
  const progress = [];
  const { found, result } = await steps(it, NEW.bytes, {
    onProgress: (...at) => progress.push(at),
  });
  assert.deepEqual(found, ALL);
  assert.deepEqual([result.confirmed, result.wasThere, result.version], [true, false, '2.0.0']);
  assert.equal(result.truth.answers, '0110');
  assert.equal(script.slots[0].image.hash, NEW.hash);
  assert.deepEqual(progress.at(-1), [NEW.bytes.length, NEW.bytes.length]);
  assert.ok(
    progress.length >= 5 && progress.every(([at], k) => k === 0 || at > progress[k - 1][0]),
  );
});

test('a trial is left on trial', async () => {
  const { found, result } = await steps(deviceOf().device, NEW.bytes, { trialOnly: true });
  assert.deepEqual([found, result.confirmed], [ALL.slice(0, -1), false]);
});

test('what answers already is not sent', async () => {
  const { found, result } = await steps(deviceOf().device, OLD.bytes);
  assert.deepEqual([found, result.wasThere, result.confirmed], [['inspect', 'truth'], true, true]);
});

test('what is in slot 1 already is not sent', async () => {
  const { device: it } = deviceOf({ slots: [{ image: OLD, confirmed: true }, { image: NEW }] });
  assert.deepEqual((await steps(it, NEW.bytes)).found, ['inspect', ...ALL.slice(2)]);
});

test('wrong answers are reverted', async () => {
  const { script, device: it } = deviceOf({ answers: '0111' });
  const { found, error } = await steps(it, NEW.bytes);
  assert.deepEqual(found, [...ALL.slice(0, -1), 'revert']);
  assert.equal(error.message, 'the image answers 0111, its lesson is 0110; it has gone back');
  assert.equal(error.kind, 'rolled back');
  assert.equal(script.slots[0].image.hash, OLD.hash);
});

test('a device that goes back says why', async () => {
  const { script, device: it } = deviceOf();
  script.once['0/5'] = [
    () => {
      script.slots[1].pending = false;
      script.status.problems = ['2.0.0 fails the self-test'];
      return {};
    },
  ];
  const { error } = await steps(it, NEW.bytes);
  assert.equal(
    error.message,
    'the device tried the image and has gone back; 2.0.0 fails the self-test',
  );
});

test("an image without a lesson gets the device's, unless that is the configured one", async () => {
  const own = deviceOf();
  await steps(own.device, SILENT.bytes);
  assert.equal(own.script.slots[0].image.hash, SILENT.hash);
  const other = deviceOf();
  other.script.status.configured_truth = '0111';
  const { result } = await steps(other.device, SILENT.bytes);
  assert.equal(other.script.slots[0].image.network.lesson, '0110');
  assert.deepEqual([result.version, result.hash === SILENT.hash], ['3.0.0', false]);
});

test('an image that is signed, or goes to a device with a fixed lesson, stays as it is', async () => {
  const fixed = deviceOf();
  Object.assign(fixed.script.status, { configured_truth: '0111', lesson_configured: true });
  await steps(fixed.device, SILENT.bytes);
  assert.equal(fixed.script.slots[0].image.hash, SILENT.hash);
  const signed = image.readImage(resource('golden/image/signed.img'));
  const other = deviceOf();
  other.script.status.configured_truth = '0111';
  await steps(other.device, signed.bytes);
  assert.deepEqual(other.script.slots[0].image.bytes, signed.bytes);
});

test('a device that stays busy is asked again for some seconds', async () => {
  const { script, device: it } = deviceOf();
  script.once['1/1'] = new Array(3).fill(() => ({ rc: 10 }));
  const { found, result } = await steps(it, NEW.bytes);
  assert.ok(result.confirmed);
  const again = ['inspect', 'upload', 'reconnect'];
  assert.deepEqual(found, [...again, ...again, ...again, ...ALL]);
});

test('a refusal has the words of the device', async () => {
  const { script, device: it } = deviceOf();
  script.once['1/1'] = [() => ({ err: { group: 1, rc: 27 } })];
  script.status.refused = '2.0.0 is older than 3.0.0';
  const { error } = await steps(it, NEW.bytes);
  assert.deepEqual(
    [error.kind, error.message],
    ['refused', 'the device refuses: error 27 of group 1: 2.0.0 is older than 3.0.0'],
  );
});

for (const [answer, kind, pattern] of [
  [{ rc: 11 }, 'refused', /^the device refuses: access is denied$/],
  [{ rc: 10 }, 'busy', /^the device refuses: it is busy; another program or page/],
  [{ rc: 9 }, 'refused', /^the device refuses: what it holds is damaged$/],
  [{ err: { group: 100, rc: 7 } }, 'refused', /^the device refuses: it is busy$/],
]) {
  test(`the answer ${JSON.stringify(answer)} is '${kind}'`, async () => {
    const { script, device: it } = deviceOf();
    script.once['100/3'] = [() => answer];
    await assert.rejects(it.retrain(), (e) => e.kind === kind && pattern.test(e.message));
  });
}

test('another device is told apart', async () => {
  const { script, device: it } = deviceOf();
  script.once['100/0'] = [() => ({ rc: 8 })];
  await assert.rejects(it.status(), { kind: 'other device' });
});

for (const [name, ask, bad] of [
  ['100/8', (it) => it.live(), [{}, { s: 1, l: 1, o: 5, g: 1, t: false, e: 1, c: 1 }]],
  ['100/8', (it) => it.live(), [{ s: 1, l: 1, o: ['<b>'], g: 1, t: false, e: 1, c: 1 }]],
  ['100/1', (it) => it.truth(), [{ inputs: 2, expected: 1, engine: 'float' }]],
  ['100/4', (it) => it.curve(), [{ cursor: 1, running: true, epochs: [1], losses: [], text: '' }]],
  ['1/0', (it) => it.images(), [{}, { images: {} }, { images: [{ slot: 0 }] }, { images: [5] }]],
  ['100/0', (it) => it.status(), [{}, { engine: 'float', truth: '0', slots: { slot: 1 } }, { engine: 'float', truth: '0', fault: null }]],
  [
    '8/0',
    (it) => it.readFile('/x'),
    [
      { off: 0, data: new Uint8Array(1) },
      { off: 0, data: new Uint8Array(3), len: 2 },
      { off: 1, data: new Uint8Array(1), len: 2 },
      { off: 0, data: new Uint8Array(0), len: 2 },
      { off: 0, data: new Uint8Array(1), len: 2 ** 40 },
      { off: 0, data: 'text', len: 4 },
    ],
  ],
]) {
  bad.forEach((answer) => {
    test(`${name} must not be ${JSON.stringify(answer)}`, async () => {
      const { script, device: it } = deviceOf();
      script.once[name] = [() => answer];
      await assert.rejects(ask(it), (e) => e instanceof DeviceError && e.kind === 'protocol');
    });
  });
}

test('an answer to another request, or none at all, is refused', async () => {
  for (const bytes of [[], [1, 2], [9, 0, 0, 1, 0, 100, 0, 8, 0xa0], [25, 0, 0, 0, 0, 1, 0, 8]]) {
    const it = new Device({ request: async () => Uint8Array.from(bytes) });
    await assert.rejects(it.live(), { kind: 'protocol' });
  }
});

test('requests wait for each other, and each has its own sequence', async () => {
  const sent = [];
  const waiting = [];
  const it = new Device({
    request: (bytes) => {
      sent.push(smp.header(bytes).sequence);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
  });
  const asked = [it.live(), it.live(), it.live()].map((promise) => promise.catch((e) => e));
  for (let k = 0; k < 3; k++) {
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(sent.length, k + 1);
    waiting[k].reject(new Gone('silence'));
  }
  assert.ok((await Promise.all(asked)).every((e) => e instanceof Gone));
  assert.deepEqual(
    sent,
    [0, 1, 2].map((k) => (sent[0] + k) & 0xff),
  );
});

test('an upload continues where the device says', async () => {
  const { script, device: it } = deviceOf();
  script.received = [...NEW.bytes.slice(0, 200)];
  script.length = NEW.bytes.length;
  script.hash = sha.hex(sha.sha256(NEW.bytes));
  const progress = [];
  await it.upload(NEW.bytes, { onProgress: (at) => progress.push(at) });
  assert.deepEqual([progress[0], progress.at(-1)], [200, NEW.bytes.length]);
});

test('lost chunks are sent again, shorter', async () => {
  const wide = network.networkOf('2-100-1', 'tanh', new Array(401).fill(0));
  const { bytes } = image.readImage(image.imageOfNetwork(wide));
  const { script, device: it } = deviceOf({ bufferBytes: 400 });
  const lengths = [];
  const lose = (map) => {
    lengths.push(map.data.length);
    throw new Gone('silence');
  };
  script.once['1/1'] = [undefined, lose, undefined, lose, undefined, lose];
  const { result } = await steps(it, bytes);
  assert.ok(result.confirmed);
  assert.deepEqual(lengths, [370, 185, 92]);
  assert.deepEqual(script.slots[0].image.bytes, bytes);
});

test('an upload that never moves ends', async () => {
  const stubborn = deviceOf();
  stubborn.script.once['1/1'] = new Array(20).fill(() => ({ off: 5 }));
  await assert.rejects(
    stubborn.device.upload(NEW.bytes),
    /goes on asking for the bytes from offset 5/,
  );
  const wrong = deviceOf();
  wrong.script.once['1/1'] = [() => ({ off: NEW.bytes.length, match: false })];
  await assert.rejects(wrong.device.upload(NEW.bytes), /are not those that were sent/);
  const beyond = deviceOf();
  beyond.script.once['1/1'] = [() => ({ off: NEW.bytes.length + 1 })];
  await assert.rejects(beyond.device.upload(NEW.bytes), { kind: 'protocol' });
});

test('an upload can be stopped', async () => {
  const { script, device: it } = deviceOf();
  const abort = new AbortController();
  const onProgress = () => abort.abort();
  await assert.rejects(it.upload(NEW.bytes, { signal: abort.signal, onProgress }), {
    name: 'AbortError',
  });
  assert.equal(script.requests.filter((each) => each === 'write 1/1').length, 1);
});

test('a deployment goes on when the line is back', async () => {
  const lost = () => {
    throw new Gone('unplugged');
  };
  for (const name of ['1/1', '0/5', '100/1', '0/6']) {
    const { script, device: it } = deviceOf();
    script.once[name] = [lost, lost];
    script.once['100/8'] = [undefined, lost];
    const { found, result } = await steps(it, NEW.bytes);
    assert.ok(result?.confirmed, name);
    assert.ok(found.includes('reconnect'), name);
  }
});

test('a device that never answered is not waited for', async () => {
  const it = new Device({
    request: async () => {
      throw new Gone('not a byte came');
    },
  });
  const { found, error } = await steps(it, NEW.bytes);
  assert.deepEqual([found, error.message], [['inspect'], 'not a byte came']);
});
