/**
 * Prepares a canvas for drawing in CSS pixels on any screen, and clears it.
 *
 * @returns {{context: CanvasRenderingContext2D, width: number, height: number}} null while the
 *     canvas is not on the screen
 */
export function begin(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (width === 0 || height === 0) {
    return null;
  }
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  context.lineJoin = 'round';
  context.font = '12px system-ui, sans-serif';
  return { context, width, height };
}

/** The colours of the page as it is shown now, by the names of its style sheet. */
export function colours() {
  const style = getComputedStyle(document.body);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: of('ink'),
    muted: of('muted'),
    line: of('edge'),
    panel: of('panel'),
    zero: of('zero'),
    one: of('one'),
  };
}

function channels(hex) {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
}

let lastRamp = { of: '' };

/** A ramp from 0 over the panel's colour to 1, as 256 colours of three channels each. */
export function ramp({ zero, panel, one }) {
  const of = zero + panel + one;
  if (lastRamp.of !== of) {
    lastRamp = { of, table: rampTable(zero, panel, one) };
  }
  return lastRamp.table;
}

function rampTable(zero, panel, one) {
  const [low, middle, high] = [zero, panel, one].map(channels);
  const table = new Uint8ClampedArray(256 * 3);
  for (let i = 0; i < 256; i++) {
    const from = i < 128 ? low : middle;
    const to = i < 128 ? middle : high;
    const part = i < 128 ? i / 127.5 : (i - 127.5) / 127.5;
    for (let c = 0; c < 3; c++) {
      table[3 * i + c] = from[c] + (to[c] - from[c]) * part;
    }
  }
  return table;
}

const painted = new WeakMap();

/** A square picture of values from `low` to `high`, one pixel each, row by row from the top. */
export function picture(values, side, table, low = 0, high = 1) {
  const kept = painted.get(values);
  if (kept?.table === table) {
    return kept.canvas;
  }
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  const image = context.createImageData(side, side);
  for (let i = 0; i < side * side; i++) {
    const at = 3 * Math.max(0, Math.min(255, Math.round(((values[i] - low) / (high - low)) * 255)));
    image.data.set([table[at], table[at + 1], table[at + 2], 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
  painted.set(values, { table, canvas });
  return canvas;
}

/** Draws a disc with a text in it. */
export function disc(context, x, y, radius, fill, edge, label, ink) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  if (fill) {
    context.fillStyle = fill;
    context.fill();
  }
  context.strokeStyle = edge;
  context.stroke();
  if (label !== undefined) {
    context.fillStyle = ink;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(label, x, y + 0.5);
  }
}
