import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { device, image, network, serial, smp } from './page.js';
import { FakeSerial, RealDevice, SocketPort, javaCommand } from './support.js';

const { Device } = device;
const { Serial } = serial;
const { Gone } = smp;

const NAME = 'the USB port 0403:6001';
const NOTHING =
  'is the device running, with this cable, TX to RX, RX to TX, GND to GND, at 1000000000 baud?';

// ---- a port whose other end is a function ------------------------------------------------------

/** A port whose device answers a write of bytes by `answer(bytes, send)`. */
class ScriptedPort {
  readable = null;
  writable = null;
  opened = 0;
  readers = 0;
  isMissing = false;

  constructor(answer) {
    this.answer = answer;
  }

  getInfo() {
    return { usbVendorId: 0x0403, usbProductId: 0x6001 };
  }

  async open(options) {
    this.options = options;
    if (this.isMissing) {
      throw new DOMException('Failed to open serial port.', 'NetworkError');
    }
    assert.equal(this.readable, null, 'opened twice');
    this.opened++;
    this.renew();
    this.writable = new WritableStream({
      write: (bytes) => {
        this.answer(bytes, (answer) => this.controller.enqueue(answer));
      },
    });
  }

  renew() {
    this.readable = new ReadableStream({ start: (controller) => (this.controller = controller) });
    const { getReader } = this.readable;
    const { readable } = this;
    readable.getReader = () => {
      assert.ok(!readable.locked, 'two readers');
      this.readers++;
      return getReader.call(readable);
    };
  }

  /** As after a break on the line. */
  breakLine() {
    const { controller } = this;
    this.renew();
    controller.error(new DOMException('break', 'BreakError'));
  }

  unplug() {
    this.isMissing = true;
    this.readable = null;
    this.controller.error(new DOMException('The device has been lost.', 'NetworkError'));
  }

  async close() {
    assert.ok(!this.readable?.locked && !this.writable?.locked, 'closed with a lock');
    this.readable = null;
    this.writable = null;
  }
}

/** What a device answers to live; its answers can be withheld. */
class LiveDevice {
  packets = [];
  live = { s: 0, l: 0, o: [0.25], g: 1, t: false, e: 0, c: 0 };
  map = () => (this.group === 100 ? this.live : {});
  isSilent = false;
  reader = new smp.FrameReader({ packet: (bytes) => this.packets.push(bytes) });

  answer = (bytes, send) => {
    const before = this.packets.length;
    this.reader.receive(bytes);
    for (const request of this.packets.slice(before)) {
      if (!this.isSilent) {
        const { operation, group, command, sequence } = smp.header(request);
        this.group = group;
        send(
          smp.encodeFrame(smp.packet(operation + 1, group, command, sequence, this.map(request))),
        );
      }
    }
  };
}

function scripted(context, options = {}) {
  const live = new LiveDevice();
  const port = new ScriptedPort(live.answer);
  const ports = new FakeSerial();
  const line = new Serial({ port, serial: ports, baudRate: 1e9, patienceMillis: 30, ...options });
  context.after(() => line.close());
  return { live, port, ports, line };
}

function eventsOf(line) {
  const events = [];
  line.listen((name, data) => events.push([name, data]));
  return events;
}

async function until(condition, what = 'it does not come') {
  for (let tries = 0; tries < 300; tries++) {
    if (condition()) {
      return;
    }
    await pause(10);
  }
  assert.fail(what);
}

const only = (events, name) => events.filter(([each]) => each === name).map(([, data]) => data);

test('the port is opened once, with 115200 8N1, at the first request', async (context) => {
  const { port, line } = scripted(context, { baudRate: undefined });
  assert.equal(port.opened, 0);
  const it = new Device(line);
  await Promise.all([it.live(), it.live()]);
  assert.deepEqual([port.opened, port.readers], [1, 1]);
  assert.deepEqual(port.options, { baudRate: 115200, bufferSize: 16384 });
  await line.close();
  assert.equal(port.readable, null);
});

