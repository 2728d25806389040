import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LANDSCAPE, launchChromium, openTouchPage, PORTRAIT } from './browser/chromium.ts';
import { openScene } from './browser/scene.ts';
import { startStation } from './browser/station.ts';

/** Letters of 6.1 mm leave no room for all of home on a panel of 21.5 inches: there it scrolls. */
const PANELS = ['32', '43'] as const;
const SCREENS = { portrait: PORTRAIT, landscape: LANDSCAPE };

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

test.each([
  ['a street station', { profile: 'wuhua' }],
  ['a workroom with a board of its own', { profile: 'wuhua', station: '530102001007' }],
  ['a police post', { profile: 'bozhou', station: '652701001-J01' }],
  ['a centre with six windows', { profile: 'xigu' }],
  ['a centre with nine other services', { profile: 'jilin' }],
  ['a station with grids', { profile: 'changzhou' }],
])('all of home is seen at once on a large panel: %s', async (_place, settings) => {
  const station = await startStation(settings);
  const cut: string[] = [];
  for (const [way, screen] of Object.entries(SCREENS)) {
    const { page, close } = await openTouchPage(browser, screen);
    for (const panel of PANELS) {
      await openScene(page, station.url, { page: 'home', panel });
      const below = await page.evaluate(() => {
        const area = document.querySelector('[data-scroller]');
        return area === null ? Number.NaN : area.scrollHeight - area.clientHeight;
      });
      if (below !== 0) cut.push(`${panel} inch ${way}: ${below} px below the edge`);
    }
    await close();
  }
  await station.close();
  expect(cut).toEqual([]);
});
