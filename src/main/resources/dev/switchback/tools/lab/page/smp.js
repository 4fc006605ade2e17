// SMP, the protocol of MCUmgr: packets, their errors, and frames for a serial console.
// Protocol.md, section 1.

import { CborError as ProtocolError, decode, encode } from './cbor.js';

export const READ = 0;
export const WRITE = 2;

export const OS = 0;
export const IMAGE = 1;
export const FILES = 8;
export const SWITCHBACK = 100;

export const HEADER_BYTES = 8;

/** Nothing answers, or what did has gone. The message says why and what to do. */
export class Gone extends Error {}

/** A packet is not as the protocol has it. */
export { ProtocolError };

export const NOT_SUPPORTED = 8;
export const BUSY = 10;

const ERRORS = [
  'no error', 'unknown error', 'not enough memory', 'a field is missing or wrong',
  'it took too long', 'there is no such entry', 'not in this state',
  'the answer would be too long', 'it does not know this command', 'what it holds is damaged',
  'it is busy', 'access is denied', 'it does not speak this protocol any more',
  'it does not speak this protocol yet',
];

const SWITCHBACK_ERRORS = [
  'no error', 'unknown error', 'not in this state', 'there is no such image',
  'the image fails the self-test', 'the storage fails', 'the input is not valid', 'it is busy',
];

function u16(number) {
  return [number >> 8, number & 0xff];
}

/** The bytes of an SMP 2 request. */
export function packet(operation, group, command, sequence, map = {}) {
  const body = encode(map);
  const fields = [(1 << 3) | operation, 0, ...u16(body.length), ...u16(group), sequence, command];
  return Uint8Array.of(...fields, ...body);
}

export function header(bytes) {
  if (bytes.length < HEADER_BYTES) {
    throw new ProtocolError(`a packet of ${bytes.length} bytes`);
  }
  const [first, , high, low, groupHigh, groupLow, sequence, command] = bytes;
  return {
    operation: first & 7,
    version: (first >> 3) & 3,
    length: (high << 8) | low,
    group: (groupHigh << 8) | groupLow,
    sequence,
    command,
  };
}

/** The fields of the header, and the map. */
export function parse(bytes) {
  const head = header(bytes);
  const body = bytes.subarray(HEADER_BYTES);
  if (head.length !== body.length) {
    throw new ProtocolError(`a map of ${body.length} bytes, not ${head.length}`);
  }
  const map = body.length === 0 ? Object.create(null) : decode(body);
  if (!isMap(map)) {
    throw new ProtocolError('no CBOR map');
  }
  return { ...head, map };
}

function isMap(value) {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
}

export function isAnswer(answer, request) {
  const [a, r] = [header(answer), header(request)];
  const isOfIt = ['group', 'command', 'sequence'].every((field) => a[field] === r[field]);
  return isOfIt && a.operation === (r.operation | 1);
}

/** {code, group, message} of the error that an answer reports; null if it reports none. */
export function errorOf({ rc = 0, err }) {
  const number = (value) => (Number.isInteger(value) ? value : -1);
  if (isMap(err)) {
    const [code, group] = [number(err.rc), number(err.group)];
    const text = group === SWITCHBACK && SWITCHBACK_ERRORS[code];
    return { code, group, message: text || `error ${code} of group ${group}` };
  }
  const code = number(rc);
  return code === 0 ? null : { code, message: ERRORS[code] ?? `error ${code}` };
}

// ---- frames for a serial console

const LINE_FEED = 0x0a;
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
  const body = [...u16(packetBytes.length + 2), ...packetBytes, ...u16(crc16(packetBytes))];
  const lines = [];
  for (let from = 0; from < body.length; from += BODY_BYTES_PER_LINE) {
    const digits = btoa(String.fromCharCode(...body.slice(from, from + BODY_BYTES_PER_LINE)));
    lines.push(...(from === 0 ? FIRST : NEXT), ...new TextEncoder().encode(digits), LINE_FEED);
  }
  return Uint8Array.from(lines);
}

/** Finds the frames among the bytes of a line. */
export class FrameReader {
  #receiver;
  #before = 0;
  #lastMillis = 0;

  /** The digits of the line that is coming, and the bytes of the lines before; null if none. */
  #line = null;
  #body = null;

  /** The receiver's `packet` gets the Uint8Array of a frame, its `text` each byte, as evidence. */
  constructor(receiver) {
    this.#receiver = receiver;
  }

  receive(bytes, nowMillis = performance.now()) {
    if (nowMillis - this.#lastMillis >= SILENCE_MILLIS) {
      this.reset();
    }
    this.#lastMillis = nowMillis;
    for (const byte of bytes) {
      this.#process(byte, this.#before);
      this.#before = byte;
      this.#receiver.text?.(byte);
    }
  }

  #process(byte, before) {
    if (before === FIRST[0] && byte === FIRST[1]) {
      this.reset();
      this.#body = [];
      this.#line = '';
    } else if (before === NEXT[0] && byte === NEXT[1]) {
      if (this.#line !== null) {
        this.reset(); // Its line feed is lost.
      }
      this.#line = this.#body && '';
    } else if (this.#line !== null && byte !== LINE_FEED) {
      this.#line += String.fromCharCode(byte);
      if (this.#line.length + this.#body.length > MAX_DIGITS) {
        this.reset();
      }
    } else if (this.#line !== null) {
      this.#endLine(this.#line.replace(/\r$/, ''));
    }
  }

  reset() {
    this.#body = null;
    this.#line = null;
  }

  #endLine(digits) {
    if (!BASE64.test(digits)) {
      this.reset();
      return;
    }
    this.#line = null;
    this.#body.push(...Array.from(atob(digits), (c) => c.charCodeAt(0)));
    const [high, low] = this.#body;
    const left = 2 + ((high << 8) | low) - this.#body.length;
    if (low === undefined || left > 0) {
      return; // Another line follows.
    }
    const packetAndCrc = Uint8Array.from(this.#body.slice(2));
    if (left < 0 || packetAndCrc.length <= 2 || crc16(packetAndCrc) !== 0) {
      this.reset();
      return;
    }
    this.#body = null;
    this.#receiver.packet(packetAndCrc.slice(0, -2));
  }
}
