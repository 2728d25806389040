import type { Browser, CDPSession, Page } from 'playwright-core';
import { launchChromium, PORTRAIT } from '../e2e/browser/chromium.ts';
import { openScene, sceneUrl } from '../e2e/browser/scene.ts';
import { type RunningStation, startStation } from '../e2e/browser/station.ts';
import { longLaw } from '../laws/sample-laws.ts';

/** As many as the Civil Code has. */
const ARTICLES = 1260;
const LAW = '长篇公约（示例）@2024-01-01';
const SWIPES = 6;
const TOUCHES = 8;
const FROM_Y = PORTRAIT.height * 0.78;
const TO_Y = PORTRAIT.height * 0.18;
/** 2,400 pixels a second: a screen in less than a second. */
const PIXELS_A_MOVE = 38;
const MOVE_EVERY_MS = 16;
/** Longer than the time in which a second touch does nothing. */
const UNTREMBLING_MS = 700;
/** A frame of a screen with 60 of them takes 16.7 ms; what is over this was missed. */
const SLOW_MS = 20;

/**
 * Frames that are missed while the text of a long law moves, by finger and by the buttons, without a graphics card; beside
 * it the same text as a plain page that is moved by the same finger.
 */
export async function benchLawScroll(): Promise<Record<string, unknown>> {
  const [browser, station] = await Promise.all([
    launchChromium(),
    startStation({ profile: 'wuhua', laws: [longLaw(ARTICLES)] }),
  ]);
  try {
    return await measured(browser, station);
  } finally {
    await browser.close();
    await station.close();
  }
}

async function measured(browser: Browser, station: RunningStation) {
  const { page, devtools } = await openPage(browser);
  await openScene(page, station.url, { page: 'law-text', id: LAW });
  await page.locator('[data-law-text] p').first().waitFor();
  const finger = await framesWhile(page, '[data-scroller]', () => swipe(devtools));
  const buttons = await framesWhile(page, '[data-scroller]', () => turn(page));
  await page.goto('about:blank');
  await page.goto(sceneUrl(station.url, { page: 'home' }));
  const { text } = longLaw(ARTICLES);
  await page.evaluate((words) => {
    const paragraphs = words.split('\n\n').map((words) => {
      const paragraph = document.createElement('p');
      paragraph.textContent = words;
      return paragraph;
    });
    const plain = document.createElement('div');
    plain.id = 'plain';
    plain.style.cssText = 'height:100vh;overflow-y:auto;font-size:32px;line-height:1.7';
    plain.append(...paragraphs);
    document.body.replaceChildren(plain);
  }, text);
  const plain = await framesWhile(page, '#plain', () => swipe(devtools));
  return {
    bench: 'frames over 20 ms while the text of a law moves, software rendering',
    articles: ARTICLES,
    ...named('finger', finger),
    ...named('button', buttons),
    ...named('plainPage', plain),
    goalSlowShare: 0.05,
    met: slowShare(finger) <= 0.05 && slowShare(buttons) <= 0.05,
  };
}

async function openPage(browser: Browser): Promise<{ page: Page; devtools: CDPSession }> {
  const context = await browser.newContext({ viewport: PORTRAIT, hasTouch: true, locale: 'zh-CN' });
  const page = await context.newPage();
  return { page, devtools: await context.newCDPSession(page) };
}

/** As a hand does who looks for a place: swipes of more than half a screen, one after another. */
async function swipe(devtools: CDPSession): Promise<void> {
  const x = PORTRAIT.width / 2;
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: y === undefined ? [] : [{ x, y }],
    });
  for (let at = 0; at < SWIPES; at += 1) {
    await touch('touchStart', FROM_Y);
    for (let y = FROM_Y; y > TO_Y; y -= PIXELS_A_MOVE) {
      await touch('touchMove', y);
      await new Promise((resolve) => setTimeout(resolve, MOVE_EVERY_MS));
    }
    await touch('touchEnd');
  }
}

/** The button below the text, a screen each time. */
async function turn(page: Page): Promise<void> {
  for (let at = 0; at < TOUCHES; at += 1) {
    await page.locator('[data-scroller] + div button').last().tap();
    await page.waitForTimeout(UNTREMBLING_MS);
  }
}

/** How long each frame took in which the text moved. */
async function framesWhile(
  page: Page,
  scroller: string,
  move: () => Promise<void>,
): Promise<number[]> {
  await page.evaluate((selector) => {
    const frames: number[] = [];
    window.movingFrames = frames;
    let last = 0;
    let top = -1;
    const look = (now: number) => {
      if (window.movingFrames !== frames) return;
      const place = document.querySelector(selector)?.scrollTop ?? 0;
      if (last > 0 && place !== top) frames.push(now - last);
      [last, top] = [now, place];
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, scroller);
  await move();
  return page.evaluate(() => {
    const frames = window.movingFrames ?? [];
    window.movingFrames = undefined;
    return frames;
  });
}

function slowShare(frames: readonly number[]): number {
  return frames.filter((ms) => ms > SLOW_MS).length / frames.length;
}

function named(name: string, frames: readonly number[]): Record<string, number> {
  const sorted = frames.toSorted((a, b) => a - b);
  const round = (number = Number.NaN) => Math.round(1000 * number) / 1000;
  return {
    [`${name}Frames`]: frames.length,
    [`${name}SlowShare`]: round(slowShare(frames)),
    [`${name}P50Ms`]: round(sorted[Math.floor(frames.length / 2)]),
    [`${name}P95Ms`]: round(sorted[Math.floor(frames.length * 0.95)]),
  };
}

declare global {
  interface Window {
    movingFrames?: number[] | undefined;
  }
}
