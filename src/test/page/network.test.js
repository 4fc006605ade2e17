import assert from 'node:assert/strict';
import { test } from 'node:test';
import { image, network } from './page.js';
import { resource } from './support.js';

const { NetworkError, answers, displayed, forward, inputsOf, maps, networkOf } = network;

/** The truth table that a network answers, `0110,0001`. */
function tableOf(given) {
  const switches = given.layers[0].inputs;
  const rows = Array.from({ length: 1 << switches }, (_, row) =>
    answers(given, network.outputs(given, inputsOf(row, switches))),
  );
  return rows[0].map((_, led) => rows.map((row) => row[led]).join('')).join(',');
}

for (const name of ['xor', 'tanh', 'linear', 'argmax', 'softmax', 'names']) {
  test(`${name} has the outputs of the program`, () => {
    const read = image.readImage(resource(`golden/page/${name}.img`)).network;
    const expected = JSON.parse(Buffer.from(resource(`golden/page/${name}.json`)).toString());
    const switches = read.layers[0].inputs;
    expected.outputs.forEach((outputs, row) => {
      const found = network.outputs(read, inputsOf(row, switches));
      outputs.forEach((output, k) => {
        assert.ok(Math.abs(output - found[k]) <= 1e-6, `row ${row}: ${found[k]}, not ${output}`);
      });
    });
    assert.equal(tableOf(read), expected.answers);
  });
}

const XOR = networkOf('2-2-1', 'sigmoid', [20, 20, 20, 20, -10, -30, 20, -20, -10]);

test('weights come in documented order', () => {
  assert.equal(tableOf(XOR), '0110');
  assert.equal(tableOf(networkOf('2-2', 'linear', [1, 0, 0, 1, 0, 0])), '0011,0101');
  assert.equal(tableOf(networkOf('2-2', 'softmax', [1, 0, 0, 1, 0, 0])), '0100');
});

test('0.5 and a tie are dark', () => {
  const half = networkOf('1-2', 'linear', [0, 0, 0.5, 0.5]);
  assert.deepEqual(answers(half, [0.5, 0.5]), [0, 0]);
  assert.deepEqual(answers({ ...half, answer: 'argmax' }, [0.5, 0.5]), [0]);
  assert.deepEqual(answers({ ...half, answer: 'argmax' }, [0.5, 0.6]), [1]);
});

test('the output that each LED displays', () => {
  const two = networkOf('1-2', 'linear', [0, 0, 0, 0], 'argmax');
  assert.deepEqual([displayed(two, 0), displayed(XOR, 0)], [1, 0]);
});

test('maps of every neuron, x along the rows', () => {
  const all = maps(XOR, { x: 0, y: 1, fixed: [0, 0], size: 3 });
  assert.deepEqual(
    all.map((layer) => layer.length),
    [2, 1],
  );
  all.forEach((layer, l) =>
    layer.forEach((cells, neuron) =>
      cells.forEach((cell, k) => {
        const inputs = [(k % 3) / 2, 1 - Math.floor(k / 3) / 2];
        assert.equal(cell, forward(XOR, inputs)[l][neuron]);
      }),
    ),
  );
});

test('maps of three inputs fix the third, over any range', () => {
  const third = networkOf('3-1', 'linear', [1, 10, 100, 0]);
  const [[cells]] = maps(third, { x: 2, y: 0, fixed: [9, 5, 9], size: 2, range: [-1, 1] });
  assert.deepEqual([...cells], [-49, 151, -51, 149]);
});

test('extreme sums stay finite', () => {
  const extreme = (activation) => [
    ...network.outputs(networkOf('1-2', activation, [1e4, -1e4, 0, 0]), [1]),
  ];
  assert.deepEqual(extreme('sigmoid'), [1, 0]);
  assert.deepEqual(extreme('tanh'), [1, -1]);
  assert.deepEqual(extreme('relu'), [1e4, 0]);
  assert.deepEqual(extreme('softmax'), [1, 0]);
});

test('what is no network is refused', () => {
  const refused = (given, pattern) =>
    assert.throws(
      () => networkOf(...given),
      (e) => e instanceof NetworkError && pattern.test(e.message),
    );
  refused(['2', 'linear', []], /1 to 16 dense layers/);
  refused(['', 'linear', []], /1 to 16 dense layers/);
  refused(['9-1', 'linear', new Array(10).fill(0)], /at most 8 inputs/);
  refused(['2-x', 'linear', []], /layer width/);
  refused(['2-4097', 'linear', []], /layer width is 1 to 4096/);
  refused([new Array(18).fill(1).join('-'), 'linear', []], /1 to 16 dense layers/);
  refused(['2-1', 'linear,linear', []], /needs 1 activations/);
  refused(['2-1', 'linear', [1]], /it has 3 weights and biases, not 1/);
  refused(['2-1', 'softmax', [1, 1, 1]], /two outputs/);
  refused(['2-1', 'sine', [1, 1, 1]], /an activation is one of/);
});
