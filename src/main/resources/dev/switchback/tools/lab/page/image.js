// Weight images and safetensors files; weight-image.md. What is read may come from anyone.
// A network is that of network.js, and in addition {engine, lesson, metadata}; no lesson: ''.

import { float16 } from './cbor.js';
import { MAX_LAYERS, NetworkError, leds, networkOf } from './network.js';
import { hex, sha256 } from './sha256.js';

/** A file is not what it should be. The message names the first check that failed. */
export class FormatError extends Error {}

/** Largest image, and most weights and biases that fit into one of any shape. */
export const MAX_BYTES = 1 << 20;
const MAX_PARAMETERS = (MAX_BYTES - 8192) / 4;

const MAX_HEADER_BYTES = 64 * 1024;
const METADATA = '__metadata__';
const Q_FORMAT = 'Q7.16';

function check(condition, message) {
  if (!condition) {
    throw new FormatError(message);
  }
}

function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// ---- safetensors -------------------------------------------------------------------------------

/** Bytes of a number, and how it is read. */
const TYPES = {
  F32: [4, (view, at) => view.getFloat32(at, true)],
  F64: [8, (view, at) => view.getFloat64(at, true)],
  F16: [2, (view, at) => float16(view.getUint16(at, true))],
  BF16: [2, (view, at) => bfloat16(view.getUint16(at, true))],
};

function bfloat16(bits) {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}

/**
 * Reads the network of a safetensors file with our tensor names or torch's.
 *
 * @param activations for a file that names none: labels joined by commas
 */
export function readSafetensors(file, activations = 'sigmoid') {
  const { tensors, metadata } = read(file, Object.keys(TYPES));
  const isTorch = [...tensors.keys()].some((name) => name.endsWith('.weight'));
  const layers = isTorch ? torchLayers(tensors) : ourLayers(tensors);
  return networkIn(layers, metadata, metadata.activations ?? activations);
}

/** @param layers [{W, b}] with W [in, out] */
function networkIn(layers, metadata, activations) {
  layers.forEach(({ W, b }, l) => {
    const isBias = b.shape.length === 1 || (b.shape.length === 2 && b.shape[0] === 1);
    const isNext = l === 0 || W.shape[0] === layers[l - 1].W.shape[1];
    check(
      W.shape.length === 2 && isBias && b.shape.at(-1) === W.shape[1] && isNext,
      `tensors ${W.name} [${W.shape}] and ${b.name} [${b.shape}] do not fit their neighbours`,
    );
  });
  const widths = [layers[0].W.shape[0], ...layers.map(({ W }) => W.shape[1])];
  const weights = layers.flatMap(({ W, b }) => [...W.values, ...b.values]);
  try {
    const network = networkOf(widths.join('-'), activations, weights, metadata.answer);
    const { engine = 'float', lesson = '' } = metadata;
    return { ...network, engine, lesson, metadata };
  } catch (e) {
    throw e instanceof NetworkError ? new FormatError(e.message) : e;
  }
}

/** Metadata, and tensors {name, shape, values} by name. */
function read(file, types) {
  check(file.length >= 8, `no safetensors: ${file.length} bytes, at least 8 expected`);
  const most = Math.min(MAX_HEADER_BYTES, file.length - 8);
  const headerBytes = viewOf(file).getBigUint64(0, true);
  check(
    headerBytes >= 2n && headerBytes <= most,
    `no safetensors: header length at offset 0 is ${headerBytes}, expected 2 to ${most}`,
  );
  const header = parse(file.subarray(8, 8 + Number(headerBytes)));
  const metadata = header[METADATA] ?? {};
  check(
    isObject(metadata) && Object.values(metadata).every((value) => typeof value === 'string'),
    'safetensors header: metadata that are no texts',
  );
  const data = file.subarray(8 + Number(headerBytes));
  const tensors = new Map();
  let end = 0;
  for (const [name, entry] of entries(header, types)) {
    const [from, to] = entry.data_offsets;
    check(from === end, `tensor ${name}: begins at ${from}, expected ${end}`);
    check(to <= data.length, `tensor ${name}: ends at ${to}, behind the file`);
    end = to;
    tensors.set(name, tensor(name, entry, data));
  }
  check(end === data.length, `safetensors: ${data.length} bytes, the tensors hold ${end}`);
  return { tensors, metadata };
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(bytes) {
  let header;
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch (e) {
    throw new FormatError(`safetensors header: ${e.message}`);
  }
  check(text[0] === '{', "safetensors header: '{' expected");
  // JSON.parse keeps the last of two fields of a name.
  const names = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon);
  check(names.length === countFields(header), 'safetensors header: a field is there twice');
  return header;
}

