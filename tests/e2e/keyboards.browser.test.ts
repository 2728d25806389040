import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PanelSize, panelDisplay } from '#shared/access/panels.ts';
import {
  LANDSCAPE,
  launchChromium,
  openTouchPage,
  PORTRAIT,
  type Screen,
} from './browser/chromium.ts';
import { controlsOf } from './browser/controls.ts';
import { openScene, type Scene } from './browser/scene.ts';
import { type RunningStation, startStation } from './browser/station.ts';
import { gapFaults, sizeFaults } from './browser/target-faults.ts';

let browser: Browser;
let station: RunningStation;
beforeAll(async () => {
  [browser, station] = await Promise.all([launchChromium(), startStation({ profile: 'bozhou' })]);
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

const PANELS: readonly PanelSize[] = ['21.5', '32', '43'];
const touchKey = (page: Page, key: string) => page.locator(`[data-key="${key}"]`).tap();
const shown = (page: Page) => page.locator('[data-keyboard]').getAttribute('data-keyboard');

/** Opens the search page of a terminal whose profile names these keyboards, and goes on to one of them. */
async function openBoard(screen: Screen, board: string, more: Partial<Scene> = {}) {
  const touch = await openTouchPage(browser, screen);
  await openScene(touch.page, station.url, { page: 'search', ...more });
  for (let step = 0; step < 4 && (await shown(touch.page)) !== board; step += 1) {
    const before = await shown(touch.page);
    await touchKey(touch.page, 'next-layout');
    await touch.page.waitForFunction(
      (old) => document.querySelector('[data-keyboard]')?.getAttribute('data-keyboard') !== old,
      before,
    );
  }
  expect(await shown(touch.page)).toBe(board);
  return touch;
}

describe.each(['uyghur', 'kazakh'])('the keyboard %s of Bozhou', (board) => {
  it('has keys for fingers on every panel, and its symbols, too', async () => {
    const faults: string[] = [];
    for (const screen of [PORTRAIT, LANDSCAPE])
      for (const panel of PANELS)
        for (const zoom of ['1', '2'] as const) {
          const mmPerPx = panelDisplay(panel)?.mmPerPx ?? 0;
          const { page, close } = await openBoard(screen, board, { panel, zoom });
          const look = async (name: string) => {
            const controls = await controlsOf(page);
            const found = [
              ...sizeFaults(controls, mmPerPx, zoom === '2'),
              ...gapFaults(controls, mmPerPx),
            ];
            const way = `${panel}″ ${screen.width} px ×${zoom} ${name}`;
            faults.push(...found.map((fault) => `${way}: ${fault}`));
          };
          expect((await controlsOf(page)).length).toBeGreaterThan(30);
          await look('letters');
          await touchKey(page, 'symbols');
          await page.locator('[data-keyboard$="symbols"]').waitFor();
          await look('symbols');
          await close();
        }
    expect(faults).toEqual([]);
  });
});

it.each([
  ['uyghur', 'ئادۋوكات'],
  ['kazakh', 'ادۆوكات'],
])('%s letters stand from right to left as they are typed', async (board, word) => {
  const { page, close, faults } = await openBoard(PORTRAIT, board);
  for (const letter of word) await touchKey(page, letter);
  const field = page.getByRole('textbox');
  expect(await field.textContent()).toBe(word);
  await touchKey(page, 'delete');
  expect(await field.textContent()).toBe(word.slice(0, -1));
  expect(faults).toEqual([]);
  await close();
});
