import { attribute, button, element, table, text } from './element.js';
import { drawCurve } from './curve.js';
import { drawNetwork } from './drawing.js';
import { drawMap, mapText, range, squareRows } from './map.js';
import { answers, displayed, inputsOf, maps, outputs } from './network.js';
import { colours } from './paint.js';
import { switchName } from './truth.js';

/** Pixels of a map before it is scaled; enough for a smooth contour. */
const side = 33;

/**
 * The decision map, the drawing and the loss curve of one network. Returns what draws
 * `{network, truth, row, curve}`; `network` null for none.
 */
export function pictures(root, name) {
  const place = root.querySelector('.pictures');
  const map = element('canvas', { class: 'map', role: 'img' });
  const drawing = element('canvas', { class: 'network', role: 'img' });
  const curve = element('canvas', { class: 'curve', role: 'img' });
  const lamps = element('div', { class: 'buttons', role: 'group', 'aria-label': 'LED of the map' });
  const caption = element('figcaption', {});
  const weights = element('details', {}, element('summary', {}, 'weights as a table'));
  place.replaceChildren(
    element('figure', {}, map, lamps, element('figcaption', {}, 'output over A and B; the line is 0.5')),
    element('figure', {}, drawing),
    element('figure', { class: 'wide' }, curve, caption),
    element('div', { class: 'wide' }, weights),
  );
  let led = 0;
  let latest = { network: null, truth: null, row: null, curve: [] };
  let listed = null;
  let computed = {};

  new ResizeObserver(draw).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  weights.addEventListener('toggle', listWeights);

  function draw() {
    const { network, truth, row, curve: points } = latest;
    const [epoch, loss] = points.at(-1) ?? [];
    if (epoch) {
      text(caption, `loss ${loss.toPrecision(3)} after ${epoch} epochs; dotted where training began anew`);
    }
    attribute(curve, 'aria-label', caption.textContent);
    attribute(curve.parentElement, 'hidden', points.length === 0);
    drawCurve(curve, points);
    attribute(map.parentElement, 'hidden', !network);
    attribute(drawing.parentElement, 'hidden', !network);
    attribute(weights, 'hidden', !network);
    if (!network) {
      return;
    }
    const inputs = network.layers[0].inputs;
    const leds = truth?.leds ?? 1;
    led = Math.min(led, leds - 1);
    listLamps(leds);
    const rows = squareRows(inputs, row);
    const { grids, given } = valuesOf(network, inputs, rows);
    const view = { inputs, side, row, colours: colours() };
    const shown = displayed(network, led);
    map.className = inputs === 3 ? 'map two' : inputs === 1 ? 'map strip' : 'map';
    drawMap(
      map,
      grids.map((grid, k) => ({ values: grid.at(-1)[shown], row: rows[k] })),
      {
        ...view,
        wanted: (at) => truth?.tables[led][at],
        answer: (at) => String(answers(network, given[at])[led]),
      },
    );
    attribute(map, 'aria-label', `${name}: ${mapText(inputs, 1 << inputs, (at) => given[at][shown])}`);
    drawNetwork(drawing, network, grids[0], view);
    attribute(drawing, 'aria-label', `${name}: network ${network.topology}; its weights are in the table below`);
    listWeights();
  }

  /** Computed once for a network, not at each flip of a switch. */
  function valuesOf(network, inputs, rows) {
    const subject = JSON.stringify(rows);
    if (computed.network !== network || computed.subject !== subject) {
      computed = {
        network,
        subject,
        grids: rows.map((row) => maps(network, { x: 0, y: 1, fixed: inputsOf(row, inputs), size: side, range })),
        given: Array.from({ length: 1 << inputs }, (_, row) => outputs(network, inputsOf(row, inputs))),
      };
    }
    return computed;
  }

  function listLamps(leds) {
    attribute(lamps, 'hidden', leds === 1);
    if (lamps.childElementCount !== leds) {
      lamps.replaceChildren(
        ...Array.from({ length: leds }, (_, i) =>
          button(`LED ${i + 1}`, () => {
            led = i;
            draw();
          }),
        ),
      );
    }
    [...lamps.children].forEach((lamp, i) => attribute(lamp, 'aria-pressed', String(i === led)));
  }

  /** Lists them only for who looks. */
  function listWeights() {
    const { network } = latest;
    if (!weights.open || !network || listed === network) {
      return;
    }
    listed = network;
    weights.replaceChildren(weights.firstElementChild, ...network.layers.map(weightTable));
  }

  let isDue = false;
  return (subject) => {
    latest = subject;
    if (!isDue) {
      isDue = true;
      // After the frame: switches and LEDs must not wait for pictures.
      setTimeout(() => {
        isDue = false;
        draw();
      });
    }
  };
}

function weightTable(layer, index) {
  const from = (i) => (index === 0 ? switchName(i) : `${index}.${i + 1}`);
  const cells = (values) => values.map((value) => element('td', {}, value.toFixed(4)));
  const line = (name, values) => element('tr', {}, element('th', { scope: 'row' }, name), ...cells(values));
  const column = (i) => Array.from({ length: layer.outputs }, (_, j) => layer.W[i * layer.outputs + j]);
  const to = Array.from({ length: layer.outputs }, (_, j) => `to ${index + 1}.${j + 1}`);
  const rows = Array.from({ length: layer.inputs }, (_, i) => line(from(i), column(i)));
  const caption = `layer ${index + 1}, ${layer.activation}`;
  return table(caption, ['from', ...to], [...rows, line('bias', [...layer.b])], {});
}
