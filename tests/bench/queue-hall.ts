import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import type { Slip } from '#shared/printing/slip.ts';
import { slipBytes } from '#station/printing/slip-bytes.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { first, type ReadableDb, sql } from '#station/store/sql.ts';
import { launchChromium, openTouchPage, PORTRAIT } from '../e2e/browser/chromium.ts';
import { openScene } from '../e2e/browser/scene.ts';
import { type RunningStation, startStation } from '../e2e/browser/station.ts';
import { type PrinterDouble, startPrinterDouble } from '../printing/printer-double.ts';
import { profileWithPrinter } from '../printing/profile-with-printer.ts';

const wish = () => ({
  operation: randomUUID(),
  line: 'reception',
  language: 'zh-CN' as const,
});

/** The hall of the district centre with a printer on a port, as it runs: host in a process of its own. */
async function withHall<Result>(
  measure: (station: RunningStation, printer: PrinterDouble) => Promise<Result>,
): Promise<Result> {
  const printer = await startPrinterDouble();
  const profile = profileWithPrinter('wuhua', printer.address);
  const station = await startStation({ profile: profile.folder, station: '530102' });
  try {
    return await measure(station, printer);
  } finally {
    await station.close();
    profile.remove();
    await printer.close();
  }
}

/** Times in milliseconds, pairwise from the same run. */
export interface TapToPaper {
  /** From the finger that leaves a line's tile to the last byte at the printer. */
  readonly tapMs: readonly number[];
  /** From the opening of a bare connection to the last byte of the same bytes. */
  readonly rawMs: readonly number[];
}

/** A number through page, contract, host, database and spooler onto the printer's socket, against a bare write of its bytes. */
export function tapToPaper(pairs: number): Promise<TapToPaper> {
  return withHall(async (station, printer) => {
    const db = openDatabase(join(station.dataDir, 'station.sqlite'), 'station');
    const browser = await launchChromium();
    const touch = await openTouchPage(browser, PORTRAIT);
    const finger = await touch.page.context().newCDPSession(touch.page);
    const tapMs: number[] = [];
    const rawMs: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      await openScene(touch.page, station.url, { page: 'take' });
      const left = await touchAndLeave(finger, await middleOfFirstLine(touch.page));
      const slip = await printedAfter(db, pair);
      tapMs.push(printer.lastByteAt() - left);
      rawMs.push(await raw(printer, slipBytes(slip, '80')));
    }
    await browser.close();
    db.write.close();
    return { tapMs, rawMs };
  });
}

async function middleOfFirstLine(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.locator('[data-lines] button').first().boundingBox();
  if (box === null) throw new Error('no line to be touched');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** When the finger was told to leave: what the browser needs to hear of it counts. */
async function touchAndLeave(
  finger: CDPSession,
  point: { readonly x: number; readonly y: number },
): Promise<number> {
  await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
  const left = performance.now();
  await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  return left;
}

/** The slip of the next job after so many. */
async function printedAfter(db: ReadableDb, jobs: number): Promise<Slip> {
  for (;;) {
    const job = first<{ paper: string; state: string }>(
      db,
      sql`select paper, state from print_job order by rowid limit 1 offset ${jobs}`,
    );
    if (job?.state === 'printed') return JSON.parse(job.paper) as Slip;
    if (job !== undefined && job.state !== 'queued' && job.state !== 'sending')
      throw new Error(`ticket is ${job.state}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function printed({ client }: RunningStation, jobId: string): Promise<void> {
  for (;;) {
    const { state } = await client.tickets.job({ jobId });
    if (state === 'printed') return;
    if (state !== 'queued' && state !== 'sending') throw new Error(`ticket is ${state}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function raw(printer: PrinterDouble, bytes: Uint8Array): Promise<number> {
  const began = performance.now();
  const socket = connect({ port: printer.port, host: '127.0.0.1', noDelay: true });
  socket.resume();
  socket.end(bytes);
  await once(socket, 'close');
  return printer.lastByteAt() - began;
}

export interface RushFigures {
  readonly tickets: number;
  readonly answerMs: readonly number[];
  /** Of one core, while numbers were given at this pace. */
  readonly hostCores: number;
  readonly notPrinted: number;
}

/** Numbers at a steady pace with the visitor's page open on them. */
export function rush(anHour: number, seconds: number): Promise<RushFigures> {
  return withHall(async (station) => {
    const browser = await launchChromium();
    const touch = await openTouchPage(browser, PORTRAIT);
    await openScene(touch.page, station.url, { page: 'take' });
    const before = cpuSeconds(hostPid(station));
    const began = performance.now();
    const answerMs: number[] = [];
    const jobs: string[] = [];
    const pauseMs = 3_600_000 / anHour;
    for (let ticket = 0; ticket * pauseMs < seconds * 1000; ticket += 1) {
      await new Promise((resolve) =>
        setTimeout(resolve, Math.max(0, began + ticket * pauseMs - performance.now())),
      );
      const asked = performance.now();
      const taken = await station.client.queue.take(wish());
      answerMs.push(performance.now() - asked);
      if (taken.outcome === 'issued' && taken.printJob !== undefined) jobs.push(taken.printJob);
    }
    const hostCores =
      (cpuSeconds(hostPid(station)) - before) / ((performance.now() - began) / 1000);
    let notPrinted = answerMs.length - jobs.length;
    for (const job of jobs) await printed(station, job).catch(() => (notPrinted += 1));
    await browser.close();
    return { tickets: answerMs.length, answerMs, hostCores, notPrinted };
  });
}

/** The host is the one child of its shell. */
function hostPid({ shellPid }: RunningStation): number {
  const children = readFileSync(`/proc/${shellPid}/task/${shellPid}/children`, 'utf8');
  return Number(children.trim().split(' ')[0]);
}

/** Time of the processor in user and system mode (proc(5), fields 14 and 15, in hundredths of a second). */
function cpuSeconds(pid: number): number {
  const after = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(after[11]) + Number(after[12])) / 100;
}
