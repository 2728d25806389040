import { renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  LANDSCAPE,
  launchChromium,
  openTouchPage,
  PORTRAIT,
  type Screen,
  type TouchPage,
} from './browser/chromium.ts';
import { isDrawn, openScene, PAGES } from './browser/scene.ts';
import { type RunningStation, startStation } from './browser/station.ts';
import { capitalHeights } from './browser/texts.ts';

/** Longer than the time in which a second touch does nothing. */
const UNTREMBLING_MS = 600;
/** An hour of publicity. */
const LOOP_SECONDS = 3600;
/** Nothing may change more often than this in any second (standards A-13). */
const MOST_CHANGES_A_SECOND = 2;
/** A picture smaller than this tells nothing. */
const LEAST_PICTURE_PX = 100;

let browser: Browser;
let station: RunningStation;
beforeAll(async () => {
  [browser, station] = await Promise.all([launchChromium(), startStation({ profile: 'wuhua' })]);
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

async function withPage(
  work: (touch: TouchPage) => Promise<void>,
  screen: Screen = PORTRAIT,
): Promise<void> {
  const touch = await openTouchPage(browser, screen);
  try {
    await work(touch);
    expect(touch.faults).toEqual([]);
  } finally {
    await touch.close();
  }
}

const tap = (page: Page, name: string | RegExp) =>
  page.locator('main').getByRole('button', { name }).first().tap();

describe('publicity while nobody is here', () => {
  const attract = { page: 'home', attract: 'now' } as const;

  it('shows each slide for its share of time, 12348 always in sight and large enough to read', async () => {
    await withPage(async ({ page }) => {
      await page.clock.install();
      await openScene(page, station.url, attract);
      const slides = await station.client.reading.slides({ language: 'zh-CN' });
      const shown = new Map<string, number>();
      for (let passed = 0; passed < LOOP_SECONDS; ) {
        const id = (await page.locator('[data-attract]').getAttribute('data-attract')) ?? '';
        const seconds = slides.find((slide) => slide.id === id)?.seconds ?? expect.unreachable(id);
        if (!shown.has(id)) await checkNumber(page);
        shown.set(id, (shown.get(id) ?? 0) + seconds);
        passed += seconds;
        await page.clock.runFor(seconds * 1000);
      }
      const weights = slides.reduce((sum, { weight }) => sum + weight, 0);
      for (const { id, weight, seconds } of slides)
        expect(Math.abs((shown.get(id) ?? 0) - (LOOP_SECONDS * weight) / weights), id).toBeLessThan(
          2 * seconds,
        );
    });
  });

  it.each(['1', '2'] as const)(
    'gives a picture no more room than the words leave, letters times %s',
    async (zoom) => {
      await withPage(async ({ page }) => {
        await page.clock.install();
        await openScene(page, station.url, { ...attract, zoom });
        const picture = page.locator('[data-attract] img');
        const slides = await station.client.reading.slides({ language: 'zh-CN' });
        const pictures = new Set<string>();
        for (let at = 0; at < slides.length; at += 1) {
          await checkNumber(page, LANDSCAPE);
          const id = (await page.locator('[data-attract]').getAttribute('data-attract')) ?? '';
          const { seconds, picture: wanted } = slides.find((slide) => slide.id === id) ?? {};
          expect(await picture.count(), id).toBe(wanted === undefined ? 0 : 1);
          if (wanted !== undefined) {
            pictures.add(wanted);
            const { width, height } = (await picture.boundingBox()) ?? { width: 0, height: 0 };
            expect(Math.min(width, height), id).toBeGreaterThan(LEAST_PICTURE_PX);
          }
          await page.clock.runFor((seconds ?? 0) * 1000);
        }
        expect(pictures.size).toBeGreaterThanOrEqual(3);
      }, LANDSCAPE);
    },
  );

  it.each(['no-preference', 'reduce'] as const)(
    'is silent and still: nothing moves, plays or flashes (reduced motion: %s)',
    async (reducedMotion) => {
      await withPage(async ({ page }) => {
        await page.emulateMedia({ reducedMotion });
        await page.clock.install();
        await openScene(page, station.url, attract);
        await page.evaluate(countChanges);
        for (let seconds = 0; seconds < 120; seconds += 1) {
          await page.clock.runFor(1000);
          expect(await page.evaluate(takeChanges), `second ${seconds}`).toBeLessThanOrEqual(
            MOST_CHANGES_A_SECOND,
          );
        }
        expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
        expect(await page.locator('audio, video').count()).toBe(0);
      });
    },
  );

  it('goes with the first touch, which does nothing else, and home is there at once', async () => {
    await withPage(async ({ page }) => {
      await openScene(page, station.url, attract);
      const before = await page.locator('main').getAttribute('data-page');
      // On the middle of the screen, where home has something to touch.
      await page.touchscreen.tap(PORTRAIT.width / 2, PORTRAIT.height / 2);
      expect(
        await page.evaluate(
          () => getComputedStyle(document.querySelector('[data-attract]') ?? document.body).opacity,
        ),
      ).toBe(await page.evaluate(() => (document.querySelector('[data-attract]') ? '0' : '1')));
      await page.locator('[data-attract]').waitFor({ state: 'detached' });
      expect(await page.locator('main').getAttribute('data-page')).toBe(before);
      await tap(page, /常见问题/);
      await isDrawn(page, 'faqs');
    });
  });
});

async function checkNumber(page: Page, screen: Screen = PORTRAIT): Promise<void> {
  const number = page.locator('[data-attract] bdi', { hasText: '12348' });
  const box = await number.boundingBox();
  expect(box).not.toBeNull();
  if (box === null) return;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(screen.width);
  expect(box.y + box.height).toBeLessThanOrEqual(screen.height);
  const mm = await page.evaluate(() =>
    Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--mm')),
  );
  const heights = (await capitalHeights(page)).filter(({ text }) => text === '12348');
  // Readable from further away than the text of a page.
  expect(Math.max(...heights.map(({ px }) => px)) / mm).toBeGreaterThanOrEqual(9);
}

/** In the page: counts what changes on the screen, a slide as one change. */
function countChanges(): void {
  const page = window as unknown as { changes: number };
  page.changes = 0;
  const screen = document.querySelector('[data-attract]')?.parentElement ?? document.body;
  new MutationObserver((records) => {
    if (records.some(({ target }) => !(target as Element).closest?.('[inert]'))) page.changes += 1;
  }).observe(screen, { subtree: true, childList: true, characterData: true, attributes: true });
}

function takeChanges(): number {
  const page = window as unknown as { changes: number };
  const { changes } = page;
  page.changes = 0;
  return changes;
}

describe('a film', () => {
  const film = { ...PAGES.film, page: 'media' } as const;
  const state = (page: Page) =>
    page.locator('video').evaluate((video: HTMLVideoElement) => ({
      paused: video.paused,
      muted: video.muted,
      controls: video.controls,
      at: video.currentTime,
      length: video.duration,
    }));

  it('waits, then plays without sound and with captions, by touch alone and without a network', async () => {
    await withPage(async ({ page }) => {
      await openScene(page, station.url, film);
      await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 1);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).origin));
      expect(await state(page)).toMatchObject({ paused: true, muted: true, controls: false });
      expect(await page.locator('[data-caption]').textContent()).not.toBe('');
      await tap(page, '播放');
      await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0.5);
      await tap(page, '打开声音');
      expect((await state(page)).muted).toBe(false);
      const { at } = await state(page);
      await tap(page, '前进 10 秒');
      await page.waitForFunction(
        (before) => (document.querySelector('video')?.currentTime ?? 0) > before + 9,
        at,
      );
      await tap(page, '暂停');
      expect((await state(page)).paused).toBe(true);
      await tap(page, '关掉字幕');
      expect(await page.locator('[data-caption]').textContent()).toBe('');
      expect(new Set(asked)).toEqual(asked.length === 0 ? new Set() : new Set([station.url]));
    });
  });

  it('ends with its page: nothing is heard after home was touched', async () => {
    await withPage(async ({ page }) => {
      await openScene(page, station.url, film);
      await tap(page, '播放');
      await page.locator('nav').getByRole('button', { name: '首页' }).tap();
      await isDrawn(page, 'home');
      expect(await page.locator('video').count()).toBe(0);
    });
  });
});

