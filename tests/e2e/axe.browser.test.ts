import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, openTouchPage, PORTRAIT } from './browser/chromium.ts';
import { inLanes } from './browser/lanes.ts';
import { LANGUAGES, openScene, PAGES, type Scene } from './browser/scene.ts';
import { type RunningStation, startStation } from './browser/station.ts';

/** A net for a busy machine; nothing is proven by it. */
const A_LOT = 900_000;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let browser: Browser;
let station: RunningStation;
beforeAll(async () => {
  [browser, station] = await Promise.all([launchChromium(), startStation({ profile: 'wuhua' })]);
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

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

function readable({ violations: found }: axe.AxeResults): string[] {
  return found.flatMap(({ id, nodes }) =>
    nodes.slice(0, 4).map(({ target, any, all }) => {
      const why = [...any, ...all][0]?.message ?? '';
      return `${id}: ${target.join(' ')} ${why}`;
    }),
  );
}

const SEVEN = { expected: 7, minThreshold: 0 };

async function loadAxe(page: Page): Promise<void> {
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

/** Every scene in every language and size of letters; the two contrasts are looked at in each. */
async function check(
  scenes: Readonly<Record<string, Scene>>,
  stage: (page: Page, name: string) => Promise<void> = async () => {},
): Promise<string[]> {
  const faults: string[] = [];
  const ways = Object.entries(scenes).flatMap(([name, scene]) =>
    LANGUAGES.flatMap((language) =>
      (['1', '2'] as const).map((zoom) => ({ name, scene: { ...scene, language, zoom } })),
    ),
  );
  await inLanes(
    ways,
    () => openTouchPage(browser, PORTRAIT),
    async ({ name, scene }, { page }) => {
      await openScene(page, station.url, scene);
      await loadAxe(page);
      await stage(page, name);
      const found = [...(await violations(page)), ...(await lowContrast(page))];
      faults.push(...found.map((fault) => `${name} ${scene.language} ×${scene.zoom}: ${fault}`));
    },
  );
  return faults;
}

/** Pages with a sheet and the button that opens it, by its place, which is the same in every language. */
const SHEETS: Readonly<Record<string, { readonly page: string; readonly opener: string }>> = {
  display: { page: 'guide', opener: 'nav button:nth-of-type(4)' },
  language: { page: 'guide', opener: 'nav button:nth-of-type(5)' },
  takeaway: { page: 'guide', opener: 'main [class*="actions"] button:nth-of-type(2)' },
  digits: { page: 'law', opener: 'main [class*="ways"] button:nth-of-type(2)' },
};

describe('axe finds nothing (WCAG 2.2 A and AA, 7:1 in high contrast)', () => {
  it('on any page', { timeout: A_LOT }, async () => {
    expect(await check(PAGES)).toEqual([]);
  });

  it('on any sheet', { timeout: A_LOT }, async () => {
    const scenes = Object.fromEntries(
      Object.entries(SHEETS).map(([name, { page }]) => [name, { page, ...PAGES[page] }]),
    );
    expect(
      await check(scenes, async (page, name) => {
        await page.locator(SHEETS[name]?.opener ?? '').tap();
        await page.getByRole('dialog').locator('h2').waitFor();
        await page.waitForFunction(() => !document.querySelector('[class*="waiting"]'));
      }),
    ).toEqual([]);
  });
});

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
