// The commands of a device over a transport (lab.js, serial.js), one method each, and deployment.
// What a device says is checked against the protocol, and is for display as text only.

import { imageOfNetwork, readImage } from './image.js';
import { hex, sha256 } from './sha256.js';
import { leds } from './network.js';
import {
  BUSY,
  FILES,
  Gone,
  HEADER_BYTES,
  IMAGE,
  NOT_SUPPORTED,
  OS,
  ProtocolError,
  READ,
  SWITCHBACK,
  SmpError,
  WRITE,
  isAnswer,
  packet,
  parse,
  requireSuccess,
} from './smp.js';

/**
 * A command that did not succeed. The message says why.
 *
 * kind: 'refused', 'busy' (try again), 'rolled back', 'protocol', 'other device'
 */
export class DeviceError extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const [n, s, flag, bytes] = ['number', 'string', 'boolean', 'bytes'];
const LIVE = { s: n, l: n, o: [n], g: n, t: flag, e: n, c: n };
const TRUTH = { expected: s, 'answers?': s, 'outputs?': [n], engine: s, 'hash?': bytes };
const CURVE = { cursor: n, running: flag, epochs: [n], losses: [n], 'restarts?': [n], text: s };
const TAUGHT = { lesson: s, training: flag };
const PIECE = { off: n, data: bytes, 'len?': n };
const IMAGES = {
  images: [{ slot: n, version: s, 'hash?': bytes, pending: flag, confirmed: flag, active: flag }],
};
const STATUS = {
  ...{ engine: s, truth: s, 'state?': s, 'switches?': s, 'leds?': s, 'outputs?': [n] },
  ...{ 'program?': s, 'board?': s, 'simulated?': flag, 'weights?': s, 'topology?': s },
  ...{ 'recipe?': s, 'configured_truth?': s, 'learning?': s, 'lesson_configured?': flag },
  'slots?': [{ slot: n, 'version?': s, 'hash?': s, 'lesson?': s, 'flags?': [s], 'trouble?': s }],
  ...{ 'max_image_bytes?': n, 'keys?': [s], 'problems?': [s], 'refused?': s, 'fault?': s },
  'training?': { running: flag, 'epochs?': n, 'loss?': n, 'text?': s },
  'wiring?': { switches: [s], 'buttons?': n, leds: [s], 'teach?': s },
  ...{ 'counters?': {}, 'cable?': {}, 'line?': {}, 'storage?': s, 'swap?': s },
};

function typeOf(value) {
  return value instanceof Uint8Array ? bytes : Array.isArray(value) ? 'list' : typeof value;
}

/** Returns a value of the shape that the protocol gives it; fields with ? may be missing. */
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
      if (field === key || (value[field] ?? null) !== null) {
        shaped(value[field], part, field);
      }
    }
  }
  return value;
}

/** Errors that only a faulty client gets, or one that talks to another kind of device. */
const MISUNDERSTOOD = [3, 7, 8, 9, 12, 13];

const MAX_FAILURES = 3;
const RETRY_MILLIS = 250;
const LEAST_CHUNK_BYTES = 64;

/** The map of an upload's chunk without its data, and the length and hash of the first. */
const CHUNK_FIELDS_BYTES = 18;
const FIRST_FIELDS_BYTES = 47;
const FRAMING_BYTES = 4;

export class Device {
  #transport;
  #sequence = Math.floor(Math.random() * 256);
  #last = Promise.resolve();

  constructor(transport) {
    this.#transport = transport;
  }

  // ---- requests ------------------------------------------------------------------------------

