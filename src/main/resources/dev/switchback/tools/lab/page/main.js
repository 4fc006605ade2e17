import { boardPart } from './board.js';
import { Device } from './device.js';
import { attribute, text } from './element.js';
import { imageOf, readSafetensors } from './image.js';
import { Lab } from './lab.js';
import { lessonPart } from './lesson.js';
import { logPart } from './log.js';
import { networkOf } from './network.js';
import { pictures } from './pictures.js';
import { Serial } from './serial.js';
import { isTrial, slotsPart } from './slots.js';
import { createState } from './state.js';
import { tryPart } from './try.js';
import { answerOf, level, levels, parseTruth, truthName } from './truth.js';

/** How often counters are read while somebody looks; each takes a cable 0.2 s. */
const statusMillis = 10_000;

/** How often the loss is read while the board trains. */
const curveMillis = 250;

const state = createState();
const byId = (id) => document.getElementById(id);
const isSerial = document.querySelector('meta[name=transport]').content === 'serial';
const transport = isSerial ? new Serial() : new Lab();
const device = new Device(transport);
let upload = null;

/* What a person does. */

/** Does what a person asked for; a refusal is shown in the device's own words. */
async function act(deed) {
  let said = '';
  try {
    await deed();
  } catch (failure) {
    said = failure.message;
  }
  state.set({ said });
}

const actions = {
  flip(index) {
    const { live, status, line } = state;
    const truth = parseTruth(status?.truth);
    if (live && truth && line?.open && status.simulated && index < truth.inputs) {
      act(() => device.setSwitch(index, level(live.s, index, truth.inputs) === 0));
    }
  },
  /** As the teach button does: the other answer; with several LEDs it counts on. */
  teachHere() {
    const { live, status } = state;
    const truth = parseTruth(status?.learning ?? status?.truth);
    if (live && truth) {
      const next = parseInt(answerOf(truth, live.s).replaceAll(',', ''), 2) + 1;
      const digits = levels(next % (1 << truth.leds), truth.leds);
      actions.teach(`${levels(live.s, truth.inputs)}=${[...digits].join(',')}`);
    }
  },
  teach: (words) => act(() => device.teach(words)),
  unteach: () => act(() => device.unteach()),
  retrain: () => act(() => device.retrain()),
  confirm: () => act(() => device.confirm()),
  revert: () => act(() => device.revert()),
  erase: () => act(() => device.erase()),
  tryIt: () =>
    act(async () => {
      const staged = (await device.images()).find(({ slot }) => slot === 1);
      if (staged) {
        await device.test(staged.hash);
        await device.reset();
      }
    }),
  cancel: () => upload?.abort(),
  tryCommand: (command) => act(() => transport.tryCommand(command)),
  deployTry: () => deploy('the try', () => transport.tryImage(), false),
  deploy: (file, activation, trialOnly) => deploy(file.name, () => imageFrom(file, activation), trialOnly),
};

async function imageFrom(file, activation) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (file.name.endsWith('.img')) {
    return bytes;
  }
  return isSerial ? imageOf(bytes, { activation }) : transport.convert(file.name, bytes, { activation });
}

async function deploy(name, source, trialOnly) {
  upload = new AbortController();
  const show = (values) => state.set({ deploying: { ...state.deploying, ...values } });
  state.set({ deployed: '', said: '', deploying: { step: `reading ${name}` } });
  try {
    const image = await source();
    const { version, wasThere } = await device.deploy(image, {
      trialOnly,
      signal: upload.signal,
      onStep: (_, step) => show({ step, done: 0, total: 0 }),
      onProgress: (done, total) => show({ done, total }),
    });
    const outcome = trialOnly ? 'is on trial' : wasThere ? 'answered before' : 'is confirmed';
    const warnings = image.warnings ? `; ${image.warnings}` : '';
    state.set({ deployed: `${name}: ${version} ${outcome}${warnings}` });
  } catch (failure) {
    state.set({ deployed: `${name}: ${failure.message}` });
  }
  upload = null;
  state.set({ deploying: null });
}

/* What is read from the device. */

const note = (failure) => console.info('reading the device:', failure.message);

let isReading = false;
let isStale = false;

/** Reads what changes with a command; calls that meet are one. */
async function refresh() {
  isStale = true;
  if (isReading || !state.line?.open) {
    return;
  }
  isReading = true;
  try {
    while (isStale) {
      isStale = false;
      await read();
    }
  } catch (failure) {
    note(failure);
  } finally {
    isReading = false;
  }
}

async function read() {
  await readStatus();
  const answers = await device.truth();
  if (!answers.outputs?.length) {
    state.set({ answers: null, network: null, engines: null });
    return;
  }
  state.set({ answers });
  const file = await device.readFile('/weights/answering.safetensors');
  state.set({ network: readSafetensors(file) });
  if (!isSerial) {
    state.set({ engines: await transport.answers(file) });
  }
}

