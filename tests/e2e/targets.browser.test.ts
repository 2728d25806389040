import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PanelSize, panelDisplay } from '#shared/access/panels.ts';
import { LOW_REACH_TOP_MM } from '#shared/access/reach.ts';
import {
  LANDSCAPE,
  launchChromium,
  openTouchPage,
  PORTRAIT,
  type Screen,
} from './browser/chromium.ts';
import { controlsOf } from './browser/controls.ts';
import { inLanes } from './browser/lanes.ts';
import { openScene, PAGES, type Scene } from './browser/scene.ts';
import { type RunningStation, startStation } from './browser/station.ts';
import { gapFaults, sizeFaults } from './browser/target-faults.ts';
import { capitalHeights } from './browser/texts.ts';

const LOW_REACH_BOTTOM_MM = 380;

const PANELS: readonly PanelSize[] = ['21.5', '32', '43'];

let browser: Browser;
let station: RunningStation;
beforeAll(async () => {
  [browser, station] = await Promise.all([launchChromium(), startStation({ profile: 'wuhua' })]);
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

/** A capital H must fill 0.7 degrees of what the eye sees, and be 4.8 mm high at least (standards A-07). */
async function letterFaults(page: Page, mmPerPx: number, distanceMm: number): Promise<string[]> {
  const wanted = Math.max(4.8, distanceMm * Math.tan((0.7 * Math.PI) / 180));
  const small = (await capitalHeights(page)).filter(({ px }) => px * mmPerPx < wanted - 0.05);
  return small.map(({ text, px }) => `"${text}" is ${(px * mmPerPx).toFixed(2)} mm high`);
}

interface Way {
  readonly name: string;
  readonly scene: Scene;
  readonly screen: Screen;
}

const turned = (screen: Screen) => (screen === PORTRAIT ? 'portrait' : 'landscape');

/** Opens every page in a way, one touch page a screen and lane, and gathers what `look` finds. */
async function faultsOn(
  screen: Screen,
  more: Partial<Scene>,
  look: (page: Page, scene: Scene) => Promise<string[]>,
): Promise<string[]> {
  const faults: string[] = [];
  const ways: Way[] = Object.entries(PAGES).map(([name, scene]) => ({
    name: `${name} ${turned(screen)}`,
    scene: { ...scene, ...more },
    screen,
  }));
  await inLanes(
    ways,
    () => openTouchPage(browser, screen),
    async ({ name, scene }, { page }) => {
      await openScene(page, station.url, scene);
      const found = await look(page, scene);
      faults.push(...found.map((fault) => `${name}: ${fault}`));
    },
  );
  return faults;
}

describe.each(PANELS)('on a %s″ panel', (panel) => {
  const display = panelDisplay(panel);
  const mmPerPx = display?.mmPerPx ?? 0;
  const distance = display?.viewingDistanceMm ?? 0;

  it.each([
    ['portrait', PORTRAIT],
    ['landscape', LANDSCAPE],
  ])('every control fits a finger and every letter an eye, %s', async (_way, screen) => {
    const faults = await faultsOn(screen, { panel }, async (page) => {
      const controls = await controlsOf(page);
      // Publicity is one control as large as the screen.
      const isPublicity = (await page.locator('[data-attract]').count()) > 0;
      expect(controls.length).toBeGreaterThanOrEqual(isPublicity ? 1 : 4);
      return [
        ...sizeFaults(controls, mmPerPx, false),
        ...gapFaults(controls, mmPerPx),
        ...(await letterFaults(page, mmPerPx, distance)),
      ];
    });
    expect(faults).toEqual([]);
  });

  it('every control is larger still for those who read large print', async () => {
    const faults = await faultsOn(PORTRAIT, { panel, zoom: '2' }, async (page) => {
      const controls = await controlsOf(page);
      return [...sizeFaults(controls, mmPerPx, true), ...gapFaults(controls, mmPerPx)];
    });
    expect(faults).toEqual([]);
  });

  it('every control is within reach of someone who sits, in the low layout', async () => {
    const bottomMm = display?.screenBottomMm ?? 0;
    const faults = await faultsOn(PORTRAIT, { panel, reach: 'low' }, async (page) =>
      (await controlsOf(page)).flatMap(({ name, seen }) => {
        // What fills the screen (publicity) can be touched anywhere.
        if (seen === undefined || seen.bottom - seen.top >= PORTRAIT.height) return [];
        const above = (px: number) => bottomMm + (PORTRAIT.height - px) * mmPerPx;
        const low = above(seen.bottom);
        const high = above(seen.top);
        return low >= LOW_REACH_BOTTOM_MM && high <= LOW_REACH_TOP_MM + 1
          ? []
          : [`"${name}" is ${low.toFixed(0)} to ${high.toFixed(0)} mm above the floor`];
      }),
    );
    expect(faults).toEqual([]);
  });
});

describe('sheets', () => {
  it.each([
    ['display', 'guide', 'nav button:nth-of-type(4)'],
    ['language', 'guide', 'nav button:nth-of-type(5)'],
    ['takeaway', 'guide', 'main [class*="actions"] button:nth-of-type(2)'],
    ['digits of an article', 'law', 'main [class*="ways"] button:nth-of-type(2)'],
  ])('have targets for fingers on every panel: %s', async (_name, name, opener) => {
    const faults: string[] = [];
    const ways = PANELS.flatMap((panel) =>
      (['1', '2'] as const).flatMap((zoom) =>
        [PORTRAIT, LANDSCAPE].map((screen) => ({ panel, zoom, screen })),
      ),
    );
    const empty = { close: async () => {} };
    await inLanes(
      ways,
      async () => empty,
      async ({ panel, zoom, screen }) => {
        const touch = await openTouchPage(browser, screen);
        const mmPerPx = panelDisplay(panel)?.mmPerPx ?? 0;
        await openScene(touch.page, station.url, { page: name, ...PAGES[name], panel, zoom });
        await touch.page.locator(opener).tap();
        await touch.page.getByRole('dialog').locator('h2').waitFor();
        await touch.page.waitForFunction(() => !document.querySelector('[class*="waiting"]'));
        const controls = await controlsOf(touch.page);
        const found = [
          ...sizeFaults(controls, mmPerPx, zoom === '2'),
          ...gapFaults(controls, mmPerPx),
        ];
        faults.push(...found.map((fault) => `${panel}″ ${turned(screen)} ×${zoom}: ${fault}`));
        await touch.close();
      },
    );
    expect(faults).toEqual([]);
  });
});
