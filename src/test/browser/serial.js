// What a page can do with a device on a cable, the same over any port of Web Serial.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { expect } from './expect.js';
import { parts, Program, temporary } from './lab.js';

const directory = temporary();
const adapter = 'the USB port 0403:6001';

async function made(extension, truth) {
  const trained = join(directory, `${truth}.safetensors`);
  const train = new Program('switchback', 'train', '--truth', truth, '--out', trained);
  assert.equal(await train.ended, 0, train.output);
  if (extension === 'safetensors') {
    return trained;
  }
  const path = join(directory, `${truth}.${extension}`);
  const convert = new Program('switchback', 'convert', trained, path);
  assert.equal(await convert.ended, 0, convert.output);
  return path;
}

/** As bytes: the browser may be on another machine. */
async function choose(page, path) {
  const file = { name: basename(path), mimeType: 'application/octet-stream', buffer: readFileSync(path) };
  await page.locator('#file').setInputFiles(file);
}

/** @param cable page(), device; unplug() and plug() of the adapter */
export function cableTests(cable) {
  const on = () => ({ ...parts(cable.page), page: cable.page });

  test('status and live state appear', async () => {
    const { page, status, lamp } = on();
    await expect(status).text(/answering/);
    await expect(page.locator('#line')).text(adapter);
    await expect(page.locator('#lesson td.right')).count(4);
    await expect(page.locator('#answering .network')).attribute('aria-label', /2-2-1/);
    await expect(page.locator('#log pre')).text(/weights .* trained from seed 1/);
    await expect(lamp).attribute('aria-label', 'dark');
  });

  test('a switch that a hand moves moves on the page', async () => {
    const { flip, lamp, page } = on();
    cable.device.program.say('a');
    await expect(flip('A')).attribute('aria-checked', 'true');
    await expect(lamp).attribute('aria-label', 'lit');
    await expect(page.locator('#lesson tr.here')).text(/^10/);
  });

  test('a click flips a switch of the device', async () => {
    const { flip, lamp } = on();
    await flip('B').click();
    await expect(flip('B')).attribute('aria-checked', 'true');
    await expect(lamp).attribute('aria-label', 'dark');
    cable.device.program.say('status');
    await cable.device.program.told(/position: (A=1 B=1 LED=0)/);
  });

  test('a preset is taught', async () => {
    const { button, page } = on();
    await button('NAND').click();
    await expect(page.locator('#lesson tbody .digit')).texts([...'1110']);
    await expect(page.locator('#lesson td.right')).count(4);
  });

  test('an image goes on trial and is confirmed', async () => {
    const { button, page, status, step } = on();
    await page.getByLabel('only on trial').check();
    await choose(page, await made('img', '0001'));
    await expect(step).text(/0001\.img: .* is on trial/);
    await expect(status).text(/on trial/);
    await button('Confirm').click();
    await expect(status).notText(/on trial/);
    await expect(button('AND')).attribute('aria-pressed', 'true');
    await expect(page.locator('#lesson td.right')).count(4);
  });

  test('the page makes the image of a safetensors file', async () => {
    const { button, page, step } = on();
    await page.getByLabel('only on trial').uncheck();
    await choose(page, await made('safetensors', '0111'));
    await expect(step).text(/0111\.safetensors: .* is confirmed/);
    await expect(button('OR')).attribute('aria-pressed', 'true');
    await expect(page.locator('#lesson td.right')).count(4);
  });

  test('revert brings the network before back', async () => {
    const { button, page } = on();
    await button('Revert').click();
    await expect(button('AND')).attribute('aria-pressed', 'true');
    await expect(page.locator('#lesson td.right')).count(4);
  });

  test('an adapter that is unplugged is gone, and comes back', async () => {
    const { flip, gone, status } = on();
    await cable.unplug();
    await expect(gone).text(`The device is gone: ${adapter} is unplugged: plug it in again`);
    await expect(status).text('no device');
    assert.equal(await flip('A').isDisabled(), true);
    await cable.plug();
    await expect(status).text(/answering/);
    await expect(gone).hidden();
    await flip('A').click();
    await expect(flip('A')).attribute('aria-checked', 'false');
  });

  test('a device that is switched off is gone, and comes back with its network', async () => {
    const { button, gone, status } = on();
    await cable.device.program.end();
    await expect(gone).text(/does not answer/);
    await cable.device.switchOn();
    await expect(status).text(/answering/);
    await expect(button('AND')).attribute('aria-pressed', 'true');
    cable.device.program.say('b');
    await expect(on().flip('B')).attribute('aria-checked', 'true');
  });

  test('a page that is opened again takes the port that was allowed', async () => {
    await cable.page.reload();
    const { flip, status } = on();
    await expect(status).text(/answering/);
    await expect(flip('B')).attribute('aria-checked', 'true');
  });

  test('the page complained of nothing', () => assert.deepEqual(cable.page.complaints, []));
}
