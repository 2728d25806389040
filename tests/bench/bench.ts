/**
 * The benchmarks, one JSON object a line. What is compared is measured in turns in the same run, so that a busy machine
 * slows both; figures are medians. KIOSK_TEST_ELECTRON names the Electron.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RunningStation, startStation } from '../e2e/browser/station.ts';
import { openDisplay } from '../e2e/electron/display.ts';
import { lawFolder } from '../search/judged/law-copy.ts';
import { bundleSizes } from './bundle.ts';
import { dayOfCalls, MEMORIES } from './day-of-calls.ts';
import { debugPage } from './debugged-page.ts';
import { growthOf } from './growth.ts';
import { benchKeyboard } from './keyboard.ts';
import { benchLawImport } from './law-import.ts';
import { benchLawScroll } from './law-scroll.ts';
import { printingTimes } from './printing.ts';
import {
  benchFolder,
  closePrograms,
  EMPTY_PAGE,
  emptyChromium,
  emptyElectron,
  removeFolder,
  startProgram,
  terminalInBrowser,
  terminalInElectron,
} from './programs.ts';
import { estimateErrors } from './queue-estimate.ts';
import { rush, tapToPaper } from './queue-hall.ts';
import { searchQuality } from './search-quality.ts';
import { searchSpeed } from './search-speed.ts';
import { emptyStartMs, startTerminal } from './start.ts';
import { benchAgainstPouch } from './sync/against-pouchdb.ts';
import { benchFirstFills, benchReadyFills } from './sync/first-fill.ts';
import { benchFleet } from './sync/fleet.ts';
import { benchIdlePolls } from './sync/idle-polls.ts';
import { benchPublishing } from './sync/publishing.ts';
import { guideTapTimes, openGuideList, STATIC_PAGE, staticTapTimes } from './taps.ts';

const PAIRS = 7;
const TAPS = 100;

const say = (line: Record<string, unknown>) => console.log(JSON.stringify(line));
const round = (number: number) => Math.round(number * 100) / 100;

/** The value below which this part of the numbers lies. */
function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
const median = (numbers: readonly number[]) => quantile(numbers, 0.5);

/** Starts a terminal and an empty page in turns. */
async function benchStart(
  name: string,
  terminal: () => Promise<number>,
  empty: () => Promise<number>,
  more: Readonly<Record<string, number>>,
): Promise<void> {
  const homeMs: number[] = [];
  const emptyMs: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    emptyMs.push(await empty());
    homeMs.push(await terminal());
  }
  const ratio = median(homeMs.map((ms, pair) => ms / (emptyMs[pair] ?? Number.NaN)));
  say({
    bench: name,
    pairs: PAIRS,
    homeMs: round(median(homeMs)),
    emptyPageMs: round(median(emptyMs)),
    ...more,
    ratio: round(ratio),
    goalRatio: 1.5,
    met: ratio <= 1.5,
  });
}

type Command = Parameters<typeof startTerminal>[0];

/** A start of every day, and for comparison the first one, which reads the content in. */
async function benchStartsOf(
  name: string,
  display: string,
  command: Command,
  address: string,
  empty: Command,
): Promise<void> {
  const start = async (dataDir?: string) => {
    const { program, page, homeMs } = await startTerminal(command, address, display, dataDir);
    page.close();
    await program.close();
    return homeMs;
  };
  const folder = benchFolder();
  const firstStartMs = await start(folder);
  await benchStart(
    name,
    () => start(folder),
    () => emptyStartMs(empty, display),
    { firstStartMs: round(firstStartMs) },
  );
  removeFolder(folder);
}

async function benchStarts(display: string, electron: string): Promise<void> {
  await benchStartsOf(
    'start in Chromium',
    display,
    terminalInBrowser,
    'http://127.0.0.1',
    emptyChromium(EMPTY_PAGE),
  );
  await benchStartsOf(
    'start in Electron',
    display,
    terminalInElectron(electron),
    'kiosk://',
    emptyElectron(electron),
  );
}

