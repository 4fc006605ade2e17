// The real program and the real browser, for the tests of the page.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const top = fileURLToPath(new URL('../../../', import.meta.url));
const require = createRequire(join(top, 'target/browser/'));
export const { chromium } = require('playwright-core');
export const axe = require('axe-core').source;

const running = new Set();

/** A program of this tree, with what it writes. */
export class Program {
  constructor(script, ...words) {
    this.process = spawn(join(top, 'scripts', script), words, { stdio: 'pipe' });
    this.output = '';
    this.waiting = [];
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.on('data', (data) => {
        this.output += data;
        this.waiting.forEach((look) => look());
      });
    }
    this.ended = new Promise((resolve) => this.process.on('exit', (code, signal) => resolve(code ?? signal)));
    running.add(this);
  }

  say(line) {
    this.process.stdin.write(`${line}\n`);
  }

  /** Waits for a text and returns its first group. */
  async told(pattern, millis = 60_000) {
    const found = () => this.output.match(pattern);
    if (!found()) {
      await new Promise((resolve, reject) => {
        const limit = setTimeout(() => reject(new Error(`no ${pattern} in: ${this.output}`)), millis);
        this.waiting.push(() => {
          if (found()) {
            clearTimeout(limit);
            resolve();
          }
        });
        this.ended.then((code) => reject(new Error(`ended with ${code}: ${this.output}`)));
      });
    }
    return found()[1];
  }

  async end(signal = 'SIGTERM') {
    this.process.kill(signal);
    running.delete(this);
    return this.ended;
  }
}

process.on('exit', () => running.forEach((program) => program.process.kill('SIGKILL')));

/** A simulated device with its lab, in one process. */
export async function startLab(...words) {
  const program = new Program('run', '--board', 'sim', '--lab', '--http-port', '0', ...words);
  return { program, url: await program.told(/lab: (http:\S+)/) };
}

export function temporary() {
  const directory = mkdtempSync(join(tmpdir(), 'switchback-'));
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
}

/** Collects what a page complains about. */
export function watched(page) {
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|ERR_CONNECTION/.test(message.text())) {
      page.complaints.push(message.text());
    }
  });
  return page;
}

/** Opens the page and waits until it shows the device. */
export async function open(context, url) {
  const page = watched(await context.newPage());
  await page.goto(url);
  await page.getByRole('status').first().filter({ hasText: 'answering' }).waitFor();
  return page;
}

export const parts = (page) => ({
  status: page.locator('#device'),
  flip: (name) => page.getByRole('switch', { name: `switch ${name}` }),
  lamp: page.locator('#board .lamp').first(),
  wanted: (position) => page.getByRole('button', { name: `${position}: wanted` }),
  answers: page.locator('#lesson tbody td.right, #lesson tbody td.wrong'),
  button: (name) => page.getByRole('button', { name, exact: true }),
  step: page.locator('#slots .step'),
  said: page.locator('#said'),
  gone: page.locator('#gone'),
});

/** Flips switch A by hand, and returns the milliseconds until each flip was painted, sorted. */
export async function flips(page, program, count) {
  let seen = () => {};
  await page.exposeFunction('painted', (at) => seen(at));
  await page.evaluate(() => {
    const toggle = document.querySelector('[aria-label="switch A"]');
    const paint = () => requestAnimationFrame(() => window.painted(performance.timeOrigin + performance.now()));
    new MutationObserver(paint).observe(toggle, { attributes: true, attributeFilter: ['aria-checked'] });
  });
  const millis = [];
  while (millis.length < count) {
    await new Promise((resolve) => setTimeout(resolve, 40 * Math.random()));
    const flippedAt = performance.timeOrigin + performance.now();
    const painted = new Promise((resolve) => {
      seen = resolve;
    });
    program.say('a');
    millis.push((await painted) - flippedAt);
  }
  return millis.sort((a, b) => a - b);
}
