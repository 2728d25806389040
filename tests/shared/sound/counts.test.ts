import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openCounts } from '#shared/sound/counts.ts';

test('counts are those that a Map would have, and each number keeps a place of its own', () => {
  const numbers = fc.array(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { maxLength: 200 });
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 4 }), (rows) => {
      const all = rows.flatMap((row) => [...row, ...row.slice(0, 9)]);
      const counts = openCounts(all.length);
      const expected = new Map<number, number>();
      for (const number of all) {
        expect(counts.add(number)).toBe(counts.placeOf(number));
        expected.set(number, (expected.get(number) ?? 0) + 1);
      }
      const places = [...expected.keys()].map((number) => counts.placeOf(number) ?? -1);
      expect(new Set(places).size).toBe(expected.size);
      expect(places.map(counts.timesAt)).toEqual([...expected.values()]);
      expect([...counts.keys()]).toEqual([...expected.keys()].sort((a, b) => a - b));
    }),
    { seed: 20_261_123 },
  );
});

test('a number that never came has no place', () => {
  expect(openCounts(0).placeOf(7)).toBeUndefined();
});

test('what comes more often than can be counted stays at the most', () => {
  const counts = openCounts(1);
  for (let time = 0; time < 70_000; time += 1) counts.add(5);
  expect(counts.timesAt(counts.placeOf(5) ?? -1)).toBe(65_535);
});
