// SMP, the protocol of MCUmgr: packets, their errors, and frames for a serial console.
// Protocol.md, section 1.

import { CborError, decode, encode } from './cbor.js';

export const READ = 0;
export const WRITE = 2;

/** Groups. */
export const OS = 0;
export const IMAGE = 1;
export const FILES = 8;
export const SWITCHBACK = 100;

export const HEADER_BYTES = 8;

/** Nothing answers, or what did has gone. The message says why and what to do. */
export class Gone extends Error {}

/** A packet that is not as the protocol has it. */
export class ProtocolError extends Error {}

/** An answer that reports an error: `code`, and `group` if the error is one of a group. */
export class SmpError extends Error {
  constructor(code, group) {
    super(
      group === undefined
        ? (ERRORS[code] ?? `error ${code}`)
        : (GROUP_ERRORS[`${group}/${code}`] ?? `error ${code} of group ${group}`),
    );
    this.code = code;
    this.group = group;
  }
}

export const NOT_SUPPORTED = 8;
export const BUSY = 10;
export const ACCESS_DENIED = 11;

/** Texts of the field `rc`, by code. */
const ERRORS = [
  'no error',
  'unknown error',
  'not enough memory',
  'a field is missing or wrong',
  'it took too long',
  'there is no such entry',
  'not in this state',
  'the answer would be too long',
  'it does not know this command',
  'what it holds is damaged',
  'it is busy',
  'access is denied',
  'it does not speak this protocol any more',
  'it does not speak this protocol yet',
];

/** Texts of the errors that groups of a device answer to this page, by group/code. */
const GROUP_ERRORS = {
  '1/3': 'there is no such image',
  '1/5': 'a TLV is not valid',
  '1/6': 'the image has several hashes',
  '1/7': 'a TLV has the wrong size',
  '1/8': 'there is no image of this hash',
  '1/9': 'no slot is free',
  '1/12': 'the slot cannot be written',
  '1/14': 'there is no such slot',
  '1/21': 'the length is missing or not valid',
  '1/22': "the image's header is not valid",
  '1/23': "the image's magic is wrong",
  '1/24': 'the hash is wrong',
  '1/27': 'the version that runs is newer',
  '1/30': 'the image is too large',
  '1/31': 'more bytes came than announced',
  '1/32': 'it may not be confirmed',
  '1/33': 'the image in use cannot be tested',
  '8/2': 'the name is not valid',
  '8/3': 'there is no such file',
  '8/7': 'the file cannot be read',
  '8/12': 'the offset is beyond the end',
  '8/16': 'the file is empty',
  '100/2': 'not in this state',
  '100/3': 'there is no such image',
  '100/4': 'the image fails the self-test',
  '100/5': 'the storage fails',
  '100/6': 'the input is not valid',
  '100/7': 'it is busy',
};

/** The bytes of an SMP 2 request. */
export function packet(operation, group, command, sequence, map = {}) {
  const body = encode(map);
  const bytes = new Uint8Array(HEADER_BYTES + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, (1 << 3) | operation);
  view.setUint16(2, body.length);
  view.setUint16(4, group);
  view.setUint8(6, sequence);
  view.setUint8(7, command);
  bytes.set(body, HEADER_BYTES);
  return bytes;
}