test('line and live are told, live only if it changes, and once a second', async (context) => {
  const { live, line } = scripted(context);
  const events = eventsOf(line);
  await until(() => only(events, 'live').length === 1);
  assert.deepEqual(only(events, 'line'), [{ open: true, name: NAME, text: '' }]);
  await pause(150);
  assert.equal(only(events, 'live').length, 1);
  live.live = { ...live.live, s: 3, c: 1 };
  await until(() => only(events, 'live').length === 2);
  assert.equal(only(events, 'live')[1].s, 3);
  await pause(1100);
  assert.equal(only(events, 'live').length, 3);
  const rest = eventsOf(line);
  assert.deepEqual(
    rest.map(([name]) => name),
    ['line', 'live'],
  );
  await line.close();
  const asked = live.packets.length;
  await pause(150);
  assert.equal(live.packets.length, asked);
});

test('live is read 20 times a second, and twice while a file moves', async (context) => {
  const { live, line } = scripted(context);
  eventsOf(line);
  await pause(1000);
  const free = live.packets.length;
  assert.ok(free >= 10 && free <= 21, `${free} in a second`);
  const big = smp.packet(smp.READ, 8, 0, 1, { name: 'x'.repeat(600) });
  for (let k = 0; k < 10; k++) {
    await line.request(big);
    await pause(100);
  }
  const during = live.packets.length - free - 10;
  assert.ok(during >= 1 && during <= 4, `${during} in a second of a transfer`);
});

test('a write that is accepted is told as a change', async (context) => {
  const { live, line } = scripted(context);
  const events = eventsOf(line);
  const changes = async (operation, group, command, answer) => {
    const before = only(events, 'changed').length;
    live.map = (request) => (smp.header(request).command === command ? answer : live.live);
    await line.request(smp.packet(operation, group, command, 1));
    return only(events, 'changed').length - before;
  };
  assert.equal(await changes(smp.WRITE, 100, 5, {}), 1);
  assert.equal(await changes(smp.WRITE, 100, 6, { lesson: '0110', training: true }), 1);
  assert.equal(await changes(smp.WRITE, 100, 6, { rc: 11 }), 0);
  assert.equal(await changes(smp.WRITE, 100, 6, { err: { group: 100, rc: 2 } }), 0);
  assert.equal(await changes(smp.READ, 100, 1, {}), 0);
  assert.equal(await changes(smp.WRITE, 0, 0, {}), 0);
  assert.equal(await changes(smp.WRITE, 1, 1, { off: 5 }), 0);
  assert.equal(await changes(smp.WRITE, 1, 1, { off: 5, match: true }), 1);
});

test('a request is sent three times, byte for byte, then the device is gone', async (context) => {
  const { live, line } = scripted(context);
  live.isSilent = true;
  await assert.rejects(line.request(smp.packet(smp.READ, 100, 8, 7)), {
    constructor: Gone,
    message: `${NAME} does not answer: ${NOTHING}`,
  });
  assert.equal(live.packets.length, 3);
  assert.ok(live.packets.every((bytes) => Buffer.compare(bytes, live.packets[0]) === 0));
  live.isSilent = false;
  assert.ok(await line.request(smp.packet(smp.READ, 100, 8, 8)));
  live.isSilent = true;
  await assert.rejects(
    line.request(smp.packet(smp.READ, 100, 8, 9)),
    /is the device running/,
  );
});

for (const [what, bytes, reason] of [
  ['a login', 'raspberrypi login: ', /login console/],
  ['an echo', null, /sends every request back/],
  ['noise', '\x80\xff\xfe\x01', /at [0-9]+ baud/],
  ['another device', 'U-Boot> ', /something says '(U-Boot>\s*)+'/],
  ['a damaged answer', '\x06\x09AAAA\n', /is the device running/],
  ['malformed answers', smp.encodeFrame(Uint8Array.of(1, 2, 3)), /is the device running/],
]) {
  test(`${what} on the line is named`, async (context) => {
    const port = new ScriptedPort((sent, send) =>
      send(
        bytes === null ? sent : typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes,
      ),
    );
    const line = new Serial({ port, serial: new FakeSerial(), baudRate: 1e9, patienceMillis: 20 });
    context.after(() => line.close());
    await assert.rejects(line.request(smp.packet(smp.READ, 100, 8, 7)), reason);
  });
}

