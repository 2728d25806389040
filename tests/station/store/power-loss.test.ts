import { describe, expect, test } from 'vitest';
import { powerLoss } from '../../prove/power-loss/power-loss.ts';

describe('a power cut at any moment', () => {
  test('loses nothing that was said to be kept, and leaves a segment whole or not at all', async () => {
    expect(await powerLoss(60, 20_261_123)).toMatchObject({ states: 60, faults: [] });
  });

  test.each(['not-flushed', 'cursor-before-rows'] as const)(
    'the planted bug "%s" is found',
    async (bug) => {
      expect((await powerLoss(30, 20_261_123, bug)).faulty).toBeGreaterThan(0);
    },
  );
});
