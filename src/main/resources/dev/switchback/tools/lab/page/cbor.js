// CBOR (RFC 8949) as SMP uses it: maps with text keys, lists, texts, bytes, numbers, booleans and
// null. Writes definite lengths in the shortest form. Reads indefinite ones too, in bounded depth;
// what is read may come from anyone.

/** Bytes are not CBOR, or not the part of it that SMP uses. */
export class CborError extends Error {}

const [UNSIGNED, NEGATIVE, BYTES, TEXT, LIST, MAP, , SIMPLE] = [0, 1, 2, 3, 4, 5, 6, 7];
const SIMPLE_VALUES = { 20: false, 21: true, 22: null, 23: null };
const INDEFINITE = 31;
const BREAK = Symbol('break');
const MAX_DEPTH = 8;

export function encode(value) {
  const out = [];
  write(out, value);
  return Uint8Array.from(out);
}

function write(out, value) {
  if (value === null || typeof value === 'boolean') {
    out.push(value === null ? 0xf6 : value ? 0xf5 : 0xf4);
  } else if (Number.isSafeInteger(value)) {
    value < 0 ? writeHead(out, NEGATIVE, -1 - value) : writeHead(out, UNSIGNED, value);
  } else if (typeof value === 'number') {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    out.push(0xfb, ...new Uint8Array(view.buffer));
  } else if (typeof value === 'string') {
    writeBytes(out, TEXT, new TextEncoder().encode(value));
  } else if (value instanceof Uint8Array) {
    writeBytes(out, BYTES, value);
  } else if (Array.isArray(value)) {
    writeHead(out, LIST, value.length);
    value.forEach((element) => write(out, element));
  } else if (typeof value === 'object') {
    writeHead(out, MAP, Object.keys(value).length);
    Object.entries(value)
      .flat()
      .forEach((each) => write(out, each));
  } else {
    throw new CborError(`no CBOR for ${typeof value}`);
  }
}

/** The major type in three bits, the argument in 5 bits or in 1, 2, 4 or 8 bytes. */
function writeHead(out, major, argument) {
  if (argument < 24) {
    out.push((major << 5) | argument);
    return;
  }
  const size = argument < 2 ** 8 ? 0 : argument < 2 ** 16 ? 1 : argument < 2 ** 32 ? 2 : 3;
  out.push((major << 5) | (24 + size));
  for (let shift = (8 << size) - 8; shift >= 0; shift -= 8) {
    out.push(Math.floor(argument / 2 ** shift) % 256);
  }
}

function writeBytes(out, major, bytes) {
  writeHead(out, major, bytes.length);
  bytes.forEach((byte) => out.push(byte));
}

/**
 * Reads the value at the start; bytes after it are ignored. Maps become objects without a
 * prototype, integers that a number cannot hold become BigInt.
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
    const first = this.view.getUint8(this.take(1));
    const major = first >> 5;
    const info = first & 31;
    if (major === SIMPLE) {
      return this.simple(info);
    }
    const isTooDeep = depth === MAX_DEPTH && (major === LIST || major === MAP);
    if (isTooDeep || (major < BYTES && info === INDEFINITE)) {
      throw this.malformed(`a value of type ${major}`);
    }
    const argument = info === INDEFINITE ? Infinity : this.argument(info);
    switch (major) {
      case UNSIGNED:
        return number(argument);
      case NEGATIVE:
        return number(-1n - BigInt(argument));
      case BYTES:
        return this.string(argument, major);
      case TEXT:
        return text(this.string(argument, major));
      case LIST:
        return this.list(argument, depth);
      case MAP:
        return this.map(argument, depth);
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
        return this.view.getBigUint64(this.take(8));
      default:
        if (info > 27) {
          throw this.malformed(`length ${info}`);
        }
        return info;
    }
  }

  /** Bytes, in pieces of the same type if their length is indefinite. */
  string(length, major) {
    if (length !== Infinity) {
      const from = this.take(length);
      return this.bytes.slice(from, this.at);
    }
    const all = [];
    for (let first = this.next(); first !== 0xff; first = this.next()) {
      if (first >> 5 !== major) {
        throw this.malformed('a piece of another type');
      }
      this.string(this.argument(first & 31), major).forEach((byte) => all.push(byte));
    }
    return Uint8Array.from(all);
  }

  next() {
    return this.bytes[this.take(1)];
  }

  simple(info) {
    switch (info) {
      case 25:
        return float16(this.view.getUint16(this.take(2)));
      case 26:
        return this.view.getFloat32(this.take(4));
      case 27:
        return this.view.getFloat64(this.take(8));
      case INDEFINITE:
        return BREAK;
      default:
        if (SIMPLE_VALUES[info] === undefined) {
          throw this.malformed(`simple value ${info}`);
        }
        return SIMPLE_VALUES[info];
    }
  }

  list(count, depth) {
    const list = [];
    while (list.length < count) {
      const element = this.value(depth + 1);
      if (element === BREAK) {
        return this.broken(list, count);
      }
      list.push(element);
    }
    return list;
  }

  map(count, depth) {
    const map = Object.create(null);
    for (let read = 0; read < count; read++) {
      const name = this.value(depth + 1);
      if (name === BREAK) {
        return this.broken(map, count);
      }
      if (typeof name !== 'string' || name in map) {
        throw this.malformed('a name that is no text, or is there twice,');
      }
      map[name] = this.value(depth + 1);
      if (map[name] === BREAK) {
        throw this.malformed('a name without a value');
      }
    }
    return map;
  }

  /** Returns what a break has ended, if its length is indefinite. */
  broken(whole, count) {
    if (count !== Infinity) {
      throw this.malformed('a break');
    }
    return whole;
  }

  malformed(what) {
    return new CborError(`${what} not expected before byte ${this.at}`);
  }
}

/** A number if it holds the integer exactly. */
function number(integer) {
  const n = Number(integer);
  return Number.isSafeInteger(n) ? n : integer;
}

/** The number of a float of 16 bits. */
export function float16(bits) {
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
