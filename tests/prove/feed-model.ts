import fc from 'fast-check';
import { forgetFiles, live, PLANTED, stepsArbitrary } from '../station/feed/feed-model.ts';
import { median } from './median.ts';

/** A bug that needs more runs than this counts as not found. */
const RUNS_FOR_BUGS = 20_000;

/** Figures of the model of the feed: sound runs, and the median of runs that each planted bug needs, of so many seeds. */
export function feedModel(runs: number, seed: number, seeds: number) {
  const sound = fc.check(
    fc.property(stepsArbitrary, (steps) => live(steps)),
    { numRuns: runs, seed },
  );
  const bugs = Object.fromEntries(
    Object.entries(PLANTED).map(([name, bug]) => {
      const needed = Array.from({ length: seeds }, (_, at) => {
        const { failed, numRuns } = fc.check(
          fc.property(stepsArbitrary, (steps) => live(steps, bug)),
          { numRuns: RUNS_FOR_BUGS, seed: at + 1, endOnFailure: true },
        );
        return failed ? numRuns : Number.POSITIVE_INFINITY;
      });
      return [name, median(needed)];
    }),
  );
  forgetFiles();
  return {
    runs: sound.numRuns,
    failed: sound.failed,
    counterexample: sound.counterexamplePath,
    bugs,
  };
}
