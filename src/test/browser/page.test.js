// The page in Chromium with the real program behind it. One device and lab per describe block.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CabledDevice, SlowCable } from './cable.js';
import { axe, flips, launch, open, parts, Program, startLab, temporary } from './lab.js';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const { expect } = await import('./expect.js');

/** A lab of its own with a page, and checks at the end that the page complained of nothing. */
function withLab(name, words, tests, options = {}) {
  describe(name, () => {
    const lab = {};
    before(async () => {
      Object.assign(lab, await startLab(...words));
      lab.context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, ...options });
      lab.page = await open(lab.context, lab.url);
      Object.assign(lab, parts(lab.page));
    });
    after(async () => {
      await lab.context.close();
      await lab.program.end();
    });
    tests(lab);
    test('the page complained of nothing', () => assert.deepEqual(lab.page.complaints, []));
  });
}

withLab('what a hand does', [], (lab) => {
  test('a click flips a switch, and the LED answers', async () => {
    await lab.flip('A').click();
    await expect(lab.flip('A')).attribute('aria-checked', 'true');
    await expect(lab.lamp).attribute('aria-label', 'lit');
    await expect(lab.page.locator('#lesson tr.here')).text(/^10/);
    await lab.flip('B').click();
    await expect(lab.lamp).attribute('aria-label', 'dark');
  });

  test('a switch that a hand moves moves on the page', async () => {
    lab.program.say('a=0');
    await expect(lab.flip('A')).attribute('aria-checked', 'false');
    await expect(lab.lamp).attribute('aria-label', 'lit');
  });

  test('a click on a wanted answer teaches it', async () => {
    await lab.wanted('A=1 B=1').click();
    await expect(lab.page.locator('#lesson td.right')).count(4);
    await expect(lab.wanted('A=1 B=1')).text('1');
    await expect(lab.button('OR')).attribute('aria-pressed', 'true');
  });

  test('the teach button teaches the present position', async () => {
    await lab.button('Teach').click();
    await expect(lab.wanted('A=0 B=1')).text('0');
    await expect(lab.page.locator('#lesson td.right')).count(4);
  });

  for (const [name, digits] of [['AND', '0001'], ['NAND', '1110'], ['XOR', '0110']]) {
    test(`${name} is learnt from its preset`, async () => {
      await lab.button(name).click();
      await expect(lab.page.locator('#lesson td.right')).count(4);
      await expect(lab.page.locator('#lesson tbody .digit')).texts([...digits]);
    });
  }

  test('float and fixed outputs stand side by side', async () => {
    await expect(lab.page.locator('#lesson thead')).text(/floatfixed/);
    const row = await lab.page.locator('#lesson tbody tr').first().locator('.output').allTextContents();
    assert.equal(row.length, 2);
    assert.ok(Math.abs(row[0] - row[1]) < 0.01, `${row}`);
  });

  test('retraining shows its loss and another network', async () => {
    const before = await lab.page.locator('#slots').innerText();
    await lab.button('Retrain').click();
    await expect(lab.page.locator('#answering figcaption').last()).text(/after \d+ epochs/);
    await expect(lab.page.locator('#slots')).notText(before);
  });

  test('log and counters are shown', async () => {
    await expect(lab.page.locator('#log pre')).text(/lesson: learns/);
    await expect(lab.page.locator('#log dl')).text(/switch changes\d/);
  });
});

withLab('a try', [], (lab) => {
  test('it learns beside the board, waits, goes on by one epoch and ends', async () => {
    await lab.page.getByLabel('hidden neurons').selectOption('3');
    await lab.page.getByLabel('speed').fill('1');
    await lab.button('Start').click();
    const caption = lab.page.locator('#learning .caption');
    await expect(caption).text(/running: 2-3-1/);
    await lab.button('Pause').click();
    await expect(caption).text(/paused/);
    const epochs = async () => Number((await caption.textContent()).match(/(\d+) epochs/)[1]);
    const paused = await epochs();
    await lab.button('One epoch').click();
    await expect(caption).text(new RegExp(` ${paused + 1} epochs`));
    await lab.button('One epoch').click();
    await expect(caption).text(new RegExp(` ${paused + 2} epochs`));
    await lab.page.getByLabel('speed').fill('6');
    await lab.button('Play').click();
    await expect(caption).text(/solved: 2-3-1/);
    await expect(lab.page.locator('#learning .network')).attribute('aria-label', /2-3-1/);
    assert.match(await lab.page.locator('#answering .network').getAttribute('aria-label'), /2-2-1/);
  });

  test('its network is deployed, and answers', async () => {
    await lab.button('Deploy to the board').click();
    await expect(lab.step).text(/is confirmed/);
    await expect(lab.page.locator('#answering .network')).attribute('aria-label', /2-3-1/);
    await expect(lab.page.locator('#lesson td.right')).count(4);
  });

  test('what cannot be learnt says why', async () => {
    await lab.page.getByLabel('hidden neurons').selectOption('1');
    await lab.button('Start').click();
    await expect(lab.page.locator('#learning .caption')).text(/failed: 2-1-1.*\./);
  });
});

