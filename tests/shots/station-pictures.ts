import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { PairAnswer } from '#shared/contract/lan.ts';
import { addPerson } from '#station/staff/people.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { LANDSCAPE, PORTRAIT, type Screen } from '../e2e/browser/chromium.ts';
import { openStaffDoor, PAGES, STAFF_ROOMS, writeInto } from '../e2e/browser/scene.ts';
import { type RunningStation, WORKING_MONDAY } from '../e2e/browser/station.ts';
import type { PrinterFaults } from '../printing/printer-double.ts';
import type { Picture } from './pictures.ts';
import { changeFile } from './shot-host.ts';

const WUHUA = { profile: 'wuhua', startAt: WORKING_MONDAY, screen: PORTRAIT } as const;
const OFFICE_PC: Screen = { width: 1366, height: 768 };
const PATIENT = { timeout: 60_000 };
/** The host looks at its files once a minute. */
const SOON_SEEN = { timeout: 100_000 };
const PIN = '773920';

/** What depends on printers, staff and other surfaces than the visitors'. */
export function stationPictures(): Picture[] {
  return [
    ...ticketPrinters(),
    ...papers(),
    ...numbers(),
    {
      ...WUHUA,
      name: 'state.home-stale',
      scene: { page: 'home' },
      outfit: STALE,
      stage: (page) => page.getByText(/内容没能更新/).waitFor(SOON_SEEN),
    },
    ...staff(),
    ...desks(),
    ...gallery(),
    {
      ...WUHUA,
      name: 'surface.recovery',
      // The font comes beside it when the program is built.
      mayComplain: /noto-sans|ERR_FILE_NOT_FOUND/,
      scene: { page: 'home' },
      open: async (page) => {
        await page.goto(`file://${resolve('assets/recovery/index.html')}`);
      },
    },
  ];
}

/** Each state of a ticket printer, before a line is chosen and after. */
function ticketPrinters(): Picture[] {
  const states: Readonly<Record<string, Partial<PrinterFaults>>> = {
    well: {},
    'paper-low': { paperLow: true },
    'paper-out': { paperOut: true },
    'cover-open': { coverOpen: true },
    jam: { jam: true },
    offline: { offline: true },
    silent: { silent: true },
    'in-doubt': { paperOutAfterLines: 3 },
  };
  return Object.entries(states).flatMap(([name, tickets]): Picture[] => {
    const at = { ...WUHUA, outfit: { name: `tickets ${name}`, tickets } };
    const settled = (page: Page) => page.waitForTimeout(4000);
    return [
      { ...at, name: `tickets.${name}.take`, scene: { page: 'take' }, stage: settled },
      { ...at, name: `tickets.${name}.number`, scene: { page: 'number' }, stage: settled },
    ];
  });
}

const PRINT = /打印一次性告知单/;
/** Not "正在送去打印". */
const SETTLED = /^(?!正在)./;
const printed = (sentence: RegExp) => async (page: Page) => {
  await page.getByRole('button', { name: PRINT }).tap();
  await page.getByRole('status').filter({ hasText: sentence }).waitFor(PATIENT);
};

/** A guide at a terminal with a printer for papers. */
function papers(): Picture[] {
  const scene = PAGES.guide ?? { page: 'guide' };
  const ready = (page: Page) =>
    page.getByRole('button', { name: PRINT }).and(page.locator(':enabled')).waitFor();
  return [
    {
      ...WUHUA,
      name: 'papers.ready',
      scene,
      outfit: { name: 'papers', papers: 'ready' },
      stage: ready,
    },
    {
      ...WUHUA,
      name: 'papers.done',
      scene,
      outfit: { name: 'papers done', papers: 'ready' },
      stage: printed(SETTLED),
    },
    {
      ...WUHUA,
      name: 'papers.sending',
      scene,
      outfit: { name: 'papers', papers: 'ready' },
      stage: printed(/^正在/),
    },
    {
      ...WUHUA,
      name: 'papers.failed',
      scene,
      outfit: { name: 'papers failed', papers: 'ready' },
      stage: async (page, host) => {
        await ready(page);
        await host.endPrinting();
        await printed(SETTLED)(page);
      },
    },
    {
      ...WUHUA,
      name: 'papers.unreachable',
      scene,
      outfit: { name: 'papers away', papers: 'away' },
      stage: (page) => page.getByRole('status').filter({ hasText: /\S/ }).first().waitFor(PATIENT),
    },
  ];
}

async function takeAll({ client }: RunningStation): Promise<void> {
  const { lines } = await client.queue.state({ language: 'zh-CN' });
  for (const line of lines)
    await client.queue.take({ operation: randomUUID(), line: line.id, language: 'zh-CN' });
}

const oneEach = (folder: string) =>
  changeFile(join(folder, 'content/queue.yaml'), /( +)(prefix: [A-Z]\n)/g, '$1$2$1dayQuota: 1\n');

/** Numbers that are not given. */
function numbers(): Picture[] {
  const take = { page: 'take' };
  const evening = '2026-11-23T19:05:00+08:00';
  const full = { name: 'all full', change: oneEach, prepare: takeAll };
  const lineFull = {
    name: 'a line full',
    change: oneEach,
    prepare: async ({ client }: RunningStation) => {
      const { lines } = await client.queue.state({ language: 'zh-CN' });
      const operation = randomUUID();
      await client.queue.take({ operation, line: lines[0]?.id ?? '', language: 'zh-CN' });
    },
  };
  return [
    { ...WUHUA, name: 'queue.closed', scene: take, startAt: evening },
    { ...WUHUA, name: 'queue.closed.en', scene: { ...take, language: 'en' }, startAt: evening },
    { ...WUHUA, name: 'queue.all-full', scene: take, outfit: full },
    { ...WUHUA, name: 'queue.line-full', scene: take, outfit: lineFull },
    { ...WUHUA, name: 'queue.ended-early', scene: take, outfit: ENDED_EARLY },
  ];
}