async function benchTaps(display: string): Promise<void> {
  const { program, page } = await startTerminal(terminalInBrowser, 'http://127.0.0.1', display);
  await openGuideList(page);
  const guides = await guideTapTimes(page, TAPS);
  page.close();
  await program.close();
  const still = await startProgram(emptyChromium(STATIC_PAGE), display);
  const stillPage = await debugPage(still.debugPort, 'data:');
  const statics = await staticTapTimes(stillPage, TAPS);
  stillPage.close();
  await still.close();
  const p95 = quantile(guides, 0.95);
  say({
    bench: 'tap on a guide until it is painted, software rendering',
    taps: guides.length,
    medianMs: round(median(guides)),
    p95Ms: round(p95),
    staticMedianMs: round(median(statics)),
    staticP95Ms: round(quantile(statics, 0.95)),
    ratioOfMedians: round(median(guides) / median(statics)),
    goalP95Ms: 100,
    met: p95 <= 100,
  });
}

/** Everything that the pages ask for, in both languages, as a long day of visitors would. */
async function crawl({ client }: RunningStation): Promise<number> {
  let calls = 0;
  for (const language of ['zh-CN', 'en'] as const) {
    await client.home.view({ language });
    await client.board.disclosure({ language });
    await client.stations.list({ language });
    for (const { id } of await client.guides.list({ language })) {
      await client.guides.get({ id, language });
      await client.guides.takeaway({ id, language });
      calls += 2;
    }
    for (const { id } of await client.faqs.list({ language })) {
      await client.faqs.get({ id, language });
      calls += 1;
    }
    for (const { id } of await client.forms.list({ language })) {
      await client.forms.get({ id, language });
      calls += 1;
    }
  }
  return calls;
}

