import type { Browser, CDPSession } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium, openTouchPage, PORTRAIT, type TouchPage } from './browser/chromium.ts';
import { isDrawn, openScene } from './browser/scene.ts';
import { type RunningStation, startStation } from './browser/station.ts';

let browser: Browser;
let station: RunningStation;
beforeAll(async () => {
  [browser, station] = await Promise.all([launchChromium(), startStation({ profile: 'wuhua' })]);
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

let touch: TouchPage;
let finger: CDPSession;
beforeEach(async () => {
  touch = await openTouchPage(browser, PORTRAIT);
  finger = await touch.page.context().newCDPSession(touch.page);
  await openScene(touch.page, station.url, { page: 'guide', id: 'service.legal-aid-wages' });
});
afterEach(async () => {
  expect(touch.faults).toEqual([]);
  await touch.close();
});

interface Point {
  readonly x: number;
  readonly y: number;
}

const down = (...points: Point[]) =>
  finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points });
const moveTo = (...points: Point[]) =>
  finger.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points });
const up = () => finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });

async function middleOf(name: string): Promise<Point> {
  const box = await touch.page.getByRole('button', { name }).first().boundingBox();
  if (box === null) throw new Error(`${name} is not there`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Lets whatever a touch has set off come to the screen. */
const settle = () =>
  touch.page.evaluate(async () => {
    for (let frames = 0; frames < 10; frames += 1) await new Promise(requestAnimationFrame);
  });

/** What is on the page; not the root's own marks, one of which counts heard touches. */
const shown = () => touch.page.locator('body').innerHTML();

const pageName = () => touch.page.locator('main').getAttribute('data-page');

describe('a touch', () => {
  it('acts when the finger leaves, not before', async () => {
    const home = await middleOf('首页');
    await down(home);
    await settle();
    expect(await pageName()).toBe('guide');
    await up();
    await isDrawn(touch.page, 'home');
  });

  it('does nothing when the finger slides off', async () => {
    const home = await middleOf('首页');
    await down(home);
    for (let step = 1; step <= 8; step += 1) await moveTo({ x: home.x, y: home.y - step * 40 });
    await up();
    await settle();
    expect(await pageName()).toBe('guide');
  });

  it('counts once when it comes twice within half a second', async () => {
    await touch.page.clock.install();
    await openScene(touch.page, station.url, { page: 'guides', category: 'notary' });
    await touch.page.locator('main button[class*="row"]').first().tap();
    await isDrawn(touch.page, 'guide');
    const back = await middleOf('返回');
    await Promise.all([down(back), up(), down(back), up()]);
    // The trail was home, guides, guide: two steps back would have been home.
    await isDrawn(touch.page, 'guides');
    await settle();
    expect(await pageName()).toBe('guides');
    await touch.page.clock.fastForward(600);
    await Promise.all([down(back), up()]);
    await isDrawn(touch.page, 'home');
  });

  it('opens no menu and selects nothing when it is long', async () => {
    const before = await shown();
    await touch.page.evaluate(() => {
      const seen = window as unknown as { menus: boolean[] };
      seen.menus = [];
      document.addEventListener('contextmenu', (event) =>
        queueMicrotask(() => seen.menus.push(event.defaultPrevented)),
      );
    });
    const title = await touch.page.locator('main h2').first().boundingBox();
    await down({ x: (title?.x ?? 0) + 60, y: (title?.y ?? 0) + 20 });
    await finger
      .send('Input.synthesizeTapGesture', {
        x: (title?.x ?? 0) + 60,
        y: (title?.y ?? 0) + 20,
        duration: 1200,
      })
      .catch(() => {});
    await up();
    expect(await touch.page.evaluate(() => String(getSelection()))).toBe('');
    expect(
      await touch.page.evaluate(() => (window as unknown as { menus: boolean[] }).menus),
    ).not.toContain(false);
    expect(await shown()).toBe(before);
  });

  it('opens no menu with the right button of a mouse either', async () => {
    await touch.page.evaluate(() => {
      const seen = window as unknown as { menus: boolean[] };
      seen.menus = [];
      document.addEventListener('contextmenu', (event) =>
        queueMicrotask(() => seen.menus.push(event.defaultPrevented)),
      );
    });
    await touch.page.locator('main h2').first().click({ button: 'right' });
    await settle();
    expect(
      await touch.page.evaluate(() => (window as unknown as { menus: boolean[] }).menus),
    ).toEqual([true]);
  });

  it('zooms nothing with two fingers or twice on the same place', async () => {
    const size = () => touch.page.evaluate(() => window.visualViewport?.scale);
    await down({ x: 400, y: 900 }, { x: 600, y: 900 });
    for (let step = 1; step <= 6; step += 1)
      await moveTo({ x: 400 - step * 40, y: 900 }, { x: 600 + step * 40, y: 900 });
    await up();
    const title = await touch.page.locator('main h2').first().boundingBox();
    for (let times = 0; times < 2; times += 1)
      await touch.page.touchscreen.tap((title?.x ?? 0) + 40, (title?.y ?? 0) + 20);
    await settle();
    expect(await size()).toBe(1);
    expect(await pageName()).toBe('guide');
  });

  it('moves the page when it drags, and presses nothing on the way', async () => {
    const area = touch.page.locator('[data-scroller]');
    await down({ x: 540, y: 1500 });
    for (let step = 1; step <= 10; step += 1) await moveTo({ x: 540, y: 1500 - step * 90 });
    await up();
    await settle();
    expect(await area.evaluate((element) => element.scrollTop)).toBeGreaterThan(300);
    expect(await pageName()).toBe('guide');
  });
});
