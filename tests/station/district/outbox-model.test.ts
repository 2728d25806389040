import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { live, PLANTED, stepArbitrary } from './outbox-model.ts';

const steps = fc.array(stepArbitrary, { minLength: 1, maxLength: 16 });
const RUNS = 250;
/**
 * The rarest, "overwrites", shows only when one editor withdraws what another has just changed: measured with four seeds it
 * needed 143, 282, 741 and more than 1,500 runs. So a second seed is tried where the first finds nothing.
 */
const RUNS_FOR_BUGS = 1000;
const SEEDS_FOR_BUGS = [20261123, 1];

describe('two terminals of a station, their district, and everything that can go wrong between them', {
  timeout: 600_000,
}, () => {
  test('come to rest with nothing lost, nothing twice, and the same on every screen', async () => {
    await fc.assert(
      fc.asyncProperty(steps, (chosen) => live(chosen)),
      { numRuns: RUNS, seed: 20261123 },
    );
  });

  test.each(PLANTED)('the planted bug "%s" is found', async (bug) => {
    const isFound = async (seed: number) => {
      const property = fc.asyncProperty(steps, (chosen) => live(chosen, bug));
      return (await fc.check(property, { numRuns: RUNS_FOR_BUGS, seed, endOnFailure: true }))
        .failed;
    };
    expect((await isFound(SEEDS_FOR_BUGS[0] ?? 0)) || (await isFound(SEEDS_FOR_BUGS[1] ?? 0))).toBe(
      true,
    );
  });
});