describe('a pamphlet', () => {
  const pamphlet = { ...PAGES.pamphlet, page: 'media' } as const;

  /** Dark points of the page that is drawn. */
  const ink = (page: Page) =>
    page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const points = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
      let dark = 0;
      for (let at = 0; at < points.length; at += 4)
        if ((points[at] ?? 255) < 100 && (points[at + 3] ?? 0) > 200) dark += 1;
      return { width, dark };
    });

  it('is drawn page by page and larger, by touch, without a worker and without a viewer of the browser', async () => {
    await withPage(async ({ page }) => {
      await openScene(page, station.url, pamphlet);
      const canvas = page.locator('canvas[data-laid-out="true"]');
      await canvas.waitFor();
      const first = await ink(page);
      expect(first.dark).toBeGreaterThan(2000);
      expect(await canvas.getAttribute('aria-label')).toContain('打工维权小册子');
      await tap(page, '下一页');
      await page.waitForFunction(
        () =>
          !document.querySelector('canvas')?.getAttribute('aria-label')?.includes('打工维权小册子'),
      );
      await canvas.waitFor();
      await tap(page, '放大');
      await page.waitForFunction(
        (before) => (document.querySelector('canvas')?.width ?? 0) > before,
        first.width,
      );
      await tap(page, '往右看');
      await page.waitForFunction(
        () => (document.querySelector('canvas')?.parentElement?.scrollLeft ?? 0) > 0,
      );
      expect(page.workers()).toEqual([]);
      expect(await page.locator('embed, object, iframe').count()).toBe(0);
    });
  });
});