withLab('deploying files', [], (lab) => {
  const file = lab => lab.page.locator('#file');
  const made = join(temporary(), 'or.safetensors');

  test('a file is chosen, shown on its way and confirmed', async () => {
    const train = new Program('switchback', 'train', '--truth', '0111', '--out', made);
    assert.equal(await train.ended, 0, train.output);
    await file(lab).setInputFiles(made);
    await expect(lab.step).text(/or\.safetensors: .* is confirmed/);
    await expect(lab.button('OR')).attribute('aria-pressed', 'true');
  });

  test('a dropped file goes on trial, is confirmed and reverted', async () => {
    const xor = join(temporary(), 'xor.npz');
    const train = new Program('switchback', 'train', '--out', made.replace('or.', 'xor.'));
    assert.equal(await train.ended, 0, train.output);
    const convert = new Program('switchback', 'convert', made.replace('or.', 'xor.'), xor);
    assert.equal(await convert.ended, 0, convert.output);
    await lab.button('OR').click();
    await expect(lab.page.locator('#lesson td.right')).count(4);
    await lab.button('XOR').click();
    await expect(lab.button('XOR')).attribute('aria-pressed', 'true');
    await expect(lab.page.locator('#lesson td.right')).count(4);
    await lab.page.getByLabel('only on trial').check();
    await drop(lab.page, xor);
    await expect(lab.step).text(/xor\.npz: .* is on trial/);
    await expect(lab.status).text(/on trial/);
    await lab.button('Confirm').click();
    await expect(lab.status).notText(/on trial/);
    const confirmed = await lab.page.locator('#slots tr.here code').textContent();
    await lab.button('Revert').click();
    await expect(lab.page.locator('#slots tr.here code')).notText(confirmed);
  });

  test('what is no weight file is refused by name', async () => {
    const bad = join(temporary(), 'bad.npz');
    writeFileSync(bad, 'no zip');
    const before = await lab.page.locator('#slots table').innerText();
    await file(lab).setInputFiles(bad);
    await expect(lab.step).text(/bad\.npz: .+/);
    assert.equal(await lab.page.locator('#slots table').innerText(), before);
  });

  test('a damaged image is refused in the words of the check', async () => {
    const image = made.replace('.safetensors', '.img');
    const convert = new Program('switchback', 'convert', made, image);
    assert.equal(await convert.ended, 0, convert.output);
    const bytes = readFileSync(image);
    bytes[100] ^= 1;
    writeFileSync(image, bytes);
    await file(lab).setInputFiles(image);
    await expect(lab.step).text(/SHA|hash/i);
  });
});

async function drop(page, path) {
  const transfer = await page.evaluateHandle(
    ([bytes, name]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], name));
      return data;
    },
    [[...readFileSync(path)], path.split('/').at(-1)],
  );
  await page.dispatchEvent('#slots .drop', 'drop', { dataTransfer: transfer });
}

withLab('a half adder', ['--truth', 'xor,and'], (lab) => {
  test('both LEDs are drawn and taught', async () => {
    await lab.flip('A').click();
    await lab.flip('B').click();
    await expect(lab.page.locator('#board .lamp')).attributes('aria-label', ['dark', 'lit']);
    await lab.page.getByRole('button', { name: 'A=0 B=0, LED 2: wanted' }).click();
    await expect(lab.page.locator('#lesson td.right')).count(4);
    await expect(lab.page.locator('#lesson tbody tr').first()).text(/^0001/);
    await lab.button('half adder').click();
    await expect(lab.page.locator('#lesson td.right')).count(4);
    await lab.button('LED 2').click();
    await expect(lab.button('LED 2')).attribute('aria-pressed', 'true');
  });
});

withLab('three switches', ['--truth', '01101001'], (lab) => {
  test('eight corners are named', async () => {
    await expect(lab.page.locator('#answering .map')).attribute('aria-label', /000: .*111: /);
    await expect(lab.page.locator('#lesson td.right')).count(8);
  });
});

