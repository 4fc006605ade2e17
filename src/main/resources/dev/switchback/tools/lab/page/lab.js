// Transport: the lab server. The tabs of a browser elect one that reads the stream of events for
// all: a browser allows few connections to a server.

import { Events } from './events.js';
import { Gone } from './smp.js';

const ENDED = 'the lab has ended: start switchback lab again';
const RETRY_MILLIS = 1000;
const REQUEST_MILLIS = 20_000;
const EVENTS = ['line', 'live', 'changed', 'try'];

const ELECTION = 'switchback lab';

export class Lab {
  #browser;
  #page = crypto.getRandomValues(new Uint32Array(4)).join('-');
  #events = new Events();
  #source = null;
  #channel = null;
  #retry = null;
  #entered = null;
  #closed = new AbortController();

  /** @param browser what the browser offers; tests replace it */
  constructor(browser = {}) {
    const { EventSource, BroadcastChannel, navigator, location } = globalThis;
    const own = { EventSource, BroadcastChannel, location, locks: navigator?.locks };
    this.#browser = { fetch: (...given) => fetch(...given), ...own, ...browser };
    if (this.#browser.location?.hash) {
      this.#entered = this.#enter();
    } else {
      this.#follow();
    }
  }

  /** Trades the token behind # for a cookie, and takes it out of the address. */
  async #enter() {
    const { location } = this.#browser;
    const token = decodeURIComponent(location.hash.slice(1));
    location.hash = '';
    try {
      await this.#post('/token', token);
    } catch (e) {
      this.#events.emit('line', { open: false, name: '', text: e.message });
    }
    this.#follow();
  }

  async request(packet) {
    await this.#entered;
    return bytesOf(await this.#post('/smp', packet, Gone));
  }

  /** The image of a weight file, as `switchback convert` makes it, with its warnings. */
  async convert(name, bytes, options = {}) {
    const query = new URLSearchParams({ name, ...options });
    const made = await this.#post(`/image?${query}`, bytes);
    return Object.assign(await bytesOf(made), { warnings: made.headers.get('X-Warnings') });
  }

  /** What a weight file answers: {float, fixed}, one output per row and LED. */
  async answers(bytes) {
    return (await this.#post('/answers', bytes)).json();
  }

  async tryCommand(command) {
    await this.#post('/try', JSON.stringify(command));
  }

  async tryImage() {
    return bytesOf(await this.#fetch('/try.img'));
  }

  #post(path, body, Refusal) {
    const headers = { 'X-Page': this.#page };
    return this.#fetch(path, { method: 'POST', headers, body }, Refusal);
  }

  /** @param Refusal what is thrown if the lab refuses, with the reason and `status` */
  async #fetch(path, options = {}, Refusal = Error) {
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(REQUEST_MILLIS)]);
    let response;
    try {
      response = await this.#browser.fetch(path, { ...options, signal });
    } catch (e) {
      throw new Gone(ENDED, { cause: e });
    }
    if (!response.ok) {
      const text = (await response.text()).trim();
      const refusal = new Refusal(text || `the lab answers ${response.status}`);
      throw Object.assign(refusal, { status: response.status });
    }
    return response;
  }

  listen(listener) {
    this.#events.listen(listener);
  }

  close() {
    this.#closed.abort();
    this.#events.close();
    this.#source?.close();
    this.#channel?.close();
    clearTimeout(this.#retry);
  }

  /** Hears the tab that holds the stream; holds it once that tab has closed. */
  #follow() {
    const { locks, BroadcastChannel } = this.#browser;
    if (!locks || !BroadcastChannel) {
      this.#open();
      return;
    }
    this.#channel = new BroadcastChannel(ELECTION);
    this.#channel.onmessage = ({ data }) => this.#hear(data);
    this.#channel.postMessage({ ask: true });
    locks
      .request(ELECTION, { signal: this.#closed.signal }, () => {
        this.#open();
        return new Promise((resolve) => this.#closed.signal.addEventListener('abort', resolve));
      })
      .catch((e) => {
        if (!this.#closed.signal.aborted) {
          throw e;
        }
      });
  }

  #hear({ ask, name, data }) {
    if (!ask) {
      this.#events.emit(name, data);
    } else if (this.#source) {
      this.#events.last.forEach((last, each) => this.#channel.postMessage({ name: each, data: last }));
    }
  }

  #open() {
    const source = new this.#browser.EventSource('/events');
    this.#source = source;
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => this.#publish(name, JSON.parse(event.data)));
    }
    source.onerror = () => {
      source.close();
      this.#retry = setTimeout(() => this.#open(), RETRY_MILLIS);
      this.#tellWhy();
    };
  }

  /** A stream ends without a reason: the lab has ended, or this browser has no cookie. */
  async #tellWhy() {
    const name = this.#events.last.get('line')?.name ?? '';
    const tell = (text) => this.#publish('line', { open: false, name, text });
    tell(ENDED);
    try {
      await this.#post('/smp', new Uint8Array(0), Gone);
    } catch (e) {
      if (!(e instanceof Gone)) {
        throw e;
      }
      if (e.status === 401) {
        tell(e.message);
      }
    }
  }

  #publish(name, data) {
    this.#events.emit(name, data);
    this.#channel?.postMessage({ name, data });
  }
}

async function bytesOf(response) {
  return new Uint8Array(await response.arrayBuffer());
}
