import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeAbandonedJobs, moveJob, openJob } from '#station/papers/print-jobs.ts';
import { all, sql } from '#station/store/sql.ts';
import { countOf, jobsOf, type TemporaryStation, temporaryStation } from './temporary-station.ts';

const PAPER = { type: 'form-sample', id: 'form-sample.legal-aid-pledge', filled: true } as const;
const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const TABLES = ['print_job', 'outbox', 'audit'] as const;

let station: TemporaryStation;
beforeEach(() => {
  station = temporaryStation();
});
afterEach(() => station.remove());

test('a print is a job, an operation for the district and an audit row, with no personal data', () => {
  const id = openJob(station.db, PAPER, NOW);
  expect(jobsOf(station.db)).toEqual([
    { id, paper: JSON.stringify(PAPER), state: 'queued', reason: '' },
  ]);
  expect(all(station.db, sql`select * from outbox`)).toEqual([
    {
      id,
      type: 'paper-printed',
      payload: JSON.stringify({ paper: PAPER.type, record: PAPER.id, filled: true }),
      created_at: NOW,
    },
  ]);
  expect(all(station.db, sql`select actor, action, subject from audit`)).toEqual([
    { actor: 'visitor', action: 'paper-printed', subject: `${PAPER.type}:${PAPER.id}` },
  ]);
});

test.each(TABLES)('a fault at the insert into %s leaves none of the three', (table) => {
  station.db.write.exec(
    `create trigger planted before insert on ${table} begin select raise(abort, 'planted'); end`,
  );
  expect(() => openJob(station.db, PAPER, NOW)).toThrow('planted');
  expect(TABLES.map((each) => countOf(station.db, each))).toEqual([0, 0, 0]);
});

test('at a start nothing old is left to print: sending is in doubt, queued is expired', () => {
  const queued = openJob(station.db, PAPER, NOW);
  const sending = openJob(station.db, PAPER, NOW + 1);
  const printed = openJob(station.db, PAPER, NOW + 2);
  moveJob(station.db, sending, 'sending', NOW, 'desk-7');
  moveJob(station.db, printed, 'printed', NOW);
  expect(closeAbandonedJobs(station.db, NOW + 10)).toEqual(['desk-7']);
  expect(jobsOf(station.db).map(({ id, state }) => [id, state])).toEqual([
    [queued, 'expired'],
    [sending, 'in-doubt'],
    [printed, 'printed'],
  ]);
});
