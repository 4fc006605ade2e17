import { begin, colours } from './paint.js';

const margin = { left: 46, right: 8, top: 8, bottom: 20 };

/** Draws the loss curve of points [epoch, loss, restarts]; marks where training started again. */
export function drawCurve(canvas, points) {
  const surface = begin(canvas);
  if (!surface) {
    return;
  }
  const { context, width, height } = surface;
  const { ink, muted, edge } = colours();
  const shown = points.filter(([, loss]) => Number.isFinite(loss) && loss > 0);
  context.textBaseline = 'middle';
  if (shown.length === 0) {
    context.fillStyle = muted;
    context.textAlign = 'center';
    context.fillText('no loss yet', width / 2, height / 2);
    return;
  }
  const last = Math.max(shown.at(-1)[0], 1);
  const logs = shown.map(([, loss]) => Math.log10(loss));
  const low = Math.floor(Math.min(...logs));
  const high = Math.max(Math.ceil(Math.max(...logs)), low + 1);
  const x = (epoch) => margin.left + (epoch / last) * (width - margin.left - margin.right);
  const y = (log) => margin.top + ((high - log) / (high - low)) * (height - margin.top - margin.bottom);

  context.strokeStyle = edge;
  context.fillStyle = muted;
  context.textAlign = 'right';
  for (let decade = low; decade <= high; decade++) {
    context.beginPath();
    context.moveTo(margin.left, y(decade));
    context.lineTo(width - margin.right, y(decade));
    context.stroke();
    context.fillText(decade < -3 || decade > 3 ? `1e${decade}` : String(10 ** decade), margin.left - 5, y(decade));
  }
  context.fillText(`epoch ${last}`, width - margin.right, height - 8);

  context.setLineDash([2, 3]);
  context.strokeStyle = muted;
  for (let i = 1; i < shown.length; i++) {
    if (shown[i][2] > shown[i - 1][2]) {
      context.beginPath();
      context.moveTo(x(shown[i][0]), margin.top);
      context.lineTo(x(shown[i][0]), height - margin.bottom);
      context.stroke();
    }
  }
  context.setLineDash([]);
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.beginPath();
  shown.forEach(([epoch], i) => context.lineTo(x(epoch), y(logs[i])));
  context.stroke();
}
