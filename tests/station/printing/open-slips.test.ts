import { afterEach, beforeEach, expect, test } from 'vitest';
import { moveJob } from '#station/papers/print-jobs.ts';
import { recoverSlipJobs, slipJob, writeSlipJob } from '#station/printing/slip-jobs.ts';
import { all, sql } from '#station/store/sql.ts';
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

test('doubts of past days are let go at a start, and the audit trail says how many', () => {
  slip('yesterday', MORNING - 20 * HOUR, 'in-doubt');
  slip('today', MORNING - HOUR, 'in-doubt');
  const clock = { now: () => MORNING, uptime: () => 1_000_000 };
  recoverSlipJobs(station.db, clock, 180_000);
  recoverSlipJobs(station.db, clock, 180_000);
  // Whether it came out is still known to nobody.
  expect(slipJob(station.db, 'yesterday')).toMatchObject({
    state: 'in-doubt',
    reason: 'dismissed',
  });
  expect(slipJob(station.db, 'today')).toMatchObject({ state: 'in-doubt', reason: 'no-answer' });
  expect(all(station.db, sql`select actor, action, subject from audit`)).toEqual([
    { actor: 'host', action: 'slips-let-go', subject: '1' },
  ]);
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
