import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keptRecord, publishRecord } from '#district/content/published.ts';
import { readOptions } from '#district/options.ts';
import { type RunningDistrict, runDistrict } from '#district/run-district.ts';
import { makeCode } from '#district/terminals/enrolment.ts';
import { panelDisplay } from '#shared/access/panels.ts';
import { divisionOf } from '#shared/content/scope.ts';
import type { StaffRole } from '#shared/staff/roles.ts';
import { addPerson } from '#station/staff/people.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { shippedPack } from '../real-content.ts';
import { LANDSCAPE, launchChromium, openTouchPage, PORTRAIT } from './browser/chromium.ts';
import { controlsOf } from './browser/controls.ts';
import { openScene, openStaffDoor, writeInto } from './browser/scene.ts';
import { type RunningStation, startStation, WORKING_MONDAY } from './browser/station.ts';
import { gapFaults, sizeFaults } from './browser/target-faults.ts';

const SHOTS = join(import.meta.dirname, '../../out/shots');
const STATION = '530102';
const PANEL = '21.5';
const MM_PER_PX = panelDisplay(PANEL)?.mmPerPx ?? 0;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const PIN = '773920';
/** A second touch within half a second counts as the first (standards A-23). */
const TREMBLING_MS = 600;
const EDITOR = { account: 'bj01', name: '示例编辑' };
const TECHNICIAN = { account: 'ji01', name: '示例技术员' };
const SOON = { timeout: 60_000 };
const STARTED_AT = performance.now();
/** The district's clock and the station's go alike. */
const now = () => Math.round(Date.parse(WORKING_MONDAY) + performance.now() - STARTED_AT);

let folder: string;
let browser: Browser;
let station: RunningStation;
let district: RunningDistrict;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'staff-editing-'));
  [browser, station, district] = await Promise.all([
    launchChromium(),
    startStation({ profile: 'wuhua', station: STATION }),
    runDistrict(readOptions(['--data', folder, '--port', '0'], {}), {
      ...{ now, log: () => {}, pages: undefined, version: 'test' },
    }),
  ]);
  await withPerson(EDITOR, 'editor');
  await withPerson(TECHNICIAN, 'technician');
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await station?.close();
  await district?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Somebody with a PIN of their own; the test's own connection is logged in as the last one. */
async function withPerson(person: typeof EDITOR, role: StaffRole): Promise<void> {
  const db = openDatabase(join(station.dataDir, 'station.sqlite'), 'station');
  const change = { db, actor: 'technician', now: now() };
  const { oneTimePin } = await addPerson(change, { ...person, roles: [role] });
  db.write.close();
  const { staff } = station.client;
  await staff.logIn({ account: person.account, secret: oneTimePin });
  await staff.changeSecret({ current: oneTimePin, next: PIN });
}

const room = (page: Page) => page.locator('[data-surface=staff] main');
const press = (page: Page, name: string | RegExp) =>
  room(page).getByRole('button', { name }).first().tap();
const pressExactly = (page: Page, name: string) =>
  room(page).getByRole('button', { name, exact: true }).tap();
const headed = (page: Page, name: string | RegExp) =>
  room(page).getByRole('heading', { name, level: 2 }).waitFor();

/** To the page before, with that heading; not sooner than a trembling finger would count. */
async function back(page: Page, heading: string): Promise<void> {
  await page.waitForTimeout(TREMBLING_MS);
  await page.locator('[data-surface=staff] header').getByRole('button', { name: '返回' }).tap();
  await headed(page, heading);
}

async function enter(page: Page): Promise<void> {
  await openStaffDoor(page, station.url, PANEL);
  await writeInto(page, '账号', EDITOR.account);
  await writeInto(page, '密码', PIN);
  await page.getByRole('button', { name: '确定' }).tap();
  await headed(page, '要改哪一类');
}

/** Writes by pinyin, word by word, always the first candidate; digits stand for themselves. */
async function compose(page: Page, label: string, words: readonly string[]): Promise<void> {
  const field = room(page).getByRole('textbox', { name: label });
  await field.tap();
  // The keyboard moves the page under the finger; a hand at keys of plastic looks where it is.
  await field.focus();
  for (const word of words) {
    await page.keyboard.type(word, { delay: 40 });
    if (/^\d/.test(word)) continue;
    await page.locator('[data-word]').first().waitFor();
    await page.keyboard.press('1');
  }
  await page.keyboard.press('Enter');
}

/** What a visitor reads who comes now. */
async function read(page: Page, scene: Parameters<typeof openScene>[2]): Promise<string> {
  await openScene(page, station.url, scene);
  return (await page.locator('main').textContent()) ?? '';
}

const faults: string[] = [];
let way = '';
/** Keeps a picture, and what is too small, too near, too wide, or wrong by axe. */
async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SHOTS, `staff-editing.${name}.${way}.png`) });
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
  const all = [
    ...sizeFaults(controls, MM_PER_PX, false),
    ...gapFaults(controls, MM_PER_PX),
    ...found,
  ];
  faults.push(...all.map((fault) => `${name}, ${way}: ${fault}`));
}