  /** One request at a time: the next is sent when this is answered. */
  #ask(operation, group, command, map) {
    const answer = this.#last.then(() => this.#exchange(operation, group, command, map));
    this.#last = answer.catch(() => {}); // The caller gets it.
    return answer;
  }

  async #exchange(operation, group, command, map) {
    this.#sequence = (this.#sequence + 1) & 0xff;
    const request = packet(operation, group, command, this.#sequence, map);
    const answer = await this.#transport.request(request);
    try {
      if (isAnswer(answer, request)) {
        return parse(answer).map;
      }
    } catch (e) {
      throw e instanceof ProtocolError ? protocolError(e.message) : e;
    }
    throw protocolError('it answers another request');
  }

  async #checked(operation, group, command, map = {}) {
    const answer = await this.#ask(operation, group, command, map);
    try {
      requireSuccess(answer);
    } catch (e) {
      throw e instanceof SmpError ? await this.#refusal(e) : e;
    }
    return answer;
  }

  /** The error for people, with the reason that the status gives. */
  async #refusal({ code, group, message }) {
    if (group === undefined && code === BUSY) {
      return new DeviceError(
        'busy',
        `the device refuses: ${message}; another program or page may be moving a file; try again`,
      );
    }
    const { refused } = await this.#statusOfOurs();
    if (group === undefined && MISUNDERSTOOD.includes(code)) {
      return protocolError(
        `the device and this page do not fit together: ${message}; is it a Switchback device, of` +
          ' the same version?',
      );
    }
    const reason = typeof refused === 'string' ? `: ${refused}` : '';
    return new DeviceError('refused', `the device refuses: ${message}${reason}`);
  }

  async #statusOfOurs() {
    const status = await this.#ask(READ, SWITCHBACK, 0, {});
    if (status.rc === NOT_SUPPORTED) {
      throw new DeviceError('other device', 'it answers SMP but is no Switchback device');
    }
    return status;
  }

  #read(group, command, map) {
    return this.#checked(READ, group, command, map);
  }

  #write(group, command, map) {
    return this.#checked(WRITE, group, command, map);
  }

  // ---- commands ------------------------------------------------------------------------------

  async status() {
    const status = await this.#statusOfOurs();
    requireSuccess(status);
    return shaped(status, STATUS);
  }

  async live() {
    return shaped(await this.#read(SWITCHBACK, 8), LIVE);
  }

  /** {expected, answers, outputs, engine, hash}; without answers if no network answers. */
  async truth() {
    const truth = shaped(await this.#read(SWITCHBACK, 1), TRUTH);
    return { ...truth, hash: hex(truth.hash ?? []) };
  }

  /** {outputs, answer} for inputs that need not be 0 or 1. */
  async infer(inputs) {
    const { y, answer } = shaped(await this.#read(SWITCHBACK, 2, { x: inputs }), {
      y: [n],
      answer: n,
    });
    return { outputs: y, answer };
  }

  /** {cursor, running, epochs, losses, restarts, text}: the points after the cursor. */
  async curve(cursor = 0) {
    const curve = shaped(await this.#read(SWITCHBACK, 4, { cursor }), CURVE);
    const { epochs, losses, restarts = [] } = curve;
    if (epochs.length !== losses.length) {
      throw protocolError(`${epochs.length} epochs, but ${losses.length} losses`);
    }
    return { ...curve, restarts };
  }

  /** @return {lesson, training}: the whole lesson, and whether a training has begun */
  async teach(lesson) {
    return shaped(await this.#write(SWITCHBACK, 6, { lesson }), TAUGHT);
  }

  async unteach() {
    return shaped(await this.#write(SWITCHBACK, 7), TAUGHT);
  }

  async retrain() {
    await this.#write(SWITCHBACK, 3);
  }

  async revert() {
    await this.#write(SWITCHBACK, 5);
  }

  /** Moves a switch of a simulated board; index 0 is switch A. */
  async setSwitch(index, closed) {
    await this.#write(SWITCHBACK, 9, { switch: index, closed });
  }

  /** [{slot, version, hash, active, confirmed, pending, permanent}], hash in hex digits. */
  async images() {
    return images(await this.#read(IMAGE, 0));
  }

  /** Marks the image of this hash for a trial after the next reset. */
  async test(hash) {
    return images(await this.#write(IMAGE, 0, { hash: bytesOf(hash), confirm: false }));
  }

  async confirm() {
    return images(await this.#write(IMAGE, 0, { confirm: true }));
  }

  async erase() {
    await this.#write(IMAGE, 5);
  }

  /** Makes the device choose its weights as at a start, after it has answered. */
  async reset() {
    await this.#write(OS, 5);
  }

  /** @param onProgress gets the bytes that came, and all */
  async readFile(name, onProgress = () => {}) {
    let file;
    let from = 0;
    do {
      const piece = shaped(await this.#read(FILES, 0, { off: from, name }), PIECE);
      if (from === 0) {
        file = new Uint8Array(inRange('length', piece.len, 0, 1 << 20));
      }
      inRange('offset', piece.off, from, from);
      inRange('bytes of a piece', piece.data.length, Math.min(1, file.length), file.length - from);
      file.set(piece.data, from);
      from += piece.data.length;
      onProgress(from, file.length);
    } while (from < file.length);
    return file;
  }

  /**
   * Uploads an image to slot 1. Continues where an interrupted upload of the same bytes stopped. A
   * chunk that is not answered is sent again, shorter each time: short frames get through where
   * long ones do not.
   *
   * @param sha SHA-256 of the bytes
   * @param signal of an AbortController
   */
  async upload(bytes, { sha = sha256(bytes), signal, onProgress = () => {} } = {}) {
    const { buf_size: size } = shaped(await this.#read(OS, 6), { buf_size: n });
    const room =
      Math.min(8192, Math.max(128, size)) - FRAMING_BYTES - HEADER_BYTES - CHUNK_FIELDS_BYTES;
    let offset = 0;
    let furthest = 0;
    let failures = 0;
    while (offset < bytes.length) {
      signal?.throwIfAborted();
      const most = offset === 0 ? room - FIRST_FIELDS_BYTES : room;
      const length = Math.min(most, Math.max(LEAST_CHUNK_BYTES, room >> failures));
      const chunk = { off: offset, data: bytes.subarray(offset, offset + length) };
      const first = offset === 0 ? { len: bytes.length, sha } : {};
      try {
        const answer = await this.#write(IMAGE, 1, { ...chunk, ...first });
        offset = nextOffset(answer, bytes.length);
      } catch (e) {
        // After a lost line, the device may still wait for the rest from that.
        const isPassing = e instanceof Gone || (e.kind === 'busy' && failures > 0);
        if (!isPassing || failures === MAX_FAILURES) {
          throw e;
        }
        await pause(RETRY_MILLIS);
      }
      failures = offset > furthest ? 0 : failures + 1;
      furthest = Math.max(furthest, offset);
      if (failures > MAX_FAILURES) {
        throw protocolError(`the device goes on asking for the bytes from offset ${offset}`);
      }
      onProgress(offset, bytes.length);
    }
  }

  /** Uploads an image and puts it in use; see Deployment. */
  deploy(imageBytes, options = {}) {
    return new Deployment(this, imageBytes, options).run();
  }
}

function protocolError(message) {
  return new DeviceError('protocol', message);
}

function nextOffset(answer, length) {
  shaped(answer, { off: n, 'match?': flag });
  if (answer.match === false) {
    throw protocolError('the bytes that arrived are not those that were sent');
  }
  return inRange('offset', answer.off, 0, length);
}

function inRange(what, found, least, most) {
  if (!(found >= least && found <= most)) {
    throw protocolError(`${what}: found ${found}, expected ${least} to ${most}`);
  }
  return found;
}

function bytesOf(hash) {
  return Uint8Array.from(hash.match(/../g) ?? [], (digits) => parseInt(digits, 16));
}

/** A build number follows a dot in SMP, and a plus sign everywhere else. */
function images(answer) {
  return shaped(answer, IMAGES).images.map((image) => ({
    ...image,
    version: image.version.replace(/^(\d+\.\d+\.\d+)\./, '$1+'),
    hash: hex(image.hash ?? []),
  }));
}

// ---- deployment --------------------------------------------------------------------------------

/** The steps in order, with a text for people. Those already done are skipped. */
export const STEPS = {
  inspect: 'ask what is there',
  upload: 'upload',
  verify: 'verify the hash',
  test: 'mark for a trial',
  start: 'start the trial',
  truth: 'read the truth table',
  confirm: 'confirm',
  revert: 'go back to the weights before', // only after a wrong truth table
  reconnect: 'wait for the device', // only after a lost line; goes on with inspect
};

const MAX_LOST_LINES = 5;
const RECONNECT_MILLIS = 15_000;
const START_MILLIS = 10_000;
const START_POLL_MILLIS = 20;

/**
 * If the line is lost, the remaining steps are done once it is back: each run first reads the state
 * of the device, which also remembers an interrupted upload.
 */
class Deployment {
  #device;
  #image;
  #options;
  #hasAnswered = false;
  #isUnderWay = false;
  #isStarted = false;
  #wasThere = false;
  #before = '';

  constructor(device, imageBytes, { trialOnly = false, signal, onStep = () => {}, onProgress }) {
    this.#device = device;
    this.#image = readImage(imageBytes);
    this.#options = { trialOnly, signal, onStep, onProgress };
  }

  /** {version, hash, truth, before, wasThere, confirmed}; before is the lesson until now. */
  async run() {
    for (let lostLines = 0; ; lostLines++) {
      try {
        return await this.#steps();
      } catch (e) {
        if (!this.#isPassing(e, lostLines) || lostLines === MAX_LOST_LINES) {
          throw e;
        }
        await this.#reconnect();
      }
    }
  }

  /** The line may come back; and the device may still be busy with the one that was lost. */
  #isPassing(e, lostLines) {
    return e instanceof Gone ? this.#hasAnswered : lostLines > 0 && e.kind === 'busy';
  }

  #begin(step) {
    this.#options.signal?.throwIfAborted();
    this.#options.onStep(step, STEPS[step]);
  }

  async #reconnect() {
    this.#begin('reconnect');
    const limit = performance.now() + RECONNECT_MILLIS;
    while (true) {
      await pause(RETRY_MILLIS);
      try {
        await this.#device.live();
        return;
      } catch (e) {
        if (!(e instanceof Gone) || performance.now() > limit) {
          throw e;
        }
      }
    }
  }

  async #steps() {
    this.#begin('inspect');
    if (!this.#hasAnswered) {
      await this.#device.live(); // Short, so that whatever happens after it can be healed.
      this.#hasAnswered = true;
    }
    const status = await this.#device.status();
    const found = await this.#device.images();
    const isThere = this.#isActive(found);
    this.#wasThere ||= isThere && !this.#isUnderWay;
    this.#isUnderWay = true;
    if (!isThere) {
      this.#before = status.truth;
      this.#image = fitting(this.#image, status);
      await this.#bring(found);
      await this.#start();
    }
    return this.#settle();
  }

  #isActive(all) {
    return all.some(({ slot, active, hash }) => slot === 0 && active && hash === this.#image.hash);
  }

  #staged(all) {
    return all.find(({ slot, hash }) => slot === 1 && hash === this.#image.hash);
  }

  async #bring(found) {
    await this.#requireNotBack(found);
    let staged = this.#staged(found);
    if (!staged) {
      requireNoTrial(found);
      staged = await this.#upload();
    }
    if (!staged.pending) {
      this.#begin('test');
      await this.#device.test(this.#image.hash);
    }
  }

  async #upload() {
    this.#begin('upload');
    await this.#device.upload(this.#image.bytes, this.#options);
    this.#begin('verify');
    const staged = this.#staged(await this.#device.images());
    if (!staged) {
      throw protocolError(`slot 1 does not hold the image after its upload: ${this.#image.hash}`);
    }
    return staged;
  }

  async #start() {
    this.#begin('start');
    this.#isStarted = true;
    await this.#device.reset();
    const limit = performance.now() + START_MILLIS;
    while (true) {
      const found = await this.#device.images();
      if (this.#isActive(found)) {
        return;
      }
      await this.#requireNotBack(found);
      if (performance.now() > limit) {
        throw new DeviceError(
          'refused',
          'the device does not start the image; its next start will',
        );
      }
      await pause(START_POLL_MILLIS);
    }
  }

  /** An image that was started but neither answers nor waits for a start has failed. */
  async #requireNotBack(found) {
    if (this.#isStarted && !this.#staged(found)?.pending) {
      const { problems = [] } = await this.#device.status();
      const reason = problems.length > 0 ? `: ${problems.join('; ')}` : '';
      throw new DeviceError('rolled back', `the device tried the image and has gone back${reason}`);
    }
  }

  async #settle() {
    let confirmed = this.#isConfirmed(await this.#device.images());
    const truth = await this.#truth(confirmed);
    if (!this.#options.trialOnly && !confirmed) {
      this.#begin('confirm');
      confirmed = this.#isConfirmed(await this.#device.confirm());
    }
    const { version, hash } = this.#image;
    return { version, hash, truth, before: this.#before, wasThere: this.#wasThere, confirmed };
  }

  async #truth(isConfirmed) {
    this.#begin('truth');
    const truth = await this.#device.truth();
    if (truth.answers === undefined) {
      throw new DeviceError('refused', 'no network answers on the device; its status says why');
    }
    if (truth.hash !== this.#image.hash) {
      throw new DeviceError('rolled back', `another image answers meanwhile: ${truth.hash}`);
    }
    if (truth.answers === truth.expected) {
      return truth;
    }
    const what = `the image answers ${truth.answers}, its lesson is ${truth.expected}`;
    if (isConfirmed) {
      throw new DeviceError('refused', what);
    }
    this.#begin('revert');
    await this.#device.revert();
    throw new DeviceError('rolled back', `${what}; it has gone back`);
  }

  #isConfirmed(all) {
    return all.some(
      ({ slot, hash, confirmed }) => slot === 0 && hash === this.#image.hash && confirmed,
    );
  }
}

