import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANDSCAPE, PORTRAIT } from './browser/chromium.ts';
import { LANGUAGES } from './browser/scene.ts';
import { type Hall, openHall, type Sweep, sweep } from './browser/sweep.ts';
import {
  OTHER_PROFILE_VIEWS,
  PAGE_VIEWS,
  REPRESENTATIVE_VIEWS,
  SHEET_VIEWS,
} from './browser/views.ts';

/** A net for a busy machine; nothing is proven by it. */
const A_LOT = 900_000;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let hall: Hall;
beforeAll(async () => {
  hall = await openHall();
});
afterAll(() => hall?.close());

/** Rules that a page breaks, each with the elements that break it. */
async function violations(page: Page): Promise<string[]> {
  return readable(
    await page.evaluate(
      (tags) =>
        window.axe.run(document, {
          runOnly: { type: 'tag', values: tags },
          rules: { 'target-size': { enabled: true } },
          resultTypes: ['violations'],
        }),
      TAGS,
    ),
  );
}

/** Text of less than 7:1, large or small, in the high-contrast mode (standards A-03). */
async function lowContrast(page: Page): Promise<string[]> {
  return readable(
    await page.evaluate(() => {
      document.documentElement.dataset.contrast = 'more';
      return window.axe.run(document, {
        runOnly: { type: 'rule', values: ['color-contrast-enhanced'] },
        resultTypes: ['violations'],
      });
    }),
  );
}

/** Elements with nothing but Chinese in them that are not said to be Chinese (WCAG 2.2, 3.1.2), which axe does not look for. */
function unmarkedChinese(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.body.querySelectorAll('*')]
      .filter((element) => {
        const own = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
        const text = own.map((node) => node.textContent).join('');
        return (
          /\p{Script=Han}/u.test(text) &&
          !/[a-z\p{Script=Arabic}]/u.test(element.textContent ?? '') &&
          !element.closest('[lang]')?.getAttribute('lang')?.startsWith('zh')
        );
      })
      .map((element) => `lang: ${element.textContent?.slice(0, 40)}`),
  );
}

function readable({ violations: found }: axe.AxeResults): string[] {
  return found.flatMap(({ id, nodes }) =>
    nodes.slice(0, 4).map(({ target, any, all }) => {
      const why = [...any, ...all][0]?.message ?? '';
      return `${id}: ${target.join(' ')} ${why}`;
    }),
  );
}

const SEVEN = { expected: 7, minThreshold: 0 };

/** Once for all that a page turns to. */
async function loadAxe(page: Page): Promise<void> {
  if (await page.evaluate(() => 'axe' in window)) return;
  await page.evaluate(axe.source);
  await page.evaluate((seven) => {
    window.axe.configure({
      checks: [
        {
          id: 'color-contrast-enhanced',
          options: { contrastRatio: { normal: seven, large: seven } },
        },
      ],
    });
  }, SEVEN);
}

/** Every language and size of letters. */
const ALL_WAYS = LANGUAGES.flatMap((language) =>
  (['1', '2'] as const).map((zoom) => ({ language, zoom })),
);

/** The two contrasts are looked at in each way. */
const check = (shown: Sweep) =>
  sweep(hall, shown, async (page) => {
    await loadAxe(page);
    return [
      ...(await violations(page)),
      ...(await lowContrast(page)),
      ...(await unmarkedChinese(page)),
    ];
  });

describe('axe finds nothing (WCAG 2.2 A and AA, 7:1 in high contrast)', () => {
  it.each(LANGUAGES)('on any page: %s', { timeout: A_LOT }, async (language) => {
    const ways = ALL_WAYS.filter((way) => way.language === language);
    expect(await check({ screen: PORTRAIT, views: PAGE_VIEWS, ways })).toEqual([]);
  });

  it.each([
    ['portrait', PORTRAIT],
    ['landscape', LANDSCAPE],
  ])('on any sheet, %s', { timeout: A_LOT }, async (_, screen) => {
    const ways = screen === PORTRAIT ? ALL_WAYS : [{}];
    expect(await check({ screen, views: SHEET_VIEWS, ways })).toEqual([]);
  });

  it('on pages of every make, on a screen that lies', { timeout: A_LOT }, async () => {
    const ways = [{}, { zoom: '2' }] as const;
    expect(await check({ screen: LANDSCAPE, views: REPRESENTATIVE_VIEWS, ways })).toEqual([]);
  });

  it('on pages of every make, in the low layout', { timeout: A_LOT }, async () => {
    const ways = [{ reach: 'low' }, { reach: 'low', zoom: '2' }] as const;
    expect(await check({ screen: PORTRAIT, views: REPRESENTATIVE_VIEWS, ways })).toEqual([]);
  });

  it('in another deployment', { timeout: A_LOT }, async () => {
    const ways = [{}, { language: 'en', zoom: '2' }] as const;
    expect(await check({ screen: PORTRAIT, views: OTHER_PROFILE_VIEWS, ways })).toEqual([]);
  });
});

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
