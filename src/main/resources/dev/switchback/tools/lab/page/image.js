// Weight images and safetensors files; weight-image.md. What is read may come from anyone; what no
// device takes is left to the device, which says why. A network is that of network.js, with
// {engine, lesson, metadata}; no lesson: ''.

import { NetworkError, networkOf } from './network.js';
import { hex, sha256 } from './sha256.js';

/** A file is not what it should be. The message names the check that failed. */
export class FormatError extends Error {}

const MAX_BYTES = 1 << 20;
const MAX_HEADER_BYTES = 64 * 1024;
const METADATA = '__metadata__';

function check(condition, message) {
  if (!condition) {
    throw new FormatError(message);
  }
}

function viewOf(bytes) {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// ---- safetensors

/**
 * The network of a safetensors file with our tensor names, W1 and b1, or those of torch's
 * nn.Sequential: N.weight [out, in] and N.bias, N with gaps.
 */
export function readSafetensors(file, activations = 'sigmoid') {
  const isOfSize = file.length >= 8 && file.length <= 4 * MAX_BYTES;
  check(isOfSize, `no safetensors of a network: ${file.length} bytes`);
  const headerBytes = Number(viewOf(file).getBigUint64(0, true));
  const most = Math.min(MAX_HEADER_BYTES, file.length - 8);
  check(headerBytes <= most, `no safetensors: a header of ${headerBytes} bytes`);
  const header = parse(file.subarray(8, 8 + headerBytes));
  check(isObject(header), "safetensors header: '{' expected");
  const { [METADATA]: metadata = {}, ...entries } = header;
  const isText = (value) => typeof value === 'string';
  check(isObject(metadata) && Object.values(metadata).every(isText), 'metadata that are no texts');
  const layers = layersOf(entries, file.subarray(8 + headerBytes));
  layers.forEach(({ W, b }, l) => {
    const isNext = l === 0 || W.shape[0] === layers[l - 1].W.shape[1];
    const isRight = W.shape.length === 2 && b.values.length === W.shape[1] && isNext;
    check(isRight, `${W.name} [${W.shape}] and ${b.name} [${b.shape}] do not fit their neighbours`);
  });
  const widths = [layers[0].W.shape[0], ...layers.map(({ W }) => W.shape[1])];
  const weights = layers.flatMap(({ W, b }) => [...W.values, ...b.values]);
  const labels = metadata.activations ?? activations;
  const { answer, engine = 'float', lesson = '' } = metadata;
  try {
    return { ...networkOf(widths.join('-'), labels, weights, answer), engine, lesson, metadata };
  } catch (e) {
    throw e instanceof NetworkError ? new FormatError(e.message) : e;
  }
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parse(bytes) {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (e) {
    throw new FormatError(`safetensors header: ${e.message}`);
  }
}

/** [{W, b}] with W [in, out] */
function layersOf(entries, data) {
  const layers = [];
  let room = data.length / 4;
  for (const [name, entry] of Object.entries(entries)) {
    const names = /^(?:([Wb])(\d{1,4})|(?:.*\D)?(\d{1,4})\.(weight|bias))$/s;
    const [, ours, ourNumber, torchNumber, torchs] = names.exec(name) ?? [];
    check(ours || torchs, `tensor ${name}: W1 and b1, or N.weight and N.bias expected`);
    const layer = (layers[Number(ourNumber ?? torchNumber)] ??= {});
    const part = ours ?? (torchs === 'weight' ? 'W' : 'b');
    check(!layer[part], `tensor ${name}: there is another ${part} of this layer`);
    const read = tensor(name, entry, data);
    room -= read.values.length;
    check(room >= 0, 'tensors overlap');
    layer[part] = torchs === 'weight' ? transposed(read) : read;
  }
  const all = Object.values(layers);
  check(all.length > 0 && all.every(({ W, b }) => W && b), 'a network has a W and a b per layer');
  return all;
}

function tensor(name, entry, data) {
  const { dtype, shape, data_offsets: offsets } = entry ?? {};
  const size = dtype === 'F32' ? 4 : 8;
  const isKnown = size === 4 || dtype === 'F64';
  check(isKnown, `tensor ${name}: no F32 or F64; switchback convert reads other types`);
  const areSizes = (list) => Array.isArray(list) && list.every(Number.isSafeInteger);
  check(areSizes(shape) && areSizes(offsets), `tensor ${name}: no sizes`);
  const [from, to] = offsets;
  const count = shape.reduce((a, b) => a * b, 1);
  const isInside = from >= 0 && to <= data.length && to - from === count * size;
  check(isInside, `tensor ${name}: [${offsets}] of ${data.length} bytes do not hold [${shape}]`);
  const view = viewOf(data);
  const values = Float32Array.from({ length: count }, (_, k) =>
    size === 4 ? view.getFloat32(from + 4 * k, true) : view.getFloat64(from + 8 * k, true),
  );
  check(values.every(Number.isFinite), `tensor ${name}: a value is no finite float`);
  return { name, shape, values };
}

function transposed({ name, shape: [rows, columns = 1], values }) {
  const turned = values.map((_, k) => values[(k % rows) * columns + Math.floor(k / rows)]);
  return { name, shape: [columns, rows], values: turned };
}

function writeSafetensors(network) {
  const tensors = network.layers.flatMap(({ inputs, outputs, W, b }, l) => [
    [`W${l + 1}`, [inputs, outputs], W],
    [`b${l + 1}`, [outputs], b],
  ]);
  let end = 0;
  const header = { [METADATA]: metadataOf(network) };
  for (const [name, shape, { length }] of tensors) {
    header[name] = { dtype: 'F32', shape, data_offsets: [end, (end += 4 * length)] };
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  const data = 8 + Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(data + end).fill(0x20, 8, data);
  const view = viewOf(file);
  view.setBigUint64(0, BigInt(data - 8), true);
  file.set(json, 8);
  const values = tensors.flatMap(([, , tensorValues]) => [...tensorValues]);
  values.forEach((value, k) => view.setFloat32(data + 4 * k, value, true));
  return file;
}

function metadataOf({ metadata, topology, activations, answer, engine, lesson, layers }) {
  const all = { ...metadata, topology, activations, engine, q_format: 'Q7.16', lesson, answer };
  if (!lesson) {
    delete all.lesson;
  }
  if (answer !== 'argmax' || layers.at(-1).activation === 'softmax') {
    delete all.answer;
  }
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

// ---- images

const MAGIC = 0x96f3b83d;
const HEADER_BYTES = 32;
const TLV_MAGIC = 0x6907;
const [SHA256, ED25519] = [0x10, 0x24];

/** {bytes, version, hash, isSigned, network} of an image; no signature is verified. */
export function readImage(bytes) {
  const isOfSize = bytes.length >= 80 && bytes.length <= MAX_BYTES;
  check(isOfSize, `no weight image: ${bytes.length} bytes, expected 80 to ${MAX_BYTES}`);
  const view = viewOf(bytes);
  const u16 = (at) => view.getUint16(at, true);
  const u32 = (at) => view.getUint32(at, true);
  check(u32(0) === MAGIC, 'no weight image: the magic at its begin is wrong');
  const [begin, payloadEnd] = [u16(8), u16(8) + u32(12)];
  const end = payloadEnd + u16(10);
  check(begin >= HEADER_BYTES && end + 4 <= bytes.length, 'the image is cut off, or damaged');
  const tlvs = new Map();
  let at = end + 4;
  for (; at + 4 <= bytes.length; at += 4 + u16(at + 2)) {
    tlvs.set(u16(at), bytes.subarray(at + 4, at + 4 + u16(at + 2)));
  }
  const isWhole = at === bytes.length && at === end + u16(end + 2) && u16(end) === TLV_MAGIC;
  check(isWhole, 'the image is damaged: its TLVs do not end where the file does');
  const hash = hex(tlvs.get(SHA256) ?? []);
  const found = hex(sha256(bytes.subarray(0, end)));
  check(found === hash, `the image is damaged: its SHA-256 is ${found}, it says '${hash}'`);
  const build = u32(24) > 0 ? `+${u32(24)}` : '';
  const version = `${bytes[20]}.${bytes[21]}.${u16(22)}${build}`;
  const network = readSafetensors(bytes.subarray(begin, payloadEnd));
  return { bytes, version, hash, isSigned: tlvs.has(ED25519), network };
}

/** The unsigned image of a safetensors file, as `switchback convert` makes it. */
export function imageOf(file, { activation, ...options } = {}) {
  return imageOfNetwork(readSafetensors(file, activation), options);
}

export function imageOfNetwork(network, { version = '0.1.0', ...changes } = {}) {
  const payload = writeSafetensors({ engine: 'float', ...network, ...changes });
  const [major, minor, revision, build = 0] = version.split(/[.+]/).map(Number);
  const u16 = (number) => [number & 0xff, (number >> 8) & 0xff];
  const u32 = (number) => [...u16(number), ...u16(number >>> 16)];
  const sizes = [...u16(HEADER_BYTES), ...u16(0), ...u32(payload.length)];
  const numbers = [major, minor, ...u16(revision), ...u32(build)];
  const header = [...u32(MAGIC), ...u32(0), ...sizes, ...u32(0), ...numbers, ...u32(0)];
  const hashed = Uint8Array.from([...header, ...payload]);
  const tlvs = [TLV_MAGIC, 40, SHA256, 32].flatMap(u16);
  return readImage(Uint8Array.from([...hashed, ...tlvs, ...sha256(hashed)])).bytes;
}
