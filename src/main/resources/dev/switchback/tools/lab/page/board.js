import { attribute, button, element, text } from './element.js';
import { level, parseTruth, switchName } from './truth.js';

/** The board as wired: switches, the network, LEDs, the teach button. */
export function boardPart(root, state, actions) {
  const wiring = root.querySelector('.wiring');
  const hint = root.querySelector('.hint');
  let shape = '';
  let switches = [];
  let leds = [];
  let teach;
  let chip;

  function build(status, truth) {
    const names = status.wiring ?? {};
    switches = Array.from({ length: truth.inputs }, (_, i) =>
      lineOf(
        'switch',
        button('', () => actions.flip(i), {
          role: 'switch',
          class: isButton(names, i, truth.inputs) ? 'toggle push' : 'toggle',
          'aria-label': `switch ${switchName(i)}`,
          'aria-keyshortcuts': switchName(i).toLowerCase(),
        }),
        switchName(i),
        names.switches?.[i],
      ),
    );
    leds = Array.from({ length: truth.leds }, (_, i) =>
      lineOf(
        'led',
        element('span', { class: 'lamp', role: 'img' }),
        truth.leds === 1 ? 'LED' : `LED ${i + 1}`,
        names.leds?.[i],
      ),
    );
    chip = element('p', { class: 'chip' });
    teach = button('Teach', actions.teachHere, {
      'aria-keyshortcuts': 't',
      title: 'the present position shall answer the other way',
    });
    const note = names.teach ? `button on ${names.teach}` : 'the other answer, here';
    wiring.replaceChildren(
      element('div', { class: 'switches' }, ...switches.map((line) => line.box)),
      chip,
      element('div', { class: 'leds' }, ...leds.map((line) => line.box)),
      element('p', { class: 'teach' }, teach, ' ', element('small', {}, note)),
    );
    text(
      hint,
      status.simulated
        ? 'A simulated board: click a switch, or press its letter.'
        : 'A real board: flip its switches by hand.',
    );
  }

  function draw() {
    const { live, status } = state;
    const truth = parseTruth(status?.truth);
    if (!truth) {
      return;
    }
    const now = JSON.stringify([truth.inputs, truth.leds, status.wiring, status.simulated]);
    if (now !== shape) {
      shape = now;
      build(status, truth);
    }
    text(chip, `${state.network?.topology ?? status.topology}\n${status.engine}`);
    switches.forEach((line, i) => {
      const isOn = live ? level(live.s, i, truth.inputs) === 1 : false;
      attribute(line.part, 'aria-checked', String(isOn));
      attribute(line.part, 'disabled', !status.simulated || !state.line?.open);
      show(line, isOn, isOn ? '1' : '0');
    });
    leds.forEach((line, i) => {
      const isOn = live ? level(live.l, i, truth.leds) === 1 : false;
      const output = live?.o?.[i];
      attribute(line.part, 'aria-label', isOn ? 'lit' : 'dark');
      show(line, isOn, output === undefined ? 'no answer' : output.toFixed(4));
    });
    attribute(teach, 'disabled', !state.line?.open || !live?.o?.length);
  }

  state.watch('status live line network', draw);
}

function lineOf(kind, part, name, place) {
  const value = element('output', { class: 'value' });
  const box = element(
    'div',
    { class: `wired ${kind}` },
    element('span', { class: 'name' }, name, ' ', value, element('small', {}, place ?? '')),
    part,
  );
  return { box, part, value };
}

function show(line, isOn, value) {
  line.box.classList.toggle('on', isOn);
  text(line.value, value);
}

function isButton(names, index, inputs) {
  return level(names.buttons ?? 0, index, inputs) === 1;
}
