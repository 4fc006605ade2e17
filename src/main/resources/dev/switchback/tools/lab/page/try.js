import { attribute, button, choice, element, text } from './element.js';
import { parseTruth, presets } from './truth.js';

/** Epochs per second; 0 is as fast as possible. */
const speeds = [1, 4, 16, 64, 256, 1024, 0];

/** Controls of the network that learns on the page. */
export function tryPart(root, state, actions) {
  const caption = root.querySelector('.caption');
  const [truthLabel, truth] = choice('lesson ', []);
  const [hiddenLabel, hidden] = choice('hidden neurons ', ['1', '2', '3', '4', '6', '8', '12', '16', '4,4', '8,8']);
  const [activationLabel, activation] = choice('activation ', ['sigmoid', 'tanh', 'relu']);
  const [engineLabel, engine] = choice('arithmetic ', ['float', 'fixed']);
  const seed = element('input', { type: 'number', min: '0', max: '999999', value: '1' });
  const speed = element('input', {
    type: 'range', min: '0', max: String(speeds.length - 1), value: '3',
    oninput: () => {
      showSpeed();
      if (state.try) {
        actions.tryCommand({ do: 'speed', speed: speeds[speed.value] });
      }
    },
  });
  const speedText = element('output', {});
  hidden.value = '2';

  const start = button('Start', () => {
    actions.tryCommand({
      do: 'start',
      truth: truth.value,
      hidden: hidden.value.split(',').map(Number),
      activation: activation.value,
      engine: engine.value,
      seed: Number(seed.value) || 0,
      speed: speeds[speed.value],
    });
  }, { class: 'primary' });
  const play = button('Pause', () => actions.tryCommand({ do: isRunning() ? 'pause' : 'play' }), {
    'aria-keyshortcuts': 'Space',
  });
  const step = button('One epoch', () => actions.tryCommand({ do: 'step' }), { 'aria-keyshortcuts': 's' });
  const deploy = button('Deploy to the board', actions.deployTry);
  const end = button('Forget', () => actions.tryCommand({ do: 'end' }));

  root.querySelector('.controls').replaceChildren(
    element('div', { class: 'fields' }, truthLabel, hiddenLabel, activationLabel, engineLabel,
      element('label', {}, 'seed ', seed), element('label', {}, 'speed ', speed, ' ', speedText)),
    element('div', { class: 'buttons' }, start, play, step, deploy, end),
  );
  showSpeed();

  function showSpeed() {
    const now = speeds[speed.value];
    const words = now === 0 ? 'as fast as it can' : `${now} epochs/s`;
    text(speedText, words);
    attribute(speed, 'aria-valuetext', words);
  }

  function isRunning() {
    return state.try?.state === 'running';
  }

  let lessons;
  function drawLessons() {
    const own = state.status?.truth;
    const present = parseTruth(own);
    if (!present || own === lessons) {
      return;
    }
    lessons = own;
    const options = presets(present.inputs, present.leds).map(([name, words]) => [words, name]);
    if (!options.some(([words]) => words === own)) {
      options.unshift([own, `the board's: ${own}`]);
    }
    truth.replaceChildren(...options.map(([value, shown]) => element('option', { value }, shown)));
    truth.value = own;
  }

  function draw() {
    const now = state.try;
    text(play, isRunning() ? 'Pause' : 'Play');
    const isUnderWay = now?.state === 'running' || now?.state === 'paused';
    attribute(play, 'disabled', !isUnderWay);
    attribute(step, 'disabled', !isUnderWay);
    attribute(end, 'disabled', !now);
    attribute(deploy, 'disabled', now?.state !== 'solved' || !state.line?.open || Boolean(state.deploying));
    text(caption, now ? sentence(now) : 'Nothing learns here yet: choose a network and start.');
  }

  state.watch('status', drawLessons);
  state.watch('try line deploying', draw);
  state.set({ try: null });
}

function sentence(now) {
  const loss = Number(now.loss).toPrecision(3);
  const restarts = now.restarts === 1 ? '1 restart' : `${now.restarts} restarts`;
  return `${now.state}: ${now.topology} ${now.activations}, ${now.engine}, ${now.truth}, seed ${now.seed}, `
    + `${now.epochs} epochs, ${restarts}, loss ${loss}${now.why ? `. ${now.why}` : ''}`;
}