test.each([
  // Both ways write their notice at one station: each has a text of its own.
  ['portrait', PORTRAIT, '12348'],
  ['landscape', LANDSCAPE, '12345'],
] as const)(
  'staff change roster, notice and hours by touch; visitors see it at once; it can be undone, %s',
  {
    timeout: 300_000,
  },
  async (name, screen, digits) => {
    way = name;
    const { page, close } = await openTouchPage(browser, screen);
    const visitor = await openTouchPage(browser, screen);
    page.setDefaultTimeout(15_000);
    await enter(page);
    await look(page, 'overview');

    // The roster: somebody else is on duty at a window.
    await press(page, '值班表');
    await press(page, /值班安排/);
    await headed(page, '值班安排');
    await look(page, 'roster');
    await press(page, /陈示例/);
    await look(page, 'shift');
    await press(page, /陈示例（值班律师）/);
    await press(page, /钱示例/);
    await pressExactly(page, '写好了');
    await pressExactly(page, '发布');
    await room(page)
      .getByText(/正在显示；待区县收到/)
      .waitFor();
    expect(await read(visitor.page, { page: 'board', item: 'duty' })).not.toMatch(/陈示例/);
    await pressExactly(page, '历史');
    await room(page).getByText(`${EDITOR.name} · 修改`, { exact: false }).first().waitFor();
    await look(page, 'history');
    await press(page, /撤销这次修改/);
    await page.waitForTimeout(TREMBLING_MS);
    await press(page, /再按一次：撤销这次修改/);
    await expect
      .poll(() => read(visitor.page, { page: 'board', item: 'duty' }), SOON)
      .toMatch(/陈示例/);
    await back(page, '值班表');
    await back(page, '要改哪一类');

    // A notice: what is missing is told, then it is there.
    await press(page, '通知公告');
    await press(page, /新增/);
    await pressExactly(page, '发布');
    await room(page).getByText('还有 3 处要改，改好再发布。').waitFor();
    await look(page, 'faults');
    await compose(page, '标题', ['lvshi', 'zhiban', 'tongzhi']);
    await compose(page, '正文', ['lvshi', 'zhiban', 'qing', 'xian', 'quhao', digits]);
    await room(page)
      .getByRole('group', { name: '显示到哪天' })
      .getByRole('button', { name: '后一月' })
      .tap();
    await look(page, 'notice');
    await pressExactly(page, '预览');
    await room(page).getByText(`律师值班请先取号${digits}`).waitFor();
    await look(page, 'preview');
    await pressExactly(page, '修改');
    await pressExactly(page, '发布');
    await room(page)
      .getByText(/正在显示；待区县收到/)
      .waitFor();
    expect(await read(visitor.page, { page: 'board', item: 'other' })).toContain('律师值班通知');
    await back(page, '通知公告');
    await look(page, 'list');
    await back(page, '要改哪一类');
    await look(page, 'overview-waiting');
    await close();
    await visitor.close();
    expect(faults).toEqual([]);
  },
);

test('a change of the hours is marked until the district has it, and stays shown when the feed brings it', {
  timeout: 180_000,
}, async () => {
  way = 'enrolled';
  const own = shippedPack('wuhua').records.filter(
    ({ record }) => divisionOf(record.scope) === STATION,
  );
  const { database, contentChanged } = district.district;
  for (const { record } of own)
    await database.transaction((db) =>
      publishRecord(db, record, { actor: 'office', at: now(), note: '示例' }),
    );
  contentChanged();
  const { page, close } = await openTouchPage(browser, PORTRAIT);
  const visitor = await openTouchPage(browser, PORTRAIT);
  page.setDefaultTimeout(15_000);
  await enter(page);
  await press(page, '服务时间');
  await room(page).getByRole('button').first().tap();
  await look(page, 'hours');
  await press(page, /01-01 至 12-31/);
  await press(page, /09:00–12:00/);
  await room(page)
    .getByRole('group', { name: '开始' })
    .getByRole('button', { name: '早 15 分' })
    .tap();
  await look(page, 'period');
  await pressExactly(page, '写好了');
  await headed(page, '时段');
  await page.waitForTimeout(TREMBLING_MS);
  await pressExactly(page, '写好了');
  await headed(page, '服务时间');
  await pressExactly(page, '发布');
  await room(page)
    .getByText(/正在显示；待区县收到/)
    .waitFor();
  expect(await read(visitor.page, { page: 'station' })).toMatch(/08:45/);

  // The terminal is enrolled; what was written goes there by itself, and the feed brings it back.
  const { code } = await makeCode(district.district, STATION, 'typed', 'office');
  const name = '大厅东侧';
  expect(await station.client.enrolment.enrol({ server: district.url, code, name })).toMatchObject({
    state: 'enrolled',
  });
  const id = `hours.${STATION}`;
  const kept = async () => {
    const record = await database.transaction((db) => keptRecord(db, { id, scope: STATION }));
    return JSON.stringify(record?.record.body);
  };
  await expect.poll(kept, SOON).toContain('08:45');
  await back(page, '服务时间');
  await expect
    .poll(async () => {
      await back(page, '要改哪一类');
      await press(page, '服务时间');
      await headed(page, '服务时间');
      return (await room(page).textContent()) ?? '';
    }, SOON)
    // A list that is still on its way says nothing of what is in it.
    .not.toMatch(/待区县收到|区县已收到|正在打开/);
  expect(await read(visitor.page, { page: 'station' })).toMatch(/08:45/);
  await room(page).getByRole('button').first().tap();
  await pressExactly(page, '历史');
  await room(page).getByText('区县已公布').waitFor();
  await look(page, 'history-settled');
  expect(faults).toEqual([]);
  await close();
  await visitor.close();
});