let told = '';

/** Reads the status, and the log if more than a counter has changed. */
async function readStatus() {
  const status = await device.status();
  state.set({ status });
  const { weights, refused, training, counters } = status;
  const news = JSON.stringify([status.state, weights, refused, training?.count, counters?.faults]);
  if (news !== told) {
    told = news;
    state.set({ log: new TextDecoder().decode(await device.readFile('/log/recent.txt')) });
  }
}

function readOften() {
  if (!document.hidden && !state.deploying && !isReading && state.line?.open) {
    readStatus().catch(note);
  }
}

let isFollowing = false;

/** Follows the loss of a training on the board until it ends. */
async function follow() {
  if (isFollowing) {
    return;
  }
  isFollowing = true;
  try {
    let curve = [];
    for (let piece = { cursor: 0, running: true }; piece.running || piece.epochs.length > 0;) {
      piece = await device.curve(piece.cursor);
      const { epochs, losses, restarts = [] } = piece;
      const added = epochs.map((epoch, i) => [epoch, losses[i], restarts[i] ?? 0]);
      curve = epochs[0] <= curve.at(-1)?.[0] ? added : [...curve, ...added];
      state.set({ curve });
      await new Promise((resolve) => setTimeout(resolve, piece.running ? curveMillis : 0));
    }
  } catch (failure) {
    note(failure);
  } finally {
    isFollowing = false;
  }
}

function hear(name, data) {
  const before = state.live;
  state.set({ [name]: data });
  if (name === 'line' && data.open) {
    told = '';
    refresh();
    follow();
  } else if (name === 'changed') {
    refresh();
  } else if (name === 'live' && before) {
    if (data.g !== before.g || data.t !== before.t) {
      refresh();
    }
    if (data.t) {
      follow();
    }
  }
}

/* The parts. */

boardPart(byId('board'), state, actions);
lessonPart(byId('lesson'), state, actions);
const formats = isSerial ? '.img,.safetensors' : '.img,.safetensors,.npz,.npy,.onnx,.net';
slotsPart(byId('slots'), state, actions, formats);
logPart(byId('log'), state);
tryPart(byId('learning'), state, actions);
attribute(byId('learning'), 'hidden', isSerial);

const answering = pictures(byId('answering'), 'answering');
const answeringCaption = byId('answering').querySelector('.caption');
state.watch('network live status curve', () => {
  const { network = null, status, live, curve = [] } = state;
  if (status) {
    const next = status.learning ? `; is learning ${truthName(status.learning)}` : '';
    text(answeringCaption, `${status.weights}; learnt ${truthName(status.truth)}${next}`);
  }
  answering({ network, truth: parseTruth(status?.truth), row: live?.s ?? null, curve });
});

const learning = pictures(byId('learning'), 'learning');
let tried = { of: null, network: null };
state.watch('try live', () => {
  const { try: now, live } = state;
  if (tried.of !== now) {
    tried = { of: now, network: now && networkOf(now.topology, now.activations, now.weights) };
  }
  learning({
    network: tried.network,
    truth: parseTruth(now?.truth),
    row: live?.s ?? null,
    curve: now?.curve ?? [],
  });
});

state.watch('line status live said', () => {
  const { line, status, live, said } = state;
  const isOpen = Boolean(line?.open);
  const gone = isOpen || !line ? '' : `${line.name ? 'The device is gone: ' : ''}${line.text}`;
  const notes = [status?.state, live?.t && 'learning', status && isTrial(status) && 'on trial'];
  document.body.classList.toggle('gone', !isOpen);
  attribute(byId('gone'), 'hidden', !gone);
  text(byId('gone'), gone);
  attribute(byId('said'), 'hidden', !said);
  text(byId('said'), said ?? '');
  text(byId('line'), line?.name ?? '');
  text(byId('device'), isOpen ? notes.filter(Boolean).join(', ') : 'no device');
});

/* Keys, as on the bench. */

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input, select, textarea')) {
    return;
  }
  const index = 'abcdefgh'.indexOf(event.key);
  if (index >= 0 && event.key.length === 1) {
    actions.flip(index);
  } else if (event.key === 't') {
    actions.teachHere();
  } else if (event.key === 's' && state.try) {
    actions.tryCommand({ do: 'step' });
  } else if (event.key === ' ' && state.try && !event.target.closest('button, summary, a')) {
    event.preventDefault();
    actions.tryCommand({ do: state.try.state === 'running' ? 'pause' : 'play' });
  }
});

setInterval(readOften, statusMillis);
document.addEventListener('visibilitychange', readOften);
if (isSerial) {
  const connect = byId('connect');
  attribute(connect, 'hidden', false);
  connect.addEventListener('click', () => act(() => transport.connect()));
  state.watch('line', () => attribute(connect, 'hidden', Boolean(state.line?.open)));
}
transport.listen(hear);
