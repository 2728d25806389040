import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addPerson } from '#station/staff/people.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { launchChromium } from './browser/chromium.ts';
import { type RunningStation, startStation, WORKING_MONDAY } from './browser/station.ts';

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
