import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PanelSize, panelDisplay } from '#shared/access/panels.ts';
import { LOW_REACH_TOP_MM } from '#shared/access/reach.ts';
import { LANDSCAPE, PORTRAIT, type Screen } from './browser/chromium.ts';
import { type Control, controlsOf } from './browser/controls.ts';
import { type Hall, openHall, sweep } from './browser/sweep.ts';
import { gapFaults, sizeFaults } from './browser/target-faults.ts';
import { capitalHeights } from './browser/texts.ts';
import { PAGE_VIEWS, SHEET_VIEWS } from './browser/views.ts';

const LOW_REACH_BOTTOM_MM = 380;

const PANELS: readonly PanelSize[] = ['21.5', '32', '43'];
const WAYS: readonly (readonly [string, Screen])[] = [
  ['portrait', PORTRAIT],
  ['landscape', LANDSCAPE],
];

let hall: Hall;
beforeAll(async () => {
  hall = await openHall();
});
afterAll(() => hall?.close());

/** A capital H must fill 0.7 degrees of what the eye sees, and be 4.8 mm high at least (standards A-07). */
async function letterFaults(page: Page, mmPerPx: number, distanceMm: number): Promise<string[]> {
  const wanted = Math.max(4.8, distanceMm * Math.tan((0.7 * Math.PI) / 180));
  const small = (await capitalHeights(page)).filter(({ px }) => px * mmPerPx < wanted - 0.05);
  return small.map(({ text, px }) => `"${text}" is ${(px * mmPerPx).toFixed(2)} mm high`);
}

/** What keeps a finger from one control, or makes it meet two. */
const fingerFaults = (controls: readonly Control[], mmPerPx: number, isZoomed: boolean) => [
  ...sizeFaults(controls, mmPerPx, isZoomed),
  ...gapFaults(controls, mmPerPx),
];

describe.each(PANELS)('on a %s″ panel', (panel) => {
  const display = panelDisplay(panel);
  const mmPerPx = display?.mmPerPx ?? 0;
  const distance = display?.viewingDistanceMm ?? 0;
  const bottomMm = display?.screenBottomMm ?? 0;

  /** What a person who sits cannot reach. */
  const reachFaults = (controls: readonly Control[]) =>
    controls.flatMap(({ name, seen }) => {
      // What fills the screen (publicity) can be touched anywhere.
      if (seen === undefined || seen.bottom - seen.top >= PORTRAIT.height) return [];
      const above = (px: number) => bottomMm + (PORTRAIT.height - px) * mmPerPx;
      const low = above(seen.bottom);
      const high = above(seen.top);
      return low >= LOW_REACH_BOTTOM_MM && high <= LOW_REACH_TOP_MM + 1
        ? []
        : [`"${name}" is ${low.toFixed(0)} to ${high.toFixed(0)} mm above the floor`];
    });

  it.each(WAYS)('every control fits a finger and every letter an eye, %s', async (_, screen) => {
    const shown = { screen, views: PAGE_VIEWS, ways: [{ panel }] };
    const faults = await sweep(hall, shown, async (page, { attract }) => {
      const controls = await controlsOf(page);
      // Publicity is one control as large as the screen.
      expect(controls.length).toBeGreaterThanOrEqual(attract === undefined ? 4 : 1);
      return [
        ...fingerFaults(controls, mmPerPx, false),
        ...(await letterFaults(page, mmPerPx, distance)),
      ];
    });
    expect(faults).toEqual([]);
  });

  it('every control is larger still for those who read large print', async () => {
    const shown = { screen: PORTRAIT, views: PAGE_VIEWS, ways: [{ panel, zoom: '2' }] } as const;
    const faults = await sweep(hall, shown, async (page) =>
      fingerFaults(await controlsOf(page), mmPerPx, true),
    );
    expect(faults).toEqual([]);
  });

  it('every control is within reach of someone who sits, in the low layout', async () => {
    const views = [...PAGE_VIEWS, ...SHEET_VIEWS];
    const shown = { screen: PORTRAIT, views, ways: [{ panel, reach: 'low' }] } as const;
    const faults = await sweep(hall, shown, async (page) => reachFaults(await controlsOf(page)));
    expect(faults).toEqual([]);
  });

  it.each(WAYS)('every control of a sheet fits a finger, %s', async (_, screen) => {
    const ways = [{ panel }, { panel, zoom: '2' }] as const;
    const shown = { screen, views: SHEET_VIEWS, ways };
    const faults = await sweep(hall, shown, async (page, { zoom }) => {
      const controls = await controlsOf(page);
      expect(controls.length).toBeGreaterThanOrEqual(1);
      return fingerFaults(controls, mmPerPx, zoom === '2');
    });
    expect(faults).toEqual([]);
  });
});