test('answers to other requests are passed over', async (context) => {
  const live = new LiveDevice();
  const port = new ScriptedPort((sent, send) => {
    send(smp.encodeFrame(smp.packet(1, 100, 8, 99)));
    send(smp.encodeFrame(smp.packet(3, 100, 8, 7)));
    live.answer(sent, send);
  });
  const line = new Serial({ port, serial: new FakeSerial(), baudRate: 1e9, patienceMillis: 500 });
  context.after(() => line.close());
  const answer = await line.request(smp.packet(smp.READ, 100, 8, 7));
  assert.deepEqual([smp.header(answer).operation, smp.header(answer).sequence], [1, 7]);
});

test('an unplugged device is told at once, and found again by itself', async (context) => {
  const { port, line } = scripted(context);
  const events = eventsOf(line);
  await until(() => only(events, 'live').length > 0);
  port.unplug();
  await until(() => only(events, 'line').length === 2);
  const { open, text } = only(events, 'line')[1];
  assert.equal(open, false);
  assert.match(text, /unplugged|cannot be opened/);
  port.isMissing = false;
  await until(() => only(events, 'line').at(-1).open, 'it is not opened again');
  assert.deepEqual([port.opened, port.readers], [2, 2]);
});

test('a device that comes back as another port is used at once', async (context) => {
  const { live, port, ports, line } = scripted(context);
  const events = eventsOf(line);
  await until(() => only(events, 'live').length > 0);
  port.unplug();
  await until(() => !only(events, 'line').at(-1).open);
  const other = new ScriptedPort(live.answer);
  const stranger = new ScriptedPort(live.answer);
  stranger.getInfo = () => ({ usbVendorId: 1, usbProductId: 2 });
  ports.plug(stranger);
  ports.plug(other);
  await until(() => only(events, 'line').at(-1).open);
  assert.deepEqual([stranger.opened, other.opened], [0, 1]);
});

test('a waiting request ends when the device is unplugged', async (context) => {
  const { live, port, line } = scripted(context, { patienceMillis: 60_000 });
  await line.request(smp.packet(smp.READ, 100, 8, 1));
  live.isSilent = true;
  const asked = line.request(smp.packet(smp.READ, 100, 8, 2));
  await pause(10);
  port.unplug();
  await assert.rejects(asked, {
    constructor: Gone,
    message: `${NAME} is gone: is the cable unplugged?`,
  });
});

test('a silent device is told before all tries are over', async (context) => {
  const { live, line } = scripted(context, { patienceMillis: 100 });
  const events = eventsOf(line);
  await until(() => only(events, 'line').at(-1)?.open);
  live.isSilent = true;
  await until(() => !only(events, 'line').at(-1).open);
  assert.match(only(events, 'line').at(-1).text, /has not answered for 1.5 s/);
  live.isSilent = false;
  await until(() => only(events, 'line').at(-1).open);
});

test('a break on the line loses nothing but its bytes', async (context) => {
  const { port, line } = scripted(context);
  await line.request(smp.packet(smp.READ, 100, 8, 1));
  port.breakLine();
  assert.ok(await line.request(smp.packet(smp.READ, 100, 8, 2)));
  assert.deepEqual([port.opened, port.readers], [1, 2]);
});

test('close ends what waits, releases the locks, and is the end', async (context) => {
  const { live, port, line } = scripted(context, { patienceMillis: 60_000 });
  live.isSilent = true;
  const asked = line.request(smp.packet(smp.READ, 100, 8, 2));
  await until(() => live.packets.length === 1);
  await Promise.all([line.close(), assert.rejects(asked, Gone)]);
  assert.deepEqual([port.readable, port.writable], [null, null]);
  await assert.rejects(line.request(smp.packet(smp.READ, 100, 8, 3)), /has closed the port/);
  assert.equal(port.opened, 1);
});

test('a port that cannot be opened says why', async (context) => {
  const { port, line } = scripted(context);
  port.isMissing = true;
  await assert.rejects(line.request(smp.packet(smp.READ, 100, 8, 3)), /cannot be opened/);
  port.connected = false;
  await assert.rejects(line.request(smp.packet(smp.READ, 100, 8, 4)), /is unplugged: plug it in/);
  port.isMissing = false;
  assert.ok(await line.request(smp.packet(smp.READ, 100, 8, 5)));
});

