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
    super(group === undefined ? errorText(ERRORS, code, `error ${code}`) : groupText(group, code));
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

/** Texts of the errors of groups, by code minus 1. */
const GROUP_ERRORS = {
  0: [
    'unknown error',
    'the format is not known',
    'there is no answer to this',
    'the clock is not set',
    'the clock does not answer',
  ],
  1: [
    'unknown error',
    'the flash cannot be queried',
    'there is no such image',
    'the image has no TLVs',
    'a TLV is not valid',
    'the image has several hashes',
    'a TLV has the wrong size',
    'there is no image of this hash',
    'no slot is free',
    'the slot cannot be opened',
    'the slot cannot be read',
    'the slot cannot be written',
    'the slot cannot be erased',
    'there is no such slot',
    'not enough memory',
    'the slot is open already',
    'the slot is not open',
    'the slot cannot be queried',
    'the page cannot be queried',
    'the offset is not valid',
    'the length is missing or not valid',
    "the image's header is not valid",
    "the image's magic is wrong",
    'the hash is wrong',
    'the image is for another address',
    'the image has no version',
    'the version that runs is newer',
    'an image is marked already',
    "the image's vector table is not valid",
    'the image is too large',
    'more bytes came than announced',
    'it may not be confirmed',
    'the image in use cannot be tested',
  ],
  8: [
    'unknown error',
    'the name is not valid',
    'there is no such file',
    'it is a directory',
    'the file cannot be opened',
    'the file has no such position',
    'the file cannot be read',
    'the file cannot be shortened',
    'the file cannot be deleted',
    'the file cannot be written',
    'the offset is not valid',
    'the offset is beyond the end',
    'there is no such checksum',
    'nothing is mounted there',
    'the file cannot be changed',
    'the file is empty',
  ],
  100: [
    'unknown error',
    'not in this state',
    'there is no such image',
    'the image fails the self-test',
    'the storage fails',
    'the input is not valid',
    'it is busy',
  ],
};

function errorText(texts, index, otherwise) {
  return texts?.[index] ?? otherwise;
}

function groupText(group, code) {
  return errorText(GROUP_ERRORS[group], Number(code) - 1, `error ${code} of group ${group}`);
}

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
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = 0x3d;

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
 *     state     06 09      04 14      LF                       other
 *     text      -> line    -> skip    text                     text
 *     line      -> line    bad        whole: packet -> text    decoded; bad -> skip
 *                                     else -> between
 *     between   -> line    -> line    ignored                  bad -> skip
 *     tail      -> line    -> skip    ignored                  -> skip
 *     skip      -> line    ignored    -> text                  ignored
 *
 * After 3 s of silence the state is text again. Tail follows a line that ended inside a group of
 * digits, long before the announced end.
 */
export class FrameReader {
  /** Frames received, and dropped. */
  frames = 0;
  dropped = 0;

  #receiver;
  #state = 'text';
  #pending = 0;
  #isAfterReturn = false;
  #isAfterBad = false;
  #lastMillis = 0;
  #body = [];
  #length = 0;
  #group = 0;
  #digits = 0;
  #paddings = 0;

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
    for (const byte of bytes) {
      this.#process(byte);
    }
  }

  #endFrame() {
    const first = this.#pending;
    this.#pending = 0;
    if (this.#state === 'line' || this.#state === 'between') {
      this.#drop();
    } else if (this.#state === 'text' && first !== 0) {
      this.#text(first);
    }
    this.#state = 'text';
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
    this.#isAfterReturn = false;
    if (isFirst) {
      if (this.#state === 'line' || this.#state === 'between') {
        this.#drop();
      }
      this.#isAfterBad = false;
      this.#body = [];
      this.#digits = 0;
      this.#length = 0;
    } else if (this.#state !== 'between') {
      if (!this.#isAfterBad) {
        this.#drop();
      }
      this.#state = 'skip';
      return;
    }
    this.#paddings = 0;
    this.#state = 'line';
  }

  #single(byte) {
    const isEnd = byte === LINE_FEED || byte === CARRIAGE_RETURN;
    switch (this.#state) {
      case 'text':
        this.#text(byte);
        break;
      case 'line':
        this.#inLine(byte);
        break;
      case 'between':
        isEnd || this.#skip();
        break;
      case 'tail':
        this.#state = isEnd ? 'tail' : 'skip';
        break;
      default:
        this.#state = byte === LINE_FEED ? 'text' : 'skip';
    }
  }

  #text(byte) {
    this.#isAfterBad = false;
    this.#receiver.text?.(byte);
  }

  #inLine(byte) {
    if (byte === LINE_FEED) {
      this.#endLine();
    } else if (byte === CARRIAGE_RETURN && !this.#isAfterReturn) {
      this.#isAfterReturn = true;
    } else if (this.#isAfterReturn || !this.#addDigit(byte)) {
      this.#skip();
    }
  }

  #skip() {
    this.#drop();
    this.#state = 'skip';
  }

  #drop() {
    this.dropped++;
    this.#isAfterBad = true;
  }

  /** Returns whether the digit fits. */
  #addDigit(byte) {
    let value = DIGITS.indexOf(String.fromCharCode(byte));
    if (byte === PADDING && this.#digits >= 2) {
      this.#paddings++;
      value = 0;
    } else if (value < 0 || this.#paddings > 0) {
      return false;
    }
    this.#group = (this.#group << 6) | value;
    this.#digits++;
    if (this.#digits < 4) {
      return true;
    }
    this.#digits = 0;
    const bytes = [this.#group >> 16, this.#group >> 8, this.#group];
    return bytes.slice(0, 3 - this.#paddings).every((each) => this.#addByte(each & 0xff));
  }

  /** Adds a byte of the body: length, packet, CRC. */
  #addByte(byte) {
    const body = this.#body;
    if (body.length === 2 + this.#length && body.length > 2) {
      return false;
    }
    body.push(byte);
    if (body.length === 2) {
      this.#length = (body[0] << 8) | body[1];
      return this.#length > 2;
    }
    return true;
  }

  #endLine() {
    const left = this.#body.length < 2 ? Infinity : 2 + this.#length - this.#body.length;
    if (this.#digits > 0) {
      this.#drop();
      this.#state = left <= 3 ? 'text' : 'tail';
    } else if (left > 0) {
      this.#state = 'between';
    } else {
      this.#state = 'text';
      this.#deliver(Uint8Array.from(this.#body.slice(2)));
    }
  }

  #deliver(packetAndCrc) {
    if (crc16(packetAndCrc) !== 0) {
      this.#drop();
      return;
    }
    this.#isAfterBad = false;
    this.frames++;
    this.#receiver.packet(packetAndCrc.slice(0, -2));
  }
}
