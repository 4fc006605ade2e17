// The commands of a device over a transport (lab.js, serial.js), one method each, and deployment.
// What a device says is checked against the protocol, and is for display as text only.

import { imageOfNetwork, readImage } from './image.js';
import { hex, sha256 } from './sha256.js';
import {
  BUSY, FILES, Gone, HEADER_BYTES, IMAGE, NOT_SUPPORTED, OS, ProtocolError, READ, SWITCHBACK,
  WRITE, errorOf, isAnswer, packet, parse,
} from './smp.js';

/** Why a command failed; kind: 'refused', 'busy', 'rolled back', 'protocol', 'other device' */
export class DeviceError extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const [n, s, flag, bytes] = ['number', 'string', 'boolean', 'bytes'];

/** Fields of one type; those with ? may be missing. */
const all = (type, names) => Object.fromEntries(names.split(' ').map((name) => [name, type]));
const LIVE = { ...all(n, 's l g e c'), o: [n], t: flag };
const TRUTH = { ...all(s, 'expected answers? engine'), 'outputs?': [n], 'hash?': bytes };
const CURVE = { cursor: n, running: flag, epochs: [n], losses: [n], 'restarts?': [n] };
const SLOT = { slot: n, 'hash?': bytes, ...all(flag, 'pending confirmed active') };
const STATUS = {
  ...all(s, 'engine truth configured_truth? learning? state? weights? topology? program? board?'),
  ...all(s, 'storage? fault? refused?'),
  ...all(flag, 'simulated? lesson_configured?'),
  'problems?': [s],
  'slots?': [{ slot: n, 'flags?': [s], ...all(s, 'version? hash? topology? lesson? trouble?') }],
  'wiring?': { switches: [s], leds: [s], ...all(n, 'buttons?'), 'teach?': s },
  'counters?': all(n, 'uptime_s? changes? bounces? ticks? faults?'),
  'cable?': { 'port?': s, 'state?': s, 'dropped?': n },
};

function typeOf(value) {
  return value instanceof Uint8Array ? bytes : Array.isArray(value) ? 'list' : typeof value;
}

/** Returns a value if it has the shape that the page relies on. */
function shaped(value, shape, name = 'answer') {
  const type = typeof shape === 'string' ? shape : typeOf(shape);
  if (value === null || typeOf(value) !== type) {
    throw protocolError(`an answer is not as the protocol has it: ${name}: ${type} expected`);
  }
  if (type === 'list') {
    value.forEach((element) => shaped(element, shape[0], name));
  } else if (type === 'object') {
    for (const [key, part] of Object.entries(shape)) {
      const field = key.replace('?', '');
      if (field === key || value[field] !== undefined) {
        shaped(value[field], part, field);
      }
    }
  }
  return value;
}

const MAX_STALLS = 3;

/** Around the data of a chunk: length and CRC, header, map; length and hash of the first. */
const AROUND_CHUNK_BYTES = 4 + HEADER_BYTES + 18;
const FIRST_FIELDS_BYTES = 47;

export class Device {
  #transport;
  #sequence = Math.floor(Math.random() * 256);
  #last = Promise.resolve();

  constructor(transport) {
    this.#transport = transport;
  }

