import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { panelDisplay } from '#shared/access/panels.ts';
import { changeLanSettings, lanSettingsSchema } from '#station/lan/lan-settings.ts';
import { addPerson } from '#station/staff/people.ts';
import { renewRecoveryKey } from '#station/staff/recovery.ts';
import { answerChallenge } from '#station/staff/recovery-code.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { type PrintingProfile, profileWithPrinter } from '../printing/profile-with-printer.ts';
import { LANDSCAPE, launchChromium, openTouchPage, PORTRAIT } from './browser/chromium.ts';
import { controlsOf } from './browser/controls.ts';
import { openStaffDoor, STAFF_ROOMS, writeInto } from './browser/scene.ts';
import { type RunningStation, startStation, WORKING_MONDAY } from './browser/station.ts';
import { gapFaults, sizeFaults } from './browser/target-faults.ts';

const SHOTS = join(import.meta.dirname, '../../out/shots');
const NOW = Date.parse(WORKING_MONDAY);
const STATION = '530102';
const PIN = '773920';
/** Whose PIN is lost. */
const FORGETFUL = 'ji02';
const PANEL = '21.5';
const MM_PER_PX = panelDisplay(PANEL)?.mmPerPx ?? 0;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

let browser: Browser;
let station: RunningStation;
let profile: PrintingProfile;
let recoveryKey: string;
let lanPort: number;
beforeAll(async () => {
  // Nobody listens there: the printer is away.
  profile = profileWithPrinter('wuhua', `tcp://127.0.0.1:${await freePort()}`);
  [browser, station] = await Promise.all([
    launchChromium(),
    startStation({ profile: profile.folder, station: STATION }),
  ]);
  const db = openDatabase(join(station.dataDir, 'station.sqlite'), 'station');
  const change = { db, actor: 'technician', now: NOW };
  const technician = { name: '示例技术员', roles: ['technician'] as const };
  const { oneTimePin } = await addPerson(change, { account: 'ji01', ...technician });
  await addPerson(change, { account: FORGETFUL, ...technician });
  recoveryKey = renewRecoveryKey(db, NOW);
  lanPort = await freePort();
  const lan = { on: false, bind: '127.0.0.1', port: lanPort };
  changeLanSettings(db, lanSettingsSchema.parse(lan), NOW);
  db.write.close();
  const { staff } = station.client;
  await staff.logIn({ account: 'ji01', secret: oneTimePin });
  await staff.changeSecret({ current: oneTimePin, next: PIN });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await station?.close();
  profile?.remove();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
  return taken;
}

async function faultsOf(page: Page): Promise<string[]> {
  const controls = await controlsOf(page);
  await page.evaluate(axe.source);
  const found = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, {
      runOnly: { type: 'tag', values: tags },
    });
    const wide = document.documentElement.scrollWidth > window.innerWidth;
    return [
      ...violations.map(({ id, nodes }) => `${id} ${nodes[0]?.target.join(' ') ?? ''}`),
      ...(wide ? ['wider than the screen'] : []),
    ];
  }, TAGS);
  return [...sizeFaults(controls, MM_PER_PX, false), ...gapFaults(controls, MM_PER_PX), ...found];
}

/** The visitors' page lies behind the staff's and has such a button, too. */
const back = (page: Page) =>
  page.locator('[data-surface=staff] header').getByRole('button', { name: '返回' });

async function logIn(page: Page): Promise<void> {
  await writeInto(page, '账号', 'ji01');
  await writeInto(page, '密码', PIN);
  await page.getByRole('button', { name: '确定' }).tap();
  await page.getByRole('heading', { name: '工作人员', exact: true }).waitFor();
}

test.each([
  ['portrait', PORTRAIT],
  ['landscape', LANDSCAPE],
])(
  'every room fits fingers and the screen, and axe finds nothing in it, %s',
  {
    timeout: 300_000,
  },
  async (way, screen) => {
    const { page, close } = await openTouchPage(browser, screen);
    const faults: string[] = [];
    const look = async (name: string) => {
      await page.screenshot({ path: join(SHOTS, `staff.${name}.${way}.png`) });
      faults.push(...(await faultsOf(page)).map((fault) => `${name}: ${fault}`));
    };
    await openStaffDoor(page, station.url, PANEL);
    await look('door');
    await page.getByRole('button', { name: '忘记密码' }).tap();
    await page.getByRole('heading', { name: '找回密码' }).waitFor();
    await look('recovery');
    await page.getByRole('button', { name: '返回登录' }).tap();
    await logIn(page);
    await look('rooms');
    for (const [id, label] of Object.entries(STAFF_ROOMS)) {
      await page.getByRole('button', { name: label }).tap();
      await page.getByRole('heading', { name: label, exact: true }).waitFor();
      await page.waitForFunction(() => !document.querySelector('[class*="waiting"]'));
      await look(id);
      await back(page).tap();
    }
    await page.getByRole('button', { name: '退出' }).tap();
    await page.locator('[data-page=home]').waitFor();
    await close();
    expect(faults).toEqual([]);
  },
);

test('a technician switches the network on and gets codes for a display and a second terminal, by touch alone', {
  timeout: 300_000,
}, async () => {
  const { page, faults, close } = await openTouchPage(browser, PORTRAIT);
  await openStaffDoor(page, station.url);
  await logIn(page);
  await page.getByRole('button', { name: STAFF_ROOMS.printers }).tap();
  await page.getByText('打印机没有连上').waitFor();
  await back(page).tap();
  await page.getByRole('button', { name: STAFF_ROOMS.devices }).tap();
  await page.getByRole('button', { name: '打开局域网服务' }).tap();
  await page
    .getByText(new RegExp(`^https://.+:${lanPort}$`))
    .first()
    .waitFor();
  await page.getByRole('button', { name: '叫号大屏', exact: true }).tap();
  await page.getByRole('button', { name: '要配对码' }).tap();
  await page.getByText(/请在“叫号大屏”上输入这个配对码/).waitFor();
  await back(page).tap();
  await page.getByRole('button', { name: STAFF_ROOMS.terminals }).tap();
  await page.getByRole('button', { name: '要配对码' }).tap();
  await page.getByText(new RegExp(`^[^/]+:${lanPort}$`)).waitFor();
  await writeInto(page, '主机地址', 'nowhere.invalid');
  await writeInto(page, '配对码', 'ABCD');
  await page.getByRole('button', { name: '加入', exact: true }).tap();
  await page.getByText(/联系不上这个地址/).waitFor();
  await close();
  expect(faults).toEqual([]);
});

test('a technician who lost the PIN is let in by the district over the telephone', {
  timeout: 300_000,
}, async () => {
  const { page, close } = await openTouchPage(browser, PORTRAIT);
  await openStaffDoor(page, station.url);
  await page.getByRole('button', { name: '忘记密码' }).tap();
  await writeInto(page, '账号', FORGETFUL);
  await page.getByRole('button', { name: '确定' }).tap();
  const shown = page.getByRole('status').locator('bdi');
  const challenge = (await shown.textContent()) ?? '';
  const asked = { station: STATION, account: FORGETFUL, challenge };
  await writeInto(page, '对方念的回答码', answerChallenge(recoveryKey, asked) ?? '');
  await writeInto(page, '新密码', '284913');
  await page.getByRole('button', { name: '确定' }).tap();
  await page.getByRole('heading', { name: '工作人员', exact: true }).waitFor();
  await close();
});
