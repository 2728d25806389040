import fc from 'fast-check';
import { scheduleArbitrary, survive } from '../station/feed/network-faults.ts';

/** Figures of schedules of faults on the way to the feed. */
export async function networkFaults(schedules: number, seed: number) {
  const { numRuns, failed, counterexamplePath } = await fc.check(
    fc.asyncProperty(scheduleArbitrary, survive),
    { numRuns: schedules, seed },
  );
  return { schedules: numRuns, failed, counterexample: counterexamplePath };
}
