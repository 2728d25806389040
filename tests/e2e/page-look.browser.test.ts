import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { PAGE_LOOK, pageSightSchema } from '../../src/main/shell/page-look.ts';
import { launchChromium } from './browser/chromium.ts';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.newPage();
});
afterEach(() => page.close());

const PATIENT = { timeout: 60_000, interval: 200 };
const BUTTONS = `<p>words</p>
  <button id="off" disabled>down</button> <button id="told-off" aria-disabled="true">down</button>
  <button id="marked-off" data-disabled="true">down</button> <button id="on">next</button>`;
/** As the pages do it (renderer/session/heard-touch.ts). */
const HEARS = `document.body.addEventListener('pointerdown', () => {
  document.documentElement.dataset.heard = document.documentElement.dataset.heard === '1' ? '2' : '1';
}, true)`;

async function look() {
  return pageSightSchema.parse(await page.evaluate(PAGE_LOOK)).look;
}
/** Touches a button six times, as by a finger that wants it, and looks when the page has had its time. */
async function touched(id: string, program = ''): Promise<string> {
  // A document of its own: what the one before counted is gone.
  await page.goto('about:blank');
  await page.setContent(BUTTONS);
  await page.evaluate(program);
  await look();
  const box = (await page.locator(`#${id}`).boundingBox()) ?? expect.unreachable('no button');
  for (let touch = 0; touch < 6; touch += 1) await page.mouse.click(box.x + 5, box.y + 5);
  await expect
    .poll(async () => pageSightSchema.parse(await page.evaluate(PAGE_LOOK)).untouchedMs, PATIENT)
    .toBeGreaterThan(1600);
  return look();
}

test.each(['off', 'told-off', 'marked-off'])(
  'touches of a button that is %s do not make a page deaf, whether its program lives or not',
  async (id) => {
    expect(await touched(id)).toBe('sound');
    expect(await touched(id, HEARS)).toBe('sound');
  },
);

test('touches that change nothing on a page that hears them do not make it deaf', async () => {
  expect(await touched('on', HEARS)).toBe('sound');
});

test('a page is deaf when its buttons are touched and no program hears it', async () => {
  expect(await touched('on')).toBe('deaf');
});

test('a page whose buttons lie below something is covered', async () => {
  await page.setContent(`${BUTTONS}<div style="position: fixed; inset: 0"></div>`);
  expect(await look()).toBe('covered');
});

test('a page that is put out of use below publicity or a dark screen is sound, however many buttons it has', async () => {
  const many = Array.from({ length: 40 }, (_, at) => `<button>${at}</button>`).join('');
  const page40 = (inert: string) =>
    `<button style="position: fixed; inset: 0; z-index: 1">touch</button><main ${inert}>${many}</main>`;
  await page.setContent(page40('inert'));
  expect(await look()).toBe('sound');
  await page.setContent(page40(''));
  expect(await look()).toBe('covered');
});

test('a page with nothing to see is white, unless it says that it is dark on purpose', async () => {
  await page.setContent('<main></main>');
  expect(await look()).toBe('white');
  await page.setContent('<main data-dark=""></main>');
  expect(await look()).toBe('sound');
});
