import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium, openTouchPage, PORTRAIT, type TouchPage } from './browser/chromium.ts';
import { isDrawn, openScene } from './browser/scene.ts';
import { type RunningStation, startStation } from './browser/station.ts';

let browser: Browser;
let station: RunningStation;
let browseSeconds: number;
let warningSeconds: number;
beforeAll(async () => {
  [browser, station] = await Promise.all([launchChromium(), startStation({ profile: 'wuhua' })]);
  ({ browseSeconds, warningSeconds } = (await station.client.system.hello()).idle);
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

let touch: TouchPage;
let page: Page;
beforeEach(async () => {
  touch = await openTouchPage(browser, PORTRAIT);
  page = touch.page;
  await page.clock.install();
});
afterEach(async () => {
  expect(touch.faults).toEqual([]);
  await touch.close();
});

const warning = () => page.getByRole('alertdialog');
/** Lets seconds pass on the page; nothing waits for them. */
const wait = (seconds: number) => page.clock.runFor(seconds * 1000);
const touchPage = () => page.locator('main h2').first().tap();

/** What is in the clipboard, as a page without our policy, which forbids to look, sees it. */
async function clipboardText(): Promise<string> {
  const looker = await page.context().newPage();
  await looker.route('http://127.0.0.1/look', (route) => route.fulfill({ body: '' }));
  await looker.goto('http://127.0.0.1/look');
  await page.context().grantPermissions(['clipboard-read']);
  await looker.bringToFront();
  const text = await looker.evaluate(() => navigator.clipboard.readText());
  await looker.close();
  return text;
}

async function readGuide(more: { zoom?: '2' } = {}): Promise<void> {
  await openScene(page, station.url, { page: 'guide', id: 'service.legal-aid-wages', ...more });
  await touchPage();
}

describe('a visitor who has gone', () => {
  it('is warned at the time of the profile, and not before', async () => {
    await readGuide();
    await wait(browseSeconds - 3);
    expect(await warning().count()).toBe(0);
    await wait(5);
    await warning().waitFor();
  });

  it('has at least 20 seconds to say no with one touch, as often as wanted', async () => {
    expect(warningSeconds).toBeGreaterThanOrEqual(20);
    await readGuide();
    for (let times = 0; times < 11; times += 1) {
      await wait(browseSeconds + 1);
      await warning().waitFor();
      await wait(19);
      await page.getByRole('button', { name: '继续使用' }).tap();
      await wait(1);
      await warning().waitFor({ state: 'detached' });
      expect(await page.locator('main').getAttribute('data-page')).toBe('guide');
    }
  });

  it('has twice the time in large print', async () => {
    await readGuide({ zoom: '2' });
    await wait(2 * browseSeconds - 3);
    expect(await warning().count()).toBe(0);
    await wait(5);
    await warning().waitFor();
  });

  it('leaves nothing behind: page, place on it, language, size, contrast, storage, clipboard, history', async () => {
    await openScene(page, station.url, {
      page: 'guide',
      id: 'service.legal-aid-wages',
      language: 'en',
      zoom: '2',
      contrast: 'more',
      reach: 'low',
    });
    const history = await page.evaluate(() => window.history.length);
    await page.locator('[data-target="secondary"]').last().tap();
    await wait(2 * browseSeconds + warningSeconds + 3);
    await isDrawn(page, 'home');
    await warning().waitFor({ state: 'detached' });
    const left = await page.evaluate(async () => ({
      lang: document.documentElement.lang,
      zoom: document.documentElement.dataset.zoom,
      contrast: document.documentElement.dataset.contrast,
      reach: document.documentElement.style.getPropertyValue('--low-reach'),
      scroll: document.querySelector('[data-scroller]')?.scrollTop,
      local: localStorage.length,
      session: sessionStorage.length,
      cookie: document.cookie,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      selection: String(getSelection()),
      history: window.history.length,
    }));
    expect(left).toEqual({
      lang: 'zh-CN',
      zoom: '1',
      contrast: 'normal',
      reach: '0px',
      scroll: 0,
      local: 0,
      session: 0,
      cookie: '',
      databases: 0,
      caches: 0,
      selection: '',
      history,
    });
    expect(await clipboardText()).toBe('');
    expect(await page.locator('nav').getByRole('button', { name: '返回' }).isDisabled()).toBe(true);
  });

  it('is not kept waiting for: with a touch on "end", all is cleared at once', async () => {
    await readGuide();
    await wait(browseSeconds + 1);
    await page.getByRole('button', { name: '结束并清屏' }).tap();
    await wait(1);
    await isDrawn(page, 'home');
  });

  it('is forgotten with sheets that were left open', async () => {
    await readGuide();
    await page.getByRole('button', { name: '用手机带走' }).tap();
    await page.getByRole('dialog').waitFor();
    await wait(browseSeconds + warningSeconds + 3);
    await isDrawn(page, 'home');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await warning().waitFor({ state: 'detached' });
  });
});

describe('a terminal that nobody touches', () => {
  it('never warns and never moves', async () => {
    await openScene(page, station.url, { page: 'home' });
    const before = await page.locator('main').textContent();
    await wait(3 * (browseSeconds + warningSeconds));
    expect(await warning().count()).toBe(0);
    expect(await page.locator('main').textContent()).toBe(before);
  });
});
