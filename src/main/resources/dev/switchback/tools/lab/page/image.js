// Weight images and safetensors files; weight-image.md. What is read may come from anyone.
// A network is that of network.js, and in addition {engine, lesson, metadata}; no lesson: ''.

import { MAX_LAYERS, NetworkError, networkOf } from './network.js';
import { hex, sha256 } from './sha256.js';

/** A file is not what it should be. The message names the first check that failed. */
export class FormatError extends Error {}

/** Largest image. */
export const MAX_BYTES = 1 << 20;

const MAX_HEADER_BYTES = 64 * 1024;

/** Most weights and biases that fit into an image of any shape. */
const MAX_PARAMETERS = (MAX_BYTES - 8192) / 4;

const METADATA = '__metadata__';
const Q_FORMAT = 'Q7.16';

function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function requireThat(condition, message) {
  if (!condition) {
    throw new FormatError(message());
  }
}

// ---- safetensors -------------------------------------------------------------------------------

const READERS = {
  F32: [4, (view, at) => view.getFloat32(at, true)],
  F64: [8, (view, at) => view.getFloat64(at, true)],
  F16: [2, (view, at) => float16(view.getUint16(at, true))],
  BF16: [2, (view, at) => bfloat16(view.getUint16(at, true))],
};

function float16(bits) {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const size =
    exponent === 31
      ? fraction
        ? NaN
        : Infinity
      : exponent
        ? (1024 + fraction) * 2 ** (exponent - 25)
        : fraction * 2 ** -24;
  return bits >> 15 ? -size : size;
}

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
  const { tensors, metadata } = tensorsOf(file, Object.keys(READERS));
  const isTorch = [...tensors.keys()].some((name) => name.endsWith('.weight'));
  const layers = isTorch ? torchLayers(tensors) : ourLayers(tensors);
  return networkIn(layers, metadata, metadata.activations ?? activations);
}

/** @param layers [{W, b}] with W [in, out] */
function networkIn(layers, metadata, activations) {
  layers.forEach((layer, l) => requireFit(layer, layers[l - 1]));
  const widths = [layers[0].W.shape[0], ...layers.map(({ b }) => b.shape.at(-1))];
  const weights = layers.flatMap(({ W, b }) => [...W.values, ...b.values]);
  try {
    const network = networkOf(widths.join('-'), activations, weights, metadata.answer);
    const { engine = 'float', lesson = '' } = metadata;
    return { ...network, engine, lesson, metadata };
  } catch (e) {
    throw e instanceof NetworkError ? new FormatError(e.message) : e;
  }
}

