import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANDSCAPE, PORTRAIT, type Screen } from './browser/chromium.ts';
import { LANGUAGES, type Scene } from './browser/scene.ts';
import { type Hall, openHall, sweep } from './browser/sweep.ts';
import { forceSpacing, textFaults } from './browser/texts.ts';
import { PAGE_VIEWS, SHEET_VIEWS, type View } from './browser/views.ts';

let hall: Hall;
beforeAll(async () => {
  hall = await openHall();
});
afterAll(() => hall?.close());

/** What is wrong with the letters of any view in some ways of reading, before and after spacing is forced. */
function faultsOn(
  screen: Screen,
  ways: readonly Partial<Scene>[],
  views: readonly View[] = PAGE_VIEWS,
): Promise<string[]> {
  return sweep(hall, { screen, views, ways }, async (page, { language }) => {
    const found = await namedFaults(page, '');
    // Not for Arabic letters (standards A-09).
    if (language === 'x-rtl') return found;
    await forceSpacing(page);
    return [...found, ...(await namedFaults(page, 'spaced '))];
  });
}

async function namedFaults(page: Page, when: string): Promise<string[]> {
  const faults: Readonly<Record<string, readonly string[]>> = { ...(await textFaults(page)) };
  return Object.entries(faults).flatMap(([kind, found]) =>
    found.length > 0 ? [`${when}${kind}: ${inShort(found)}`] : [],
  );
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
      expect(await faultsOn(screen, [{ language, zoom: '2' }])).toEqual([]);
    });

    it.each(LANGUAGES)('at the standard size: %s', async (language) => {
      expect(await faultsOn(screen, [{ language }])).toEqual([]);
    });

    it.each(LANGUAGES)('on any sheet: %s', async (language) => {
      const ways = [{ language }, { language, zoom: '2' }] as const;
      expect(await faultsOn(screen, ways, SHEET_VIEWS)).toEqual([]);
    });
  });

  it.each(['21.5', '43', '43-4k'] as const)('on another panel: %s', async (panel) => {
    const fine = panel.endsWith('4k');
    const screen = fine ? { width: 2160, height: 3840 } : PORTRAIT;
    expect(await faultsOn(screen, [{ panel, zoom: '1.5' }])).toEqual([]);
  });

  it('in the low layout with large print', async () => {
    const ways = [{ reach: 'low', zoom: '2' }] as const;
    expect(await faultsOn(PORTRAIT, ways)).toEqual([]);
    expect(await faultsOn(PORTRAIT, ways, SHEET_VIEWS)).toEqual([]);
  });
});
