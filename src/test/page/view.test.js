import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { contour } from '../../main/resources/dev/switchback/tools/lab/page/contour.js';
import { squareRows } from '../../main/resources/dev/switchback/tools/lab/page/map.js';
import { createState } from '../../main/resources/dev/switchback/tools/lab/page/state.js';
import { isTrial } from '../../main/resources/dev/switchback/tools/lab/page/slots.js';
import {
  answerOf, inverted, level, levels, parseTruth, positionText, presets, truthName, truthText,
} from '../../main/resources/dev/switchback/tools/lab/page/truth.js';

test('a truth table is parsed, or is none', () => {
  assert.deepEqual(parseTruth('0110,0001'), { inputs: 2, rows: 4, leds: 2, tables: ['0110', '0001'] });
  for (const none of ['', '0', '011', '0120', '0110,01', undefined, null, '0110,', '0'.repeat(512)]) {
    assert.equal(parseTruth(none), null, String(none));
  }
});

test('switch A is the most significant digit of a row', () => {
  assert.equal(levels(1, 2), '01');
  assert.equal(level(1, 0, 2), 0);
  assert.equal(level(1, 1, 2), 1);
  assert.equal(positionText(4, 3), 'A=1 B=0 C=0');
});

test('one answer of one LED is inverted, the others stay', () => {
  const truth = parseTruth('0110,0001');
  assert.equal(answerOf(truth, 3), '0,1');
  assert.equal(truthText(inverted(truth, 3, 0)), '0111,0001');
  assert.equal(truthText(truth), '0110,0001');
});

test('presets have the digits of their names', () => {
  assert.deepEqual(presets(2, 1), [['AND', '0001'], ['OR', '0111'], ['XOR', '0110'], ['NAND', '1110']]);
  assert.deepEqual(presets(2, 2), [['half adder', '0110,0001']]);
  assert.deepEqual(presets(3, 2), [['full adder', '01101001,00010111']]);
  assert.equal(Object.fromEntries(presets(3, 1)).majority, '00010111');
  assert.deepEqual(presets(2, 5), []);
  assert.equal(truthName('0110'), 'XOR 0110');
  assert.equal(truthName('0100'), '0100');
  assert.equal(truthName(undefined), 'undefined');
});

test('the contour runs where the level is crossed', () => {
  const side = 5;
  const values = Float32Array.from({ length: side * side }, (_, i) => (i % side) / (side - 1));
  const pieces = contour(values, side, 0.5);
  assert.equal(pieces.length, side - 1);
  for (const [ax, ay, bx, by] of pieces) {
    assert.equal(ax, 2);
    assert.equal(bx, 2);
    assert.equal(Math.abs(ay - by), 1);
  }
  assert.deepEqual(contour(values, side, 2), []);
});

test('a saddle has two pieces', () => {
  assert.equal(contour(Float32Array.of(1, 0, 0, 1), 2, 0.5).length, 2);
});

test('a map shows both levels of a third switch, and others as they stand', () => {
  assert.deepEqual(squareRows(2, 3), [0]);
  assert.deepEqual(squareRows(3, null), [0, 1]);
  assert.deepEqual(squareRows(4, 0b1110), [0b10]);
});

test('who watches is told once per frame of what changed', () => {
  const frames = [];
  const state = createState((draw) => frames.push(draw));
  const told = [];
  state.watch('a b', () => told.push('ab'));
  state.watch('c', () => told.push('c'));
  state.set({ a: 1 });
  state.set({ b: 2, a: 3 });
  assert.equal(frames.length, 1);
  frames.pop()();
  assert.deepEqual(told, ['ab']);
  state.set({ c: 4 });
  frames.pop()();
  assert.deepEqual(told, ['ab', 'c']);
  assert.equal(state.a, 3);
});

test('a network is on trial if it answers and is not confirmed', () => {
  const slots = (flags) => ({ slots: [{ slot: 0, flags: ['confirmed'] }, { slot: 1, flags }] });
  assert.equal(isTrial(slots(['active'])), true);
  assert.equal(isTrial(slots(['active', 'confirmed'])), false);
  assert.equal(isTrial(slots(['pending'])), false);
  assert.equal(isTrial({}), false);
});

const page = new URL('../../main/resources/dev/switchback/tools/lab/page/', import.meta.url);

test('the page is small, and takes nothing from outside', () => {
  const files = readdirSync(page).map((name) => readFileSync(new URL(name, page), 'utf8'));
  const bytes = files.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  assert.ok(bytes <= 120_000, `${bytes} bytes`);
  for (const text of files) {
    const addresses = text.replaceAll('http://www.w3.org/2000/svg', '');
    assert.doesNotMatch(addresses, /https?:\/\/|innerHTML|outerHTML|insertAdjacentHTML|\beval\(/);
  }
});
