import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { image, sha } from './page.js';
import { randomOf, resource } from './support.js';

const { FormatError, imageOf, imageOfNetwork, readImage, readSafetensors } = image;

const NAMES = ['xor', 'tanh', 'linear', 'argmax', 'softmax'];
const golden = (name, extension) => resource(`golden/page/${name}.${extension}`);
const facts = (name) => JSON.parse(Buffer.from(golden(name, 'json')).toString());

/** A safetensors file of a header and a number of bytes. */
function safetensors(header, dataBytes = new Uint8Array(0)) {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return new Uint8Array(Buffer.concat([length, json, dataBytes]));
}

/** A file of tensors [name, dtype, shape, bytes]. */
function fileOf(tensors, metadata = {}) {
  const header = { __metadata__: metadata };
  let at = 0;
  for (const [name, dtype, shape, bytes] of tensors) {
    header[name] = { dtype, shape, data_offsets: [at, (at += bytes.length)] };
  }
  return safetensors(header, Buffer.concat(tensors.map(([, , , bytes]) => bytes)));
}

function floats(...values) {
  return Buffer.from(Float32Array.from(values).buffer);
}

function refused(read, pattern) {
  assert.throws(read, (e) => e instanceof FormatError && pattern.test(e.message));
}

for (const name of NAMES) {
  test(`the image of ${name} has the bytes that the program makes`, () => {
    const { version } = facts(name);
    const made = imageOf(golden(name, 'safetensors'), { version });
    assert.deepEqual(Buffer.from(made), Buffer.from(golden(name, 'img')));
    const read = readImage(golden(name, 'img'));
    assert.deepEqual([read.version, read.isSigned], [version, false]);
    assert.deepEqual(imageOfNetwork(read.network, { version }), made);
  });
}

test('metadata with any characters are kept, if escaped in another way', () => {
  const own = readImage(imageOf(golden('names', 'safetensors'), {}));
  const { metadata } = readImage(golden('names', 'img')).network;
  assert.deepEqual(own.network.metadata, metadata);
  assert.ok(Object.keys(metadata).some((key) => /[^ -~]/.test(key + metadata[key])));
});

test('released images are read', () => {
  const unsigned = readImage(resource('golden/image/unsigned.img'));
  const signed = readImage(resource('golden/image/signed.img'));
  assert.equal(unsigned.hash, signed.hash);
  assert.equal(unsigned.hash.slice(0, 8), 'eb63b2e4');
  assert.deepEqual(
    [unsigned.version, unsigned.isSigned, signed.isSigned],
    ['1.2.3+4', false, true],
  );
  assert.deepEqual([unsigned.network.engine, unsigned.network.lesson], ['fixed', '']);
  assert.deepEqual(imageOfNetwork(signed.network, { version: '1.2.3+4' }), unsigned.bytes);
});

for (const name of ['unsigned', 'signed', 'largest_version', 'double', 'sparse', 'vendor']) {
  test(`${name}.img, made by others, is read`, () => {
    const { network: read } = readImage(resource(`mcuboot/${name}.img`));
    assert.equal(read.topology, '2-3-1');
  });
}

test('half.img, whose numbers have 16 bits, is refused', () => {
  refused(() => readImage(resource('mcuboot/half.img')), /no F32 or F64; switchback convert/);
});

test('what only a device refuses is read', () => {
  for (const name of ['width', 'counter', 'pure']) {
    assert.equal(readImage(resource(`mcuboot/${name}.img`)).network.topology, '2-3-1', name);
  }
});

test('a lesson can be stated, and an engine chosen', () => {
  const stated = readImage(
    imageOf(golden('tanh', 'safetensors'), {
      lesson: '01010101',
      engine: 'float',
      version: '1.0.0',
    }),
  );
  assert.deepEqual([stated.network.lesson, stated.network.engine], ['01010101', 'float']);
  const same = readImage(imageOf(golden('xor', 'safetensors')));
  assert.deepEqual([same.version, same.network.lesson], ['0.1.0', '0110']);
  const ruled = imageOf(golden('linear', 'safetensors'), { answer: 'argmax', lesson: '0110' });
  assert.equal(readImage(ruled).network.answer, 'argmax');
});

test('every other bit of an image is checked', () => {
  const whole = golden('xor', 'img');
  for (let bit = 0; bit < 8 * whole.length; bit++) {
    const changed = whole.slice();
    changed[bit >> 3] ^= 1 << (bit & 7);
    assert.throws(() => readImage(changed), FormatError, `bit ${bit}`);
  }
});

test('a shorter or longer image is refused', () => {
  const whole = golden('xor', 'img');
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => readImage(whole.slice(0, length)), FormatError, `${length} bytes`);
  }
  assert.throws(() => readImage(Buffer.concat([whole, Buffer.from([0x1a])])), FormatError);
});

test('a safetensors file with a changed byte is read or refused', () => {
  const whole = golden('xor', 'safetensors');
  const random = randomOf(4);
  for (let at = 0; at < whole.length; at++) {
    for (const byte of [0, 0x22, 0x7b, 0xff, random(256), random(256)]) {
      const changed = whole.slice();
      changed[at] = byte;
      try {
        imageOf(changed);
      } catch (e) {
        assert.ok(e instanceof FormatError, `byte ${at} is ${byte}: ${e.stack}`);
      }
    }
  }
});

