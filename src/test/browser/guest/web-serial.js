// The page that needs no server, in a Chromium with Web Serial of its own, and a device at the other end
// of its USB adapter. scripts/test-web-serial names the guest's files.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { CabledDevice, exportPage } from '../cable.js';
import { expect, waitAtMost } from '../expect.js';
import { parts, temporary, watched } from '../lab.js';
import { cableTests } from '../serial.js';
import { Guest } from './guest.js';

const { GUEST: root, LOGS: logs } = process.env;
const limitMillis = 180_000;
const guest = new Guest();
const cable = { device: new CabledDevice(), unplug: () => guest.unplug(), plug: () => guest.plug() };
let browser;

waitAtMost(limitMillis);

after(async () => {
  await cable.page?.screenshot({ path: join(logs, 'page.png'), fullPage: true });
  await browser?.close();
  await guest.end();
  if (cable.device.program) {
    await cable.device.end();
    writeFileSync(join(logs, 'device.log'), cable.device.program.output);
  }
});

test('the guest boots and its browser answers', async () => {
  const directory = temporary();
  await exportPage(join(directory, 'page'));
  const page = join(directory, 'page.tar');
  execFileSync('tar', ['-cf', page, '-C', join(directory, 'page'), '.']);
  browser = await guest.start({ root, page, wire: cable.device.wire, logs });
  await cable.device.start();
  assert.match(browser.version(), /^\d+\./);
});

test('the page opens and takes the port that is allowed', async () => {
  const [context] = browser.contexts();
  context.setDefaultTimeout(limitMillis);
  cable.page = watched(await context.newPage());
  await cable.page.goto('http://localhost:8080/');
  await expect(parts(cable.page).status).text(/answering/);
});

cableTests(cable);
