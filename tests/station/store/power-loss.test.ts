import { describe, expect, test } from 'vitest';
import { powerLoss } from '../../prove/power-loss/power-loss.ts';

describe('a power cut at any moment', () => {
  test('loses nothing that was said to be kept, and leaves a segment whole or not at all', async () => {
    const { scenes, ...figures } = await powerLoss(60, 20_261_123);
    expect(figures).toMatchObject({ states: 60, faults: [] });
    // Also while databases are brought up to date, and while content is taken from a stick.
    for (const states of Object.values(scenes)) expect(states).toBeGreaterThanOrEqual(5);
  });

  test.each(['not-flushed', 'cursor-before-rows'] as const)(
    'the planted bug "%s" is found',
    async (bug) => {
      expect((await powerLoss(30, 20_261_123, bug)).faulty).toBeGreaterThan(0);
    },
  );
});