function countFields(value) {
  const inside = value instanceof Object ? Object.values(value) : [];
  const own = isObject(value) ? inside.length : 0;
  return inside.reduce((sum, each) => sum + countFields(each), own);
}

/** The checked entries of tensors, by offset. */
function entries(header, types) {
  const all = Object.entries(header).filter(([name]) => name !== METADATA);
  const most = 2 * MAX_LAYERS;
  check(all.length > 0 && all.length <= most, `${all.length} tensors, 2 to ${most} expected`);
  let sum = 0;
  for (const [name, entry] of all) {
    check(isObject(entry), `tensor ${name}: no object`);
    const { dtype, shape, data_offsets: offsets } = entry;
    check(types.includes(dtype), `tensor ${name}: dtype is ${dtype}, F32 or F64 expected`);
    check(
      areSizes(shape) && shape.length <= 2,
      `tensor ${name}: shape [${shape}] is not [in, out] or [out]`,
    );
    const count = shape.reduce((a, b) => a * b, 1);
    sum += count;
    check(sum <= MAX_PARAMETERS, `more than ${MAX_PARAMETERS} weights and biases`);
    check(
      areSizes(offsets) && offsets[1] - offsets[0] === count * TYPES[dtype][0],
      `tensor ${name}: data_offsets [${offsets}] do not hold ${count} values of ${dtype}`,
    );
  }
  return all.sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
}

function areSizes(list) {
  return Array.isArray(list) && list.every((each) => Number.isSafeInteger(each) && each >= 0);
}

function tensor(name, { dtype, shape, data_offsets: [from, to] }, data) {
  const [size, number] = TYPES[dtype];
  const view = viewOf(data);
  const at = (k) => number(view, from + k * size);
  const values = Float32Array.from({ length: (to - from) / size }, (_, k) => at(k));
  const bad = values.findIndex((value) => !Number.isFinite(value));
  check(bad < 0, `tensor ${name}: value ${bad} is ${bad < 0 ? 0 : at(bad)}, no finite float`);
  return { name, shape, values };
}

function find(tensors, name) {
  check(tensors.has(name), `tensor ${name} is missing, found ${[...tensors.keys()].join(', ')}`);
  return tensors.get(name);
}

function ourLayers(tensors) {
  const layers = tensors.size / 2;
  check(
    tensors.size % 2 === 0,
    `${tensors.size} tensors; a network has a W and a b for each layer`,
  );
  return Array.from({ length: layers }, (_, l) => ({
    W: find(tensors, `W${l + 1}`),
    b: find(tensors, `b${l + 1}`),
  }));
}

/** Torch's nn.Sequential: N.weight [out, in] and N.bias, N with gaps, all with the same prefix. */
function torchLayers(tensors) {
  const modules = new Map();
  for (const name of tensors.keys()) {
    const parts = /^((?:.*[^0-9])?)(0|[1-9][0-9]{0,3})\.(weight|bias)$/s.exec(name);
    check(parts, `tensor ${name}: N.weight or N.bias expected, as others are named`);
    modules.set(Number(parts[2]), parts[1] + parts[2]);
  }
  return [...modules.keys()]
    .sort((a, b) => a - b)
    .map((module) => ({
      W: transposed(find(tensors, `${modules.get(module)}.weight`)),
      b: find(tensors, `${modules.get(module)}.bias`),
    }));
}

function transposed({ name, shape: [rows, columns = 1], values }) {
  const turned = values.map((_, k) => values[(k % rows) * columns + Math.floor(k / rows)]);
  return { name, shape: [columns, rows], values: turned };
}

/** The bytes of a safetensors file of a network, with its metadata. */
export function writeSafetensors(network) {
  const members = [[METADATA, metadataText(network)]];
  const values = [];
  const place = (name, shape, tensorValues) => {
    const from = 4 * values.length;
    tensorValues.forEach((value) => values.push(value));
    const entry = { dtype: 'F32', shape, data_offsets: [from, 4 * values.length] };
    members.push([name, JSON.stringify(entry)]);
  };
  network.layers.forEach(({ inputs, outputs, W, b }, l) => {
    place(`W${l + 1}`, [inputs, outputs], W);
    place(`b${l + 1}`, [outputs], b);
  });
  const json = new TextEncoder().encode(objectText(members));
  check(json.length <= MAX_HEADER_BYTES, `metadata make a header of ${json.length} bytes`);
  const data = 8 + Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(data + 4 * values.length).fill(0x20, 8, data);
  const view = viewOf(file);
  view.setBigUint64(0, BigInt(data - 8), true);
  file.set(json, 8);
  values.forEach((value, k) => view.setFloat32(data + 4 * k, value, true));
  return file;
}

