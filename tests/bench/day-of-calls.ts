import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { addPerson } from '#station/staff/people.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { socketTransport } from '../../src/renderer/station-client/socket-transport.ts';
import {
  connectStation,
  type StationConnection,
} from '../../src/renderer/station-client/station-client.ts';
import { launchChromium } from '../e2e/browser/chromium.ts';
import { type RunningStation, startStation } from '../e2e/browser/station.ts';
import { profileOfTenWindows, TEN_WINDOWS } from '../station/queue/ten-windows.ts';

const PIN = '773920';
const HOST_IN_HAND = pathToFileURL(join(import.meta.dirname, 'host-in-hand.mjs')).href;
/** A call a minute. */
const STEP_MS = 60_000;
/** While the hall is closed there is little to see. */
const CLOSED_STEP_MS = 600_000;
/** A Monday on which two hours of work are left. */
const START = '2026-11-23T15:00:00+08:00';

/**
 * What is measured: the objects of the host's program, what they hold outside it (buffers, statements), all that the system has
 * given the host, the objects of the display's page and of a console's.
 */
export const MEMORIES = [
  'hostHeap',
  'hostExternal',
  'hostResident',
  'displayHeap',
  'consoleHeap',
] as const;

/** Megabytes, each after everything was collected that can be. */
export type Memory = Readonly<Record<(typeof MEMORIES)[number], number>>;

interface Hall {
  readonly station: RunningStation;
  readonly hand: HostInHand;
  readonly windows: readonly StationConnection[];
  readonly display: Page;
  readonly console: Page;
}

/**
 * Calls, one a minute, in a hall with ten windows at work, a display and a console page, all open all the time. The host's clock is
 * turned on by a minute between calls, with everything that the host does by the clock; so nights, backups, the change of day and
 * the log-ins of the morning lie between. What is measured begins on the second morning; memory at `points` equal steps.
 */
export async function dayOfCalls(calls: number, points: number): Promise<Memory[]> {
  const parent = mkdtempSync(join(tmpdir(), 'day-of-calls-'));
  const socket = join(parent, 'hand.sock');
  const station = await startStation({
    profile: profileOfTenWindows(parent),
    station: '530102',
    startAt: START,
    environment: { NODE_OPTIONS: `--import=${HOST_IN_HAND}`, KIOSK_BENCH_SOCKET: socket },
  });
  const browser = await launchChromium();
  const hand = await takeHost(socket);
  try {
    const hall = await openHall(station, hand, browser);
    await untilMorning(hall);
    const found = [await look(hall)];
    for (let point = 0; point < points; point += 1) {
      for (let call = 0; call < calls / points; call += 1) await minuteWithCall(hall, call);
      found.push(await look(hall));
    }
    for (const connection of hall.windows) connection.close();
    return found;
  } finally {
    hand.letGo();
    await browser.close();
    await station.close();
    rmSync(parent, { recursive: true, force: true });
  }
}

/** A host whose time is turned by hand (`host-in-hand.mjs`). */
interface HostInHand {
  /** Turns its clock on; every beat of that time, or (as after a sleep) one. */
  readonly advance: (ms: number, catchUp: boolean) => Promise<void>;
  readonly memory: () => Promise<NodeJS.MemoryUsage>;
  readonly letGo: () => void;
}

async function takeHost(path: string): Promise<HostInHand> {
  const connection = connect(path);
  const lines = createInterface(connection)[Symbol.asyncIterator]();
  const order = async (what: object) => {
    connection.write(`${JSON.stringify(what)}\n`);
    const { value } = await lines.next();
    return JSON.parse(value ?? '{}') as unknown;
  };
  return {
    advance: async (advanceMs, catchUp) => {
      await order({ advanceMs, catchUp });
    },
    memory: async () => (await order({})) as NodeJS.MemoryUsage,
    letGo: () => connection.destroy(),
  };
}

async function openHall(
  station: RunningStation,
  hand: HostInHand,
  browser: Browser,
): Promise<Hall> {
  const pins = await addClerks(station);
  const windows = await Promise.all(
    TEN_WINDOWS.map((window) => openWindow(station, window, pins.get(window) ?? '')),
  );
  const display = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  await display.goto(`${station.url}/display/`);
  await display.locator('[data-surface=display]').waitFor();
  const console = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await console.goto(`${station.url}/console/`);
  const hall = { station, hand, windows, display, console };
  await logInPage(console);
  return hall;
}

