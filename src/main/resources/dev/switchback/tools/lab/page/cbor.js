// CBOR (RFC 8949) as SMP uses it: maps with text keys, lists, texts, bytes, numbers, booleans and
// null. Writes definite lengths in the shortest form. Reads indefinite ones too, in bounded depth;
// what is read may come from anyone.

/** Bytes are not CBOR, or not the part of it that SMP uses. */
export class CborError extends Error {}

const [UNSIGNED, NEGATIVE, BYTES, TEXT, LIST, MAP, , SIMPLE] = [0, 1, 2, 3, 4, 5, 6, 7];
const SIMPLE_VALUES = { 20: false, 21: true, 22: null, 23: null };
const INDEFINITE = 31;
const BREAK_BYTE = 0xff;
const BREAK = Symbol('break');
const MAX_DEPTH = 8;

export function encode(value) {
  return Uint8Array.from(encoded(value));
}

function encoded(value) {
  if (value === null) {
    return [0xf6];
  }
  if (typeof value === 'boolean') {
    return [value ? 0xf5 : 0xf4];
  }
  if (Number.isSafeInteger(value)) {
    return value < 0 ? head(NEGATIVE, -1 - value) : head(UNSIGNED, value);
  }
  if (typeof value === 'number') {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, value);
    return [0xfb, ...new Uint8Array(view.buffer)];
  }
  if (typeof value === 'string') {
    const utf8 = new TextEncoder().encode(value);
    return [...head(TEXT, utf8.length), ...utf8];
  }
  if (isBytes(value)) {
    return [...head(BYTES, value.length), ...value];
  }
  if (Array.isArray(value)) {
    return [...head(LIST, value.length), ...value.flatMap(encoded)];
  }
  if (typeof value === 'object') {
    const members = Object.entries(value);
    return [...head(MAP, members.length), ...members.flat().flatMap(encoded)];
  }
  throw new CborError(`no CBOR for ${typeof value}`);
}

/** The major type in three bits, the argument in 5 bits or in 1, 2, 4 or 8 bytes. */
function head(major, argument) {
  if (argument < 24) {
    return [(major << 5) | argument];
  }
  const size = [8, 16, 32, 64].findIndex((bits) => argument < 2 ** bits);
  const bytes = [(major << 5) | (24 + size)];
  for (let shift = (8 << size) - 8; shift >= 0; shift -= 8) {
    bytes.push(Math.floor(argument / 2 ** shift) % 256);
  }
  return bytes;
}

/**
 * Reads the value at the start; bytes after it are ignored. Maps become objects without a
 * prototype; of integers beyond 2^53 the last digits are lost.
 */
export function decode(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  function require(condition, what) {
    if (!condition) {
      throw new CborError(`${what}, before byte ${at}`);
    }
  }

  /** Advances and returns the position before. */
  function take(length) {
    require(length <= bytes.length - at, 'the bytes end in the middle of a value');
    at += length;
    return at - length;
  }

  /** A count or an integer; Infinity for an indefinite length. */
  function argument(info) {
    require(info < 28 || info === INDEFINITE, 'a reserved length');
    if (info < 24 || info === INDEFINITE) {
      return info < 24 ? info : Infinity;
    }
    let number = 0;
    for (let left = 1 << (info - 24); left > 0; left--) {
      number = number * 256 + bytes[take(1)];
    }
    return number;
  }

  function read(depth, mayBreak = false) {
    require(depth <= MAX_DEPTH, 'too many levels');
    const first = bytes[take(1)];
    if (first === BREAK_BYTE && mayBreak) {
      return BREAK;
    }
    const [major, info] = [first >> 5, first & 31];
    const count = major === SIMPLE ? 0 : argument(info);
    switch (major) {
      case SIMPLE:
        return simple(info);
      case BYTES:
        return count < Infinity
          ? bytes.slice(take(count), at)
          : Uint8Array.from(pieces(depth, isBytes).flatMap((piece) => [...piece]));
      case TEXT:
        return count < Infinity
          ? text(bytes.slice(take(count), at))
          : pieces(depth, (piece) => typeof piece === 'string').join('');
      case LIST:
        return list(count, depth);
      case MAP:
        return map(list(2 * count, depth));
      default:
        require(major < BYTES && count < Infinity, 'a tag, or a number without an end');
        return major === UNSIGNED ? count : -1 - count;
    }
  }

  function simple(info) {
    switch (info) {
      case 26:
        return view.getFloat32(take(4));
      case 27:
        return view.getFloat64(take(8));
      default:
        require(info in SIMPLE_VALUES, 'an unknown value');
        return SIMPLE_VALUES[info];
    }
  }

  /** Of a string of indefinite length. */
  function pieces(depth, isPiece) {
    const all = list(Infinity, depth);
    require(all.every(isPiece), 'a piece of another type');
    return all;
  }

  function list(count, depth) {
    const elements = [];
    while (elements.length < count) {
      const element = read(depth + 1, count === Infinity);
      if (element === BREAK) {
        break;
      }
      elements.push(element);
    }
    return elements;
  }

  function map(namesAndValues) {
    const members = Object.create(null);
    for (let k = 0; k < namesAndValues.length; k += 2) {
      const [name, value] = namesAndValues.slice(k, k + 2);
      const isNew = typeof name === 'string' && !(name in members) && value !== undefined;
      require(isNew, 'a name twice, without a value or not a text');
      members[name] = value;
    }
    return members;
  }

  return read(0);
}

function isBytes(value) {
  return value instanceof Uint8Array;
}

function text(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (e) {
    throw new CborError('a text is not UTF-8', { cause: e });
  }
}
