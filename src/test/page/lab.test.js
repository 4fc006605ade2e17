import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { lab, smp } from './page.js';

const { Lab } = lab;

/** A browser of several tabs, and the server of their events. */
class Browser {
  sources = [];
  channels = new Set();
  queue = [];
  holder = null;

  /** Opens a tab; the options are missing in it. */
  open(...missing) {
    const browser = this;
    const offered = {
      fetch: async () => {
        throw new TypeError('Failed to fetch');
      },
      EventSource: class {
        readers = {};
        constructor(url) {
          this.url = url;
          browser.sources.push(this);
        }
        addEventListener(name, reader) {
          this.readers[name] = reader;
        }
        send(name, data) {
          this.readers[name]({ data: JSON.stringify(data) });
        }
        close() {
          browser.sources = browser.sources.filter((each) => each !== this);
        }
      },
      BroadcastChannel: class {
        constructor(name) {
          this.name = name;
          browser.channels.add(this);
        }
        postMessage(data) {
          for (const other of browser.channels) {
            if (other !== this) {
              queueMicrotask(() => browser.channels.has(other) && other.onmessage({ data }));
            }
          }
        }
        close() {
          browser.channels.delete(this);
        }
      },
      locks: {
        request: (name, { signal }, hold) =>
          new Promise((resolve, reject) => {
            const request = { hold, resolve };
            browser.queue.push(request);
            signal.addEventListener('abort', () => {
              if (browser.holder === request) {
                return;
              }
              browser.queue = browser.queue.filter((each) => each !== request);
              reject(new DOMException('aborted', 'AbortError'));
            });
            browser.elect();
          }),
      },
    };
    this.offered = offered;
    missing.forEach((name) => (offered[name] = undefined));
    const tab = new Lab(offered);
    const events = [];
    tab.listen((name, data) => events.push([name, data]));
    return { tab, events, last: (name) => events.findLast(([each]) => each === name)?.[1] };
  }

  async elect() {
    if (this.holder === null && this.queue.length > 0) {
      this.holder = this.queue.shift();
      await this.holder.hold();
      this.holder.resolve();
      this.holder = null;
      this.elect();
    }
  }
}

const LINE = { open: true, name: '/dev/ttyUSB0', text: '' };
const LIVE = { s: 1, l: 1, o: [0.9], g: 1, t: false, e: 0, c: 3 };

test('one tab holds the stream, and all get its events', async () => {
  const browser = new Browser();
  const tabs = [browser.open(), browser.open(), browser.open()];
  await turn();
  assert.deepEqual(
    browser.sources.map(({ url }) => url),
    ['/events'],
  );
  browser.sources[0].send('line', LINE);
  browser.sources[0].send('changed', {});
  await turn();
  for (const { events } of tabs) {
    assert.deepEqual(events, [
      ['line', LINE],
      ['changed', {}],
    ]);
  }
});

test('a new tab gets the last line, live and try at once, and no change', async () => {
  const browser = new Browser();
  browser.open();
  await turn();
  browser.sources[0].send('line', LINE);
  browser.sources[0].send('live', { ...LIVE, s: 0 });
  browser.sources[0].send('live', LIVE);
  browser.sources[0].send('try', null);
  browser.sources[0].send('changed', {});
  const { events } = browser.open();
  await turn();
  assert.deepEqual(events, [
    ['line', LINE],
    ['live', LIVE],
    ['try', null],
  ]);
});

test('a second listener of a tab gets them too', async () => {
  const browser = new Browser();
  const { tab } = browser.open();
  await turn();
  browser.sources[0].send('live', LIVE);
  const events = [];
  tab.listen((...event) => events.push(event));
  assert.deepEqual(events, [['live', LIVE]]);
});