function tensorsOf(file, types) {
  requireThat(file.length >= 8, () => `no safetensors: ${file.length} bytes, at least 8 expected`);
  const most = Math.min(MAX_HEADER_BYTES, file.length - 8);
  const headerBytes = viewOf(file).getBigUint64(0, true);
  requireThat(
    headerBytes >= 2n && headerBytes <= most,
    () => `no safetensors: header length at offset 0 is ${headerBytes}, expected 2 to ${most}`,
  );
  const data = 8 + Number(headerBytes);
  const header = headerOf(file.subarray(8, data));
  const metadata = header[METADATA] ?? {};
  requireThat(
    isObject(metadata) && Object.values(metadata).every((value) => typeof value === 'string'),
    () => 'safetensors header: metadata that are no texts',
  );
  const tensors = new Map();
  let end = 0;
  for (const [name, entry] of entries(header, types)) {
    requireThat(
      entry.data_offsets[0] === end,
      () => `tensor ${name}: begins at ${entry.data_offsets[0]}, expected ${end}`,
    );
    end = entry.data_offsets[1];
    requireThat(data + end <= file.length, () => `tensor ${name}: ends at ${end}, behind the file`);
    tensors.set(name, tensor(name, entry, file.subarray(data, data + end)));
  }
  requireThat(
    data + end === file.length,
    () => `safetensors buffer: ${file.length - data} bytes, the tensors hold ${end}`,
  );
  return { tensors, metadata };
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function headerOf(bytes) {
  let header;
  let text;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch (e) {
    throw new FormatError(`safetensors header: ${e.message}`);
  }
  requireThat(text[0] === '{' && isObject(header), () => "safetensors header: '{' expected");
  // JSON.parse keeps the last of two fields of a name.
  const names = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter((match) => match[1]);
  requireThat(names.length === fields(header), () => 'safetensors header: a field is there twice');
  return header;
}

function fields(value) {
  if (typeof value !== 'object' || value === null) {
    return 0;
  }
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce((sum, each) => sum + fields(each), own);
}

/** The checked entries of tensors, by offset. */
function entries(header, types) {
  const all = Object.entries(header).filter(([name]) => name !== METADATA);
  requireThat(
    all.length > 0 && all.length <= 2 * MAX_LAYERS,
    () => `${all.length} tensors, 2 to ${2 * MAX_LAYERS} expected`,
  );
  let parameters = 0;
  for (const [name, entry] of all) {
    requireThat(isObject(entry), () => `tensor ${name}: no object`);
    const { dtype, shape, data_offsets: offsets } = entry;
    requireThat(
      types.includes(dtype),
      () => `tensor ${name}: dtype is ${dtype}, F32 or F64 expected`,
    );
    requireThat(
      isSizes(shape) && shape.length <= 2,
      () => `tensor ${name}: shape ${JSON.stringify(shape)} is not [in, out] or [out]`,
    );
    const values = shape.reduce((a, b) => a * b, 1);
    parameters += values;
    requireThat(
      parameters <= MAX_PARAMETERS,
      () => `more than ${MAX_PARAMETERS} weights and biases, a device has no room for them`,
    );
    const bytes = values * READERS[dtype][0];
    requireThat(
      isSizes(offsets) && offsets.length === 2 && offsets[1] - offsets[0] === bytes,
      () => `tensor ${name}: data_offsets ${JSON.stringify(offsets)} do not hold ${bytes} bytes`,
    );
  }
  return all.sort(([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0]);
}

function isSizes(list) {
  return Array.isArray(list) && list.every((each) => Number.isSafeInteger(each) && each >= 0);
}

function tensor(name, { dtype, shape, data_offsets: [from, to] }, data) {
  const [size, read] = READERS[dtype];
  const view = viewOf(data);
  const values = new Float32Array((to - from) / size);
  for (let k = 0; k < values.length; k++) {
    values[k] = read(view, from + k * size);
    requireThat(
      Number.isFinite(values[k]),
      () => `tensor ${name}: value ${k} is ${read(view, from + k * size)}, no finite float`,
    );
  }
  return { name, shape, values };
}

function requireFit({ W, b }, before) {
  requireThat(
    W.shape.length === 2 &&
      b.shape.length > 0 &&
      (b.shape.length === 1 || b.shape[0] === 1) &&
      b.shape.at(-1) === W.shape[1] &&
      (!before || W.shape[0] === before.W.shape[1]),
    () =>
      `tensors ${W.name} ${JSON.stringify(W.shape)} and ${b.name} ${JSON.stringify(b.shape)}` +
      ' do not fit their neighbours',
  );
}

function find(tensors, name) {
  const tensor = tensors.get(name);
  requireThat(tensor, () => `tensor ${name} is missing, found ${[...tensors.keys()].join(', ')}`);
  return tensor;
}

function ourLayers(tensors) {
  requireThat(
    tensors.size % 2 === 0,
    () => `${tensors.size} tensors; a network has a W and a b for each layer`,
  );
  return Array.from({ length: tensors.size / 2 }, (_, l) => ({
    W: find(tensors, `W${l + 1}`),
    b: find(tensors, `b${l + 1}`),
  }));
}

/** Torch's nn.Sequential: N.weight [out, in] and N.bias, N with gaps, all with the same prefix. */
function torchLayers(tensors) {
  const modules = new Map();
  const prefixes = new Set();
  for (const name of tensors.keys()) {
    const parts = /^((?:.*[^0-9])?)(0|[1-9][0-9]{0,3})\.(weight|bias)$/s.exec(name);
    requireThat(parts, () => `tensor ${name}: N.weight or N.bias expected, as others are named`);
    modules.set(Number(parts[2]), parts[1] + parts[2]);
    prefixes.add(parts[1]);
  }
  requireThat(prefixes.size === 1, () => 'tensors: the same text before N.weight expected in all');
  return [...modules.keys()]
    .sort((a, b) => a - b)
    .map((module) => ({
      W: transposed(find(tensors, `${modules.get(module)}.weight`)),
      b: find(tensors, `${modules.get(module)}.bias`),
    }));
}

function transposed({ name, shape, values }) {
  requireThat(shape.length === 2, () => `tensor ${name}: [out, in] expected`);
  const [rows, columns] = shape;
  const turned = values.map((_, k) => values[(k % rows) * columns + Math.floor(k / rows)]);
  return { name, shape: [columns, rows], values: turned };
}

/** The bytes of a safetensors file of a network, with its metadata. */
export function writeSafetensors(network) {
  const { layers } = network;
  const header = [[METADATA, metadataText(network)]];
  const values = [];
  const place = (name, shape, tensorValues) => {
    const from = 4 * values.length;
    tensorValues.forEach((value) => values.push(value));
    const offsets = [from, 4 * values.length];
    header.push([name, JSON.stringify({ dtype: 'F32', shape, data_offsets: offsets })]);
  };
  layers.forEach(({ inputs, outputs, W, b }, l) => {
    place(`W${l + 1}`, [inputs, outputs], W);
    place(`b${l + 1}`, [outputs], b);
  });
  const json = new TextEncoder().encode(objectText(header));
  requireThat(
    json.length <= MAX_HEADER_BYTES,
    () => `metadata make a header of ${json.length} bytes`,
  );
  const padded = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + padded + 4 * values.length).fill(0x20, 8, 8 + padded);
  const view = viewOf(file);
  view.setBigUint64(0, BigInt(padded), true);
  file.set(json, 8);
  values.forEach((value, k) => view.setFloat32(8 + padded + 4 * k, value, true));
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
const SHA256 = 0x10;
const KEYHASH = 0x01;
const ED25519 = 0x24;
const TLV_BYTES = { [SHA256]: 32, [KEYHASH]: 32, [ED25519]: 64 };
const UNSIGNED_TLV_BYTES = 40;

/** Whether a file begins as an image does. */
export function isImage(file) {
  return file.length >= 4 && viewOf(file).getUint32(0, true) === MAGIC;
}

/**
 * Reads an image: {bytes, version, hash, signer, network}. The hash is in hex digits, as is signer,
 * the hash of the claimed key; '' if the image is unsigned. A signature is not verified.
 */
export function readImage(file) {
  requireThat(
    file.length >= 80 && file.length <= MAX_BYTES,
    () => `file: found ${file.length} bytes, expected 80 to ${MAX_BYTES}`,
  );
  const header = imageHeader(file);
  const { hash, signer } = tlvs(file, header);
  const found = hex(sha256(file.subarray(0, header.hashedBytes)));
  requireThat(found === hash, () => `SHA256: found ${hash}, expected ${found}`);
  const payload = file.subarray(header.payload, header.payload + header.payloadBytes);
  return { bytes: file, version: header.version, hash, signer, network: payloadNetwork(payload) };
}

function imageHeader(file) {
  const view = viewOf(file);
  const u32 = (at) => view.getUint32(at, true);
  const u16 = (at) => view.getUint16(at, true);
  const require = (field, at, found, min, max = min) =>
    requireThat(
      found >= min && found <= max,
      () => `${field} at offset ${at}: found ${found}, expected ${min === max ? min : `${min} to ${max}`}`,
    );
  require('magic', 0, u32(0), MAGIC);
  require('load_addr', 4, u32(4), 0);
  let room = file.length - UNSIGNED_TLV_BYTES;
  const payload = u16(8);
  require('hdr_size', 8, payload, HEADER_BYTES, Math.min(1024, room - 8));
  room -= payload;
  const payloadBytes = u32(12);
  require('img_size', 12, payloadBytes, 8, room);
  room -= payloadBytes;
  const protectedBytes = u16(10);
  if (protectedBytes !== 0) {
    require('protect_tlv_size', 10, protectedBytes, 8, room);
  }
  require('flags', 16, u32(16), 0);
  require('pad', 28, u32(28), 0);
  const version = versionText([view.getUint8(20), view.getUint8(21), u16(22), u32(24)]);
  const hashedBytes = payload + payloadBytes + protectedBytes;
  return { payload, payloadBytes, protectedBytes, hashedBytes, version };
}

function tlvs(file, { hashedBytes, protectedBytes }) {
  if (protectedBytes > 0) {
    const area = file.subarray(hashedBytes - protectedBytes, hashedBytes);
    tlvArea(area, PROTECTED_TLV_MAGIC, (type) => (type & 0xff) >= 0xa0 && (type & 0xff) <= 0xfe);
  }
  const area = tlvArea(file.subarray(hashedBytes), TLV_MAGIC, (type, length, before) => {
    return TLV_BYTES[type] === length && !before.has(type);
  });
  requireThat(area.has(SHA256), () => 'TLVs: found no SHA256, expected one of 32 bytes');
  requireThat(
    area.has(KEYHASH) === area.has(ED25519),
    () => 'TLVs: KEYHASH and ED25519 expected, both or neither',
  );
  return { hash: hex(area.get(SHA256)), signer: hex(area.get(KEYHASH) ?? []) };
}

function tlvArea(area, magic, isKnown) {
  const view = viewOf(area);
  const u16 = (at) => view.getUint16(at, true);
  requireThat(u16(0) === magic, () => `magic of the TLVs: found ${u16(0)}, expected ${magic}`);
  requireThat(
    u16(2) === area.length,
    () => `length of the TLVs: found ${u16(2)}, expected ${area.length}`,
  );
  const found = new Map();
  for (let at = 4; at < area.length; ) {
    requireThat(area.length - at >= 4, () => 'TLV: 4 bytes expected');
    const type = u16(at);
    const length = u16(at + 2);
    requireThat(
      isKnown(type, length, found) && at + 4 + length <= area.length,
      () => `TLV of type ${type} and ${length} bytes is not expected`,
    );
    found.set(type, area.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return found;
}

function payloadNetwork(payload) {
  const { tensors, metadata } = tensorsOf(payload, ['F32', 'F64']);
  requireThat(metadata.activations !== undefined, () => "metadata 'activations' is missing");
  const network = networkIn(ourLayers(tensors), metadata, metadata.activations);
  requireThat(
    metadata.activations.split(',').length === network.layers.length,
    () => `metadata 'activations': ${network.layers.length} labels expected`,
  );
  const require = (key, ...expected) =>
    requireThat(
      expected.includes(metadata[key] ?? expected[0]),
      () => `metadata '${key}': found '${metadata[key]}', expected ${expected.join(' or ')}`,
    );
  require('topology', network.topology);
  require('engine', 'float', 'fixed');
  require('q_format', Q_FORMAT);
  requireLesson(network);
  return network;
}

function requireLesson({ lesson, layers, answer, topology }) {
  if (lesson === '') {
    return;
  }
  const { outputs } = layers.at(-1);
  const leds = answer === 'threshold' ? outputs : 1;
  const tables = lesson.split(',');
  requireThat(
    layers[0].inputs <= 8 &&
      tables.length === leds &&
      tables.every((table) => /^[01]+$/.test(table) && table.length === 2 ** layers[0].inputs),
    () =>
      `lesson '${lesson}': one digit of 0 or 1 per switch position, and a table per LED, of` +
      ` topology ${topology} expected`,
  );
}

function versionText([major, minor, revision, build]) {
  return `${major}.${minor}.${revision}${build === 0 ? '' : `+${build}`}`;
}

function versionParts(text) {
  const parts = /^([0-9]{1,10})\.([0-9]{1,10})\.([0-9]{1,10})(?:\+([0-9]{1,10}))?$/.exec(text);
  requireThat(parts, () => `version '${text}' is not of the form 1.2.3 or 1.2.3+4`);
  const numbers = parts.slice(1).map((part) => Number(part ?? 0));
  const limits = [0xff, 0xff, 0xffff, 0xffffffff];
  requireThat(
    numbers.every((each, k) => each <= limits[k]),
    () => `version '${text}': at most 255.255.65535+4294967295 expected`,
  );
  return numbers;
}

/**
 * The unsigned image of a safetensors file, as `switchback convert` makes it.
 *
 * @param activation for a file that names none
 */
export function imageOf(file, { activation = 'sigmoid', ...options } = {}) {
  return imageOfNetwork(readSafetensors(file, activation), options);
}

/** The same for a network; what is not given stays as it is. */
export function imageOfNetwork(network, { version = '0.1.0', lesson, engine, answer } = {}) {
  const stated = {
    ...network,
    lesson: lesson ?? network.lesson ?? '',
    engine: engine ?? network.engine ?? 'float',
    answer: answer ?? network.answer,
  };
  const payload = writeSafetensors(stated);
  const file = new Uint8Array(HEADER_BYTES + payload.length + UNSIGNED_TLV_BYTES);
  requireThat(
    file.length <= MAX_BYTES,
    () => `${network.topology} takes ${file.length} bytes as an image, a device takes ${MAX_BYTES}`,
  );
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
  const end = HEADER_BYTES + payload.length;
  view.setUint16(end, TLV_MAGIC, true);
  view.setUint16(end + 2, UNSIGNED_TLV_BYTES, true);
  view.setUint16(end + 4, SHA256, true);
  view.setUint16(end + 6, 32, true);
  file.set(sha256(file.subarray(0, end)), end + 8);
  return readImage(file).bytes;
}
