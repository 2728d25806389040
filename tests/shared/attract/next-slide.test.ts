import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  afterSlide,
  nextSlide,
  type Playable,
  playableAt,
  type ShownSeconds,
} from '#shared/attract/next-slide.ts';
import { type LocalMoment, localMoment } from '#shared/time/local-date.ts';

/** A civil moment written as `YYYY-MM-DD HH:MM`. */
const at = (time: string): LocalMoment =>
  localMoment(Date.parse(`${time.replace(' ', 'T')}:00+08:00`));

const slides = fc
  .array(
    fc.record({
      seconds: fc.integer({ min: 5, max: 600 }),
      weight: fc.integer({ min: 1, max: 10 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((items) => items.map((item, at): Playable => ({ id: `s${at}`, ...item })));

function play(items: readonly Playable[], turns: number): ShownSeconds {
  let shown: ShownSeconds = {};
  for (let turn = 0; turn < turns; turn += 1) {
    const next = nextSlide(items, shown);
    if (next !== undefined) shown = afterSlide(shown, next);
  }
  return shown;
}

test('each slide gets its share of time by weight, within one turn of the longest', () => {
  fc.assert(
    fc.property(slides, fc.integer({ min: 50, max: 400 }), (items, turns) => {
      const shown = play(items, turns);
      const perWeight = items.map(({ id, weight }) => (shown[id] ?? 0) / weight);
      const longest = Math.max(...items.map(({ seconds, weight }) => seconds / weight));
      expect(Math.max(...perWeight) - Math.min(...perWeight)).toBeLessThanOrEqual(longest + 1e-9);
    }),
    { numRuns: 300 },
  );
});

test('slides of one weight and length take turns', () => {
  const items = ['a', 'b', 'c'].map((id) => ({ id, seconds: 10, weight: 2 }));
  let shown: ShownSeconds = {};
  const order = Array.from({ length: 6 }, () => {
    const next = nextSlide(items, shown);
    if (next !== undefined) shown = afterSlide(shown, next);
    return next?.id;
  });
  expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

test('what has ended is never shown, and its last day still is', () => {
  fc.assert(
    fc.property(slides, fc.nat(3), (items, ended) => {
      const dated = items.map((item, place) => ({
        ...item,
        validUntil: place <= ended ? '2026-11-22' : '2026-11-23',
      }));
      const left = playableAt(dated, at('2026-11-23 00:00'));
      expect(left).toEqual(dated.slice(ended + 1));
      expect(playableAt(dated, at('2026-11-22 23:59'))).toEqual(dated);
    }),
  );
});

test('a lecture is announced until the minute in which it ends, and on no later day', () => {
  const when = { date: '2026-11-23', to: '11:00' };
  const lecture = { id: 'lecture', seconds: 20, weight: 1, validUntil: '2026-11-23', when };
  for (const shown of ['2026-11-20 18:00', '2026-11-23 00:00', '2026-11-23 10:59'])
    expect(playableAt([lecture], at(shown)), shown).toEqual([lecture]);
  for (const over of ['2026-11-23 11:00', '2026-11-23 23:59', '2026-11-24 08:00'])
    expect(playableAt([lecture], at(over)), over).toEqual([]);
});

test('nothing to show is nothing', () => {
  expect(nextSlide([], {})).toBeUndefined();
});