test('when the leading tab closes the next takes over, one by one', async () => {
  const browser = new Browser();
  const tabs = [browser.open(), browser.open(), browser.open()];
  await turn();
  for (let leader = 0; leader < 2; leader++) {
    tabs[leader].tab.close();
    await turn();
    assert.equal(browser.sources.length, 1);
    browser.sources[0].send('live', { ...LIVE, c: leader });
    await turn();
    assert.equal(tabs[2].last('live').c, leader);
  }
  tabs[2].tab.close();
  await turn();
  assert.deepEqual([browser.sources.length, browser.channels.size], [0, 0]);
});

test('a tab that waits may close', async () => {
  const browser = new Browser();
  const [first, second] = [browser.open(), browser.open()];
  await turn();
  second.tab.close();
  first.tab.close();
  await turn();
  assert.deepEqual([browser.queue.length, browser.sources.length], [0, 0]);
});

for (const missing of ['locks', 'BroadcastChannel']) {
  test(`without ${missing} each tab has its own stream`, async () => {
    const browser = new Browser();
    const tabs = [browser.open(missing), browser.open(missing)];
    await turn();
    assert.equal(browser.sources.length, 2);
    browser.sources[1].send('live', LIVE);
    assert.deepEqual(
      tabs.map(({ events }) => events.length),
      [0, 1],
    );
  });
}

test('when the server ends, every tab is told at once, and finds it again', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const browser = new Browser();
  const tabs = [browser.open(), browser.open()];
  await Promise.resolve();
  browser.sources[0].send('line', LINE);
  browser.sources[0].onerror();
  await Promise.resolve();
  for (const { last } of tabs) {
    assert.deepEqual(last('line'), {
      open: false,
      name: '/dev/ttyUSB0',
      text: 'the lab has ended: start switchback lab again',
    });
  }
  for (let tries = 0; tries < 3; tries++) {
    assert.equal(browser.sources.length, 0);
    context.mock.timers.tick(1000);
    assert.equal(browser.sources.length, 1);
    if (tries < 2) {
      browser.sources[0].onerror();
    }
  }
  browser.sources[0].send('line', LINE);
  await Promise.resolve();
  assert.ok(tabs.every(({ last }) => last('line').open));
});

test('a closed tab opens no stream again', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const browser = new Browser();
  const { tab } = browser.open();
  browser.sources[0].onerror();
  tab.close();
  context.mock.timers.tick(5000);
  assert.equal(browser.sources.length, 0);
});

test('a browser without the cookie is told so', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let source;
  class Refused {
    constructor() {
      source = this;
    }
    addEventListener() {}
    close() {}
  }
  const connect = async () => new Response('open the address that was printed', { status: 401 });
  const tab = new Lab({ fetch: connect, EventSource: Refused, locks: undefined });
  const texts = [];
  tab.listen((_, { text }) => texts.push(text));
  source.onerror();
  await turn();
  assert.deepEqual(texts, [
    'the lab has ended: start switchback lab again',
    'open the address that was printed',
  ]);
  tab.close();
});

for (const [status, lines] of [
  [200, []],
  [401, [{ open: false, name: '', text: 'that is not the token of this lab' }]],
]) {
  test(`the token of the address is traded before all else: ${status}`, async () => {
    const browser = new Browser();
    const paths = [];
    const location = { hash: '#a%20long%20token' };
    const connect = async (path, { body }) => {
      paths.push([path, String(body), browser.sources.length]);
      await turn();
      return new Response(status === 401 ? lines[0].text : '', { status });
    };
    const { tab, events } = browser.open('locks', 'BroadcastChannel');
    tab.close();
    const { EventSource } = browser.offered;
    const own = new Lab({ fetch: connect, EventSource, locks: undefined, location });
    own.listen((...event) => events.push(event));
    await own.request(Uint8Array.of(1)).catch(() => {}); // 401 for all
    assert.deepEqual(paths, [
      ['/token', 'a long token', 0],
      ['/smp', '1', 1],
    ]);
    assert.equal(location.hash, '');
    assert.deepEqual(
      events.map(([, data]) => data),
      lines,
    );
    own.close();
  });
}

