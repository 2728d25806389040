import { expect, test } from 'vitest';
import { syncKills } from '../../prove/sync-kills/sync-kills.ts';

test('a terminal that is killed while it pulls, sends and takes in a stick loses nothing, and everything comes home once', {
  timeout: 600_000,
}, async () => {
  const { faults, whileWriting } = await syncKills(4, 20_261_123);
  expect(faults).toEqual([]);
  expect(whileWriting).toBeGreaterThan(0);
});