withLab('keys and names', [], (lab) => {
  test('letters flip, t teaches', async () => {
    await lab.page.keyboard.press('a');
    await expect(lab.flip('A')).attribute('aria-checked', 'true');
    await lab.page.keyboard.press('t');
    await expect(lab.wanted('A=1 B=0')).text('0');
    await expect(lab.page.locator('#lesson td.right')).count(4);
  });

  test('everything is reached by Tab and has a name', async () => {
    const reached = new Set();
    await lab.page.evaluate(() => document.activeElement.blur());
    for (let i = 0; i < 80; i++) {
      await lab.page.keyboard.press('Tab');
      const name = await lab.page.evaluate(() => {
        const at = document.activeElement;
        return at === document.body ? '' : (at.getAttribute('aria-label') ?? at.labels?.[0]?.innerText ?? at.innerText);
      });
      if (name) {
        reached.add(name.trim());
      }
    }
    for (const name of ['switch A', 'switch B', 'Teach', 'XOR', 'Retrain', 'Start', 'Revert']) {
      assert.ok(reached.has(name), `${name} in ${[...reached]}`);
    }
    assert.ok([...reached].some((name) => name.startsWith('A=0 B=0: wanted')));
  });

  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds nothing in ${colorScheme} colours`, async () => {
      await lab.page.emulateMedia({ colorScheme });
      await lab.page.evaluate(axe);
      const { violations } = await lab.page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html, nodes[0].failureSummary]), []);
    });
  }

  test('a phone needs no sideways scrolling', async () => {
    await lab.page.setViewportSize({ width: 360, height: 740 });
    const width = await lab.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `${width} pixels`);
    await lab.page.setViewportSize({ width: 1280, height: 1000 });
  });
});

withLab('many viewers', [], (lab) => {
  test('eight tabs of one browser follow, and each commands', async () => {
    const tabs = await Promise.all(Array.from({ length: 7 }, () => open(lab.context, lab.url)));
    for (const [i, tab] of tabs.entries()) {
      const isOn = i % 2 === 0;
      await parts(tab).flip('A').click();
      for (const other of [lab.page, ...tabs]) {
        await expect(parts(other).flip('A')).attribute('aria-checked', String(isOn));
      }
    }
    // The tab that reads for the others closes.
    await lab.page.close();
    await tabs[0].close();
    await parts(tabs[6]).flip('B').click();
    for (const other of tabs.slice(1)) {
      await expect(parts(other).flip('B')).attribute('aria-checked', 'true');
      assert.deepEqual(other.complaints, []);
    }
    lab.page = tabs[6];
    Object.assign(lab, parts(lab.page));
  });

  test('two who click at once are both heard', async () => {
    const other = parts(await open(await browser.newContext(), lab.url));
    for (let i = 0; i < 6; i++) {
      const [a, b] = await Promise.all([lab.flip('A'), lab.flip('B')].map((each) => each.getAttribute('aria-checked')));
      await Promise.all([lab.flip('A').click(), other.flip('B').click()]);
      await expect(lab.flip('A')).attribute('aria-checked', String(a !== 'true'));
      await expect(lab.flip('B')).attribute('aria-checked', String(b !== 'true'));
    }
    await Promise.all([lab.button('AND').click(), other.button('NAND').click()]);
    await expect(lab.page.locator('#lesson tbody .digit')).texts(/^(0001|1110)$/);
    await expect(lab.page.locator('#lesson td.right')).count(4);
  });

  test('a flip is on the screen within 100 ms, beside 19 other viewers', async () => {
    const others = Array.from({ length: 19 }, () => get(`${lab.url}events`).on('response', (r) => r.resume()));
    const millis = await flips(lab.page, lab.program, 200);
    others.forEach((other) => other.destroy());
    judge('flip to pixels', millis, 100);
  });
});

/** Asserts the 99th percentile, and the median where others need the machine too. */
function judge(what, millis, limit) {
  const [median, p99] = [0.5, 0.99].map((part) => millis[Math.ceil(part * millis.length) - 1]);
  console.log(`${what}: median ${median.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
  const [load] = loadavg();
  if (load < cpus().length) {
    assert.ok(p99 < limit, `p99 ${p99} ms`);
  } else {
    console.log(`the load of this machine is ${load.toFixed(1)}: only the median is judged`);
    assert.ok(median < limit, `median ${median} ms`);
  }
}

test('over a cable of 115200 baud a flip is on the screen within 250 ms', async () => {
  const device = new CabledDevice();
  const cable = new SlowCable();
  await cable.start(device.wire);
  await device.start();
  const lab = new Program('switchback', 'lab', '--port', cable.port, '--http-port', '0');
  const page = await open(await browser.newContext(), await lab.told(/lab: (http:\S+)/));
  await expect(page.locator('#lesson td.right')).count(4);
  judge('flip to pixels over a cable', await flips(page, device.program, 200), 250);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
  await lab.end();
  await device.end();
  cable.end();
});

describe('a device that leaves', () => {
  const state = temporary();
  const line = join(state, 'line');
  let lab;
  let url;
  let page;
  let device;
  const run = () => new Program('run', '--board', 'sim', '--state-dir', state);
  before(async () => {
    device = run();
    lab = new Program('switchback', 'lab', '--line', line, '--http-port', '0');
    url = await lab.told(/lab: (http:\S+)/);
    page = await open(await browser.newContext(), url);
  });
  after(async () => {
    await lab.end();
    await device.end();
  });

  test('the page says so within 2 s, and when it is back', async () => {
    await device.end('SIGKILL');
    const goneAt = performance.now();
    await expect(parts(page).gone).text(/gone/);
    const millis = performance.now() - goneAt;
    assert.ok(millis < 2000, `${millis} ms`);
    assert.equal(await parts(page).flip('A').isDisabled(), true);
    device = run();
    await expect(parts(page).status).text(/answering/);
    await expect(parts(page).gone).hidden();
    await parts(page).flip('A').click();
    await expect(parts(page).flip('A')).attribute('aria-checked', 'true');
  });

  test('a lab that ends is told from a device that is gone, and comes back', async () => {
    await lab.end();
    await expect(parts(page).gone).text(/the lab has ended/);
    lab = new Program('switchback', 'lab', '--line', line, '--http-port', new URL(url).port);
    await lab.told(/lab: (http:\S+)/);
    await expect(parts(page).status).text(/answering/);
  });

  test('a device that refuses is quoted', async () => {
    await device.end();
    const config = join(state, 'read.properties');
    writeFileSync(config, 'line.control = read\n');
    device = new Program('run', '--board', 'sim', '--state-dir', state, '--config', config);
    await expect(parts(page).status).text(/answering/);
    await parts(page).button('NAND').click();
    await expect(parts(page).said).text(/may not do that/);
    assert.deepEqual(page.complaints, []);
  });
});

withLab('foreign pages', [], (lab) => {
  test('a page of another origin can neither command nor read', async () => {
    const server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end('<h1>elsewhere</h1>');
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const page = await (await browser.newContext()).newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const tried = await page.evaluate(async (url) => {
      const tried = [];
      const body = JSON.stringify({ do: 'start', truth: '0110', hidden: [2], activation: 'sigmoid', engine: 'float', seed: 1, speed: 1 });
      for (const [path, options] of [
        ['try', { method: 'POST', mode: 'no-cors', body }],
        ['try', { method: 'POST', headers: { 'X-Page': 'x' }, body }],
        ['smp', { method: 'POST', mode: 'no-cors', body: new Uint8Array(8) }],
        ['try.img', {}],
        ['events', {}],
      ]) {
        tried.push(await fetch(url + path, options).then((r) => `${r.type} ${r.status}`, () => 'failed'));
      }
      return tried;
    }, lab.url);
    server.close();
    assert.deepEqual(tried, ['failed', 'failed', 'failed', 'failed', 'failed']);
    await expect(lab.page.locator('#learning .caption')).text(/Nothing learns/);
  });
});

describe('a token', () => {
  test('without it nothing is shown; the printed address carries it', async () => {
    const token = 'correct-horse-battery';
    const state = temporary();
    const device = new Program('run', '--board', 'sim', '--state-dir', state);
    const program = new Program('switchback', 'lab', '--line', join(state, 'line'), '--http-port', '0',
      '--listen', '127.0.0.1', '--token', token);
    const url = await program.told(/lab: (http:\S+)/);
    const context = await browser.newContext();
    const bare = await context.newPage();
    await bare.goto(url.replace(/#.*/, ''));
    await expect(bare.locator('#gone')).text(/open the address that the lab has printed/);
    assert.ok(url.endsWith(`#${token}`), url);
    const page = await open(context, url);
    assert.ok(!page.url().includes(token), 'the token does not stay in the address');
    await parts(page).flip('A').click();
    await expect(parts(page).flip('A')).attribute('aria-checked', 'true');
    await context.close();
    await program.end();
    await device.end();
  });
});
