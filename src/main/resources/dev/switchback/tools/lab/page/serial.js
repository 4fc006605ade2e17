// Transport: Web Serial. Asks the device for the events that the lab server would send.

import { Device, DeviceError } from './device.js';
import { Events } from './events.js';
import {
  FrameReader, Gone, IMAGE, OS, ProtocolError, SWITCHBACK, WRITE, encodeFrame, header, isAnswer,
  parse,
} from './smp.js';

const TRIES = 3;
const PATIENCE_MILLIS = 1000;
const BITS_PER_BYTE = 10;

/** The longest answer of a device, on the line. */
const ANSWER_BYTES = 5700;

const LIVE_MILLIS = 50;
const LIVE_MILLIS_IN_TRANSFER = 500;
const RETRY_MILLIS = 500;

/** At least this often, even if nothing changes. */
const REPEAT_MILLIS = 1000;
const BIG_BYTES = 512;

const NO_SERIAL =
  'no Web Serial: this browser has none, or the page is neither from https nor this machine';
const NO_PORT = 'no port is chosen yet: plug the cable in, and press Connect the cable';

export class Serial {
  #port;
  #serial;
  #baudRate;
  #patienceMillis;
  #device = new Device(this);
  #frames = new FrameReader({
    packet: (bytes) => this.#receive(bytes),
    text: (byte) => this.#evidence.add(byte),
  });
  #evidence = new Evidence();
  #opening = null;
  #writer = null;
  #reader = null;
  #reading = null;
  #closing = null;
  #waiting = null;
  #last = Promise.resolve();
  #events = new Events();
  #liveMillis = 0;
  #transferMillis = -Infinity;
  #wake = () => {};
  #isClosed = false;
  #connected = ({ target }) => this.#returned(target);

  /** @param options tests replace navigator.serial and the timeout, and give a port */
  constructor(options = {}) {
    const { port = null, serial = globalThis.navigator?.serial, baudRate = 115200 } = options;
    this.#port = port;
    this.#serial = serial;
    this.#baudRate = baudRate;
    this.#patienceMillis = options.patienceMillis ?? PATIENCE_MILLIS;
    serial?.addEventListener('connect', this.#connected);
  }

  /** Asks the person for a port; must be called from a click. */
  async connect() {
    if (!this.#serial) {
      throw new Gone(NO_SERIAL);
    }
    const port = await this.#serial.requestPort();
    this.#last = this.#last.then(async () => {
      await this.#lose();
      this.#port = port;
    });
    await this.#last;
    this.#wake();
  }

  // ---- requests

  /** Sends a packet, again if need be, and returns its answer. One at a time. */
  request(packet) {
    const answer = this.#last.then(() => this.#exchange(packet));
    this.#last = answer.catch(() => {}); // The caller gets it.
    return answer;
  }

  async #exchange(packet) {
    const frame = encodeFrame(packet);
    for (let i = 0; i < TRIES; i++) {
      await this.#open();
      const answer = this.#answerTo(packet, this.#patience(packet, frame.length));
      this.#write(frame); // Its failure ends the wait for the answer.
      const bytes = await answer;
      if (bytes) {
        this.#noteAnswer(packet, bytes);
        return bytes;
      }
    }
    throw new Gone(this.#evidence.reason(this.#name(), this.#baudRate));
  }

  /** A write to a disk takes longer. */
  #patience(packet, frameBytes) {
    const { operation, group } = header(packet);
    const times = operation === WRITE && group === IMAGE ? 3 : 1;
    const wireMillis = ((frameBytes + ANSWER_BYTES) * BITS_PER_BYTE * 1000) / this.#baudRate;
    return times * this.#patienceMillis + wireMillis;
  }

  /** The answer; null if there is none in time. */
  #answerTo(packet, millis) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(() => resolve(null)), millis);
      this.#waiting = { packet, resolve, reject, timer };
    });
  }

  #settle(how) {
    clearTimeout(this.#waiting?.timer);
    this.#waiting = null;
    how();
  }

  async #write(frame) {
    try {
      await this.#writer?.write(frame);
    } catch (e) {
      await this.#lose(e);
    }
  }

  #receive(bytes) {
    const waiting = this.#waiting;
    try {
      this.#evidence.echoed += header(bytes).operation % 2 === 0 ? 1 : 0;
      if (waiting && isAnswer(bytes, waiting.packet)) {
        this.#settle(() => waiting.resolve(bytes));
      }
    } catch (e) {
      if (!(e instanceof ProtocolError)) {
        throw e;
      }
      // No answer: the request is sent again.
    }
  }

  #noteAnswer(packet, answer) {
    if (packet.length > BIG_BYTES) {
      this.#transferMillis = performance.now();
    }
    if (isAcceptedChange(packet, answer)) {
      this.#events.emit('changed', {});
    }
  }

  // ---- the port

  #name() {
    if (!this.#port) {
      return '';
    }
    const { usbVendorId, usbProductId } = this.#port.getInfo();
    const digits = (id) => id.toString(16).padStart(4, '0');
    return usbVendorId === undefined
      ? 'the serial port'
      : `the USB port ${digits(usbVendorId)}:${digits(usbProductId ?? 0)}`;
  }

  /** Opens the port if it is not open. */
  #open() {
    this.#opening ??= this.#reopen().catch((e) => {
      this.#opening = null;
      throw e;
    });
    return this.#opening;
  }

  async #reopen() {
    await this.#reading; // A port has one reader.
    await this.#closing;
    if (this.#isClosed) {
      throw new Gone('the page has closed the port');
    }
    this.#port ??= await this.#allowedPort();
    const port = this.#port;
    try {
      await port.open({ baudRate: this.#baudRate, bufferSize: 16384 });
    } catch (e) {
      const reason =
        port.connected === false
          ? 'is unplugged: plug it in again'
          : 'cannot be opened: is it plugged in, does another program use it?';
      throw new Gone(`${this.#name()} ${reason}`, { cause: e });
    }
    this.#port = port; // It may have been replaced meanwhile.
    this.#frames.reset();
    this.#evidence = new Evidence();
    this.#writer = port.writable.getWriter();
    this.#reading = this.#read(port);
  }

  /** A USB adapter before a port of the machine: Linux has some that are not there. */
  async #allowedPort() {
    if (!this.#serial) {
      throw new Gone(NO_SERIAL);
    }
    const ports = await this.#serial.getPorts();
    if (ports.length === 0) {
      throw new Gone(NO_PORT);
    }
    return ports.find((port) => port.getInfo().usbVendorId !== undefined) ?? ports[0];
  }

  /** Reads until the port is gone or closed. */
  async #read(port) {
    let failure;
    for (let stream = null; this.#writer && port.readable && port.readable !== stream;) {
      stream = port.readable;
      this.#reader = stream.getReader();
      try {
        await this.#readAll(this.#reader);
      } catch (e) {
        failure = e; // After a break or a wrong stop bit, the port has a new stream.
      }
      this.#reader.releaseLock();
    }
    this.#reader = null;
    await this.#lose(failure);
  }

  async #readAll(reader) {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      this.#frames.receive(piece.value);
    }
  }

  /** Ends what waits for an answer, and makes the next request open the port again. */
  async #lose(cause) {
    if (!this.#writer) {
      return;
    }
    const writer = this.#writer;
    this.#writer = null;
    const waiting = this.#waiting;
    if (waiting) {
      const gone = new Gone(`${this.#name()} is gone: is the cable unplugged?`, { cause });
      this.#settle(() => waiting.reject(gone));
    }
    this.#opening = null;
    writer.releaseLock();
    this.#closing = this.#closePort();
    await this.#closing;
  }

  async #closePort() {
    await this.#reader?.cancel().catch(() => {}); // It failed itself.
    await this.#port.close().catch(() => {}); // A port that has vanished is closed.
  }

  /** A device was plugged in. It may come as another object. */
  #returned(port) {
    const [a, b] = [port, this.#port ?? port].map((each) => each.getInfo());
    if (a.usbVendorId === b.usbVendorId && a.usbProductId === b.usbProductId) {
      if (!this.#writer) {
        this.#port = port;
      }
      this.#wake();
    }
  }

  async close() {
    this.#isClosed = true;
    this.#serial?.removeEventListener('connect', this.#connected);
    this.#events.close();
    this.#wake();
    await this.#lose();
    await this.#reading;
  }

  // ---- events

  listen(listener) {
    const isFirst = !this.#events.isHeard;
    this.#events.listen(listener);
    if (isFirst) {
      this.#watch();
    }
  }

  async #watch() {
    const late = () => this.#setLine(false, 'it has not answered for 1.5 s; still waiting');
    while (!this.#isClosed) {
      let millis = RETRY_MILLIS;
      const timer = setTimeout(late, 1.5 * this.#patienceMillis);
      try {
        this.#setLive(await this.#device.live());
        const isTransfer = performance.now() - this.#transferMillis < REPEAT_MILLIS;
        millis = isTransfer ? LIVE_MILLIS_IN_TRANSFER : LIVE_MILLIS;
      } catch (e) {
        if (!(e instanceof Gone) && !(e instanceof DeviceError)) {
          throw e;
        }
        this.#setLine(false, e.message);
      } finally {
        clearTimeout(timer);
      }
      await new Promise((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, millis);
      });
    }
  }

  #setLine(open, text) {
    const line = { open, name: this.#name(), text };
    if (JSON.stringify(line) !== JSON.stringify(this.#events.last.get('line'))) {
      this.#events.emit('line', line);
    }
  }

  #setLive(live) {
    this.#setLine(true, '');
    const now = performance.now();
    const isSame = JSON.stringify(live) === JSON.stringify(this.#events.last.get('live'));
    if (!isSame || now - this.#liveMillis >= REPEAT_MILLIS) {
      this.#liveMillis = now;
      this.#events.emit('live', live);
    }
  }
}

