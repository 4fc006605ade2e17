/** Clears a canvas for drawing in CSS pixels on any screen; null while it is not shown. */
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
  const names = ['ink', 'muted', 'edge', 'panel', 'zero', 'one'];
  return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** A square picture, a pixel per value: from the colour of 0 over the panel's to that of 1. */
export function picture(values, side, { zero, panel, one }, low = 0, high = 1) {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  const image = context.createImageData(side, side);
  const ramp = [zero, panel, one].map((hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)));
  values.forEach((value, k) => {
    const at = 2 * Math.max(0, Math.min(1, (value - low) / (high - low)));
    const [from, to] = ramp.slice(at < 1 ? 0 : 1);
    const part = at < 1 ? at : at - 1;
    image.data.set([...from.map((each, c) => each + (to[c] - each) * part), 255], 4 * k);
  });
  context.putImageData(image, 0, 0);
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