const FILM = 'media.film-legal-aid';

it('a film whose file was lost says so in one sentence', async () => {
  const folder = join(import.meta.dirname, '../../assets/starter/media');
  const { path } = await station.client.media.get({ id: FILM, language: 'zh-CN' });
  const name = basename(path ?? '');
  const aside = join(folder, `${name}.aside`);
  renameSync(join(folder, name), aside);
  try {
    await withPage(async ({ page }) => {
      await openScene(page, station.url, { page: 'media', id: FILM });
      await page.getByText('还没有送到本机').waitFor();
      expect(await page.locator('video').count()).toBe(0);
    });
  } finally {
    renameSync(aside, join(folder, name));
  }
});

describe('plain questions', () => {
  it('lead by touch from home to an end, and from there to a guide, to people and to a number', async () => {
    await withPage(async ({ page }) => {
      await page.clock.install();
      await openScene(page, station.url, { page: 'home' });
      await tap(page, /说不清找谁/);
      await isDrawn(page, 'triages');
      await tap(page, /工资、劳动合同的事/);
      await isDrawn(page, 'triage');
      for (const answer of ['干了活，没拿到钱', '工厂、公司、店铺', '没有', '走了，还不到一年']) {
        await page.locator('main').getByRole('button', { name: answer, exact: true }).tap();
        await page.clock.fastForward(UNTREMBLING_MS);
      }
      await page.getByRole('heading', { name: '申请劳动仲裁' }).waitFor();
      const text = (await page.locator('main').textContent()) ?? '';
      for (const part of ['一年', '第二十七条', '仅供参考', '法律援助可以先派人'])
        expect(text).toContain(part);
      for (const [name, leadsTo] of [
        [/拖欠|劳动报酬/, 'guide'],
        [/我的社区谁在服务/, 'my-community'],
        [/取号/, 'take'],
      ] as const) {
        await tap(page, name);
        await isDrawn(page, leadsTo);
        await page.clock.fastForward(UNTREMBLING_MS);
        await page.locator('nav').getByRole('button', { name: '返回' }).tap();
        await isDrawn(page, 'triage');
      }
    });
  });
});
