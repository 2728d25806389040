import { afterEach, beforeEach, expect, test } from 'vitest';
import { moveJob } from '#station/papers/print-jobs.ts';
import { recoverSlipJobs, slipJob, writeSlipJob } from '#station/printing/slip-jobs.ts';
import { MORNING, printingOn } from '../../printing/printing-station.ts';
import { sampleTicket } from '../../printing/sample-ticket.ts';
import { type TemporaryStation, temporaryStation } from '../papers/temporary-station.ts';

const HOUR = 3_600_000;
let station: TemporaryStation;
beforeEach(() => {
  station = temporaryStation();
});
afterEach(() => station.remove());

/** A slip that ended like this. */
function slip(id: string, at: number, state: 'in-doubt' | 'expired', number = 'A012'): void {
  const clock = { now: () => at, uptime: () => 0 };
  writeSlipJob(station.db, { id, slip: sampleTicket(number) }, clock);
  moveJob(station.db, id, state, at, 'no-answer');
}

async function openAt(now: number): Promise<string[]> {
  const printing = printingOn(station.db, [], { civil: now, up: 1_000_000 });
  try {
    return printing.open().map(({ jobId }) => jobId);
  } finally {
    await printing.close();
  }
}

test('staff are asked of slips of this day only: a number of yesterday is somebody else’s today', async () => {
  slip('yesterday', MORNING - 20 * HOUR, 'in-doubt');
  slip('yesterday-late', MORNING - 20 * HOUR, 'expired');
  slip('today', MORNING - HOUR, 'in-doubt');
  slip('today-late', MORNING, 'expired');
  expect(await openAt(MORNING)).toEqual(['today-late', 'today']);
  expect(await openAt(MORNING + 24 * HOUR)).toEqual([]);
});

test('staff are asked of fifty at the most, the newest', async () => {
  for (let at = 0; at < 60; at += 1) slip(`job-${at}`, MORNING, 'expired');
  const open = await openAt(MORNING);
  expect(open).toHaveLength(50);
  expect(open[0]).toBe('job-59');
});

test('a start with a clock that is a day ahead lets go of no doubt: staff are asked when it is right again', async () => {
  slip('today', MORNING - HOUR, 'in-doubt');
  const ahead = { now: () => MORNING + 24 * HOUR, uptime: () => 1_000_000 };
  recoverSlipJobs(station.db, ahead, 180_000);
  expect(slipJob(station.db, 'today')).toMatchObject({ state: 'in-doubt', reason: 'no-answer' });
  expect(await openAt(MORNING)).toEqual(['today']);
});

test('what one window decided of a slip no other decides again', async () => {
  const decisions = ['came-out', 'not-needed', 'print-again'] as const;
  for (const first of ['came-out', 'not-needed'] as const) {
    slip(first, MORNING, 'in-doubt');
    const printing = printingOn(station.db, [], { civil: MORNING, up: 1_000_000 });
    try {
      printing.decide('p1', first, first);
      const before = slipJob(station.db, first);
      for (const decision of decisions)
        expect(() => printing.decide('p2', first, decision)).toThrow('busy');
      expect(slipJob(station.db, first)).toEqual(before);
    } finally {
      await printing.close();
    }
  }
});

test('of a slip of another day nothing can be decided, and nothing is changed', async () => {
  slip('yesterday', MORNING - 20 * HOUR, 'in-doubt');
  slip('today', MORNING, 'in-doubt');
  const printing = printingOn(station.db, [], { civil: MORNING, up: 1_000_000 });
  try {
    const before = slipJob(station.db, 'yesterday');
    for (const decision of ['came-out', 'not-needed', 'print-again'] as const)
      expect(() => printing.decide('p1', 'yesterday', decision)).toThrow('not-found');
    expect(slipJob(station.db, 'yesterday')).toEqual(before);
    expect(printing.decide('p1', 'today', 'came-out')).toMatchObject({ state: 'printed' });
  } finally {
    await printing.close();
  }
});
