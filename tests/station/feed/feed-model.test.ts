import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { changedDigest, EMPTY_DIGEST } from '#shared/feed/rows-digest.ts';
import { forgetFiles, live, PLANTED, stepsArbitrary } from './feed-model.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

afterAll(forgetFiles);

describe('a division that is read', { timeout: 600_000 }, () => {
  test('is what the district has, whatever is lost, repeated, restored, damaged, emptied or begun anew', () => {
    fc.assert(
      fc.property(stepsArbitrary, (steps) => live(steps)),
      { numRuns: 10_000 },
    );
  });

  test.each(Object.entries(PLANTED))(
    'the planted bug "%s" is found by five seeds of five',
    (_name, bug) => {
      for (const seed of [1, 2, 3, 4, 5]) {
        const { failed } = fc.check(
          fc.property(stepsArbitrary, (steps) => live(steps, bug)),
          { numRuns: 8_000, seed, endOnFailure: true },
        );
        expect(failed, `seed ${seed}`).toBe(true);
      }
    },
  );
});

test('the digest does not depend on the order of rows, and taking away undoes adding', () => {
  const row = fc.record({ id: fc.string(), scope: fc.string(), version: fc.nat() });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
      const add = (sum: string, of: (typeof rows)[number]) => changedDigest(sum, 'add', of, sha256);
      const remove = (sum: string, of: (typeof rows)[number]) =>
        changedDigest(sum, 'remove', of, sha256);
      const sum = rows.reduce(add, EMPTY_DIGEST);
      expect(rows.toReversed().reduce(add, EMPTY_DIGEST)).toBe(sum);
      expect(rows.reduce(remove, sum)).toBe(EMPTY_DIGEST);
    }),
  );
});
