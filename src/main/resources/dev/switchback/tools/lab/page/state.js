/**
 * What the page knows. Whoever watches is told once per frame, with the names of what changed.
 *
 * @param {(draw: () => void) => void} schedule calls back before the next frame
 */
export function createState(schedule = requestAnimationFrame) {
  const watchers = [];
  let changed = new Set();
  const state = {
    /** Replaces values. */
    set(values) {
      if (changed.size === 0) {
        schedule(tell);
      }
      for (const [name, value] of Object.entries(values)) {
        state[name] = value;
        changed.add(name);
      }
    },
    /** Calls `draw(state)` when one of these names has changed. */
    watch(names, draw) {
      watchers.push({ names: names.split(' '), draw });
    },
  };

  function tell() {
    const names = changed;
    changed = new Set();
    for (const { names: wanted, draw } of watchers) {
      if (wanted.some((name) => names.has(name))) {
        draw(state);
      }
    }
  }

  return state;
}
