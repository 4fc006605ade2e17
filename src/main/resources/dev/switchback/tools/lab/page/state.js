/**
 * What the page knows. Whoever watches is told after an event, once, of all that it changed; while
 * nobody looks, not before the page is shown again.
 */
export function createState(schedule = afterEvent) {
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

function afterEvent(draw) {
  if (document.hidden) {
    requestAnimationFrame(draw);
  } else {
    queueMicrotask(draw);
  }
}
