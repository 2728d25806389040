import fc from 'fast-check';
import { live, PLANTED, stepArbitrary } from '../station/district/outbox-model.ts';
import { median } from './median.ts';

const steps = fc.array(stepArbitrary, { minLength: 1, maxLength: 16 });
/** A bug that needs more runs than this counts as not found. */
const RUNS_FOR_BUGS = 5_000;

/** Figures of the model of outbox and merge: sound runs, and the median of runs that each planted bug needs, of so many seeds. */
export async function outboxModel(runs: number, seed: number, seeds: number) {
  const sound = await fc.check(
    fc.asyncProperty(steps, (chosen) => live(chosen)),
    { numRuns: runs, seed },
  );
  const bugs: Record<string, number> = {};
  for (const bug of PLANTED) {
    const needed: number[] = [];
    for (let one = 1; one <= seeds; one += 1) {
      const { failed, numRuns } = await fc.check(
        fc.asyncProperty(steps, (chosen) => live(chosen, bug)),
        { numRuns: RUNS_FOR_BUGS, seed: one, endOnFailure: true },
      );
      needed.push(failed ? numRuns : Number.POSITIVE_INFINITY);
    }
    bugs[bug] = median(needed);
  }
  return {
    runs: sound.numRuns,
    failed: sound.failed,
    counterexample: sound.counterexamplePath,
    bugs,
  };
}