function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

/** Checked before the upload, because the device would refuse its last byte. */
function requireNoTrial(found) {
  const trial = found.find(({ active, confirmed }) => active && !confirmed);
  if (trial) {
    throw new DeviceError(
      'refused',
      `version ${trial.version} is on trial; first keep it (confirm) or go back (revert)`,
    );
  }
}

/**
 * The image; with the device's lesson if it states none and needs one. Checks what the device would
 * refuse, except the answers, which the device knows best.
 */
function fitting(image, status) {
  const { network, signer, version } = image;
  const { topology, lesson } = network;
  const { truth, keys = [], max_image_bytes: most = Infinity, lesson_configured: isOnly } = status;
  const tables = truth.split(',');
  const switches = Math.log2(tables[0].length);
  const rule = network.answer === 'argmax' ? ' with argmax' : '';
  const required = keys.join(' or ');
  const mustState = !isOnly && lesson === '' && status.configured_truth !== truth;
  const demand = (isMet, clause) => {
    if (!isMet) {
      throw new DeviceError('refused', `the image ${clause}; nothing was sent`);
    }
  };
  const size = image.bytes.length;
  demand(size <= most, `has ${size} bytes, the device takes ${most}`);
  const { inputs } = network.layers[0];
  demand(inputs === switches, `has topology ${topology}, the device ${switches} switches`);
  const lamps = tables.length === 1 ? '1 LED' : `${tables.length} LEDs`;
  demand(leds(network) === tables.length, `has topology ${topology}${rule}, the device ${lamps}`);
  const isTaken = !isOnly || lesson === '' || lesson === truth;
  demand(isTaken, `has lesson ${lesson}, the device insists on ${truth}`);
  const isSigned = keys.length === 0 || signer !== '';
  demand(isSigned, `is not signed, the device asks for key ${required}: switchback sign`);
  const isKnown = keys.length === 0 || keys.includes(signer);
  demand(isKnown, `is signed by key ${signer}, the device asks for key ${required}`);
  demand(
    !mustState || signer === '',
    `states no lesson, and a signed image cannot be changed: sign it with --truth ${truth}`,
  );
  return mustState ? readImage(imageOfNetwork(network, { version, lesson: truth })) : image;
}
