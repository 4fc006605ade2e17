import assert from 'node:assert/strict';
import { test } from 'node:test';
import { image, network } from './page.js';
import { resource } from './support.js';

const { NetworkError, answers, displayed, forward, inputsOf, leds, maps, networkOf, tableOf } =
  network;

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

test('LEDs, and the output that each displays', () => {
  const two = networkOf('1-2', 'linear', [0, 0, 0, 0], 'argmax');
  assert.deepEqual([leds(XOR), leds(two), displayed(two, 0), displayed(XOR, 0)], [1, 1, 1, 0]);
  const three = networkOf('1-3', 'softmax', [0, 0, 0, 0, 0, 0]);
  assert.deepEqual([leds(three), tableOf(three)], [0, '']);
  const nine = networkOf('9-1', 'linear', new Array(10).fill(0));
  assert.equal(tableOf(nine), '');
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
        const inputs = [(k % 3) / 2, Math.floor(k / 3) / 2];
        assert.equal(cell, forward(XOR, inputs)[l][neuron]);
      }),
    ),
  );
});

test('maps of three inputs fix the third, over any range', () => {
  const third = networkOf('3-1', 'linear', [1, 10, 100, 0]);
  const [[cells]] = maps(third, { x: 2, y: 0, fixed: [9, 5, 9], size: 2, range: [-1, 1] });
  assert.deepEqual([...cells], [-51, 149, -49, 151]);
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
  refused(['2', 'linear', []], /1 to 16 dense layers, not 0/);
  refused(['', 'linear', []], /not 0/);
  refused(['2-x', 'linear', []], /layer width/);
  refused(['2-4097', 'linear', []], /layer width is 1 to 4096/);
  refused([new Array(18).fill(1).join('-'), 'linear', []], /not 17/);
  refused(['2-1', 'linear,linear', []], /need 1 activations, not 2/);
  refused(['2-1', 'linear', [1]], /2-1 has 3 weights and biases, not 1/);
  refused(['2-1', 'softmax', [1, 1, 1]], /softmax belongs/);
  refused(['2-2-2', 'softmax,linear', new Array(12).fill(0)], /softmax belongs/);
});
