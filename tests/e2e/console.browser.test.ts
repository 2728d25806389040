import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#station/staff/people.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { launchChromium } from './browser/chromium.ts';
import { type RunningStation, startStation, WORKING_MONDAY } from './browser/station.ts';

const SHOTS = join(import.meta.dirname, '../../out/shots');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let browser: Browser;
let station: RunningStation;
let oneTimePin: string;
beforeAll(async () => {
  [browser, station] = await Promise.all([launchChromium(), startStation({ profile: 'wuhua' })]);
  const db = openDatabase(join(station.dataDir, 'station.sqlite'), 'station');
  const now = Date.parse(WORKING_MONDAY);
  const added = await addPerson(
    { db, actor: 'technician', now },
    { account: 'li01', name: '李示例', roles: ['station-head'] },
  );
  oneTimePin = added.oneTimePin;
  db.write.close();
});
afterAll(async () => {
  await browser?.close();
  await station?.close();
});

/**
 * What axe finds, what is wider than the screen: with the mouse or with letters twice as large, and mirrored. Keeps the
 * pictures.
 */
async function faultsOf(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  const size = page.viewportSize() ?? { width: 1366, height: 768 };
  for (const dir of ['ltr', 'rtl'])
    for (const half of [1, 2]) {
      await page.setViewportSize({ width: size.width / half, height: size.height / half });
      await page.evaluate((to) => {
        document.documentElement.dir = to;
      }, dir);
      const way = `${dir}.x${half}`;
      await page.screenshot({ path: join(SHOTS, `office-pc.${name}.${way}.png`) });
      await page.evaluate(axe.source);
      const found = await page.evaluate(async (tags) => {
        const { violations } = await window.axe.run(document, {
          runOnly: { type: 'tag', values: tags },
          // A mouse needs 24 px (WCAG 2.5.8); axe looks only when it is told to.
          rules: { 'target-size': { enabled: true } },
        });
        const wide = document.documentElement.scrollWidth > window.innerWidth;
        return [
          ...violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ') ?? ''}`),
          ...(wide ? ['wider than the screen'] : []),
        ];
      }, TAGS);
      faults.push(...found.map((fault) => `${way}: ${fault}`));
    }
  await page.setViewportSize(size);
  await page.evaluate(() => {
    document.documentElement.dir = 'ltr';
  });
  return faults;
}

async function logIn(desk: Page): Promise<void> {
  await desk.getByLabel('账号').fill('li01');
  await desk.getByLabel('密码').fill(oneTimePin);
  await desk.keyboard.press('Enter');
  await desk.getByLabel('一次性密码').fill(oneTimePin);
  await desk.getByLabel('新密码').fill('773920');
  await desk.keyboard.press('Enter');
  await desk.getByRole('button', { name: '1号窗口' }).click();
  await desk.locator('[data-surface=console]').waitFor();
}

test('a clerk calls the next ticket by a key, and the hall shows number and window, and nothing else of it', async () => {
  const faults: string[] = [];
  const open = async (path: string, width: number, height: number) => {
    const page = await browser.newPage({ viewport: { width, height } });
    page.on('pageerror', (error) => faults.push(String(error)));
    await page.goto(`${station.url}${path}`);
    return page;
  };
  const [hall, desk] = await Promise.all([
    open('/display/', 1920, 1080),
    open('/console/', 1366, 768),
  ]);
  await logIn(desk);
  const taken = await station.client.queue.take({
    operation: randomUUID(),
    line: 'reception',
    language: 'zh-CN',
  });
  if (taken.outcome !== 'issued') return expect.unreachable();
  const { number } = taken.ticket;
  await desk.getByText(number).waitFor();
  expect(await hall.getByText(number).count()).toBe(0);
  await desk.keyboard.press('n');
  await hall.getByText(number).first().waitFor();
  expect(await hall.locator('section').first().textContent()).toContain('1号窗口');
  await desk.keyboard.press('f');
  await desk.getByText('现在没有人等候').first().waitFor();
  expect(faults).toEqual([]);
});

test('axe finds nothing on console and display, and nothing is wider than the screen, large and mirrored', {
  timeout: 300_000,
}, async () => {
  const faults: string[] = [];
  const look = async (name: string, page: Page) =>
    faults.push(...(await faultsOf(page, name)).map((fault) => `${name} ${fault}`));
  const hall = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await hall.goto(`${station.url}/display/`);
  await hall.locator('[data-slide]').waitFor();
  await look('display', hall);
  const desk = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await desk.goto(`${station.url}/console/`);
  await desk.getByLabel('账号').waitFor();
  await look('log-in', desk);
  await desk.getByRole('button', { name: '忘记密码' }).click();
  await look('recovery', desk);
  await desk.getByRole('button', { name: '返回登录' }).click();
  await desk.getByLabel('账号').fill('li01');
  await desk.getByLabel('密码').fill('773920');
  await desk.keyboard.press('Enter');
  await desk.getByRole('button', { name: '1号窗口' }).waitFor();
  await look('windows', desk);
  await desk.getByRole('button', { name: '本站设备和统计' }).click();
  await desk.getByRole('heading', { name: '排队统计' }).waitFor();
  await look('station', desk);
  await desk.getByRole('button', { name: '返回' }).click();
  await desk.getByRole('button', { name: '1号窗口' }).click();
  await desk.locator('[data-surface=console]').waitFor();
  await look('desk', desk);
  expect(faults).toEqual([]);
});