function metadataText(network) {
  const { topology, activations, answer, engine, lesson, layers } = network;
  const all = { ...network.metadata, topology, activations, engine, q_format: Q_FORMAT };
  delete all.answer;
  delete all.lesson;
  if (answer === 'argmax' && layers.at(-1).activation !== 'softmax') {
    all.answer = answer;
  }
  if (lesson) {
    all.lesson = lesson;
  }
  const sorted = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1));
  return objectText(sorted.map(([key, value]) => [key, stringText(value)]));
}

function objectText(members) {
  return `{${members.map(([name, value]) => `${stringText(name)}:${value}`).join(',')}}`;
}

/** As the program writes it: escapes in capital digits, and for all that takes 4 bytes in UTF-8. */
function stringText(text) {
  return JSON.stringify(text).replace(
    /(\\\\)|\\u00([01][0-9a-f])|[\ud800-\udfff]/g,
    (found, backslash, digits) =>
      backslash ?? unicodeEscape(digits ? parseInt(digits, 16) : found.charCodeAt(0)),
  );
}

function unicodeEscape(code) {
  return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

// ---- images ------------------------------------------------------------------------------------

const MAGIC = 0x96f3b83d;
const HEADER_BYTES = 32;
const TLV_MAGIC = 0x6907;
const PROTECTED_TLV_MAGIC = 0x6908;
const [SHA256, KEYHASH, ED25519] = [0x10, 0x01, 0x24];
const TLV_BYTES = { [SHA256]: 32, [KEYHASH]: 32, [ED25519]: 64 };
const UNSIGNED_TLV_BYTES = 40;

/**
 * Reads an image: {bytes, version, hash, signer, network}. The hash is in hex digits, as is signer,
 * the hash of the claimed key; '' if the image is unsigned. A signature is not verified.
 */
export function readImage(file) {
  const size = file.length;
  check(size >= 80 && size <= MAX_BYTES, `file: found ${size} bytes, expected 80 to ${MAX_BYTES}`);
  const header = imageHeader(file);
  const { hash, signer } = tlvs(file, header);
  const found = hex(sha256(file.subarray(0, header.end)));
  check(found === hash, `SHA256: found ${hash}, expected ${found}`);
  const network = payloadNetwork(file.subarray(header.begin, header.begin + header.payloadBytes));
  return { bytes: file, version: header.version, hash, signer, network };
}

/** Where the payload begins and the hashed part ends. */
function imageHeader(file) {
  const view = viewOf(file);
  const u16 = (at) => view.getUint16(at, true);
  const u32 = (at) => view.getUint32(at, true);
  const field = (name, at, found, least, most) => {
    const expected = least === most ? least : `${least} to ${most}`;
    const isRight = found >= least && found <= most;
    check(isRight, `${name} at offset ${at}: found ${found}, expected ${expected}`);
    return found;
  };
  field('magic', 0, u32(0), MAGIC, MAGIC);
  field('load_addr', 4, u32(4), 0, 0);
  let room = file.length - UNSIGNED_TLV_BYTES;
  const begin = field('hdr_size', 8, u16(8), HEADER_BYTES, Math.min(1024, room - 8));
  const payloadBytes = field('img_size', 12, u32(12), 8, room - begin);
  room -= begin + payloadBytes;
  const protectedBytes = u16(10) && field('protect_tlv_size', 10, u16(10), 8, room);
  field('flags', 16, u32(16), 0, 0);
  field('pad', 28, u32(28), 0, 0);
  const build = u32(24) && `+${u32(24)}`;
  const version = `${file[20]}.${file[21]}.${u16(22)}${build || ''}`;
  return {
    begin,
    payloadBytes,
    protectedBytes,
    end: begin + payloadBytes + protectedBytes,
    version,
  };
}

function tlvs(file, { end, protectedBytes }) {
  if (protectedBytes > 0) {
    const isVendor = (type) => (type & 0xff) >= 0xa0 && (type & 0xff) <= 0xfe;
    tlvArea(file.subarray(end - protectedBytes, end), PROTECTED_TLV_MAGIC, isVendor);
  }
  const area = tlvArea(
    file.subarray(end),
    TLV_MAGIC,
    (type, length, before) => TLV_BYTES[type] === length && !before.has(type),
  );
  check(area.has(SHA256), 'TLVs: found no SHA256, expected one of 32 bytes');
  check(area.has(KEYHASH) === area.has(ED25519), 'TLVs: KEYHASH and ED25519: both or neither');
  return { hash: hex(area.get(SHA256)), signer: hex(area.get(KEYHASH) ?? []) };
}

function tlvArea(area, magic, isExpected) {
  const view = viewOf(area);
  const u16 = (at) => view.getUint16(at, true);
  check(u16(0) === magic, `magic of the TLVs: found ${u16(0)}, expected ${magic}`);
  const total = u16(2);
  check(total === area.length, `length of the TLVs: found ${total}, expected ${area.length}`);
  const found = new Map();
  for (let at = 4; at < total;) {
    check(total - at >= 4, 'TLV: 4 bytes expected');
    const [type, length] = [u16(at), u16(at + 2)];
    const isRight = isExpected(type, length, found) && at + 4 + length <= total;
    check(isRight, `TLV of type ${type} and ${length} bytes is not expected`);
    found.set(type, area.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return found;
}

function payloadNetwork(payload) {
  const { tensors, metadata } = read(payload, ['F32', 'F64']);
  const labels = metadata.activations?.split(',').length;
  check(labels === tensors.size / 2, "metadata 'activations': one label per layer expected");
  const network = networkIn(ourLayers(tensors), metadata, metadata.activations);
  const field = (key, ...expected) => {
    const value = metadata[key] ?? expected[0];
    const names = expected.join(' or ');
    check(expected.includes(value), `metadata '${key}': found '${value}', expected ${names}`);
  };
  field('topology', network.topology);
  field('engine', 'float', 'fixed');
  field('q_format', Q_FORMAT);
  requireLesson(network);
  return network;
}

function requireLesson(network) {
  const { lesson, layers, topology } = network;
  const rows = 2 ** layers[0].inputs;
  const tables = lesson.split(',');
  const isTable = (table) => /^[01]+$/.test(table) && table.length === rows;
  check(
    lesson === '' || (rows <= 256 && tables.length === leds(network) && tables.every(isTable)),
    `lesson '${lesson}': one digit of 0 or 1 per switch position, and a table per LED, of` +
      ` topology ${topology} expected`,
  );
}

/** Major, minor, revision and build. */
function versionParts(text) {
  const parts = /^([0-9]{1,10})\.([0-9]{1,10})\.([0-9]{1,10})(?:\+([0-9]{1,10}))?$/.exec(text);
  check(parts, `version '${text}' is not of the form 1.2.3 or 1.2.3+4`);
  const numbers = parts.slice(1).map((part) => Number(part ?? 0));
  const isSmall = [0xff, 0xff, 0xffff, 0xffffffff].every((most, k) => numbers[k] <= most);
  check(isSmall, `version '${text}': at most 255.255.65535+4294967295 expected`);
  return numbers;
}

/**
 * The unsigned image of a safetensors file, as `switchback convert` makes it.
 *
 * @param activation for a file that names none
 */
export function imageOf(file, { activation, ...options } = {}) {
  return imageOfNetwork(readSafetensors(file, activation), options);
}

/** The same for a network; what is not given stays as it is. */
export function imageOfNetwork(network, { version = '0.1.0', ...changes } = {}) {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const payload = writeSafetensors({ engine: 'float', ...network, ...Object.fromEntries(given) });
  const end = HEADER_BYTES + payload.length;
  const file = new Uint8Array(end + UNSIGNED_TLV_BYTES);
  const view = viewOf(file);
  const [major, minor, revision, build] = versionParts(version);
  view.setUint32(0, MAGIC, true);
  view.setUint16(8, HEADER_BYTES, true);
  view.setUint32(12, payload.length, true);
  view.setUint8(20, major);
  view.setUint8(21, minor);
  view.setUint16(22, revision, true);
  view.setUint32(24, build, true);
  file.set(payload, HEADER_BYTES);
  [TLV_MAGIC, UNSIGNED_TLV_BYTES, SHA256, 32].forEach((each, k) => {
    view.setUint16(end + 2 * k, each, true);
  });
  file.set(sha256(file.subarray(0, end)), end + 8);
  return readImage(file).bytes;
}
