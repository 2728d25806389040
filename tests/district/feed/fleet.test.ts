import { expect, test } from 'vitest';
import { fleet } from '../../prove/fleet/fleet.ts';

test('every terminal of a fleet holds and shows what SQL says of its outlet, however often the server ends', {
  timeout: 600_000,
}, async () => {
  const size = { terminals: 15, changes: 400, batches: 6 };
  const figures = await fleet(size, 20_261_123);
  expect(figures.faults).toEqual([]);
  expect(figures.bases).toBeGreaterThan(0);
  expect(figures.killed).toBeGreaterThan(0);
  expect(figures.endedInOrder).toBeGreaterThan(0);
  expect(figures.rowsCompared).toBeGreaterThan(1_000);
});
