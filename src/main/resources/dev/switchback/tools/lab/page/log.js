import { element, text } from './element.js';

/** Counters of the device, and the last lines of its log. */
export function logPart(root, state) {
  const list = root.querySelector('dl');
  const lines = root.querySelector('pre');
  let shown = '';

  function counters() {
    const { status } = state;
    if (!status) {
      return;
    }
    const { counters: count = {}, cable } = status;
    const values = {
      program: status.program,
      board: status.board,
      'up for': duration(count.uptime_s),
      'switch changes': count.changes,
      bounces: count.bounces,
      ticks: count.ticks,
      faults: count.faults,
      'last fault': status.fault,
      storage: status.storage,
      cable: cable && `${cable.port}, ${cable.state}`,
      'frames dropped': cable?.dropped,
    };
    const entries = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
    if (JSON.stringify(entries) !== shown) {
      shown = JSON.stringify(entries);
      list.replaceChildren(
        ...entries.map(([name, value]) =>
          element('div', {}, element('dt', {}, name), element('dd', {}, String(value))),
        ),
      );
    }
  }

  state.watch('status', counters);
  state.watch('log', () => {
    const isAtEnd = lines.scrollTop + lines.clientHeight >= lines.scrollHeight - 4;
    text(lines, state.log);
    if (isAtEnd) {
      lines.scrollTop = lines.scrollHeight;
    }
  });
}

function duration(seconds = 0) {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min` : `${seconds} s`;
}
