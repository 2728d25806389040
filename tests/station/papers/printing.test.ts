import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openLibrary } from '#station/content/library.ts';
import { loadPack } from '#station/content/load-pack.ts';
import { openLaws } from '#station/laws/laws.ts';
import { silentLog } from '#station/log/station-log.ts';
import { openMediaFiles } from '#station/media/media-files.ts';
import { readProfilePack } from '#station/packs/profile-pack.ts';
import { cupsSpooler } from '#station/papers/cups-spooler.ts';
import { openPapers } from '#station/papers/open-papers.ts';
import { openStations } from '#station/stations/stations.ts';
import { openDatabase } from '#station/store/open-database.ts';
import {
  freePort,
  type PrivateCups,
  startPrinterDouble,
  startPrivateCups,
} from './private-cups.ts';
import { lettersOf, readPdf } from './read-pdf.ts';
import { countOf, jobsOf, type TemporaryStation, temporaryStation } from './temporary-station.ts';

const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const PAPER = { type: 'one-time-notice', id: 'service.legal-aid-wages' } as const;
const PATIENCE = { look: 50, visitor: 3000, request: 30_000 };

const { pack } = readProfilePack(join(import.meta.dirname, '../../../assets/profiles/wuhua'));

let station: TemporaryStation;
beforeEach(() => {
  station = temporaryStation();
});
afterEach(() => station.remove());

function papersOn(printer: string, patience = PATIENCE) {
  if (pack === undefined) throw new Error('the profile of Wuhua is not sound');
  const cache = openDatabase(':memory:', 'cache');
  loadPack(cache, pack, 'test', NOW);
  const { profile, divisions } = pack;
  const now = () => NOW;
  const library = openLibrary({
    db: cache,
    profile,
    divisions,
    station: profile.defaultStation,
    now,
  });
  const stations = openStations(cache, library);
  return openPapers({
    ...{ library, stations, laws: openLaws(cache, library), media: openMediaFiles([]) },
    ...{ db: station.db, printer, now, log: silentLog, patience },
  });
}

test('without a printer nothing is printed and nothing written down, but the PDF is to be had', async () => {
  const papers = papersOn('none');
  expect(await papers.printer()).toEqual({ state: 'none' });
  await expect(papers.print(PAPER)).rejects.toMatchObject({ kind: 'no-printer' });
  expect(countOf(station.db, 'print_job')).toBe(0);
  const { base64, fileName } = await papers.pdf(PAPER);
  expect(fileName).toBe('一次性告知单-申请支付劳动报酬法律援助.pdf');
  expect(lettersOf(await readPdf(Buffer.from(base64, 'base64')))).toContain('以窗口告知为准');
});

test('a paper that this station does not have is not found', async () => {
  await expect(papersOn('none').pdf({ ...PAPER, id: 'service.none' })).rejects.toMatchObject({
    kind: 'not-found',
  });
});

test('a computer without a print system says that the printer cannot be reached', async () => {
  vi.stubEnv('PATH', '/nonexistent');
  try {
    const papers = papersOn('cups:desk');
    expect(await papers.printer()).toEqual({ state: 'unreachable' });
    await expect(papers.print(PAPER)).rejects.toMatchObject({ kind: 'printer-failed' });
    expect(await cupsSpooler('desk').submit(Buffer.from('x'), 't')).toEqual({ state: 'refused' });
  } finally {
    vi.unstubAllEnvs();
  }
});

describe('with a real print system (Debian packages cups, cups-client)', () => {
  let cups: PrivateCups;
  beforeAll(async () => {
    cups = await startPrivateCups();
  });
  afterAll(() => cups.stop());
  beforeEach(() => {
    vi.stubEnv('CUPS_SERVER', cups.server);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('the PDF arrives at the printer whole', async () => {
    const printer = await startPrinterDouble('takes');
    cups.addQueue('whole', printer.port);
    const papers = papersOn('cups:whole');
    expect(await papers.printer()).toEqual({ state: 'ready' });
    await papers.print(PAPER);
    await vi.waitFor(() => expect(printer.papers).toHaveLength(1), { timeout: 20_000 });
    const { base64 } = await papers.pdf(PAPER);
    expect(printer.papers[0]?.equals(Buffer.from(base64, 'base64'))).toBe(true);
    await vi.waitFor(() => expect(jobsOf(station.db)).toMatchObject([{ state: 'printed' }]), {
      timeout: 20_000,
    });
    await printer.close();
  });

  test('a queue that does not exist, is paused or takes nothing cannot be reached', async () => {
    cups.addQueue('paused', await freePort());
    expect(await papersOn('cups:paused').printer()).toEqual({ state: 'ready' });
    cups.command('cupsdisable', 'paused');
    expect(await papersOn('cups:paused').printer()).toEqual({ state: 'unreachable' });
    cups.command('cupsenable', 'paused');
    cups.command('cupsreject', 'paused');
    expect(await papersOn('cups:paused').printer()).toEqual({ state: 'unreachable' });
    const nowhere = papersOn('cups:nowhere');
    expect(await nowhere.printer()).toEqual({ state: 'unreachable' });
    await expect(nowhere.print(PAPER)).rejects.toMatchObject({ kind: 'printer-failed' });
    expect(await cupsSpooler('nowhere').submit(Buffer.from('x'), 't')).toEqual({
      state: 'refused',
    });
  });

  test('a print system that is not there cannot be reached, and provably took nothing', async () => {
    vi.stubEnv('CUPS_SERVER', `127.0.0.1:${await freePort()}`);
    const papers = papersOn('cups:whole');
    expect(await papers.printer()).toEqual({ state: 'unreachable' });
    await expect(papers.print(PAPER)).rejects.toMatchObject({ kind: 'printer-failed' });
    expect(await cupsSpooler('whole').submit(Buffer.from('x'), 't')).toEqual({ state: 'refused' });
    expect(countOf(station.db, 'print_job')).toBe(0);
  });

  test('a printer that is switched off: in doubt, the request is taken back, nothing comes out later', async () => {
    const port = await freePort();
    cups.addQueue('off', port);
    await expect(papersOn('cups:off').print(PAPER)).rejects.toMatchObject({
      kind: 'printer-failed',
    });
    expect(jobsOf(station.db)).toMatchObject([{ state: 'in-doubt', reason: 'troubled' }]);
    expect(cups.command('lpstat', '-W', 'not-completed', '-o', 'off')).toBe('');
  });

  test('a printer that drops the line in the middle of a paper: a typed error, in doubt, taken back', async () => {
    const printer = await startPrinterDouble('drops');
    cups.addQueue('drops', printer.port);
    const spooler = cupsSpooler('drops');
    // More than the computer's network buffers hold, so that the print system notices.
    const handover = await spooler.submit(Buffer.alloc(30_000_000, 'x'), 'big');
    if (handover.state !== 'taken') throw new Error('not taken');
    await vi.waitFor(() => expect(printer.connections()).toBeGreaterThan(0), { timeout: 20_000 });
    await vi.waitFor(
      async () =>
        expect(['lost', 'troubled']).toContain(await spooler.requestState(handover.request)),
      { timeout: 20_000, interval: 200 },
    );
    await spooler.cancel(handover.request);
    expect(await spooler.requestState(handover.request)).toBe('lost');
    await printer.close();
  });
});
