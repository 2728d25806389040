import type { Browser, Page } from 'playwright-core';
import { launchChromium, openTouchPage, type Screen } from './chromium.ts';
import { inLanes } from './lanes.ts';
import { type Scene, turnTo } from './scene.ts';
import { type RunningStation, startStation } from './station.ts';
import type { SweptProfile, View } from './views.ts';

/** A browser and the stations that a file of sweeps looks at. */
export interface Hall {
  readonly browser: Browser;
  readonly stations: Readonly<Record<SweptProfile, RunningStation>>;
  readonly close: () => Promise<void>;
}

export async function openHall(): Promise<Hall> {
  const [browser, wuhua, changzhou] = await Promise.all([
    launchChromium(),
    startStation({ profile: 'wuhua' }),
    startStation({ profile: 'changzhou' }),
  ]);
  return {
    browser,
    stations: { wuhua, changzhou },
    close: async () => {
      await browser.close();
      await Promise.all([wuhua.close(), changzhou.close()]);
    },
  };
}

/** How the views of a sweep are shown. */
export interface Sweep {
  readonly screen: Screen;
  readonly views: readonly View[];
  /** Ways of reading; each view is looked at in each of them. One, as it comes, when absent. */
  readonly ways?: readonly Partial<Scene>[];
}

/**
 * Shows every view in every way and gathers what `look` finds and what the page complained of, named by view and way. Two pages share the work; each stays
 * loaded and turns from view to view, because loading takes longer than all that is measured.
 */
export async function sweep(
  { browser, stations }: Hall,
  { screen, views, ways = [{}] }: Sweep,
  look: (page: Page, scene: Scene) => Promise<readonly string[]>,
): Promise<string[]> {
  const faults: string[] = [];
  const shown = ways.flatMap((way) => views.map((view) => ({ view, way })));
  await inLanes(
    shown,
    async () => {
      const touch = await openTouchPage(browser, screen);
      if (views.some(({ open }) => open !== undefined)) await touch.page.clock.install();
      return touch;
    },
    async ({ view, way }, { page, faults: ofPage }) => {
      const scene = { ...view.scene, ...way };
      await turnTo(page, stations[view.profile].url, scene);
      await view.open?.(page, scene);
      const named = [view.name, ...Object.values(way)].join(' ');
      const found = await look(page, scene);
      // Also what the page itself complained of meanwhile: errors, warnings, what its policy refused.
      faults.push(...[...found, ...ofPage.splice(0)].map((fault) => `${named}: ${fault}`));
    },
  );
  return faults;
}
