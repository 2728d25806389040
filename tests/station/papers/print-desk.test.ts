import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { silentLog } from '#station/log/station-log.ts';
import { openPrintDesk } from '#station/papers/print-desk.ts';
import type { RequestState, Spooler } from '#station/papers/spooler.ts';
import { countOf, jobsOf, type TemporaryStation, temporaryStation } from './temporary-station.ts';

const PAPER = { type: 'one-time-notice', id: 'service.legal-aid-wages' } as const;
const PATIENCE = { look: 1, visitor: 20, request: 60 };
const pdf = async () => Buffer.from('%PDF-');

let station: TemporaryStation;
let now: number;
beforeEach(() => {
  station = temporaryStation();
  now = Date.parse('2026-11-23T10:00:00+08:00');
});
afterEach(() => station.remove());

/** A print system that answers as it is told and remembers what it was asked to take back. */
function spoolerThat(answers: Partial<Spooler> = {}): Spooler & { cancelled: string[] } {
  const cancelled: string[] = [];
  return {
    status: async () => 'ready',
    submit: async () => ({ state: 'taken', request: 'desk-1' }),
    requestState: async () => 'done',
    cancel: async (request) => {
      cancelled.push(request);
    },
    ...answers,
    cancelled,
  };
}

function deskWith(spooler: Spooler) {
  return openPrintDesk({
    db: station.db,
    spooler,
    now: () => now,
    log: silentLog,
    patience: PATIENCE,
  });
}

test('a paper that the printer took is printed', async () => {
  const { jobId } = await deskWith(spoolerThat()).print(PAPER, pdf);
  expect(jobsOf(station.db)).toMatchObject([{ id: jobId, state: 'printed' }]);
});

test('the job is written down before anything is sent', async () => {
  const seen: string[] = [];
  const spooler = spoolerThat({
    submit: async () => {
      seen.push(...jobsOf(station.db).map((job) => job.state));
      return { state: 'taken', request: 'desk-1' };
    },
  });
  await deskWith(spooler).print(PAPER, pdf);
  expect(seen).toEqual(['sending']);
});

test('no job is written for a printer that cannot be reached', async () => {
  const desk = deskWith(spoolerThat({ status: async () => 'unreachable' }));
  await expect(desk.print(PAPER, pdf)).rejects.toMatchObject({ kind: 'printer-failed' });
  expect(countOf(station.db, 'print_job')).toBe(0);
});

test('a paper turned away before a byte left has failed; otherwise it is in doubt', async () => {
  const answers = ['refused', 'unknown'] as const;
  for (const state of answers) {
    const desk = deskWith(spoolerThat({ submit: async () => ({ state }) }));
    await expect(desk.print(PAPER, pdf)).rejects.toMatchObject({ kind: 'printer-failed' });
    now += 1;
  }
  expect(jobsOf(station.db).map((job) => job.state)).toEqual(['failed', 'in-doubt']);
});

test.each(['lost', 'troubled', 'unknown'] as const)(
  'a request that is %s when the visitor has waited long enough is taken back and in doubt',
  async (state: RequestState) => {
    const spooler = spoolerThat({ requestState: async () => state });
    await expect(deskWith(spooler).print(PAPER, pdf)).rejects.toMatchObject({
      kind: 'printer-failed',
    });
    expect(jobsOf(station.db)).toMatchObject([{ state: 'in-doubt' }]);
    expect(spooler.cancelled).toEqual(['desk-1']);
  },
);

test('a slow printer keeps its paper and the end is written down later', async () => {
  let state: RequestState = 'waiting';
  const spooler = spoolerThat({ requestState: async () => state });
  const { jobId } = await deskWith(spooler).print(PAPER, pdf);
  expect(jobsOf(station.db)).toMatchObject([{ id: jobId, state: 'sending', reason: 'desk-1' }]);
  state = 'done';
  await vi.waitFor(() => expect(jobsOf(station.db)).toMatchObject([{ state: 'printed' }]));
});

test('a request that never ends is taken back, so that it does not come out later', async () => {
  const spooler = spoolerThat({ requestState: async () => 'waiting' });
  await deskWith(spooler).print(PAPER, pdf);
  await vi.waitFor(() => expect(jobsOf(station.db)).toMatchObject([{ state: 'in-doubt' }]));
  expect(spooler.cancelled).toEqual(['desk-1']);
});

test('prints one paper at a time', async () => {
  const { promise: made, resolve: make } = Promise.withResolvers<Buffer>();
  const desk = deskWith(spoolerThat());
  const first = desk.print(PAPER, () => made);
  await expect(desk.print(PAPER, pdf)).rejects.toMatchObject({ kind: 'busy' });
  make(Buffer.from('%PDF-'));
  await first;
  await desk.print(PAPER, pdf);
});

test('prints three papers a minute and refuses the fourth', async () => {
  const desk = deskWith(spoolerThat());
  for (let paper = 0; paper < 3; paper++) await desk.print(PAPER, pdf);
  await expect(desk.print(PAPER, pdf)).rejects.toMatchObject({ kind: 'busy' });
  now += 60_000;
  await desk.print(PAPER, pdf);
  expect(countOf(station.db, 'print_job')).toBe(4);
});

test('takes back what an earlier run left at the print system', async () => {
  const stuck = spoolerThat({ submit: () => new Promise(() => {}) });
  void deskWith(stuck).print(PAPER, pdf);
  await vi.waitFor(() => expect(jobsOf(station.db)).toMatchObject([{ state: 'sending' }]));
  station.db.write.exec(`update print_job set reason = 'desk-9'`);
  const spooler = spoolerThat();
  deskWith(spooler);
  expect(jobsOf(station.db)).toMatchObject([{ state: 'in-doubt', reason: 'interrupted' }]);
  expect(spooler.cancelled).toEqual(['desk-9']);
});