  /** One request at a time: the next is sent when this is answered. */
  #ask(operation, group, command, map) {
    const answer = this.#last.then(async () => {
      this.#sequence = (this.#sequence + 1) & 0xff;
      const request = packet(operation, group, command, this.#sequence, map);
      return mapOf(await this.#transport.request(request), request);
    });
    this.#last = answer.catch(() => {}); // The caller gets it.
    return answer;
  }

  async #checked(operation, group, command, map) {
    const answer = await this.#ask(operation, group, command, map);
    const error = errorOf(answer);
    if (!error) {
      return answer;
    }
    const refusal = `the device refuses: ${error.message}`;
    if (error.group === undefined && error.code === BUSY) {
      const why = 'another program or page may be moving a file; try again';
      throw new DeviceError('busy', `${refusal}; ${why}`);
    }
    const { refused } = await this.status(); // Of a reading it would be the reason for another.
    throw refusedError(operation === WRITE && refused ? `${refusal}: ${refused}` : refusal);
  }

  #read = (group, command, map) => this.#checked(READ, group, command, map);
  #write = (group, command, map) => this.#checked(WRITE, group, command, map);

  async status() {
    const status = await this.#ask(READ, SWITCHBACK, 0);
    if (status.rc === NOT_SUPPORTED) {
      throw new DeviceError('other device', 'it answers SMP but is no Switchback device');
    }
    return shaped(status, STATUS);
  }

  async live() {
    return shaped(await this.#read(SWITCHBACK, 8), LIVE);
  }

  /** Without answers if no network answers. */
  async truth() {
    const truth = shaped(await this.#read(SWITCHBACK, 1), TRUTH);
    return { ...truth, hash: hex(truth.hash ?? []) };
  }

  /** The points after the cursor. */
  async curve(cursor = 0) {
    const curve = shaped(await this.#read(SWITCHBACK, 4, { cursor }), CURVE);
    inRange('losses', curve.losses.length, curve.epochs.length, curve.epochs.length);
    return curve;
  }

  /** Learns a lesson, `0111`, or one position of it, `01=0`. */
  teach = (lesson) => this.#write(SWITCHBACK, 6, { lesson });
  unteach = () => this.#write(SWITCHBACK, 7);
  retrain = () => this.#write(SWITCHBACK, 3);
  revert = () => this.#write(SWITCHBACK, 5);
  confirm = () => this.#write(IMAGE, 0, { confirm: true });
  erase = () => this.#write(IMAGE, 5);

  /** Makes the device choose its weights as at a start, after it has answered. */
  reset = () => this.#write(OS, 5);

  /** Moves a switch of a simulated board; index 0 is switch A. */
  setSwitch = (index, closed) => this.#write(SWITCHBACK, 9, { switch: index, closed });

  async images() {
    const { images } = shaped(await this.#read(IMAGE, 0), { images: [SLOT] });
    return images.map((each) => ({ ...each, hash: hex(each.hash ?? []) }));
  }

  /** Marks the image of this hash for a trial after the next reset. */
  async test(hash) {
    const bytes = Uint8Array.from(hash.match(/../g) ?? [], (digits) => parseInt(digits, 16));
    await this.#write(IMAGE, 0, { hash: bytes, confirm: false });
  }

  async readFile(name) {
    let file;
    let from = 0;
    do {
      const answer = await this.#read(FILES, 0, { off: from, name });
      const { off, data, len } = shaped(answer, { off: n, data: bytes, 'len?': n });
      file ??= new Uint8Array(inRange('length', len, 0, 1 << 20));
      inRange('offset', off, from, from);
      inRange('bytes of a piece', data.length, Math.min(1, file.length), file.length - from);
      file.set(data, from);
      from += data.length;
    } while (from < file.length);
    return file;
  }

  /**
   * Uploads an image to slot 1; the device says where to begin, if it has a part already.
   *
   * @param halvings of the chunks: short frames get through where long ones do not
   */
  async upload(bytes, { signal, onProgress = () => {}, halvings = 0 } = {}) {
    const { buf_size: size } = shaped(await this.#read(OS, 6), { buf_size: n });
    const room = Math.min(8192, Math.max(128, size)) - AROUND_CHUNK_BYTES;
    const sha = sha256(bytes);
    let stalls = 0;
    for (let offset = 0; offset < bytes.length;) {
      signal?.throwIfAborted();
      const first = offset === 0 ? { len: bytes.length, sha } : {};
      const most = offset === 0 ? room - FIRST_FIELDS_BYTES : room;
      const data = bytes.subarray(offset, offset + Math.min(most, room >> halvings));
      const answer = await this.#write(IMAGE, 1, { off: offset, data, ...first });
      const { off, match = true } = shaped(answer, { off: n, 'match?': flag });
      if (!match) {
        throw protocolError('the bytes that arrived are not those that were sent');
      }
      stalls += off > offset ? 0 : 1;
      offset = inRange('offset', off, 0, bytes.length);
      if (stalls > MAX_STALLS) {
        throw protocolError(`the device goes on asking for the bytes from offset ${offset}`);
      }
      onProgress(offset, bytes.length);
    }
  }

  /** Uploads an image and puts it in use: {version, hash, truth, wasThere, confirmed}. */
  deploy(imageBytes, options = {}) {
    return deploy(this, imageBytes, options);
  }
}

function mapOf(answer, request) {
  try {
    if (isAnswer(answer, request)) {
      return parse(answer).map;
    }
  } catch (e) {
    throw e instanceof ProtocolError ? protocolError(e.message) : e;
  }
  throw protocolError('it answers another request');
}

function protocolError(message) {
  return new DeviceError('protocol', message);
}

function refusedError(message) {
  return new DeviceError('refused', message);
}

function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

function inRange(what, found, least, most) {
  if (!(found >= least && found <= most)) {
    throw protocolError(`${what}: found ${found}, expected ${least} to ${most}`);
  }
  return found;
}

// ---- deployment

/** The steps in order, with a text for people. Those already done are skipped. */
const STEPS = {
  inspect: 'ask what is there',
  upload: 'upload',
  test: 'mark for a trial',
  start: 'start the trial',
  truth: 'read the truth table',
  confirm: 'confirm',
  revert: 'go back to the weights before', // only after a wrong truth table
  reconnect: 'wait for the device', // only after a lost line; goes on with inspect
};

/** With pauses of at most 2 s between them, these are 15 s. */
const MAX_LOST_LINES = 10;
const RETRY_MILLIS = 250;
const MAX_PAUSE_MILLIS = 2000;
const MAX_HALVINGS = 3;
const START_MILLIS = 10_000;
const START_POLL_MILLIS = 20;

/** After a lost line the steps begin again; those that the device has done are passed over. */
async function deploy(device, imageBytes, { trialOnly = false, onStep = () => {}, ...options }) {
  let image = readImage(imageBytes);
  let lost = 0;
  let hasAnswered = false;
  let isStarted = false;
  let wasThere;

  function begin(step) {
    options.signal?.throwIfAborted();
    onStep(step, STEPS[step]);
  }

  async function steps() {
    begin('inspect');
    await device.live(); // Short, so that whatever happens after it can be healed.
    hasAnswered = true;
    image = withLesson(image, await device.status());
    const { version, hash } = image;
    const { slot0, slot1 } = await slots();
    wasThere ??= slot0.active;
    if (!slot0.active) {
      await bring(slot1);
      await start();
    }
    let { confirmed } = (await slots()).slot0;
    const truth = await rightTruth(confirmed);
    if (!trialOnly && !confirmed) {
      begin('confirm');
      await device.confirm();
      confirmed = true;
    }
    return { version, hash, truth, wasThere, confirmed };
  }

  /** The flags of the slots; all false of one that does not hold the image. */
  async function slots() {
    const own = (await device.images()).filter(({ hash }) => hash === image.hash);
    const none = all(false, 'active confirmed pending hash');
    const [slot0 = none, slot1 = none] = [0, 1].map((k) => own.find(({ slot }) => slot === k));
    return { slot0, slot1 };
  }

  async function bring({ hash, pending }) {
    await requireNotBack(pending);
    if (!hash) {
      begin('upload');
      await device.upload(image.bytes, { halvings: Math.min(lost, MAX_HALVINGS), ...options });
    }
    if (!pending) {
      begin('test');
      await device.test(image.hash);
    }
  }

  async function start() {
    begin('start');
    isStarted = true;
    await device.reset();
    const limit = performance.now() + START_MILLIS;
    for (;;) {
      const { slot0, slot1 } = await slots();
      if (slot0.active) {
        return;
      }
      await requireNotBack(slot1.pending);
      if (performance.now() > limit) {
        throw refusedError('the device does not start the image; its next start will');
      }
      await pause(START_POLL_MILLIS);
    }
  }

  /** An image that was started but neither answers nor waits for a start has failed. */
  async function requireNotBack(isPending) {
    if (isStarted && !isPending) {
      const { problems = [] } = await device.status();
      const message = ['the device tried the image and has gone back', ...problems].join('; ');
      throw new DeviceError('rolled back', message);
    }
  }

  async function rightTruth(isConfirmed) {
    begin('truth');
    const truth = await device.truth();
    if (truth.hash !== image.hash) {
      throw new DeviceError('rolled back', `another network answers meanwhile: ${truth.hash}`);
    }
    if (truth.answers === truth.expected) {
      return truth;
    }
    const what = `the image answers ${truth.answers}, its lesson is ${truth.expected}`;
    if (isConfirmed) {
      throw refusedError(what);
    }
    begin('revert');
    await device.revert();
    throw new DeviceError('rolled back', `${what}; it has gone back`);
  }

  for (; ; lost++) {
    try {
      return await steps();
    } catch (e) {
      // A device stays busy with a line that was lost until it notices.
      const isPassing = e instanceof Gone || e.kind === 'busy';
      if (!isPassing || !hasAnswered || lost === MAX_LOST_LINES) {
        throw e;
      }
      begin('reconnect');
      await pause(Math.min(MAX_PAUSE_MILLIS, RETRY_MILLIS << lost));
    }
  }
}

/**
 * The image; with the device's lesson if it states none and needs one. A signed image cannot be
 * changed: the device refuses it, as all that it does not take.
 */
function withLesson(image, { truth, configured_truth: configured, lesson_configured: isOnly }) {
  const { network, version, isSigned } = image;
  const isSilent = network.lesson === '' && !isSigned && !isOnly && configured !== truth;
  return isSilent ? readImage(imageOfNetwork(network, { version, lesson: truth })) : image;
}
