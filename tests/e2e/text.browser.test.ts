import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  LANDSCAPE,
  launchChromium,
  openTouchPage,
  PORTRAIT,
  type Screen,
} from './browser/chromium.ts';
import { inLanes } from './browser/lanes.ts';
import { LANGUAGES, openScene, PAGES, type Scene } from './browser/scene.ts';
import { type RunningStation, startStation } from './browser/station.ts';
import { forceSpacing, textFaults } from './browser/texts.ts';

let browser: Browser;
let station: RunningStation;
beforeAll(async () => {
  [browser, station] = await Promise.all([launchChromium(), startStation({ profile: 'wuhua' })]);
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

/** What is wrong with the letters of any page in a way of reading, before and after spacing is forced. */
async function faultsOn(screen: Screen, more: Partial<Scene>, spaced = false): Promise<string[]> {
  const faults: string[] = [];
  await inLanes(
    Object.entries(PAGES),
    () => openTouchPage(browser, screen),
    async ([name, scene], { page }) => {
      await openScene(page, station.url, { ...scene, ...more });
      const add = async (when: string) => {
        for (const [kind, found] of Object.entries({ ...(await textFaults(page)) } satisfies Record<
          string,
          readonly string[]
        >))
          if (found.length > 0) faults.push(`${name}${when}: ${kind}: ${inShort(found)}`);
      };
      await add('');
      if (!spaced) return;
      await forceSpacing(page);
      await add(' spaced');
    },
  );
  return faults;
}

/** One fault of a page's frame shows in each of its lines. */
function inShort(found: readonly string[]): string {
  const different = [...new Set(found)];
  return [
    ...different.slice(0, 3),
    ...(different.length > 3 ? [`${different.length} in all`] : []),
  ].join(', ');
}

describe('no text is cut, covered, mirrored or too wide to read', () => {
  describe.each([
    ['portrait', PORTRAIT],
    ['landscape', LANDSCAPE],
  ])('%s', (_way, screen) => {
    it.each(LANGUAGES)('at twice the size, and with forced spacing: %s', async (language) => {
      const spaced = language !== 'x-rtl';
      expect(await faultsOn(screen, { language, zoom: '2' }, spaced)).toEqual([]);
    });

    it.each(LANGUAGES)('at the standard size: %s', async (language) => {
      const spaced = language !== 'x-rtl';
      expect(await faultsOn(screen, { language }, spaced)).toEqual([]);
    });
  });

  it.each(['21.5', '43', '43-4k'] as const)('on another panel: %s', async (panel) => {
    const fine = panel.endsWith('4k');
    const screen = fine ? { width: 2160, height: 3840 } : PORTRAIT;
    expect(await faultsOn(screen, { panel, zoom: '1.5' })).toEqual([]);
  });

  it('in the low layout with large print', async () => {
    expect(await faultsOn(PORTRAIT, { reach: 'low', zoom: '2' })).toEqual([]);
  });
});
