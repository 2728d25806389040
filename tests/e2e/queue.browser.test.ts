import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type PrinterDouble,
  type PrinterFaults,
  startPrinterDouble,
} from '../printing/printer-double.ts';
import { profileWithPrinter } from '../printing/profile-with-printer.ts';
import { launchChromium, openTouchPage, PORTRAIT, type TouchPage } from './browser/chromium.ts';
import { isDrawn, openScene } from './browser/scene.ts';
import { type RunningStation, startStation } from './browser/station.ts';

const SHOTS = join(import.meta.dirname, '../../out/shots');
const PATIENT = { timeout: 60_000 };

let browser: Browser;
beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  browser = await launchChromium();
});
afterAll(() => browser?.close());

interface Terminal {
  readonly station: RunningStation;
  readonly touch: TouchPage;
  readonly printer: PrinterDouble;
}

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

/** A terminal with a printer that has these faults, at the choice of a line. */
async function terminal(faults: Partial<PrinterFaults> = {}): Promise<Terminal> {
  const printer = await startPrinterDouble(faults);
  opened.push(() => printer.close());
  const profile = profileWithPrinter('wuhua', printer.address);
  opened.push(() => profile.remove());
  const station = await startStation({ profile: profile.folder });
  opened.push(() => station.close());
  const touch = await openTouchPage(browser, PORTRAIT);
  opened.push(() => touch.close());
  await openScene(touch.page, station.url, { page: 'home' });
  await touch.page.getByRole('button', { name: '取号' }).first().tap();
  await isDrawn(touch.page, 'take');
  return { station, touch, printer };
}

const LINE = 'main [data-lines] button';

/** Takes a number, waits for the sentence, and keeps the picture. */
async function takes({ touch: { page } }: Terminal, name: string, sentence: string) {
  await page.locator(LINE).first().tap();
  await isDrawn(page, 'number');
  await page.getByText(sentence).first().waitFor(PATIENT);
  expect(await page.locator('main bdi').first().textContent()).toBe('A001');
  await page.screenshot({ path: join(SHOTS, `printer.${name}.number.png`) });
}

async function isSaid({ touch: { page } }: Terminal, name: string, sentence: string) {
  await page.getByText(sentence).first().waitFor(PATIENT);
  await page.screenshot({ path: join(SHOTS, `printer.${name}.before.png`) });
}

describe('a number, with a printer that', () => {
  it('is well: paper comes', async () => {
    await takes(await terminal(), 'well', '请在出纸口取号码单。');
  });

  const known: readonly [string, Partial<PrinterFaults>, string, string][] = [
    ['paper-low', { paperLow: true }, '打印纸快用完了', '请在出纸口取号码单。'],
    ['paper-out', { paperOut: true }, '打印机缺纸', '号码已经保留'],
    ['cover-open', { coverOpen: true }, '盖子开着', '号码已经保留'],
    ['jam', { jam: true }, '打印机卡纸了', '号码已经保留'],
    ['offline', { offline: true }, '打印机没有连上', '号码已经保留'],
    ['garbage', { garbage: true }, '打印机有故障', '号码已经保留'],
  ];
  it.each(known)('is %s: said before and after', async (name, faults, before, after) => {
    const at = await terminal(faults);
    await isSaid(at, name, before);
    await takes(at, name, after);
  });

  it('never answers: said to be unknown, and never said to have printed for sure', async () => {
    const at = await terminal({ silent: true });
    await isSaid(at, 'silent', '不报告状态');
    await takes(at, 'silent', '号码一样有效');
  });

  it.each([
    ['paper-out-in-job', { paperOutAfterLines: 3 }],
    ['line-dropped-in-job', { dropAfterBytes: 400 }],
  ])('stops in the middle (%s): in doubt, a copy may be had', async (name, faults) => {
    await takes(await terminal(faults), name, '号码单可能没有打好');
  });

  it('is slow: the number is there at once, the paper when it is printed', async () => {
    const at = await terminal({ slow: 120 });
    await takes(at, 'slow', '请在出纸口取号码单。');
    expect(at.printer.roll.slips).toHaveLength(1);
  });
});

it('a station without a printer shows the number', async () => {
  const station = await startStation({ profile: 'wuhua' });
  opened.push(() => station.close());
  const touch = await openTouchPage(browser, PORTRAIT);
  opened.push(() => touch.close());
  await openScene(touch.page, station.url, { page: 'number' });
  await touch.page.getByText('这里不打印号码单').waitFor(PATIENT);
  await touch.page.getByRole('img', { name: /^号码单 [A-Z]001$/ }).waitFor(PATIENT);
  await touch.page.screenshot({ path: join(SHOTS, 'printer.none.number.png') });
});

it('two touches at once are one number', async () => {
  const { station, touch } = await terminal();
  await touch.page.evaluate((selector) => {
    const button = document.querySelector<HTMLElement>(selector);
    button?.click();
    button?.click();
  }, LINE);
  await isDrawn(touch.page, 'number');
  const { lines } = await station.client.queue.state({ language: 'zh-CN' });
  expect(lines.reduce((sum, line) => sum + line.waiting, 0)).toBe(1);
});
