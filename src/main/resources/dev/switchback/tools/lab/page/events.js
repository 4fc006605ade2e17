/** Who listens to a transport, and the last of each event, for newcomers. */
export class Events {
  last = new Map();
  #listeners = new Set();

  get isHeard() {
    return this.#listeners.size > 0;
  }

  /** Calls listener(name, data) for each event, at first for the last of each. */
  listen(listener) {
    this.#listeners.add(listener);
    this.last.forEach((data, name) => listener(name, data));
  }

  emit(name, data) {
    if (name !== 'changed') {
      this.last.set(name, data);
    }
    this.#listeners.forEach((listener) => listener(name, data));
  }

  close() {
    this.#listeners.clear();
  }
}
