import { expect, test } from 'vitest';
import { ticketJobSchema } from '#shared/contract/ticket-printing.ts';
import { isEnded, jobStateSchema, visitorMayReprint } from '#shared/printing/print-job.ts';

const AT = Date.parse('2026-11-23T10:00:00+08:00');
const MINUTE = 60_000;
const job = (state: string, reason = '', copy = false) =>
  ticketJobSchema.parse({
    ...{ jobId: 'job-1', state, reason, copy, label: 'A012', mayReprint: false },
    ...{ createdAt: AT, changedAt: AT },
  });

test.each([
  ['in-doubt', 'paper-out', true],
  ['failed', 'offline', true],
  ['expired', 'late', true],
  ['printed', '', false],
  ['queued', '', false],
  ['sending', '', false],
])('a visitor may have a ticket that is %s (%s) printed again: %s', (state, reason, may) => {
  expect(visitorMayReprint(job(state, reason), AT + MINUTE)).toBe(may);
});

test('where the printer cannot say whether it printed, the visitor may have one copy', () => {
  expect(visitorMayReprint(job('printed', 'handed-over'), AT + MINUTE)).toBe(true);
  expect(visitorMayReprint(job('printed', 'handed-over', true), AT + MINUTE)).toBe(false);
});

test('after ten minutes, or with a clock that went back, staff print it again', () => {
  expect(visitorMayReprint(job('in-doubt'), AT + 10 * MINUTE)).toBe(false);
  expect(visitorMayReprint(job('in-doubt'), AT - 1)).toBe(false);
});

test('only queued and sending are under way', () => {
  expect(jobStateSchema.options.filter((state) => !isEnded(state))).toEqual(['queued', 'sending']);
});
