import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cbor, smp } from './page.js';
import { randomOf, resource } from './support.js';

const { FrameReader, ProtocolError, crc16, encodeFrame, errorOf, parse } = smp;

/** The recorded packets: {name, isRequest, frame}. */
const VECTORS = [];
let name;
for (const line of Buffer.from(resource('golden/link/smp-zephyr-4.4.0.txt'))
  .toString()
  .split('\n')) {
  const wire = /^ {2}(tx|rx) ([0-9a-f]+)$/.exec(line);
  if (wire) {
    VECTORS.push({ name, isRequest: wire[1] === 'tx', frame: Buffer.from(wire[2], 'hex') });
  } else if (!line.startsWith('#')) {
    name = line.trim();
  }
}

/** Length, packet and CRC, decoded by node line by line. */
function packetOf(frame) {
  const lines = frame.toString('latin1').trimEnd().split('\n');
  const body = Buffer.concat(lines.map((line) => Buffer.from(line.slice(2), 'base64')));
  return new Uint8Array(body.subarray(2, -2));
}

/** And has a map, which we never leave out. */
function isOfSmp2(packet) {
  return smp.header(packet).version === 1 && packet.length > smp.HEADER_BYTES;
}

class Received {
  packets = [];
  evidence = 0;
  reader = new FrameReader({
    packet: (bytes) => this.packets.push(Buffer.from(bytes).toString('hex')),
    text: () => this.evidence++,
  });
}

const hex = (bytes) => Buffer.from(bytes).toString('hex');

test('every recording is there', () => assert.equal(VECTORS.length, 92));

for (const { name: title, isRequest, frame } of VECTORS) {
  test(`${title} ${isRequest ? 'tx' : 'rx'}`, () => {
    const packet = packetOf(frame);
    if (title === 'bad-cbor' && isRequest) {
      assert.throws(() => parse(packet), ProtocolError);
    } else if (isRequest && isOfSmp2(packet)) {
      const { operation, group, command, sequence, map } = parse(packet);
      assert.equal(hex(smp.packet(operation, group, command, sequence, map)), hex(packet));
    } else {
      assert.equal(typeof parse(packet).map, 'object');
    }
    const received = new Received();
    received.reader.receive(encodeFrame(packet));
    received.reader.receive(frame);
    assert.deepEqual(received.packets, [hex(packet), hex(packet)]);
    if (frame.length <= 127) {
      assert.equal(hex(encodeFrame(packet)), hex(frame));
    }
  });
}

test('a frame split at every byte, between text', () => {
  const { frame } = VECTORS.find(
    ({ name: title, isRequest }) => title === 'echo-200' && !isRequest,
  );
  const line = Buffer.concat([Buffer.from('switchback> '), frame, Buffer.from('help')]);
  for (let at = 0; at <= line.length; at++) {
    const received = new Received();
    received.reader.receive(line.subarray(0, at), 0);
    received.reader.receive(line.subarray(at), 1);
    assert.deepEqual(received.packets, [hex(packetOf(frame))], `split at ${at}`);
    assert.equal(received.evidence, line.length);
  }
});

test('frames of AuTerm, whose every line is padded', () => {
  const frame = Buffer.from(Buffer.from(resource('golden/link/auterm-168.hex')).toString(), 'hex');
  const received = new Received();
  received.reader.receive(frame);
  assert.equal(received.packets.length, 1);
  assert.equal(parse(packetOf(frame)).map.d, 'x'.repeat(168));
});

test('lines have at most 127 bytes, and any packet comes through', () => {
  for (let length = 1; length < 400; length++) {
    const packet = Uint8Array.from({ length }, (_, k) => k * length);
    const frame = Buffer.from(encodeFrame(packet));
    assert.ok(
      frame
        .toString('latin1')
        .split('\n')
        .every((line) => line.length <= 126),
    );
    const received = new Received();
    received.reader.receive(frame);
    assert.deepEqual(received.packets, [hex(packet)]);
  }
});

const GOOD = Buffer.from(encodeFrame(smp.packet(smp.READ, 0, 6, 1)));
const LONG = Buffer.from(encodeFrame(smp.packet(smp.WRITE, 0, 0, 2, { d: 'x'.repeat(300) })));