/** The header of a packet. */
export function header(bytes) {
  if (bytes.length < HEADER_BYTES) {
    throw new ProtocolError(`a packet of ${bytes.length} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    operation: bytes[0] & 7,
    version: (bytes[0] >> 3) & 3,
    length: view.getUint16(2),
    group: view.getUint16(4),
    sequence: bytes[6],
    command: bytes[7],
  };
}

/** Header and map of a packet. */
export function parse(bytes) {
  const head = header(bytes);
  if (head.length !== bytes.length - HEADER_BYTES) {
    throw new ProtocolError(`a map of ${bytes.length - HEADER_BYTES} bytes, not ${head.length}`);
  }
  return { ...head, map: head.length === 0 ? {} : parseMap(bytes.subarray(HEADER_BYTES)) };
}

function parseMap(bytes) {
  try {
    const map = decode(bytes);
    if (isMap(map)) {
      return map;
    }
  } catch (e) {
    if (!(e instanceof CborError)) {
      throw e;
    }
    throw new ProtocolError(`no CBOR map: ${e.message}`);
  }
  throw new ProtocolError('no CBOR map');
}

function isMap(value) {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
}

/** Whether a packet is the answer to a request. */
export function isAnswer(answer, request) {
  const a = header(answer);
  const r = header(request);
  return (
    a.operation === (r.operation | 1) &&
    a.group === r.group &&
    a.command === r.command &&
    a.sequence === r.sequence
  );
}

/** Throws the error that the map of an answer reports. */
export function requireSuccess(map) {
  if (isMap(map.err)) {
    throw new SmpError(map.err.rc, map.err.group);
  }
  if (map.rc !== undefined && map.rc !== 0) {
    throw new SmpError(map.rc);
  }
}

// ---- frames for a serial console ---------------------------------------------------------------

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const FIRST = [0x06, 0x09];
const NEXT = [0x04, 0x14];
const BODY_BYTES_PER_LINE = 93;
const SILENCE_MILLIS = 3000;
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The digits of the largest packet. */
const MAX_DIGITS = 90_000;

/** CRC-16/XMODEM; 0 over bytes that end in their own CRC. */
export function crc16(bytes) {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
    }
  }
  return crc & 0xffff;
}

/** The lines of a packet, of at most 127 bytes each. */
export function encodeFrame(packetBytes) {
  const body = new Uint8Array(packetBytes.length + 4);
  const view = new DataView(body.buffer);
  view.setUint16(0, packetBytes.length + 2);
  body.set(packetBytes, 2);
  view.setUint16(packetBytes.length + 2, crc16(packetBytes));
  const lines = [];
  for (let from = 0; from < body.length; from += BODY_BYTES_PER_LINE) {
    const digits = btoa(String.fromCharCode(...body.subarray(from, from + BODY_BYTES_PER_LINE)));
    lines.push(...(from === 0 ? FIRST : NEXT), ...new TextEncoder().encode(digits), LINE_FEED);
  }
  return Uint8Array.from(lines);
}

/**
 * Separates the bytes of a line into packets and text. No byte of a bad frame becomes text.
 *
 *     state     06 09      04 14      LF                                 other
 *     text      -> line    -> skip    text                               text
 *     line      -> line    kept       decoded: packet or bad -> text     kept
 *                                     not the last line -> between
 *                                     a part of a line -> tail
 *     between   -> line    -> line    ignored                            bad -> skip
 *     tail      -> line    -> skip    ignored                            -> skip
 *     skip      -> line    ignored    -> text                            ignored
 *
 * After 3 s of silence the state is text again.
 */
export class FrameReader {
  /** Frames received, and dropped. */
  frames = 0;
  dropped = 0;

  #receiver;
  #state = 'text';
  #pending = 0;
  #isAfterBad = false;
  #lastMillis = 0;
  #line = '';
  #body = [];

  /** The receiver's `packet` gets a Uint8Array, its `text` a byte. */
  constructor(receiver) {
    this.#receiver = receiver;
  }

  /** Forgets what has come of a frame; for another line. */
  reset() {
    this.#state = 'text';
    this.#pending = 0;
    this.dropped = 0;
  }

  receive(bytes, nowMillis = performance.now()) {
    if (nowMillis - this.#lastMillis >= SILENCE_MILLIS) {
      this.#endFrame();
    }
    this.#lastMillis = nowMillis;
    bytes.forEach((byte) => this.#process(byte));
  }

  #endFrame() {
    const first = this.#pending;
    this.#pending = 0;
    if (this.#isInFrame()) {
      this.#drop('text');
    } else if (this.#state === 'text' && first !== 0) {
      this.#single(first);
    }
    this.#state = 'text';
  }

  #isInFrame() {
    return this.#state === 'line' || this.#state === 'between';
  }

  #process(byte) {
    if (this.#pending !== 0) {
      const first = this.#pending;
      this.#pending = 0;
      if (byte === (first === FIRST[0] ? FIRST : NEXT)[1]) {
        this.#beginLine(first === FIRST[0]);
        return;
      }
      this.#single(first);
    }
    const mayContinue = this.#state !== 'line' && this.#state !== 'skip';
    if (byte === FIRST[0] || (byte === NEXT[0] && mayContinue)) {
      this.#pending = byte;
    } else {
      this.#single(byte);
    }
  }

  #beginLine(isFirst) {
    this.#line = '';
    if (isFirst) {
      if (this.#isInFrame()) {
        this.#drop('line');
      }
      this.#isAfterBad = false;
      this.#body = [];
      this.#state = 'line';
    } else if (this.#state === 'between') {
      this.#state = 'line';
    } else {
      this.#drop('skip');
    }
  }

  /** A frame counts once, with all its lines that come later. */
  #drop(nextState) {
    this.dropped += this.#isAfterBad ? 0 : 1;
    this.#isAfterBad = true;
    this.#state = nextState;
  }

  #single(byte) {
    const isEnd = byte === LINE_FEED || byte === CARRIAGE_RETURN;
    if (this.#state === 'text') {
      this.#isAfterBad = false;
      this.#receiver.text?.(byte);
    } else if (this.#state === 'line') {
      this.#inLine(byte);
    } else if (this.#state === 'skip') {
      this.#state = byte === LINE_FEED ? 'text' : 'skip';
    } else if (!isEnd) {
      this.#drop('skip');
    }
  }

  #inLine(byte) {
    if (byte === LINE_FEED) {
      this.#endLine(this.#line.replace(/\r$/, ''));
    } else if (this.#line.length + this.#body.length > MAX_DIGITS) {
      this.#drop('skip');
    } else {
      this.#line += String.fromCharCode(byte);
    }
  }

  #endLine(digits) {
    const isWhole = BASE64.test(digits);
    if (isWhole) {
      this.#body.push(...Array.from(atob(digits), (c) => c.charCodeAt(0)));
    }
    const [high, low] = this.#body;
    const announced = low === undefined ? Infinity : 2 + ((high << 8) | low);
    const left = announced - this.#body.length;
    if (!isWhole) {
      this.#drop(/^[A-Za-z0-9+/]*$/.test(digits) && left > 3 ? 'tail' : 'text');
    } else if (left > 0) {
      this.#state = 'between';
    } else {
      this.#deliver(Uint8Array.from(this.#body.slice(2)), left === 0);
    }
  }

  #deliver(packetAndCrc, isOfLength) {
    if (!isOfLength || packetAndCrc.length <= 2 || crc16(packetAndCrc) !== 0) {
      this.#drop('text');
      return;
    }
    this.#state = 'text';
    this.#isAfterBad = false;
    this.frames++;
    this.#receiver.packet(packetAndCrc.slice(0, -2));
  }
}