/** Whether a write changed something: no echo, no switch, no error; the last chunk of an upload. */
function isAcceptedChange(request, answer) {
  const { operation, group, command } = header(request);
  if (operation !== WRITE || (group === OS && command === 0) || (group === SWITCHBACK && command === 9)) {
    return false;
  }
  try {
    const { map } = parse(answer);
    const isRefused = map.err !== undefined || (map.rc ?? 0) !== 0;
    return !isRefused && (group !== IMAGE || command !== 1 || map.match === true);
  } catch (e) {
    if (e instanceof ProtocolError) {
      return false; // The caller parses it and gets the error.
    }
    throw e;
  }
}

/** What came over a line besides answers: who asks in vain learns from it why. */
class Evidence {
  echoed = 0;
  #text = '';

  add(byte) {
    this.#text = (this.#text + String.fromCharCode(byte)).slice(-256);
  }

  reason(name, baudRate) {
    const text = this.#text.replace(/[^ -~]+/g, ' ').trim();
    if (/login:|password:|login incor/i.test(text)) {
      return `${name} is taken by a login console: disable it on the board`;
    }
    if (this.echoed > 0) {
      return `${name} sends every request back: are RX and TX joined?`;
    }
    const said = text && `; something says '${text.slice(-60)}'`;
    return (
      `${name} does not answer: is the device running, with this cable, TX to RX, RX to TX, GND to` +
      ` GND, at ${baudRate} baud?${said}`
    );
  }
}