for (const [what, bad] of [
  ['abandoned by the next', LONG.subarray(0, 200)],
  ['with a wrong CRC', Buffer.concat([GOOD.subarray(0, -2), Buffer.from('A\n')])],
  ['with a character outside base64', Buffer.from('\x06\x09AA*A\n')],
  ['that continues nothing', LONG.subarray(127)],
  ['whose line feed is lost', Buffer.from(LONG.filter((byte, at) => at !== 126))],
  ['longer than announced', Buffer.from('\x06\x09AAMAAAAA\n')],
  ['that announces nothing', Buffer.from('\x06\x09AAIAAA==\n')],
  ['that ends inside a group, and its rest', Buffer.from('\x06\x09AA8A\n\x04\x14AAA\nA\n')],
  ['followed by text', Buffer.from('\x06\x09AA8AAAAA\nhello\n')],
  ['with half a marker before it', Buffer.from('\x06')],
]) {
  test(`a frame ${what} is dropped, and the next comes through`, () => {
    const received = new Received();
    received.reader.receive(bad);
    received.reader.receive(GOOD);
    assert.deepEqual(received.packets, [hex(packetOf(GOOD))]);
  });
}

test('silence ends a frame', () => {
  const received = new Received();
  received.reader.receive(LONG.subarray(0, 50), 0);
  received.reader.receive(Buffer.from('hello'), 3000);
  received.reader.receive(GOOD, 3001);
  assert.deepEqual(received.packets, [hex(packetOf(GOOD))]);
});

test('a line feed may follow a carriage return', () => {
  const received = new Received();
  received.reader.receive(Buffer.from(LONG.toString('latin1').replaceAll('\n', '\r\n'), 'latin1'));
  assert.equal(received.packets.length, 1);
});

test('whatever comes before a good frame, it is received, and nothing grows', () => {
  const random = randomOf(2);
  const digits = 'AQg=+/\x06\x09\x04\x14\n\r x';
  for (let run = 0; run < 3000; run++) {
    const received = new Received();
    const noise = Array.from({ length: random(200) }, () =>
      random(2) ? digits.charCodeAt(random(digits.length)) : random(256),
    );
    received.reader.receive(Uint8Array.from(noise));
    received.reader.receive(GOOD);
    assert.equal(received.packets.at(-1), hex(packetOf(GOOD)), hex(noise));
  }
});

test('CRC', () => assert.equal(crc16(Buffer.from('123456789')), 0x31c3));

test('errors have a text', () => {
  const text = (map) => {
    const error = errorOf(cbor.decode(cbor.encode(map)));
    return error ? `${error.message} ${error.group ?? ''}/${error.code}` : '';
  };
  assert.equal(text({}), '');
  assert.equal(text({ rc: 0, off: 5 }), '');
  assert.equal(text({ rc: 11 }), 'access is denied /11');
  assert.equal(text({ rc: 99 }), 'error 99 /99');
  assert.equal(text({ rc: 'x' }), 'error -1 /-1');
  assert.equal(text({ rc: {} }), 'error -1 /-1');
  assert.equal(text({ rc: null }), 'error -1 /-1');
  assert.equal(text({ err: { group: 1, rc: 27 } }), 'error 27 of group 1 1/27');
  assert.equal(text({ err: { group: 100, rc: 7 } }), 'it is busy 100/7');
  assert.equal(text({ err: { group: 64, rc: 2 } }), 'error 2 of group 64 64/2');
  assert.equal(text({ err: { group: 'a', rc: {} } }), 'error -1 of group -1 -1/-1');
  assert.equal(text({ err: {} }), 'error -1 of group -1 -1/-1');
});

test('bytes that are no packet are refused', () => {
  const random = randomOf(3);
  for (let run = 0; run < 20_000; run++) {
    const bytes = Uint8Array.from({ length: random(40) }, () => random(256));
    if (random(2) && bytes.length >= 8) {
      new DataView(bytes.buffer).setUint16(2, bytes.length - 8);
    }
    try {
      assert.equal(typeof parse(bytes).map, 'object');
    } catch (e) {
      assert.ok(e instanceof ProtocolError, `${hex(bytes)}: ${e.stack}`);
    }
  }
});
