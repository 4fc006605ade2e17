// The page that needs no server, in Chromium, with a device on a cable. Chromium lists no terminals as
// ports, so the page gets a navigator.serial of its own; scripts/test-web-serial tests Chromium's.

import { after, before, describe, test } from 'node:test';
import { CabledDevice, exportPage, InjectedSerial, serve } from './cable.js';
import { expect } from './expect.js';
import { launch, parts, temporary, watched } from './lab.js';
import { cableTests } from './serial.js';

describe('a page without a server', () => {
  const cable = { device: new CabledDevice() };
  const serial = new InjectedSerial();
  let browser;
  let site;

  before(async () => {
    const directory = temporary();
    await exportPage(directory);
    site = await serve(directory);
    browser = await launch();
    cable.page = watched(await browser.newPage({ viewport: { width: 1280, height: 1000 } }));
    await serial.start(cable.device.wire, cable.page);
    await cable.device.start();
    cable.unplug = () => serial.unplug();
    cable.plug = () => serial.plug();
  });

  after(async () => {
    await browser.close();
    await cable.device.end();
    serial.end();
    site.server.close();
  });

  test('it asks for a port, and connects by a click', async () => {
    await cable.page.goto(site.url);
    await expect(parts(cable.page).gone).text(/no port is chosen yet/);
    await parts(cable.page).button('Connect the cable').click();
    await expect(parts(cable.page).status).text(/answering/);
    await expect(parts(cable.page).button('Connect the cable')).hidden();
  });

  cableTests(cable);
});
