import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type RunningShell, removeFolder, startShell } from '../../e2e/browser/running-shell.ts';
import { PROGRAM } from '../../e2e/electron/built-program.ts';
import { openDisplay } from '../../e2e/electron/display.ts';
import { judgeGrowth, type Sample } from './growth.ts';
import { plot } from './plot.ts';
import { takeSample } from './sample.ts';

const SAMPLE_EVERY_MS = 5000;
/** A visit is so many touches; then home, as after the idle time. */
const TOUCHES = 12;
const LOOK_MS = 150;
const SEEN_WITHIN_MS = 60_000;

/** Visitors for a while, in a real Chromium under the browser shell. */
export async function soak(minutes: number, seed: number) {
  const display = await openDisplay();
  const dataDir = mkdtempSync(join(tmpdir(), 'soak-'));
  const shell = startShell(dataDir, [], display.name);
  const samples: Sample[] = [];
  const counts = { visits: 0, touches: 0, missed: 0 };
  try {
    await untilShown(shell);
    const began = performance.now();
    const elapsed = () => (performance.now() - began) / 60_000;
    const chance = chanceFrom(seed);
    let sampledAt = Number.NEGATIVE_INFINITY;
    // One connection for all visits: each new one leaves a world of its own in the page, half a megabyte with its listeners.
    await shell.withPage(async (page) => {
      while (elapsed() < minutes)
        await visit(page, chance, counts, async () => {
          if (performance.now() - sampledAt < SAMPLE_EVERY_MS) return;
          sampledAt = performance.now();
          samples.push(await takeSample(shell, page, dataDir, elapsed()));
        });
    });
  } finally {
    await shell.stop();
    display.close();
    removeFolder(dataDir);
  }
  const growth = judgeGrowth(samples);
  const folder = join(PROGRAM, 'out');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'soak.svg'), plot(samples, growth));
  writeFileSync(join(folder, 'soak.json'), JSON.stringify(samples));
  const faults = growth.filter(({ isLeak }) => isLeak).map(({ what }) => what);
  return { faults, minutes, ...counts, samples: samples.length, growth };
}

async function untilShown(shell: RunningShell): Promise<void> {
  const until = performance.now() + SEEN_WITHIN_MS;
  for (;;) {
    const isThere = await shell
      .withPage((page) => page.locator('main button').first().isVisible())
      .catch(() => false);
    if (isThere) return;
    if (performance.now() > until) throw new Error('home never came');
    await pause(LOOK_MS);
  }
}

/** One visitor: home, as the one before left it by 清屏离开, the last button of the bar, and from there whatever chance takes. */
async function visit(
  page: Page,
  chance: () => number,
  counts: { visits: number; touches: number; missed: number },
  between: () => Promise<void>,
): Promise<void> {
  page.setDefaultTimeout(2000);
  await page.evaluate(`[...document.querySelectorAll('nav button')].at(-1)?.click()`);
  for (let touch = 0; touch < TOUCHES; touch += 1) {
    const buttons = page.locator('button:visible:not([disabled])');
    const number = await buttons.count();
    if (number === 0) break;
    // One that went meanwhile, or lies under another, is a visitor's miss.
    await buttons
      .nth(Math.floor(chance() * number))
      .click({ timeout: 1000 })
      .then(
        () => (counts.touches += 1),
        () => (counts.missed += 1),
      );
    await pause(LOOK_MS);
    await between();
  }
  counts.visits += 1;
  // The next visitor finds the page as the idle time leaves it, without loading it anew: that is what is being tested.
  await page.keyboard.press('Escape').catch(() => {});
}

/** Chance that comes out the same each time (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