// ---- requests ----------------------------------------------------------------------------------

/** A lab without events, whose requests are answered by a function. */
function labOf(answer) {
  const calls = [];
  const connect = async (path, options) => {
    calls.push({ path, ...options });
    return answer();
  };
  class Silent {
    addEventListener() {}
    close() {}
  }
  return { tab: new Lab({ fetch: connect, EventSource: Silent, locks: undefined }), calls };
}

test('a packet goes to /smp with the name of the page', async () => {
  const { tab, calls } = labOf(() => new Response(Uint8Array.of(1, 2, 3)));
  assert.deepEqual(await tab.request(Uint8Array.of(9)), Uint8Array.of(1, 2, 3));
  await tab.request(Uint8Array.of(8));
  assert.deepEqual([calls[0].path, calls[0].method, [...calls[0].body]], ['/smp', 'POST', [9]]);
  const page = calls[0].headers['X-Page'];
  assert.ok(page.length >= 16);
  assert.equal(calls[1].headers['X-Page'], page);
  const other = labOf(() => new Response(''));
  await other.tab.request(Uint8Array.of(9));
  assert.notEqual(other.calls[0].headers['X-Page'], page);
});

test('a device that does not answer is gone, with the reason', async () => {
  const { tab } = labOf(() => new Response('/dev/ttyUSB0 does not answer\n', { status: 503 }));
  await assert.rejects(tab.request(Uint8Array.of(9)), {
    constructor: smp.Gone,
    message: '/dev/ttyUSB0 does not answer',
  });
  const silent = labOf(() => new Response('', { status: 503 }));
  await assert.rejects(silent.tab.request(Uint8Array.of(9)), /the lab answers 503/);
});

test('a lab that does not answer has ended', async () => {
  const { tab } = labOf(() => {
    throw new TypeError('Failed to fetch');
  });
  const gone = { constructor: smp.Gone, message: 'the lab has ended: start switchback lab again' };
  await assert.rejects(tab.request(Uint8Array.of(9)), gone);
  await assert.rejects(tab.tryCommand({ do: 'end' }), gone);
});

test('files are converted', async () => {
  const headers = { 'X-Warnings': 'assumed: switches 0,1' };
  const { tab, calls } = labOf(() => new Response(Uint8Array.of(5), { headers }));
  const bytes = await tab.convert('my net.npz', Uint8Array.of(7), {
    activation: 'tanh,relu',
  });
  assert.deepEqual([[...bytes], bytes.warnings], [[5], 'assumed: switches 0,1']);
  assert.equal(calls[0].path, '/image?name=my+net.npz&activation=tanh%2Crelu');
  assert.deepEqual([...calls[0].body], [7]);
});

test('a refused file says why', async () => {
  const { tab } = labOf(() => new Response('W1 is missing', { status: 422 }));
  const refusal = { constructor: Error, message: 'W1 is missing' };
  await assert.rejects(tab.convert('x.npz', Uint8Array.of(7)), refusal);
  await assert.rejects(tab.answers(Uint8Array.of(7)), refusal);
  await assert.rejects(tab.tryImage(), refusal);
});

test('answers and tries', async () => {
  const { tab, calls } = labOf(() => new Response('{"float": [0.5], "fixed": [0.25]}'));
  assert.deepEqual(await tab.answers(Uint8Array.of(7)), { float: [0.5], fixed: [0.25] });
  await tab.tryCommand({ do: 'speed', speed: 40 });
  assert.equal((await tab.tryImage()).length, 33);
  assert.deepEqual(
    calls.map(({ path, method = 'GET', body }) => [path, method, String(body)]),
    [
      ['/answers', 'POST', '7'],
      ['/try', 'POST', '{"do":"speed","speed":40}'],
      ['/try.img', 'GET', 'undefined'],
    ],
  );
});