async function addHead(station: RunningStation): Promise<void> {
  const db = openDatabase(join(station.dataDir, 'station.sqlite'), 'station');
  const change = { db, actor: 'technician', now: Date.parse(WORKING_MONDAY) };
  const { oneTimePin } = await addPerson(change, {
    account: 'li01',
    name: '李示例',
    roles: ['station-head', 'technician'],
  });
  db.write.close();
  await station.client.staff.logIn({ account: 'li01', secret: oneTimePin });
  await station.client.staff.changeSecret({ current: oneTimePin, next: PIN });
}

const STAFFED = { name: 'staffed', prepare: addHead };

/** The head of the station ended today's numbers, with a word to those who come. */
const ENDED_EARLY = {
  name: 'ended early',
  prepare: async (station: RunningStation) => {
    await addHead(station);
    const order = { operation: randomUUID(), window: 'w1', farewell: '今天下午停电，请明天来。' };
    await station.client.desk.closeEarly(order);
  },
};

/** A file of the content cannot be read any more: what was read before stays, and says so. */
const STALE = {
  name: 'stale',
  prepare: async (_station: RunningStation, folder: string) =>
    changeFile(join(folder, 'content/notices.yaml'), /^/g, 'notices: ['),
};

async function enterStaff(page: Page, url: string): Promise<void> {
  await openStaffDoor(page, url);
  await writeInto(page, '账号', 'li01');
  await writeInto(page, '密码', PIN);
  await page.getByRole('button', { name: '确定' }).tap();
  await page.getByRole('heading', { name: '工作人员', exact: true }).waitFor();
}

/** The staff's pages at the terminal. */
function staff(): Picture[] {
  const at = { ...WUHUA, scene: { page: 'home' }, outfit: STAFFED };
  const rooms = Object.entries(STAFF_ROOMS).map(
    ([id, label]): Picture => ({
      ...at,
      name: `surface.staff.${id}`,
      open: async (page, url) => {
        await enterStaff(page, url);
        await page.getByRole('button', { name: label }).tap();
        await page.getByRole('heading', { name: label, exact: true }).waitFor();
        await page.waitForFunction(() => !document.querySelector('[class*="waiting"]'));
      },
    }),
  );
  return [
    { ...at, name: 'surface.staff.door', open: (page, url) => openStaffDoor(page, url) },
    {
      ...at,
      name: 'surface.staff.door.landscape',
      screen: LANDSCAPE,
      open: (page, url) => openStaffDoor(page, url),
    },
    { ...at, name: 'surface.staff.overview', open: enterStaff },
    ...rooms,
  ];
}

/** A console on the network before it is paired: the terminal's page, with the answer that only its network gives. */
const openUnpaired =
  (answer: PairAnswer) =>
  async (page: Page, url: string): Promise<void> => {
    await page.route('https://terminal.test/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/pair') return route.fulfill({ json: answer });
      return route.fulfill({ response: await route.fetch({ url: `${url}${pathname}` }) });
    });
    await page.goto('https://terminal.test/console/');
    await page.locator('form input').waitFor();
  };

async function openConsole(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/console/`);
  await page.getByLabel('账号').waitFor();
}

async function openWindows(page: Page, url: string): Promise<void> {
  await openConsole(page, url);
  await page.getByLabel('账号').fill('li01');
  await page.getByLabel('密码').fill(PIN);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '1号窗口' }).waitFor();
}

async function openDesk(page: Page, url: string): Promise<void> {
  await openWindows(page, url);
  await page.getByRole('button', { name: '1号窗口' }).click();
  await page.locator('[data-surface=console]').waitFor();
}

/** Consoles at windows, the staff's page at a desk, and the hall. */
function desks(): Picture[] {
  const desk = { ...WUHUA, screen: OFFICE_PC, scene: { page: 'home' }, outfit: STAFFED };
  const hall = async (page: Page, url: string) => {
    await page.goto(`${url}/display/`);
    await page.locator('[data-slide]').waitFor();
  };
  // Sound sleeps until the page is touched, as in every browser.
  const display = { ...desk, open: hall, mayComplain: /AudioContext/ };
  return [
    { ...desk, name: 'surface.console.log-in', open: openConsole },
    { ...desk, name: 'surface.console.pairing', open: openUnpaired({ state: 'not-paired' }) },
    {
      ...desk,
      name: 'surface.console.pairing-wait',
      open: openUnpaired({ state: 'wait', waitSeconds: 40 }),
    },
    { ...desk, name: 'surface.console.windows', open: openWindows },
    { ...desk, name: 'surface.console.desk', open: openDesk },
    {
      ...desk,
      name: 'surface.staff.desk-log-in',
      open: async (page, url) => {
        await page.goto(`${url}/staff/`);
        await page.getByLabel('账号').waitFor();
      },
    },
    { ...display, name: 'surface.display.landscape', screen: LANDSCAPE },
    { ...display, name: 'surface.display.portrait', screen: PORTRAIT },
  ];
}

const SECTIONS = ['frame', 'actions', 'lists', 'text', 'states', 'guide', 'station', 'papers'];

/** Every component in every state. */
function gallery(): Picture[] {
  return SECTIONS.map((section) => ({
    ...WUHUA,
    name: `surface.gallery.${section}`,
    scene: { page: 'home' },
    fullPage: true,
    open: async (page, url) => {
      await page.goto(`${url}/gallery/#only=${section}`);
      await page.locator('[data-specimen]').first().waitFor();
      await page.waitForTimeout(1500);
    },
  }));
}