/** The host is the one child of its shell. */
function hostMegabytes(shellPid: number): number {
  const children = readFileSync(`/proc/${shellPid}/task/${shellPid}/children`, 'utf8');
  const status = readFileSync(`/proc/${Number(children.trim().split(' ')[0])}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

async function benchMemory(): Promise<void> {
  const station = await startStation({ profile: 'wuhua' });
  const atStart = hostMegabytes(station.shellPid);
  const calls = await crawl(station);
  const megabytes = hostMegabytes(station.shellPid);
  await station.client.papers.pdf({
    type: 'form-sample',
    id: 'form-sample.legal-aid-application',
    filled: false,
  });
  const afterPaper = hostMegabytes(station.shellPid);
  await station.close();
  say({
    bench: 'memory of the host after a crawl',
    calls,
    atStartMB: round(atStart),
    megabytes: round(megabytes),
    afterPaperMB: round(afterPaper),
    goalMB: 120,
    met: megabytes <= 120,
  });
}

/** A ticket against a bare write of its bytes, and how many an hour come through. */
async function benchPrinting(): Promise<void> {
  const { ticketMs, rawMs, anHour } = await printingTimes(TAPS, 300);
  const p95 = quantile(ticketMs, 0.95);
  const over = p95 - quantile(rawMs, 0.95);
  say({
    bench: 'ticket from its transaction to the last byte at the printer',
    tickets: ticketMs.length,
    medianMs: round(median(ticketMs)),
    p95Ms: round(p95),
    rawMedianMs: round(median(rawMs)),
    rawP95Ms: round(quantile(rawMs, 0.95)),
    overRawP95Ms: round(over),
    goalOverRawP95Ms: 50,
    ticketsAnHour: Math.round(anHour),
    goalTicketsAnHour: 2000,
    met: over <= 50 && anHour >= 2000,
  });
}

/** A touch on a line to the last byte at the printer, through everything that lies between. */
async function benchTapToPaper(): Promise<void> {
  const { tapMs, rawMs } = await tapToPaper(TAPS);
  const over = quantile(tapMs, 0.95) - quantile(rawMs, 0.95);
  say({
    bench: 'finger leaves a line to the last byte at the printer',
    tickets: tapMs.length,
    medianMs: round(median(tapMs)),
    p95Ms: round(quantile(tapMs, 0.95)),
    rawMedianMs: round(median(rawMs)),
    rawP95Ms: round(quantile(rawMs, 0.95)),
    overRawMedianMs: round(median(tapMs) - median(rawMs)),
    overRawP95Ms: round(over),
    goalOverRawP95Ms: 50,
    met: over <= 50,
  });
}

/** An answer later than this is one for which a visitor waits. */
const LATE_MS = 300;

async function benchRush(anHour: number): Promise<void> {
  const { tickets, answerMs, hostCores, notPrinted } = await rush(anHour, 45);
  say({
    bench: `${anHour} numbers an hour with the page open`,
    tickets,
    medianMs: round(median(answerMs)),
    p95Ms: round(quantile(answerMs, 0.95)),
    late: answerMs.filter((ms) => ms > LATE_MS).length,
    notPrinted,
    hostCores: round(hostCores),
    met: notPrinted === 0 && hostCores < 0.5,
  });
}

/** What may grow in twenty-four hours. */
const GROWTH_LIMIT_MB = 5;

/**
 * Twenty-four hours of calls at one a minute. How much grows is the slope through all points, with its standard error: the limit
 * must hold with twice that added.
 */
async function benchDayOfCalls(): Promise<void> {
  const calls = 1440;
  const points = 8;
  const found = await dayOfCalls(calls, points);
  const growths = MEMORIES.map((name) => {
    const values = found.map((memory) => memory[name]);
    const { perStep, error } = growthOf(values);
    return { name, values, megabytes: perStep * points, error: error * points };
  });
  say({
    bench: 'day of calls: host, display, ten windows and a console page',
    calls,
    hours: calls / 60,
    ...Object.fromEntries(growths.map(({ name, values }) => [`${name}MB`, values.map(round)])),
    growthIn24hMB: Object.fromEntries(
      growths.map(({ name, megabytes, error }) => [name, `${round(megabytes)} ± ${round(error)}`]),
    ),
    limitMB: GROWTH_LIMIT_MB,
    met: growths.every(({ megabytes, error }) => megabytes + 2 * error <= GROWTH_LIMIT_MB),
  });
}

/** How far the announced wait was from the real one, against "people before, by the plan's minutes". */
function benchWaits(): void {
  const { tickets, maeMinutes, naiveMaeMinutes, shareClose } = estimateErrors(40, 20_261_123);
  const ratio = maeMinutes / naiveMaeMinutes;
  say({
    bench: 'estimated wait on replayed days',
    days: 40,
    tickets,
    maeMinutes: round(maeMinutes),
    naiveMaeMinutes: round(naiveMaeMinutes),
    shareClose: round(shareClose),
    ratio: round(ratio),
  });
}

/** Sizes written after the name of a part: a smaller bench to see that it works. */
function numbersAfter(usual: readonly number[]): readonly number[] {
  const given = process.argv.slice(3).map(Number).filter(Number.isInteger);
  return given.length === 0 ? usual : given;
}

const wanted = process.argv[2] ?? '';
const is = (name: string) => name.includes(wanted);
const display = await openDisplay();
try {
  if (is('bundle'))
    say({
      bench: 'page bundle',
      ...bundleSizes(join(import.meta.dirname, '../../out/renderer/assets')),
    });
  if (is('keyboard')) say(benchKeyboard());
  if (is('printing')) await benchPrinting();
  if (is('search')) {
    for (const line of await searchSpeed('', 20_000)) say(line);
    for (const line of await searchSpeed(lawFolder() ?? '', 100_000)) say(line);
    for (const line of await searchQuality(lawFolder() ?? '')) say(line);
  }
  if (is('waits')) benchWaits();
  if (is('paper')) await benchTapToPaper();
  if (is('rush')) for (const anHour of [2000, 20_000]) await benchRush(anHour);
  if (is('day')) await benchDayOfCalls();
  if (is('laws')) for await (const line of benchLawImport(lawFolder())) say(line);
  if (is('scroll')) say(await benchLawScroll());
  if (is('fill'))
    for await (const line of benchFirstFills(numbersAfter([10_000, 100_000]))) say(line);
  if (is('fill') || wanted === 'pouch')
    for await (const line of benchAgainstPouch(numbersAfter([10_000, 100_000]))) say(line);
  // Part of the fills; by its own name without PouchDB and the index, which take many minutes.
  if (wanted === 'ready')
    for await (const line of benchReadyFills(numbersAfter([10_000, 100_000]))) say(line);
  if (is('publishing'))
    for (const [records, divisions] of [
      [20_000, 0],
      [2_000, 500],
    ] as const)
      say({ bench: 'publishing', ...(await benchPublishing(records, divisions)) });
  if (is('polls')) say(await benchIdlePolls(15_000));
  if (is('fleet')) {
    const [terminals = 0, minutes = 0] = numbersAfter([4_000, 10]);
    say(await benchFleet(terminals, minutes));
  }
  if (is('memory')) await benchMemory();
  if (is('taps')) await benchTaps(display.name);
  if (is('starts')) await benchStarts(display.name, process.env.KIOSK_TEST_ELECTRON ?? '');
} finally {
  await closePrograms();
  display.close();
}
