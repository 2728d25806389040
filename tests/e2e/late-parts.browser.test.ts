import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchChromium, openTouchPage, PORTRAIT } from './browser/chromium.ts';
import { isDrawn, sceneUrl } from './browser/scene.ts';
import { type RunningStation, startStation } from './browser/station.ts';

const PATIENT = { timeout: 30_000 };

let browser: Browser;
let station: RunningStation;
let page: Page;
beforeAll(async () => {
  [browser, station] = await Promise.all([launchChromium(), startStation({ profile: 'wuhua' })]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await station?.close();
});
beforeEach(async () => {
  ({ page } = await openTouchPage(browser, PORTRAIT));
});
afterEach(() => page.context().close());

/** The host is away just when a part of the program is asked for; the returned function brings it back. */
async function withhold(part: string): Promise<() => Promise<void>> {
  let isAway = true;
  const parts = `**/assets/${part}-*.js`;
  await page.route(parts, (route) => (isAway ? route.abort() : route.fallback()));
  // The page itself is not served either, until the host is back.
  await page.route('**/visitor/', (route) =>
    isAway && !route.request().isNavigationRequest() ? route.abort() : route.fallback(),
  );
  return async () => {
    isAway = false;
  };
}

async function touchTheMark(): Promise<void> {
  const mark = page.locator('header svg').first();
  for (let touch = 0; touch < 5; touch += 1) await mark.tap();
}

test('the staff door that could not be read leaves the page to visitors, and opens once the host is back', async () => {
  const bringBack = await withhold('staff-door');
  await page.goto(sceneUrl(station.url, { page: 'home' }));
  await isDrawn(page, 'home');
  const refused = page.waitForEvent('requestfailed', (request) => /staff-door/.test(request.url()));
  await touchTheMark();
  await refused;
  await page.locator('main[data-page="home"] button').first().tap();
  await page.locator('main[data-page="home"]').waitFor({ state: 'detached' });
  await bringBack();
  await page.evaluate(() => fetch('/visitor/'));
  // Nobody's page is taken from them: the new one comes when the visit is over.
  expect(await page.locator('main[data-page="home"]').count()).toBe(0);
  const anew = page.waitForEvent('load', PATIENT);
  await page.getByRole('button', { name: '清屏离开' }).tap();
  await anew;
  await isDrawn(page, 'home');
  await touchTheMark();
  await page.getByRole('heading', { name: '工作人员登录' }).waitFor(PATIENT);
}, 120_000);

test('a staff door that is long in coming does not open over a page to which a visitor went on meanwhile', async () => {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/assets/staff-door-*.js', async (route) => {
    await held;
    await route.fallback();
  });
  await page.goto(sceneUrl(station.url, { page: 'home' }));
  await isDrawn(page, 'home');
  const asked = page.waitForEvent('request', (request) => /staff-door/.test(request.url()));
  await touchTheMark();
  await asked;
  await page.locator('main[data-page="home"] button').first().tap();
  await page.locator('main[data-page="home"]').waitFor({ state: 'detached' });
  const come = page.waitForEvent('requestfinished', (request) => /staff-door/.test(request.url()));
  letGo();
  await come;
  // The part is run before this answers: it was asked for first.
  await page.evaluate(`import(${JSON.stringify((await come).url())}).then(() => true)`);
  expect(await page.getByRole('heading', { name: '工作人员登录' }).count()).toBe(0);
  expect(await page.locator('[inert] main').count()).toBe(0);
  await page.getByRole('button', { name: '清屏离开' }).tap();
  await isDrawn(page, 'home');
  await touchTheMark();
  await page.getByRole('heading', { name: '工作人员登录' }).waitFor(PATIENT);
}, 120_000);

test('pages that could not be read are said to be away, and are there after the next touch once the host is back', async () => {
  const bringBack = await withhold('other-pages');
  await page.goto(sceneUrl(station.url, { page: 'home' }));
  // Asked for twice, then the page looks whether it is served itself.
  const asked = page.waitForEvent('requestfailed', {
    predicate: (request) => request.url().endsWith('/visitor/'),
    ...PATIENT,
  });
  await page.locator('main[data-page="home"] button').first().tap();
  await page.locator('main [role="alert"]').waitFor(PATIENT);
  expect(await page.locator('main [role="alert"]').textContent()).toContain('12348');
  await asked;

  const anew = page.waitForEvent('load', PATIENT);
  await bringBack();
  await anew;
  await isDrawn(page, 'home');
  await page.locator('main[data-page="home"] button').first().tap();
  await page.locator('main[data-page="home"]').waitFor({ state: 'detached', ...PATIENT });
  await page.locator('main h2').first().waitFor(PATIENT);
}, 120_000);
