import { begin, disc, picture } from './paint.js';
import { level, switchName } from './truth.js';

/**
 * Draws a network: weights as lines, thicker where larger, blue and dashed if negative; in each
 * neuron the map of its own output over switches A and B.
 */
export function drawNetwork(canvas, network, maps, view) {
  const surface = begin(canvas);
  if (!surface) {
    return;
  }
  const { context, width, height } = surface;
  const { colours, inputs, row } = view;
  const widths = [inputs, ...network.layers.map((layer) => layer.outputs)];
  const isSmall = widths.every((count) => count <= 4);
  const room = height / Math.max(...widths) - (isSmall ? 22 : 4); // Below a neuron stands its bias.
  const radius = Math.max(5, Math.min(34, room / 2, width / (3.2 * widths.length)));
  const x = (layer) => radius + 8 + (layer * (width - 2 * radius - 16)) / (widths.length - 1);
  const y = (layer, i) => ((i + 0.5) * height) / widths[layer] - (isSmall ? 6 : 0);

  network.layers.forEach((layer, l) => {
    const largest = Math.max(1e-6, ...layer.W.map(Math.abs));
    const part = layer.outputs > 1 ? 0.4 : 0.5;
    const labels = [];
    layer.W.forEach((weight, k) => {
      const [i, j] = [Math.floor(k / layer.outputs), k % layer.outputs];
      const [from, to] = [[x(l), y(l, i)], [x(l + 1), y(l + 1, j)]];
      drawWeight(context, weight, largest, from, to, colours);
      labels.push([weight.toFixed(1), ...from.map((at, d) => at + part * (to[d] - at))]);
    });
    if (isSmall) {
      labels.forEach((each) => label(context, ...each, colours));
    }
  });

  context.lineWidth = 2;
  for (let i = 0; i < inputs; i++) {
    const isOn = row !== null && level(row, i, inputs) === 1;
    const fill = row === null ? colours.panel : isOn ? colours.one : colours.zero;
    const ink = row === null ? colours.ink : colours.panel;
    disc(context, x(0), y(0, i), Math.min(radius, 16), fill, colours.ink, switchName(i), ink);
  }
  network.layers.forEach((layer, l) => {
    const [low, high] = { tanh: [-1, 1], sigmoid: [0, 1], softmax: [0, 1] }[layer.activation] ?? [];
    for (let j = 0; j < layer.outputs; j++) {
      const values = maps[l][j];
      const top = high ?? Math.max(1e-6, ...values.map(Math.abs));
      const map = picture(values, view.side, colours, low ?? -top, top);
      drawNeuron(context, x(l + 1), y(l + 1, j), radius, map, view.side);
      context.strokeStyle = colours.ink;
      context.stroke();
      if (isSmall) {
        label(context, `b ${layer.b[j].toFixed(1)}`, x(l + 1), Math.min(height - 7, y(l + 1, j) + radius + 9), colours);
      }
    }
  });
}

function drawWeight(context, weight, largest, from, to, colours) {
  context.strokeStyle = weight < 0 ? colours.zero : colours.one;
  context.setLineDash(weight < 0 ? [5, 3] : []);
  context.lineWidth = 0.5 + (4.5 * Math.abs(weight)) / largest;
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
  context.setLineDash([]);
}

function drawNeuron(context, x, y, radius, map, side) {
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.clip();
  context.drawImage(map, 0, 0, side, side, x - radius, y - radius, 2 * radius, 2 * radius);
  context.restore();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

function label(context, words, x, y, colours) {
  context.font = '11px system-ui, sans-serif';
  const width = context.measureText(words).width + 4;
  context.fillStyle = colours.panel;
  context.fillRect(x - width / 2, y - 7, width, 14);
  context.fillStyle = colours.ink;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(words, x, y);
}
