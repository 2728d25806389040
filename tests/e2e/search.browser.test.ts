import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kindNamed } from '#shared/content/kinds/index.ts';
import { SAMPLE_LAW } from '../laws/sample-laws.ts';
import { shippedPack } from '../real-content.ts';
import {
  LANDSCAPE,
  launchChromium,
  openTouchPage,
  PORTRAIT,
  type TouchPage,
} from './browser/chromium.ts';
import { isDrawn, openScene } from './browser/scene.ts';
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

let touch: TouchPage;
beforeEach(async () => {
  touch = await openTouchPage(browser, PORTRAIT);
});
afterEach(async () => {
  expect(touch.faults).toEqual([]);
  await touch.close();
});

/** Touches a key of the board: its letter, or what it does. */
const touchKey = (page: Page, key: string) => page.locator(`[data-key="${key}"]`).tap();

describe('searching by touch', () => {
  it('leads from home to a guide by pinyin, with answers while one types', async () => {
    const { page } = touch;
    await openScene(page, station.url, { page: 'home' });
    await page.getByRole('button', { name: '说说您的事' }).tap();
    await isDrawn(page, 'search');
    for (const letter of 'laobanbugeigongzi') await touchKey(page, letter);
    await page.locator('[data-word="老板不给工资"]').waitFor();
    // The answers are there before any word was chosen.
    await page.locator('[data-results] [class*="title"]').first().waitFor();
    await page.locator('[data-word="老板不给工资"]').tap();
    expect(await page.getByRole('textbox').textContent()).toBe('老板不给工资');
    await touchKey(page, 'done');
    await page.locator('[data-keyboard]').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '申请支付劳动报酬法律援助' }).first().tap();
    await isDrawn(page, 'guide');
  });

  it('comes back to the same words from an answer, and forgets them when the visitor leaves', async () => {
    const { page } = touch;
    await openScene(page, station.url, { page: 'search', text: '离婚' });
    await page.locator('[data-results] button').first().tap();
    await page.waitForFunction(
      () => document.querySelector('main')?.getAttribute('data-page') !== 'search',
    );
    await page.getByRole('button', { name: '返回' }).tap();
    await isDrawn(page, 'search');
    expect(await page.getByRole('textbox').textContent()).toBe('离婚');
    await page.getByRole('button', { name: '清屏离开' }).tap();
    await isDrawn(page, 'home');
    expect(await page.content()).not.toContain('data-word');
    await page.getByRole('button', { name: '说说您的事' }).tap();
    await isDrawn(page, 'search');
    expect(await page.getByRole('textbox').textContent()).not.toContain('离婚');
  });

  it('has no field that a system would know, and never loses the answers behind the keys', async () => {
    const { page } = touch;
    await openScene(page, station.url, { page: 'search' });
    expect(await page.locator('input, textarea, [contenteditable]').count()).toBe(0);
    for (const letter of 'lihun') await touchKey(page, letter);
    const answer = page.locator('[data-results] button').first();
    await answer.waitFor();
    const box = await answer.boundingBox();
    const board = await page.locator('[data-keyboard]').boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(board?.y ?? 0);
  });

  it.each(['15.6', '21.5'] as const)(
    'across on a panel of %s inches, what one types stands whole, and the best answer can be read above the keys',
    async (panel) => {
      const { page, close, faults } = await openTouchPage(browser, LANDSCAPE);
      await openScene(page, station.url, { page: 'search', panel });
      for (const letter of 'laoban') await touchKey(page, letter);
      await page.locator('[data-results] [class*="title"]').first().waitFor();
      const edges = await page.evaluate(() => {
        const bottom = (part: string) =>
          document.querySelector(part)?.getBoundingClientRect().bottom;
        return {
          field: bottom('[role="textbox"]') ?? Number.NaN,
          answer: bottom('[data-results] [class*="title"]') ?? Number.NaN,
          keys:
            document.querySelector('[data-keyboard]')?.getBoundingClientRect().top ?? Number.NaN,
        };
      });
      expect(edges.field).toBeLessThanOrEqual(edges.keys);
      expect(edges.answer).toBeLessThanOrEqual(edges.keys);
      expect(faults).toEqual([]);
      await close();
    },
  );

  it('an answer of each kind opens its page', async () => {
    const { page } = touch;
    for (const [text, opened] of [...titlesByKind(), [SAMPLE_LAW, 'law'] as const]) {
      await openScene(page, station.url, { page: 'search', text });
      const answer = page.locator('[data-results] button').filter({ hasText: text }).first();
      await answer.waitFor();
      await answer.tap();
      await isDrawn(page, opened);
    }
  });
});

/** Which page shows a record of a kind. */
const PAGE_OF_KIND = {
  service: 'guide',
  faq: 'faq',
  'form-sample': 'form',
  person: 'person',
  hotline: 'hotlines',
  notice: 'board',
  triage: 'triage',
  'legal-case': 'case',
  article: 'article',
  media: 'media',
  event: 'lecture',
  list: 'list',
} as const;

/** A title of each kind that the station has, and the page that a touch must open. */
function titlesByKind(): (readonly [title: string, page: string])[] {
  const { records } = shippedPack('wuhua');
  return Object.entries(PAGE_OF_KIND).flatMap(([kind, page]) => {
    const record = records.find((one) => one.record.kind === kind)?.record;
    if (record === undefined) return [];
    return [[kindNamed(kind as keyof typeof PAGE_OF_KIND).search(record.body).title, page]];
  });
}
