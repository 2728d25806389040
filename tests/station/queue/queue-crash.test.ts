import { expect, test } from 'vitest';
import { queueCrashes } from '../../prove/queue-crashes.ts';

test('a station that is killed while it gives numbers and calls loses none and repeats none', async () => {
  const { kills, tickets, calls, jobs, ...faults } = await queueCrashes(8, 12, 1);
  expect(faults).toEqual({
    days: 1,
    repeated: 0,
    lost: 0,
    calledTwice: 0,
    jobsUnknown: 0,
    withoutJob: 0,
  });
  expect(kills).toBe(8);
  expect(tickets).toBeGreaterThan(20);
  expect(calls).toBeGreaterThan(5);
  expect(jobs.printed).toBeGreaterThan(0);
});
