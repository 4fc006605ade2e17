// The forward pass of a network, in single precision as on the device, and its maps.
//
//   network = {
//     layers: [{inputs, outputs, activation, W, b}],    W[i * outputs + j]: input i, neuron j
//     answer: 'threshold' | 'argmax',
//     topology: '2-2-1', activations: 'sigmoid,sigmoid'
//   }

export const MAX_LAYERS = 16;
export const MAX_WIDTH = 4096;

const ACTIVATIONS = ['sigmoid', 'tanh', 'relu', 'linear', 'softmax'];

/** Widths, activations or weights are not those of a network. */
export class NetworkError extends Error {}

/**
 * A network of weights in documented order, W1 b1 W2 b2 ...
 *
 * @param topology widths joined by -
 * @param activations one label per layer, or one for all, joined by commas
 */
export function networkOf(topology, activations, weights, answer) {
  const widths = topology.split('-').map((width) => (/^[0-9]{1,9}$/.test(width) ? +width : 0));
  const labels = labelsOf(activations, widths.length - 1);
  require(labels, widths);
  const layers = [];
  let at = 0;
  labels.forEach((activation, l) => {
    const inputs = widths[l];
    const outputs = widths[l + 1];
    const W = Float32Array.from(weights.slice(at, (at += inputs * outputs)));
    const b = Float32Array.from(weights.slice(at, (at += outputs)));
    layers.push({ inputs, outputs, activation, W, b });
  });
  if (weights.length !== at) {
    throw new NetworkError(`${topology} has ${at} weights and biases, not ${weights.length}`);
  }
  return { layers, answer: answerRule(layers, answer), topology, activations: labels.join(',') };
}

function labelsOf(activations, layers) {
  const labels = activations.split(',');
  return labels.length === 1 ? new Array(Math.max(layers, 0)).fill(labels[0]) : labels;
}

function require(labels, widths) {
  const layers = widths.length - 1;
  if (layers < 1 || layers > MAX_LAYERS) {
    throw new NetworkError(`a topology has 1 to ${MAX_LAYERS} dense layers, not ${layers}`);
  }
  if (labels.length !== layers) {
    throw new NetworkError(
      `${layers} dense layers need ${layers} activations, not ${labels.length}`,
    );
  }
  if (widths.some((width) => width < 1 || width > MAX_WIDTH)) {
    throw new NetworkError(`a layer width is 1 to ${MAX_WIDTH}`);
  }
  for (const label of labels) {
    if (!ACTIVATIONS.includes(label)) {
      throw new NetworkError(
        `unknown activation '${label}': use sigmoid, tanh, relu, linear or softmax`,
      );
    }
  }
  const soft = labels.indexOf('softmax');
  if (soft >= 0 && (soft < layers - 1 || widths[layers] < 2)) {
    throw new NetworkError('softmax belongs to an output layer of two or more neurons');
  }
}

function answerRule(layers, rule) {
  const { activation, outputs } = layers.at(-1);
  if (activation === 'softmax') {
    if (rule !== undefined && rule !== 'argmax') {
      throw new NetworkError(`answer: found '${rule}', expected argmax`);
    }
    return 'argmax';
  }
  if (rule === 'argmax' && outputs < 2) {
    throw new NetworkError('argmax needs two outputs or more');
  }
  if (rule !== undefined && rule !== 'argmax' && rule !== 'threshold') {
    throw new NetworkError(`answer: found '${rule}', expected threshold or argmax`);
  }
  return rule ?? 'threshold';
}

/** The activations of each layer for one input; the last are the outputs. */
export function forward(network, inputs) {
  let values = Float32Array.from(inputs);
  return network.layers.map((layer) => (values = layerOutputs(layer, values)));
}

export function outputs(network, inputs) {
  return forward(network, inputs).at(-1);
}

/** Adds the terms in the order of the device, each sum rounded to a float. */
function layerOutputs({ inputs, outputs, activation, W, b }, values) {
  const sums = new Float32Array(outputs);
  for (let j = 0; j < outputs; j++) {
    let sum = b[j];
    for (let i = 0; i < inputs; i++) {
      sum = Math.fround(W[i * outputs + j] * values[i] + sum);
    }
    sums[j] = sum;
  }
  return activate(activation, sums);
}

function activate(activation, z) {
  switch (activation) {
    case 'sigmoid':
      return z.map((each) => 1 / (1 + Math.exp(-each)));
    case 'tanh':
      return z.map(Math.tanh);
    case 'relu':
      return z.map((each) => Math.max(0, each));
    case 'softmax':
      return softmax(z);
    default:
      return z;
  }
}

function softmax(z) {
  const max = Math.max(...z);
  const powers = z.map((each) => Math.exp(each - max));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((each) => each / sum);
}

/** How many LEDs the outputs decide; 0 for argmax of more than two. */
export function leds(network) {
  const { outputs } = network.layers.at(-1);
  return network.answer === 'threshold' ? outputs : outputs === 2 ? 1 : 0;
}

/** The output to display for an LED. */
export function displayed(network, led) {
  return network.answer === 'argmax' ? 1 : led;
}

/** The inputs of a row: switch A is the most significant digit. */
export function inputsOf(row, switches) {
  return Array.from({ length: switches }, (_, k) => (row >> (switches - 1 - k)) & 1);
}

/** The answer of each LED, 0 or 1. */
export function answers(network, outputValues) {
  if (network.answer === 'argmax') {
    return [outputValues[1] > outputValues[0] ? 1 : 0];
  }
  return Array.from(outputValues, (value) => (value > 0.5 ? 1 : 0));
}

/**
 * The truth table that the network answers, `0110,0001`; '' if it answers none: more than 8 inputs
 * or LEDs, or argmax of more than two outputs.
 */
export function tableOf(network) {
  const switches = network.layers[0].inputs;
  const lamps = leds(network);
  if (switches > 8 || lamps < 1 || lamps > 8) {
    return '';
  }
  const tables = new Array(lamps).fill('');
  for (let row = 0; row < 1 << switches; row++) {
    answers(network, outputs(network, inputsOf(row, switches))).forEach((answer, led) => {
      tables[led] += answer;
    });
  }
  return tables.join(',');
}

/**
 * The activations of all neurons over a square of two inputs, the others fixed.
 *
 * @param x input along a row of the map, from left to right
 * @param y input along a column, from top to bottom
 * @param fixed a value for each input; those of x and y do not matter
 * @param size cells along each side
 * @param range values of the first and last cell
 * @return maps[layer][neuron][row * size + column]
 */
export function maps(network, { x, y, fixed, size, range = [0, 1] }) {
  const all = network.layers.map(({ outputs }) =>
    Array.from({ length: outputs }, () => new Float32Array(size * size)),
  );
  const inputs = Float32Array.from(fixed);
  const at = (cell) => range[0] + ((range[1] - range[0]) * cell) / (size - 1);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      inputs[y] = at(row);
      inputs[x] = at(column);
      forward(network, inputs).forEach((values, l) => {
        values.forEach((value, neuron) => {
          all[l][neuron][row * size + column] = value;
        });
      });
    }
  }
  return all;
}
