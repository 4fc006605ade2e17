// A reporter for node's tests: one row each, with the reason below those that failed.

export default async function* table(events) {
  const counts = { 'test:pass': 0, 'test:fail': 0 };
  const start = performance.now();
  for await (const { type, data } of events) {
    if (type in counts) {
      counts[type]++;
      const verdict = type === 'test:pass' ? 'pass' : 'FAIL';
      const seconds = (data.details.duration_ms / 1000).toFixed(1);
      yield `${data.name.padEnd(72)} ${verdict} ${seconds.padStart(6)} s\n`;
      if (type === 'test:fail') {
        const { cause = data.details.error } = data.details.error;
        const lines = String(cause.stack ?? cause).split('\n');
        yield lines.filter((line) => !/ at .*node:/.test(line)).map((line) => `    ${line}\n`).join('');
      }
    }
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  yield `${counts['test:pass']} passed, ${counts['test:fail']} failed, ${seconds} s\n`;
}
