// Assertions that wait for the page.

import assert from 'node:assert/strict';

let limitMillis = 20_000;
const retryMillis = 20;

/** For a browser on a slow machine. */
export function waitAtMost(millis) {
  limitMillis = millis;
}

async function until(look, wanted, matches) {
  const end = performance.now() + limitMillis;
  let found;
  do {
    found = await look();
    if (matches(found)) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, retryMillis));
  } while (performance.now() < end);
  assert.deepEqual(found, wanted);
  assert.fail(`found ${found}, expected ${wanted}`);
}

const fits = (wanted) => (found) => (wanted instanceof RegExp ? wanted.test(found ?? '') : found === wanted);

export const expect = (locator) => ({
  text: (wanted) => until(() => locator.textContent(), wanted, fits(wanted)),
  notText: (unwanted) => until(() => locator.innerText(), `not ${unwanted}`, (found) => !fits(unwanted)(found)),
  texts: (wanted) =>
    until(() => locator.allTextContents(), wanted, (found) =>
      wanted instanceof RegExp ? wanted.test(found.join('')) : String(found) === String(wanted),
    ),
  count: (wanted) => until(() => locator.count(), wanted, fits(wanted)),
  attribute: (name, wanted) => until(() => locator.getAttribute(name), wanted, fits(wanted)),
  attributes: (name, wanted) =>
    until(
      () => locator.evaluateAll((all, each) => all.map((one) => one.getAttribute(each)), name),
      wanted,
      (found) => String(found) === String(wanted),
    ),
  hidden: () => until(() => locator.isHidden(), true, fits(true)),
});
