import { contour } from './contour.js';
import { begin, disc, picture } from './paint.js';
import { levels } from './truth.js';

/** Levels at the edges of a map: it shows what is at, between and around the corners. */
export const range = [-0.5, 1.5];

/**
 * Draws the decision map of one LED: its output over A and B, the line where it is 0.5, the wanted
 * answers at the corners, and where the switches stand. With three switches there are two squares,
 * for C=0 and C=1; with more, the others are as they stand.
 *
 * @param squares {values, row} each; `row` is the position of the corner A=0 B=0
 */
export function drawMap(canvas, squares, view) {
  const surface = begin(canvas);
  if (!surface) {
    return;
  }
  const { context, width, height } = surface;
  const { inputs, side, colours } = view;
  const margin = 16;
  const gap = 8;
  const across = (width - margin - 6 - gap * (squares.length - 1)) / squares.length;
  const down = height - margin - 6;
  squares.forEach((square, k) => {
    const left = margin + k * (across + gap);
    const x = (part) => left + part * across;
    const y = (part) => 6 + (1 - part) * down;
    context.imageSmoothingEnabled = true;
    context.drawImage(picture(square.values, side, colours), 0, 0, side, side, left, 6, across, down);
    context.strokeStyle = colours.ink;
    context.lineWidth = 2;
    context.beginPath();
    for (const [ax, ay, bx, by] of contour(square.values, side)) {
      context.moveTo(left + (ax / (side - 1)) * across, 6 + (ay / (side - 1)) * down);
      context.lineTo(left + (bx / (side - 1)) * across, 6 + (by / (side - 1)) * down);
    }
    context.stroke();
    for (const corner of corners(inputs, square.row)) {
      drawCorner(context, corner, x, y, view);
    }
    context.fillStyle = colours.muted;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(inputs === 3 ? `A  (C=${square.row & 1})` : 'A', left + across / 2, height - 7);
  });
  if (inputs > 1) {
    context.fillText('B', 7, 6 + down / 2);
  }
}

/** Rows at the corners of a square, with their place: A to the right, B up, from 0 to 1. */
function corners(inputs, base) {
  if (inputs === 1) {
    return [0, 1].map((a) => ({ row: a, a, b: 0.5 }));
  }
  return [0, 1, 2, 3].map((k) => ({
    row: base | ((k >> 1) << (inputs - 1)) | ((k & 1) << (inputs - 2)),
    a: k >> 1,
    b: k & 1,
  }));
}

function drawCorner(context, { row, a, b }, x, y, view) {
  const { colours } = view;
  const inset = (part) => (part - range[0]) / (range[1] - range[0]);
  const wanted = view.wanted(row);
  const [cx, cy] = [x(inset(a)), y(inset(b))];
  const isWrong = wanted !== undefined && view.answer(row) !== wanted;
  context.lineWidth = 2;
  const fill = wanted === '1' ? colours.one : colours.zero;
  disc(context, cx, cy, 11, wanted === undefined ? colours.panel : fill, colours.ink, wanted, colours.panel);
  if (isWrong) {
    context.beginPath();
    context.moveTo(cx - 15, cy - 15);
    context.lineTo(cx + 15, cy + 15);
    context.moveTo(cx - 15, cy + 15);
    context.lineTo(cx + 15, cy - 15);
    context.stroke();
  }
  if (row === view.row) {
    context.lineWidth = 3;
    disc(context, cx, cy, 17, null, colours.ink);
  }
}

/** The positions whose corner A=0 B=0 begins a square. */
export function squareRows(inputs, row) {
  if (inputs < 3) {
    return [0];
  }
  const others = (1 << (inputs - 2)) - 1;
  return inputs === 3 ? [0, 1] : [(row ?? 0) & others];
}

/** The map in words. */
export function mapText(inputs, rows, output) {
  const words = Array.from({ length: rows }, (_, row) => `${levels(row, inputs)}: ${output(row).toFixed(2)}`);
  return `decision map; output at ${words.join(', ')}`;
}
