import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium, openTouchPage, PORTRAIT } from './browser/chromium.ts';
import { openScene, type Scene } from './browser/scene.ts';
import { type RunningStation, startStation } from './browser/station.ts';

let browser: Browser;
let station: RunningStation;
beforeAll(async () => {
  [browser, station] = await Promise.all([launchChromium(), startStation({ profile: 'wuhua' })]);
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

/** The search page, with the hands on a keypad: nothing of it is touched. */
async function openSearch(more: Partial<Scene> = {}) {
  const touch = await openTouchPage(browser, PORTRAIT);
  await openScene(touch.page, station.url, { page: 'search', ...more });
  return touch;
}

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** What the focus is on: a key, a word, the field, or whatever it is called. */
const focus = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return 'nowhere';
    const { key, word } = at.dataset;
    return (
      key ?? word ?? at.getAttribute('role') ?? at.getAttribute('aria-label') ?? at.textContent
    );
  });

const written = (page: Page) => page.getByRole('textbox').textContent();

/** Goes by arrows from a key to another one, first along the rows, then along the columns. */
async function arrowTo(page: Page, key: string) {
  const way = await page.evaluate((wanted) => {
    const from = document.activeElement?.getBoundingClientRect();
    const to = document.querySelector(`[data-key="${wanted}"]`)?.getBoundingClientRect();
    if (from === undefined || to === undefined) return undefined;
    return { across: to.left + to.width / 2 - from.left - from.width / 2, down: to.top - from.top };
  }, key);
  if (way === undefined || (await focus(page)) === key) return;
  const isOnRow = Math.abs(way.down) < 10;
  if (isOnRow) await press(page, way.across > 0 ? 'ArrowRight' : 'ArrowLeft');
  else await press(page, way.down > 0 ? 'ArrowDown' : 'ArrowUp');
  await arrowTo(page, key);
}

/** Writes a word's letters by the board's own keys. */
async function typeByArrows(page: Page, letters: string) {
  for (const letter of letters) {
    await arrowTo(page, letter);
    await press(page, 'Enter');
  }
}

/** Goes along the words until something of that name is reached. */
async function arrowAlong(page: Page, arrow: string, name: string) {
  for (let step = 0; step < 20 && (await focus(page)) !== name; step += 1) await press(page, arrow);
  expect(await focus(page)).toBe(name);
}

const wordIsOffered = (page: Page, word: string) => page.locator(`[data-word="${word}"]`).waitFor();

it('a word is written, chosen, searched for and its answer opened by Tab, arrows, Enter and Escape alone', async () => {
  const { page, faults, close } = await openSearch();
  expect(await focus(page)).toBe('textbox');
  await press(page, 'ArrowDown');
  await typeByArrows(page, 'lihun');
  await wordIsOffered(page, '离婚');
  await press(page, 'Escape');
  expect(await focus(page)).toBe('textbox');
  await press(page, 'ArrowDown');
  expect(await focus(page)).toBe('离婚');
  await press(page, 'Enter');
  expect(await written(page)).toBe('离婚');
  expect(await focus(page)).toBe('n');
  await arrowTo(page, 'done');
  await press(page, 'Enter');
  await page.locator('[data-keyboard]').waitFor({ state: 'detached' });
  expect(await focus(page)).toBe('textbox');
  await page.locator('[data-results] button').first().waitFor();
  await press(page, 'Tab');
  expect(
    await page.evaluate(() => document.activeElement?.closest('[data-results]') !== null),
  ).toBe(true);
  await press(page, 'Enter');
  await page.waitForFunction(
    () => document.querySelector('main')?.getAttribute('data-page') !== 'search',
  );
  expect(faults).toEqual([]);
  await close();
});

it('a word for some of the letters leaves the hands at the words for the rest, and typing goes on', async () => {
  const { page, faults, close } = await openSearch();
  await press(page, 'ArrowDown');
  await typeByArrows(page, 'lihunlv');
  await wordIsOffered(page, '离婚');
  await press(page, 'Escape', 'ArrowDown');
  await arrowAlong(page, 'ArrowRight', '离婚');
  await press(page, 'Enter');
  const rest = page.locator('[data-word]').first();
  expect(await focus(page)).toBe(await rest.getAttribute('data-word'));
  await press(page, 'Enter');
  expect(await written(page)).toMatch(/^离婚\p{Script=Han}$/u);
  await typeByArrows(page, 'shi');
  await rest.waitFor();
  expect(faults).toEqual([]);
  await close();
});

it('the end of the pages of words, and the end of putting together, leave the hands on the board', async () => {
  const { page, faults, close } = await openSearch();
  await press(page, 'ArrowDown');
  await typeByArrows(page, 'lihun');
  await wordIsOffered(page, '离婚');
  await press(page, 'Escape', 'ArrowDown');
  await arrowAlong(page, 'ArrowRight', '后面的字');
  await press(page, 'Enter');
  await page.locator('[data-word="离婚"]').waitFor({ state: 'detached' });
  await arrowAlong(page, 'ArrowLeft', '前面的字');
  await press(page, 'Enter');
  await wordIsOffered(page, '离婚');
  expect(await page.getByRole('button', { name: '前面的字' }).isEnabled()).toBe(false);
  expect(await focus(page)).toBe('离婚');
  await arrowTo(page, 'delete');
  for (let letter = 0; letter < 5; letter += 1) await press(page, 'Enter');
  expect(await written(page)).not.toContain('l');
  expect(await focus(page)).toBe('delete');
  expect(faults).toEqual([]);
  await close();
});

it('Tab leads from the keys to what was found, not past it', async () => {
  const { page, faults, close } = await openSearch();
  await press(page, 'ArrowDown');
  await typeByArrows(page, 'lihun');
  await wordIsOffered(page, '离婚');
  await page.locator('[data-results] button').first().waitFor();
  await press(page, 'Tab');
  expect(
    await page.evaluate(() => document.activeElement?.closest('[data-results]') !== null),
  ).toBe(true);
  expect(faults).toEqual([]);
  await close();
});

it('Enter that is held types its letter once, and a held search does not open the keys again', async () => {
  const { page, faults, close } = await openSearch();
  await press(page, 'ArrowDown');
  await arrowTo(page, 'q');
  // What a keyboard sends while a key is held, as Chromium hears it.
  for (let times = 0; times < 4; times += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  expect(await written(page)).toBe('q');
  await arrowTo(page, 'done');
  for (let times = 0; times < 4; times += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  expect(await page.locator('[data-keyboard]').count()).toBe(0);
  expect(faults).toEqual([]);
  await close();
});
