import { expect, test } from 'vitest';
import { mutatedFeeds } from './mutated-feeds.ts';

const ATTACKS = 200;

test('of a feed changed at random the last good content stays or the new one is whole, and the next good look brings all', {
  timeout: 300_000,
}, async () => {
  const { faults, refused, byKind } = await mutatedFeeds(ATTACKS, 20_261_123);
  expect(faults).toEqual([]);
  expect(refused).toBeGreaterThan(ATTACKS / 4);
  expect(Object.keys(byKind)).toHaveLength(6);
});
