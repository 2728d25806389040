import { expect, test } from 'vitest';
import { StationError } from '#shared/contract/errors.ts';
import { decisionFault, slipDecisions } from '../../../src/renderer/staff/slip-decisions.ts';

test('only of a slip in doubt staff may say that it came out', () => {
  expect(slipDecisions('in-doubt')).toContain('came-out');
  for (const state of ['failed', 'expired'] as const)
    expect(slipDecisions(state)).toEqual(['print-again', 'not-needed']);
});

test('who decides too late is told why', () => {
  expect(decisionFault(new StationError('not-found'))).toBe('staff.printers.past');
  expect(decisionFault(new StationError('busy'))).toBe('staff.printers.decided');
  expect(decisionFault(new Error('line cut'))).toBe('desk.failed');
});