test('F64 becomes F32', () => {
  const layer = (...values) =>
    readSafetensors(
      fileOf([
        ['W1', 'F64', [2, 1], Buffer.from(Float64Array.from(values).buffer)],
        ['b1', 'F32', [1], floats(3)],
      ]),
    ).layers[0];
  assert.deepEqual([...layer(0.1, -1e30).W], [Math.fround(0.1), Math.fround(-1e30)]);
  refused(() => layer(1e300, 0), /no finite float/);
});

test("torch's names mean [out, in]", () => {
  const { layers, topology, activations } = readSafetensors(
    fileOf([
      ['net.0.weight', 'F32', [3, 2], floats(1, 2, 3, 4, 5, 6)],
      ['net.0.bias', 'F32', [3], floats(7, 8, 9)],
      ['net.10.weight', 'F32', [1, 3], floats(1, 2, 3)],
      ['net.10.bias', 'F32', [1], floats(4)],
    ]),
    'tanh',
  );
  assert.deepEqual([topology, activations], ['2-3-1', 'tanh,tanh']);
  assert.deepEqual([...layers[0].W], [1, 3, 5, 2, 4, 6]);
});

test('what is no network is refused, with the reason', () => {
  const W = ['W1', 'F32', [2, 1], floats(1, 2)];
  const b = ['b1', 'F32', [1], floats(3)];
  const read =
    (...given) =>
    () =>
      readSafetensors(fileOf(...given));
  refused(() => readSafetensors(new Uint8Array(7)), /7 bytes/);
  refused(() => readSafetensors(new Uint8Array(5 << 20)), /5242880 bytes/);
  refused(() => readSafetensors(new Uint8Array(100).fill(0xff)), /a header of 18446744073709552000/);
  refused(() => readSafetensors(new Uint8Array(100)), /safetensors header: /);
  refused(() => readSafetensors(safetensors('[1]')), /'\{' expected/);
  refused(() => readSafetensors(safetensors('{"a":')), /safetensors header: /);
  refused(() => readSafetensors(safetensors({})), /a W and a b per layer/);
  refused(() => readSafetensors(safetensors({ W1: 5 })), /W1: no F32/);
  refused(() => readSafetensors(safetensors({ W1: null })), /W1: no F32/);
  const deep = `{"W1":{"dtype":"F32","shape":${'['.repeat(20_000)}${']'.repeat(20_000)}}}`;
  refused(() => readSafetensors(safetensors(deep)), /W1: no sizes/);
  refused(read([W, b], { activations: 5 }), /no texts/);
  refused(read([W, b], { activations: 'sine' }), /an activation is one of sigmoid/);
  refused(read([W, b], { activations: 'tanh,tanh' }), /needs 1 activations/);
  refused(read([W, b], { answer: 'argmax' }), /two outputs/);
  refused(read([W]), /a W and a b per layer/);
  refused(read([W, ['c1', 'F32', [1], floats(1)]]), /c1: W1 and b1, or/);
  refused(read([W, b, ['0001.weight', 'F32', [1], floats(1)]]), /another W of this layer/);
  refused(read([W, ['b1', 'F32', [2], floats(1, 2)]]), /do not fit their neighbours/);
  refused(read([W, ['b1', 'I32', [1], floats(1)]]), /b1: no F32 or F64/);
  refused(read([W, ['b1', 'toString', [1], floats(1)]]), /b1: no F32 or F64/);
  refused(read([W, ['b1', 'F32', [2], floats(1)]]), /do not hold \[2\]/);
  refused(read([W, ['0.weight', 'F32', [1], floats(1)]]), /a W and a b per layer/);
  refused(read([W, ['b1', 'F32', [1], floats(NaN)]]), /no finite float/);
  refused(read([['W1', 'F32', [0, 1], floats()], b]), /layer width/);
  refused(read([['W1', 'F32', [-2, -1], floats(1, 2)], b]), /do not fit|layer width/);
  const short = { W1: { dtype: 'F32', shape: [1, 1], data_offsets: [0, 4] } };
  refused(() => readSafetensors(safetensors(short)), /of 0 bytes do not hold/);
  const before = { W1: { dtype: 'F32', shape: [1, 1], data_offsets: [-4, 0] } };
  refused(() => readSafetensors(safetensors(before, floats(1))), /do not hold/);
  const twice = (name) => [name, { dtype: 'F32', shape: [1, 1], data_offsets: [0, 4] }];
  const both = Object.fromEntries(['W1', 'b1'].map(twice));
  refused(() => readSafetensors(safetensors(both, floats(1))), /tensors overlap/);
  const huge = { W1: { dtype: 'F32', shape: [2 ** 40, 4], data_offsets: [0, 2 ** 44] } };
  refused(() => readSafetensors(safetensors(huge)), /do not hold/);
});

test('SHA-256 of every length', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, k) => 7 * k + length);
    const expected = createHash('sha256').update(bytes).digest('hex');
    assert.equal(sha.hex(sha.sha256(bytes)), expected);
  }
});