test('a person chooses the port, and another one later', async (context) => {
  const ports = new FakeSerial();
  const line = new Serial({ serial: ports, baudRate: 1e9, patienceMillis: 30 });
  context.after(() => line.close());
  const events = eventsOf(line);
  await assert.rejects(line.request(smp.packet(smp.READ, 100, 8, 1)), /no port is chosen yet/);
  await until(() => only(events, 'line').length > 0);
  assert.equal(only(events, 'line')[0].name, '');
  ports.requestPort = async () => {
    throw new DOMException('No port selected by the user.', 'NotFoundError');
  };
  await assert.rejects(line.connect(), /No port selected/);
  const chosen = [
    new ScriptedPort(new LiveDevice().answer),
    new ScriptedPort(new LiveDevice().answer),
  ];
  for (const port of chosen) {
    ports.requestPort = async () => port;
    await line.connect();
    const before = only(events, 'live').length;
    await until(() => only(events, 'live').length > before);
  }
  assert.deepEqual(
    chosen.map(({ opened, readable }) => [opened, readable === null]),
    [
      [1, true],
      [1, false],
    ],
  );
  assert.ok(only(events, 'line').at(-1).open);
});

test('of the ports that were allowed it takes the USB adapter', async (context) => {
  const { live, port, ports, line } = scripted(context, { port: null });
  const builtIn = new ScriptedPort(live.answer);
  builtIn.getInfo = () => ({});
  ports.allowed = [builtIn, port];
  assert.ok(await line.request(smp.packet(smp.READ, 100, 8, 1)));
  assert.deepEqual([builtIn.opened, port.opened], [0, 1]);
});

test('a browser without Web Serial says so', async (context) => {
  const line = new Serial({ serial: null });
  context.after(() => line.close());
  await assert.rejects(line.connect(), /no Web Serial: this browser/);
  await assert.rejects(line.request(smp.packet(smp.READ, 100, 8, 1)), /no Web Serial/);
});

// ---- a real device -----------------------------------------------------------------------------

const skip = javaCommand() ? false : 'no class path of the program: see scripts/test-page';
let real;

before(async () => {
  real = skip ? null : await RealDevice.start();
});

after(() => real?.stop());

const XOR = network.networkOf('2-2-1', 'sigmoid', [20, 20, 20, 20, -10, -30, 20, -20, -10]);

test('a real device over a socket that is pulled and comes back', { skip }, async (context) => {
  const port = new SocketPort(real.path);
  const line = new Serial({ port, serial: new FakeSerial() });
  context.after(() => line.close());
  const it = new Device(line);
  const events = eventsOf(line);
  await until(() => only(events, 'live').length > 0);
  const status = await it.status();
  assert.equal(status.truth, '0110');
  assert.equal(status.slots.length, 2);
  const bytes = image.imageOfNetwork(XOR, { version: '9.0.0', lesson: '0110' });
  const onStep = (step) => step === 'test' && port.opened === 1 && port.pull();
  const { confirmed, truth } = await it.deploy(bytes, { onStep });
  assert.deepEqual([confirmed, truth.answers], [true, '0110']);
  assert.deepEqual(await it.readFile('/weights/slot0.img'), bytes);
  assert.ok(only(events, 'changed').length >= 3);
  assert.equal(port.opened, 2);
});

test('a real device teaches, refuses and says why', { skip }, async (context) => {
  const line = new Serial({ port: new SocketPort(real.path), serial: new FakeSerial() });
  context.after(() => line.close());
  const it = new Device(line);
  await it.teach('0111');
  let cursor = 0;
  let points = 0;
  for (let running = true; running;) {
    const piece = await it.curve(cursor);
    [cursor, running] = [piece.cursor, piece.running];
    points += piece.epochs.length;
  }
  assert.ok(points > 0);
  assert.equal((await it.truth()).expected, '0111');
  await it.unteach();
  const { learning, truth } = await it.status();
  assert.equal(learning ?? truth, '0110');
  await assert.rejects(it.teach('01'), /the input is not valid: a table such as/);
  await assert.rejects(it.test('00'.repeat(32)), /error 3 of group 1/);
  await assert.rejects(it.readFile('/none'), /error 3 of group 8$/);
  const wrong = image.imageOfNetwork(XOR, { version: '9.0.1', lesson: '0111' });
  await assert.rejects(
    it.deploy(wrong),
    (e) => e.kind === 'refused' && /its lesson is 0111/.test(e.message),
  );
});
