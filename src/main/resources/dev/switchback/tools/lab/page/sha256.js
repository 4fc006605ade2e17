// SHA-256 (FIPS 180-4). The browser's own exists only on pages from https or this machine, and the
// lab may be on a network.

const PRIMES = [];
for (let n = 2; PRIMES.length < 64; n++) {
  if (PRIMES.every((prime) => n % prime !== 0)) {
    PRIMES.push(n);
  }
}
const fractionBits = (x) => (x % 1) * 2 ** 32;
const START = Uint32Array.from(PRIMES.slice(0, 8), (prime) => fractionBits(Math.sqrt(prime)));
const ROUND = Uint32Array.from(PRIMES, (prime) => fractionBits(Math.cbrt(prime)));

const turn = (x, n) => (x >>> n) | (x << (32 - n));

export function sha256(bytes) {
  const blocks = Math.ceil((bytes.length + 9) / 64);
  const message = new Uint8Array(64 * blocks);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setBigUint64(message.length - 8, 8n * BigInt(bytes.length));
  const hash = START.slice();
  const w = new Uint32Array(64);
  for (let at = 0; at < message.length; at += 64) {
    for (let k = 0; k < 16; k++) {
      w[k] = view.getUint32(at + 4 * k);
    }
    addBlock(hash, w);
  }
  const result = new DataView(new ArrayBuffer(32));
  hash.forEach((word, k) => result.setUint32(4 * k, word));
  return new Uint8Array(result.buffer);
}

function addBlock(hash, w) {
  for (let k = 16; k < 64; k++) {
    const s0 = turn(w[k - 15], 7) ^ turn(w[k - 15], 18) ^ (w[k - 15] >>> 3);
    const s1 = turn(w[k - 2], 17) ^ turn(w[k - 2], 19) ^ (w[k - 2] >>> 10);
    w[k] = w[k - 16] + s0 + w[k - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let k = 0; k < 64; k++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const t1 = h + s1 + ((e & f) ^ (~e & g)) + ROUND[k] + w[k];
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, k) => (hash[k] += word));
}

export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
