// The forward pass of a network, in single precision as on the device, and its maps.
//
//   network = {
//     layers: [{inputs, outputs, activation, W, b}],    W[i * outputs + j]: input i, neuron j
//     answer: 'threshold' | 'argmax',
//     topology: '2-2-1', activations: 'sigmoid,sigmoid'
//   }

import { level } from './truth.js';

const ACTIVATIONS = {
  sigmoid: (sums) => sums.map((sum) => 1 / (1 + Math.exp(-sum))),
  tanh: (sums) => sums.map(Math.tanh),
  relu: (sums) => sums.map((sum) => Math.max(0, sum)),
  linear: (sums) => sums,
  softmax(sums) {
    const max = Math.max(...sums); // Taken away, so that no power is infinite.
    const powers = sums.map((sum) => Math.exp(sum - max));
    const all = powers.reduce((a, b) => a + b);
    return powers.map((power) => power / all);
  },
};
const MAX_SWITCHES = 8;
const MAX_LAYERS = 16;
const MAX_WIDTH = 4096;

/** Widths, activations or weights are not those of a network. */
export class NetworkError extends Error {}

/** A network of weights in documented order, W1 b1 W2 b2 ...; one activation may be for all. */
export function networkOf(topology, activations, weights, answer) {
  const widths = topology.split('-').map(Number);
  const labels = activations.split(',');
  const layers = [];
  let at = 0;
  const check = (condition, message) => {
    if (!condition) {
      throw new NetworkError(`a network of ${topology}, ${activations}: ${message}`);
    }
  };
  const count = widths.length - 1;
  check(count >= 1 && count <= MAX_LAYERS, `it has 1 to ${MAX_LAYERS} dense layers`);
  check(
    widths.every((width) => Number.isInteger(width) && width >= 1 && width <= MAX_WIDTH),
    `a layer width is 1 to ${MAX_WIDTH}`,
  );
  check(widths[0] <= MAX_SWITCHES, `it has at most ${MAX_SWITCHES} inputs`);
  check(labels.length === 1 || labels.length === count, `it needs ${count} activations`);
  for (let l = 0; l < count; l++) {
    const [inputs, outputs] = widths.slice(l);
    const activation = labels[l] ?? labels[0];
    const names = Object.keys(ACTIVATIONS);
    check(names.includes(activation), `an activation is one of ${names.join(', ')}`);
    const W = Float32Array.from(weights.slice(at, (at += inputs * outputs)));
    const b = Float32Array.from(weights.slice(at, (at += outputs)));
    layers.push({ inputs, outputs, activation, W, b });
  }
  check(weights.length === at, `it has ${at} weights and biases, not ${weights.length}`);
  const isArgmax = answer === 'argmax' || layers.at(-1).activation === 'softmax';
  check(!isArgmax || widths.at(-1) >= 2, 'softmax and argmax need two outputs or more');
  return {
    layers,
    answer: isArgmax ? 'argmax' : 'threshold',
    topology,
    activations: layers.map(({ activation }) => activation).join(','),
  };
}

/** The activations of each layer; the last are the outputs. */
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
  return ACTIVATIONS[activation](sums);
}

/** The output to display for an LED. */
export function displayed(network, led) {
  return network.answer === 'argmax' ? 1 : led;
}

/** The inputs of a row. */
export function inputsOf(row, switches) {
  return Array.from({ length: switches }, (_, k) => level(row, k, switches));
}

/** The answer of each LED, 0 or 1. */
export function answers(network, outputValues) {
  if (network.answer === 'argmax') {
    return [outputValues[1] > outputValues[0] ? 1 : 0];
  }
  return Array.from(outputValues, (value) => (value > 0.5 ? 1 : 0));
}

/**
 * The activations of all neurons, maps[layer][neuron][row * size + column], over a square of the
 * inputs x, from left to right, and y, from bottom to top; the others are fixed.
 */
export function maps(network, { x, y, fixed, size, range = [0, 1] }) {
  const all = network.layers.map(({ b }) => Array.from(b, () => new Float32Array(size * size)));
  const inputs = Float32Array.from(fixed);
  const at = (cell) => range[0] + ((range[1] - range[0]) * cell) / (size - 1);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      inputs[y] = at(size - 1 - row);
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
