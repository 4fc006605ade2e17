import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cbor } from './page.js';
import { randomOf } from './support.js';

const { CborError, decode, encode } = cbor;

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (digits) => new Uint8Array(Buffer.from(digits, 'hex'));

/** Maps without their lack of a prototype. */
function plain(value) {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]));
}

/** Both ways, from appendix A of RFC 8949. */
const EXAMPLES = [
  ['00', 0],
  ['17', 23],
  ['1818', 24],
  ['1903e8', 1000],
  ['1a000f4240', 1000000],
  ['1b000000e8d4a51000', 1000000000000],
  ['1b001fffffffffffff', 9007199254740991],
  ['20', -1],
  ['3863', -100],
  ['3903e7', -1000],
  ['fb3ff199999999999a', 1.1],
  ['fbc010666666666666', -4.1],
  ['f4', false],
  ['f5', true],
  ['f6', null],
  ['4401020304', bytes('01020304')],
  ['60', ''],
  ['62c3bc', '\u00fc'],
  ['64f0908591', '\ud800\udd51'],
  ['80', []],
  ['8301820203820405', [1, [2, 3], [4, 5]]],
  ['a0', {}],
  ['a26161016162820203', { a: 1, b: [2, 3] }],
];

for (const [digits, value] of EXAMPLES) {
  test(`${digits} both ways`, () => {
    assert.equal(hex(encode(value)), digits);
    assert.deepEqual(plain(decode(bytes(digits))), value);
  });
}

const READ_ONLY = [
  ['fa47c35000', 100000],
  ['f7', null],
  ['5f42010243030405ff', bytes('0102030405')],
  ['7f657374726561646d696e67ff', 'streaming'],
  ['9fff', []],
  ['9f018202039f0405ffff', [1, [2, 3], [4, 5]]],
  ['bf61610161629f0203ffff', { a: 1, b: [2, 3] }],
  ['1b0020000000000000', 2 ** 53],
  ['1bffffffffffffffff', 2 ** 64],
  ['3bffffffffffffffff', -(2 ** 64)],
  ['818181818181818100', [[[[[[[[0]]]]]]]]],
  ['3b001ffffffffffffe', -9007199254740991],
  ['a1695f5f70726f746f5f5f01', JSON.parse('{"__proto__": 1}')],
  ['0000ff', 0],
];

for (const [digits, value] of READ_ONLY) {
  test(`${digits} is read`, () => assert.deepEqual(plain(decode(bytes(digits))), value));
}

const MALFORMED = [
  ['', 'no byte'],
  ['18', 'no argument'],
  ['4401', 'a short byte string'],
  ['5bffffffffffffffff', 'a length beyond any memory'],
  ['9bffffffffffffffff', 'a list beyond any memory'],
  ['bb0000000100000000', 'a map beyond any memory'],
  ['ff', 'a break'],
  ['81ff', 'a break in a definite list'],
  ['a1ff', 'a break in a definite map'],
  ['bf6161ff', 'a name without a value'],
  ['a10102', 'a name that is a number'],
  ['a2616101616102', 'a name twice'],
  ['1c', 'a reserved length'],
  ['1f', 'a number of indefinite length'],
  ['c000', 'a tag'],
  ['e0', 'an unknown simple value'],
  ['f93c00', 'a float of 16 bits, which no device sends'],
  ['62c328', 'no UTF-8'],
  ['5f01ff', 'a number as a piece of bytes'],
  ['7f5f4100ffff', 'bytes as a piece of a text'],
  ['81818181818181818100', 'nine levels'],
  ['9f9f9f9f9f9f9f9f9fffffffffffffffffff', 'nine levels of indefinite length'],
  ['a18181818181818100', 'a list as a name'],
];

for (const [digits, what] of MALFORMED) {
  test(`${what} is refused: ${digits}`, () =>
    assert.throws(() => decode(bytes(digits)), CborError));
}

test('what has no form is not written', () => {
  assert.throws(() => encode(undefined), CborError);
  assert.throws(() => encode({ f: () => 1 }), CborError);
  assert.throws(() => encode(2n), CborError);
});

test('random bytes are read or refused, and what is read is written alike', () => {
  const random = randomOf(1);
  let readable = 0;
  for (let run = 0; run < 50_000; run++) {
    const input = Uint8Array.from({ length: random(64) }, () => random(256));
    try {
      const value = decode(input);
      assert.deepEqual(decode(encode(value)), value);
      readable++;
    } catch (e) {
      assert.ok(e instanceof CborError, `${hex(input)}: ${e.stack}`);
    }
  }
  assert.ok(readable > 5000, `${readable} readable`);
});

test('a changed byte of a long message is read or refused', () => {
  const whole = encode({
    images: [{ slot: 0, hash: new Uint8Array(32), version: '1.2.3' }],
    rc: 1.5,
  });
  for (let at = 0; at < whole.length; at++) {
    for (let byte = 0; byte < 256; byte++) {
      const changed = whole.slice();
      changed[at] = byte;
      try {
        decode(changed);
      } catch (e) {
        assert.ok(e instanceof CborError, `${hex(changed)}: ${e.stack}`);
      }
    }
  }
});
