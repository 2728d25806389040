import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listStepArbitrary, live, PLANTED, stepArbitrary } from './outbox-model.ts';

const steps = fc.array(stepArbitrary, { minLength: 1, maxLength: 16 });
const RUNS = 250;
const RUNS_FOR_BUGS = 1_500;

describe('two terminals of a station, their district, and everything that can go wrong between them', {
  timeout: 600_000,
}, () => {
  test('come to rest with nothing lost, nothing twice, and the same on every screen', async () => {
    await fc.assert(
      fc.asyncProperty(steps, (chosen) => live(chosen)),
      { numRuns: RUNS, seed: 20261123 },
    );
  });

  const listSteps = fc.array(listStepArbitrary, { minLength: 1, maxLength: 16 });

  test('lose no item that either side added to a list, and bring none back, without asking anybody', async () => {
    await fc.assert(
      fc.asyncProperty(listSteps, (chosen) => live(chosen)),
      { numRuns: RUNS, seed: 20261124 },
    );
  });

  test('a district that drops what others added to a list is found', async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { failed } = await fc.check(
        fc.asyncProperty(listSteps, (chosen) => live(chosen, 'drops-added')),
        { numRuns: RUNS_FOR_BUGS, seed, endOnFailure: true },
      );
      expect(failed, `seed ${seed}`).toBe(true);
    }
  });

  test.each(PLANTED)('the planted bug "%s" is found by five seeds of five', async (bug) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { failed } = await fc.check(
        fc.asyncProperty(steps, (chosen) => live(chosen, bug)),
        { numRuns: RUNS_FOR_BUGS, seed, endOnFailure: true },
      );
      expect(failed, `seed ${seed}`).toBe(true);
    }
  });
});