/** One for each window, with the one-time PIN. */
async function addClerks({ dataDir }: RunningStation): Promise<Map<string, string>> {
  const db = openDatabase(join(dataDir, 'station.sqlite'), 'station');
  const change = { db, actor: 'technician', now: Date.parse(START) };
  const pins = new Map<string, string>();
  for (const window of TEN_WINDOWS) {
    const clerk = { account: window, name: `示例${window}`, roles: ['window-clerk'] as const };
    pins.set(window, (await addPerson(change, clerk)).oneTimePin);
  }
  db.write.close();
  return pins;
}

/** A window at work: as its page does, it reads the desk anew at each event of the hall, and the figures when somebody was served. */
async function openWindow(
  { url }: RunningStation,
  window: string,
  pin: string,
): Promise<StationConnection> {
  const connection = connectStation(socketTransport(`${url.replace('http', 'ws')}/rpc`), {
    timeoutMs: 60_000,
  });
  const { client } = connection;
  await client.staff.logIn({ account: window, secret: pin });
  await client.staff.changeSecret({ current: pin, next: PIN });
  await client.desk.openWindow(order(window));
  const events = await client.hall.events(undefined, { context: { timeoutMs: 0 } });
  void (async () => {
    let served = 0;
    for await (const event of events) {
      // At night nobody is logged in.
      const view = await client.desk.view({ window }).catch(() => undefined);
      if (event.type === 'alive' || view === undefined || view.servedToday === served) continue;
      served = view.servedToday;
      await client.desk.statistics({ from: view.day, to: view.day });
    }
  })().catch(() => {});
  return connection;
}

/** As the clerk of the first window. */
async function logInPage(page: Page): Promise<void> {
  await page.getByLabel('账号').fill('w1');
  await page.getByLabel('密码').fill(PIN);
  await page.keyboard.press('Enter');
  const choice = page.getByRole('button', { name: '1号窗口' });
  await choice.or(page.locator('[data-surface=console]')).first().waitFor();
  if (await choice.isVisible()) await choice.click();
  await page.locator('[data-surface=console]').waitFor();
}

/** Clerks come back in the morning and after lunch, and say again who they are every two hours (on the terminal's own address). */
async function comeBack({ windows, console }: Hall): Promise<void> {
  for (const [at, { client }] of windows.entries()) {
    const window = TEN_WINDOWS[at] ?? '';
    if (!(await isLoggedIn(client))) await client.staff.logIn({ account: window, secret: PIN });
    await client.desk.openWindow(order(window));
  }
  if (await console.getByLabel('账号').isVisible()) await logInPage(console);
}

const isLoggedIn = async ({ staff }: StationConnection['client']) =>
  (await staff.session()).session !== undefined;

const order = (window: string) => ({ operation: randomUUID(), window });

/** Calls through the day and the night after it. */
async function untilMorning(hall: Hall): Promise<void> {
  const day = async () => (await hall.station.client.queue.state({ language: 'zh-CN' })).day;
  const first = await day();
  for (let call = 0; (await day()) === first; call += 1) await minuteWithCall(hall, call);
}

/** A minute in which a visitor is called; nights and lunch go by until somebody can take a number. */
async function minuteWithCall(hall: Hall, call: number): Promise<void> {
  const wasClosed = await untilTaken(hall);
  const at = call % hall.windows.length;
  const window = TEN_WINDOWS[at] ?? '';
  const { client } = hall.windows[at] ?? hall.station;
  if (wasClosed || !(await isLoggedIn(client))) await comeBack(hall);
  const called = await client.desk.callNext(order(window));
  if (called.outcome !== 'done') throw new Error(called.outcome);
  const ticket = () => ({ ...order(window), ticket: called.ticket.id });
  if (call % 4 === 0) await client.desk.recall(ticket());
  await client.desk.finish(ticket());
}

/** Turns the clock on until a number was taken; whether the hall was closed before. */
async function untilTaken({ station, hand }: Hall): Promise<boolean> {
  for (let closed = false; ; closed = true) {
    await hand.advance(closed ? CLOSED_STEP_MS : STEP_MS, !closed);
    const taken = await station.client.queue.take({
      operation: randomUUID(),
      line: 'reception',
      language: 'zh-CN',
    });
    if (taken.outcome === 'issued') return closed;
    if (taken.because !== 'closed') throw new Error(taken.because);
  }
}

async function look({ hand, display, console }: Hall): Promise<Memory> {
  const { heapUsed, external, rss } = await hand.memory();
  return {
    hostHeap: heapUsed / 2 ** 20,
    hostExternal: external / 2 ** 20,
    hostResident: rss / 2 ** 20,
    displayHeap: await heapOf(display),
    consoleHeap: await heapOf(console),
  };
}

/** Megabytes of the page's objects that are still reachable. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 2 ** 20;
}
