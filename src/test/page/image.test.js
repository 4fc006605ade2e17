import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { image, network, sha } from './page.js';
import { randomOf, resource } from './support.js';

const { FormatError, imageOf, imageOfNetwork, readImage, readSafetensors } = image;

const NAMES = ['xor', 'tanh', 'linear', 'argmax', 'softmax', 'names'];
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
    const { version, answers } = facts(name);
    const made = imageOf(golden(name, 'safetensors'), { version });
    assert.deepEqual(Buffer.from(made), Buffer.from(golden(name, 'img')));
    const read = readImage(golden(name, 'img'));
    assert.deepEqual([read.version, network.tableOf(read.network)], [version, answers]);
    assert.deepEqual(imageOfNetwork(read.network, { version }), made);
  });
}

test('released images are read', () => {
  const unsigned = readImage(resource('golden/image/unsigned.img'));
  const signed = readImage(resource('golden/image/signed.img'));
  assert.equal(unsigned.hash, signed.hash);
  assert.equal(unsigned.hash.slice(0, 8), 'eb63b2e4');
  assert.deepEqual(
    [unsigned.version, unsigned.signer, signed.signer.slice(0, 8)],
    ['1.2.3+4', '', '45f4ecb1'],
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

for (const [name, reason] of [
  ['half', /dtype is F16, F32 or F64 expected/],
  ['torch', /one label per layer/],
  ['width', /metadata 'topology': found/],
  ['counter', /TLV|protect/],
  ['pure', /TLV of type/],
]) {
  test(`${name}.img, made by others, is refused`, () => {
    refused(() => readImage(resource(`mcuboot/${name}.img`)), reason);
  });
}

test('a lesson can be stated, and an engine chosen', () => {
  const stated = readImage(
    imageOf(golden('tanh', 'safetensors'), {
      lesson: '01010101',
      engine: 'float',
      version: '1.0.0',
    }),
  );
  assert.deepEqual([stated.network.lesson, stated.network.engine], ['01010101', 'float']);
  const same = readImage(imageOf(golden('xor', 'safetensors'), { lesson: undefined }));
  assert.deepEqual([same.version, same.network.lesson], ['0.1.0', '0110']);
  const ruled = imageOf(golden('linear', 'safetensors'), { answer: 'argmax', lesson: '0110' });
  assert.equal(readImage(ruled).network.answer, 'argmax');
  refused(
    () => imageOf(golden('tanh', 'safetensors'), { lesson: '0110' }),
    /lesson '0110': one digit/,
  );
  refused(() => imageOf(golden('xor', 'safetensors'), { lesson: '0110,0110' }), /a table per LED/);
  refused(() => imageOf(golden('xor', 'safetensors'), { version: '1.2' }), /form 1\.2\.3/);
  refused(() => imageOf(golden('xor', 'safetensors'), { version: '256.0.0' }), /at most/);
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

test('F64, F16 and BF16 become F32', () => {
  const doubles = Buffer.from(Float64Array.of(0.1, -1e30).buffer);
  const halves = Buffer.from(Uint16Array.of(0x3c00, 0xc400).buffer);
  const brains = Buffer.from(Uint16Array.of(0x3f80, 0xc080).buffer);
  const layers = (bytes, dtype) =>
    readSafetensors(
      fileOf([
        ['W1', dtype, [2, 1], bytes],
        ['b1', 'F32', [1], floats(3)],
      ]),
    ).layers[0];
  assert.deepEqual([...layers(doubles, 'F64').W], [Math.fround(0.1), Math.fround(-1e30)]);
  assert.deepEqual([...layers(halves, 'F16').W], [1, -4]);
  assert.deepEqual([...layers(brains, 'BF16').W], [1, -4]);
  refused(() => layers(Buffer.from(Float64Array.of(1e300, 0).buffer), 'F64'), /no finite float/);
  refused(() => layers(Buffer.from(Uint16Array.of(0x7e00, 0).buffer), 'F16'), /no finite float/);
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
  refused(() => readSafetensors(new Uint8Array(100)), /header length at offset 0 is 0/);
  refused(() => readSafetensors(new Uint8Array(100).fill(0xff)), /is 18446744073709551615/);
  refused(() => readSafetensors(safetensors('[1]')), /'\{' expected/);
  refused(() => readSafetensors(safetensors('{"a":')), /safetensors header: /);
  refused(() => readSafetensors(safetensors({})), /0 tensors/);
  refused(() => readSafetensors(safetensors({ W1: 5 })), /W1: no object/);
  refused(() => readSafetensors(safetensors('{"W1":{"dtype":"F32","dtype":"F32"}}')), /twice/);
  refused(read([W, b], { activations: 5 }), /no texts/);
  refused(read([W, b], { activations: 'sine' }), /unknown activation 'sine'/);
  refused(read([W, b], { activations: 'tanh,tanh' }), /1 dense layers need 1 activations, not 2/);
  refused(read([W, b], { answer: 'argmax' }), /two outputs/);
  refused(read([W, b], { answer: 'best' }), /found 'best'/);
  refused(read([W]), /1 tensors; a network/);
  refused(read([W, ['c1', 'F32', [1], floats(1)]]), /b1 is missing, found W1, c1/);
  refused(read([W, ['b1', 'F32', [2], floats(1, 2)]]), /do not fit their neighbours/);
  refused(read([W, ['b1', 'I32', [1], floats(1)]]), /dtype is I32, F32 or F64 expected/);
  refused(read([W, ['b1', 'toString', [1], floats(1)]]), /dtype is toString/);
  refused(read([W, ['b1', 'F32', [1, 1, 1], floats(1)]]), /shape \[1,1,1\]/);
  refused(read([W, ['b1', 'F32', [2], floats(1)]]), /do not hold 2 values of F32/);
  refused(read([W, ['0.weight', 'F32', [1], floats(1)]]), /W1: N.weight or N.bias expected/);
  refused(read([W, ['b1', 'F32', [1], floats(NaN)]]), /value 0 is NaN/);
  refused(read([['W1', 'F32', [0, 1], floats()], b]), /layer width/);
  const gap = { W1: { dtype: 'F32', shape: [1, 1], data_offsets: [4, 8] } };
  refused(() => readSafetensors(safetensors(gap, floats(1, 2))), /begins at 4, expected 0/);
  const short = { W1: { dtype: 'F32', shape: [1, 1], data_offsets: [0, 4] } };
  refused(() => readSafetensors(safetensors(short)), /behind the file/);
  refused(() => readSafetensors(safetensors(short, floats(1, 2))), /8 bytes, the tensors hold 4/);
  const huge = { W1: { dtype: 'F32', shape: [2 ** 40, 4], data_offsets: [0, 2 ** 44] } };
  refused(() => readSafetensors(safetensors(huge)), /more than 260096 weights/);
});

test('SHA-256 of every length', () => {
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, k) => 7 * k + length);
    const expected = createHash('sha256').update(bytes).digest('hex');
    assert.equal(sha.hex(sha.sha256(bytes)), expected);
  }
});
