// CBOR (RFC 8949) as SMP uses it: maps with text keys, lists, texts, bytes, numbers, booleans, null.
// Writes definite lengths in the shortest form. Reads indefinite ones too, in bounded depth; what is
// read may come from anyone.

/** Bytes are not CBOR, or not the part of it that SMP uses. */
export class CborError extends Error {}

const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const LIST = 4;
const MAP = 5;
const SIMPLE = 7;

const INDEFINITE = 31;
const BREAK = Symbol('break');
const MAX_DEPTH = 8;

export function encode(value) {
  const out = [];
  write(out, value);
  return Uint8Array.from(out);
}

function write(out, value) {
  if (value === false || value === true || value === null) {
    out.push(value === null ? 0xf6 : value ? 0xf5 : 0xf4);
  } else if (typeof value === 'bigint' || Number.isSafeInteger(value)) {
    value < 0 ? writeHead(out, NEGATIVE, -1n - BigInt(value)) : writeHead(out, UNSIGNED, value);
  } else if (typeof value === 'number') {
    writeDouble(out, value);
  } else if (typeof value === 'string') {
    writeBytes(out, TEXT, new TextEncoder().encode(value));
  } else if (value instanceof Uint8Array) {
    writeBytes(out, BYTES, value);
  } else if (Array.isArray(value)) {
    writeHead(out, LIST, value.length);
    value.forEach((element) => write(out, element));
  } else if (typeof value === 'object') {
    writeMap(out, Object.entries(value));
  } else {
    throw new CborError(`no CBOR for ${typeof value}`);
  }
}

/** A head: the major type in three bits, the argument in 5 bits or in 1, 2, 4 or 8 bytes. */
function writeHead(out, major, argument) {
  const n = BigInt(argument);
  if (n < 24n) {
    out.push((major << 5) | Number(n));
    return;
  }
  const size = [0, 1, 2, 3].find((s) => n >> BigInt(8 << s) === 0n);
  if (size === undefined) {
    throw new CborError(`${argument} has more than 64 bits`);
  }
  out.push((major << 5) | (24 + size));
  for (let shift = (8 << size) - 8; shift >= 0; shift -= 8) {
    out.push(Number((n >> BigInt(shift)) & 0xffn));
  }
}

function writeDouble(out, value) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  out.push(0xfb, ...new Uint8Array(view.buffer));
}

function writeBytes(out, major, bytes) {
  writeHead(out, major, bytes.length);
  for (const byte of bytes) {
    out.push(byte);
  }
}

function writeMap(out, entries) {
  writeHead(out, MAP, entries.length);
  for (const [name, value] of entries) {
    write(out, name);
    write(out, value);
  }
}

/**
 * Reads the value at the start; bytes after it are ignored. Maps become objects without a prototype,
 * integers that a number cannot hold become BigInt.
 */
export function decode(bytes) {
  const value = new Decoder(bytes).value(0);
  if (value === BREAK) {
    throw new CborError('a break outside a list or map');
  }
  return value;
}

class Decoder {
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }

  /** The next value, or BREAK. */
  value(depth) {
    const first = this.bytes[this.take(1)];
    const major = first >> 5;
    const info = first & 31;
    if (major === SIMPLE) {
      return this.simple(info);
    }
    if (info === INDEFINITE) {
      return this.indefinite(major, depth);
    }
    const argument = this.argument(info);
    switch (major) {
      case UNSIGNED:
        return argument;
      case NEGATIVE:
        return typeof argument === 'bigint' ? -1n - argument : number(-1n - BigInt(argument));
      case BYTES:
        return this.string(argument);
      case TEXT:
        return text(this.string(argument));
      case LIST:
        return this.list(argument, depth + 1);
      case MAP:
        return this.map(argument, depth + 1);
      default:
        throw this.malformed('a tag');
    }
  }

  /** Advances and returns the position before. */
  take(length) {
    const from = this.at;
    if (length > this.bytes.length - from) {
      throw new CborError(`the bytes end at ${this.bytes.length}, in the middle of a value`);
    }
    this.at += Number(length);
    return from;
  }

  argument(info) {
    switch (info) {
      case 24:
        return this.view.getUint8(this.take(1));
      case 25:
        return this.view.getUint16(this.take(2));
      case 26:
        return this.view.getUint32(this.take(4));
      case 27:
        return number(this.view.getBigUint64(this.take(8)));
      default:
        if (info < 24) {
          return info;
        }
        throw this.malformed(`length ${info}`);
    }
  }

  string(length) {
    const from = this.take(length);
    return this.bytes.slice(from, this.at);
  }

  simple(info) {
    switch (info) {
      case 20:
      case 21:
        return info === 21;
      case 22:
      case 23:
        return null;
      case 25:
        return half(this.view.getUint16(this.take(2)));
      case 26:
        return this.view.getFloat32(this.take(4));
      case 27:
        return this.view.getFloat64(this.take(8));
      case INDEFINITE:
        return BREAK;
      default:
        throw this.malformed(`simple value ${info}`);
    }
  }

  indefinite(major, depth) {
    switch (major) {
      case BYTES:
        return this.pieces(major);
      case TEXT:
        return text(this.pieces(major));
      case LIST:
        return this.list(Infinity, depth + 1);
      case MAP:
        return this.map(Infinity, depth + 1);
      default:
        throw this.malformed('an indefinite length');
    }
  }

  pieces(major) {
    const from = this.at;
    const all = [];
    while (true) {
      const first = this.bytes[this.take(1)];
      if (first === 0xff) {
        return Uint8Array.from(all);
      }
      if (first >> 5 !== major) {
        throw this.malformed(`a piece of another type than at ${from}`);
      }
      writeAll(all, this.string(this.argument(first & 31)));
    }
  }

  list(count, depth) {
    this.requireDepth(depth);
    const list = [];
    while (list.length < count) {
      const element = this.value(depth);
      if (element === BREAK) {
        this.requireIndefinite(count);
        return list;
      }
      list.push(element);
    }
    return list;
  }

  map(count, depth) {
    this.requireDepth(depth);
    const map = Object.create(null);
    for (let read = 0; read < count; read++) {
      const name = this.value(depth);
      if (name === BREAK) {
        this.requireIndefinite(count);
        return map;
      }
      if (typeof name !== 'string' || name in map) {
        throw this.malformed('a name that is no text, or is there twice,');
      }
      map[name] = this.value(depth);
      if (map[name] === BREAK) {
        throw this.malformed('a name without a value');
      }
    }
    return map;
  }

  requireDepth(depth) {
    if (depth > MAX_DEPTH) {
      throw this.malformed(`more than ${MAX_DEPTH} levels`);
    }
  }

  requireIndefinite(count) {
    if (count !== Infinity) {
      throw this.malformed('a break');
    }
  }

  malformed(what) {
    return new CborError(`${what} not expected before byte ${this.at}`);
  }
}

function writeAll(all, bytes) {
  for (const byte of bytes) {
    all.push(byte);
  }
}

/** A number if it holds the integer exactly. */
function number(integer) {
  const n = Number(integer);
  return Number.isSafeInteger(n) ? n : integer;
}

function half(bits) {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >> 15 ? -1 : 1;
  if (exponent === 31) {
    return fraction ? NaN : sign * Infinity;
  }
  return sign * (exponent ? (1024 + fraction) * 2 ** (exponent - 25) : fraction * 2 ** -24);
}

function text(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CborError('a text is not UTF-8');
  }
}
