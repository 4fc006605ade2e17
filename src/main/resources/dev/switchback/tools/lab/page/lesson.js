import { attribute, button, element, table, text } from './element.js';
import { answerOf, inverted, levels, parseTruth, positionText, presets, switchName, truthText } from './truth.js';

/** The lesson as a table to click, with what the board answers in each position. */
export function lessonPart(root, state, actions) {
  const place = root.querySelector('.table');
  const buttons = root.querySelector('.buttons');
  let shape = '';
  let rows = [];
  let others = [];

  function build(truth, columns) {
    const switches = Array.from({ length: truth.inputs }, (_, i) => switchName(i));
    rows = Array.from({ length: truth.rows }, (_, row) => rowOf(truth, row, columns));
    place.replaceChildren(
      table(
        'wanted and given answer in each switch position',
        [...switches, 'wanted', 'answer', ...columns],
        rows.map((row) => row.line),
      ),
    );
    others = [
      ...presets(truth.inputs, truth.leds).map(([name, words]) =>
        button(name, () => actions.teach(words)),
      ),
      button('Configured', actions.unteach, { title: 'back to the lesson of the configuration' }),
      button('Retrain', actions.retrain, { title: 'learn the present lesson from the next seed' }),
    ];
    buttons.replaceChildren(...others);
  }

  function rowOf(truth, row, columns) {
    const wanted = Array.from({ length: truth.leds }, (_, led) =>
      button('', () => {
        const present = parseTruth(state.status.learning ?? state.status.truth);
        actions.teach(`${levels(row, truth.inputs)}=${answerOf(inverted(present, row, led), row)}`);
      }),
    );
    const answer = element('td', {});
    const cells = columns.map(() => element('td', {}));
    const position = [...levels(row, truth.inputs)].map((digit) => element('td', {}, digit));
    const line = element('tr', {}, ...position, element('td', {}, ...wanted), answer, ...cells);
    return { line, wanted, answer, cells };
  }

  function draw() {
    const { status, live, answers, engines } = state;
    const truth = parseTruth(status?.learning ?? status?.truth);
    if (!truth) {
      return;
    }
    const columns = engines ? ['float', 'fixed'] : [status.engine];
    const outputs = engines ? [engines.float, engines.fixed] : [answers?.outputs];
    const now = `${truth.inputs} ${truth.leds} ${columns}`;
    if (now !== shape) {
      shape = now;
      build(truth, columns);
    }
    const given = parseTruth(answers?.answers);
    rows.forEach((row, r) => {
      const isHere = live?.s === r;
      row.line.classList.toggle('here', isHere);
      attribute(row.line, 'aria-current', String(isHere));
      row.wanted.forEach((cell, led) => {
        const digit = truth.tables[led][r];
        text(cell, digit);
        cell.className = `digit d${digit}`;
        const which = truth.leds === 1 ? '' : `, LED ${led + 1}`;
        attribute(cell, 'aria-label', `${positionText(r, truth.inputs)}${which}: wanted ${digit}, teach the other`);
        attribute(cell, 'disabled', !state.line?.open);
      });
      const answer = given ? answerOf(given, r) : '–';
      const isRight = given && answer === answerOf(truth, r);
      text(row.answer, given ? `${answer} ${isRight ? '✓' : '✗'}` : answer);
      attribute(row.answer, 'class', !given ? '' : isRight ? 'right' : 'wrong');
      row.cells.forEach((cell, c) => showOutputs(cell, outputs[c]?.slice(r * truth.leds, (r + 1) * truth.leds)));
    });
    for (const other of others) {
      attribute(other, 'disabled', !state.line?.open);
    }
    for (const [i, [, words]] of presets(truth.inputs, truth.leds).entries()) {
      attribute(others[i], 'aria-pressed', String(words === truthText(truth)));
    }
  }

  state.watch('status live answers engines line', draw);
}

/** Each output as a number with a bar behind it. */
function showOutputs(cell, outputs) {
  const shown = (outputs ?? []).map((output) => output.toFixed(4));
  if (cell.textContent === shown.join('')) {
    return;
  }
  cell.replaceChildren(
    ...shown.map((number, i) =>
      element('span', { class: 'output' }, element('meter', { value: outputs[i], 'aria-hidden': 'true' }), number),
    ),
  );
}
