import { expect, test } from 'vitest';
import { slipDecisions } from '../../../src/renderer/staff/slip-decisions.ts';

test('only of a slip in doubt staff may say that it came out', () => {
  expect(slipDecisions('in-doubt')).toContain('came-out');
  for (const state of ['failed', 'expired'] as const)
    expect(slipDecisions(state)).toEqual(['print-again', 'not-needed']);
});
