import { expect, test } from 'vitest';
import { diskFaults } from '../../prove/power-loss/disk-faults.ts';

test('a disk that refuses any write loses nothing that was said to be kept, and leaves nothing by half', async () => {
  const { tried, refused, faults } = await diskFaults({
    ...{ error: 'ENOSPC', lasts: false },
    ...{ states: 1, stride: 41 },
  });
  expect(faults).toEqual([]);
  expect(tried).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(10);
});
