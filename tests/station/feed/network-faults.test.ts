import fc from 'fast-check';
import { test } from 'vitest';
import { scheduleArbitrary, survive } from './network-faults.ts';

test('whatever the line does to 200 schedules of looks, the content is that of before or after, and comes once the line is good', {
  timeout: 300_000,
}, async () => {
  await fc.assert(fc.asyncProperty(scheduleArbitrary, survive), {
    numRuns: 200,
    seed: 20_261_122,
  });
});
