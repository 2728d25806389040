import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DaySituation, dayTurn, ranEvenly, STANDING_MS } from '#shared/queue/day-turn.ts';
import { addDays } from '#shared/time/local-date.ts';

const MONDAY = '2026-11-23';
const TUESDAY = '2026-11-24';

/** A Tuesday of which nothing is known but the clock. */
const SUDDEN: DaySituation = {
  day: MONDAY,
  date: TUESDAY,
  crossedFrom: undefined,
  isQuiet: false,
  isStill: false,
  wasOver: false,
  isHeld: true,
  evenMs: 0,
};

const situations: fc.Arbitrary<DaySituation> = fc.record({
  day: fc.option(
    fc.integer({ min: -3, max: 3 }).map((days) => addDays(MONDAY, days)),
    {
      nil: undefined,
    },
  ),
  date: fc.integer({ min: -3, max: 3 }).map((days) => addDays(MONDAY, days)),
  crossedFrom: fc.option(
    fc.integer({ min: -3, max: 3 }).map((days) => addDays(MONDAY, days)),
    {
      nil: undefined,
    },
  ),
  isQuiet: fc.boolean(),
  isStill: fc.boolean(),
  wasOver: fc.boolean(),
  isHeld: fc.boolean(),
  evenMs: fc.integer({ min: 0, max: 2 * STANDING_MS }),
});

describe('the day of the queue', () => {
  test.each<[string, Partial<DaySituation>, string]>([
    [
      'ends at a midnight that the clock reached evenly while nobody was there',
      { crossedFrom: MONDAY, isQuiet: true },
      'ends',
    ],
    [
      'ends after a night without power when its numbers had ended before',
      { wasOver: true },
      'ends',
    ],
    [
      'ends at the midnight after a start late in the evening when its numbers had ended before',
      { crossedFrom: MONDAY, wasOver: true, isStill: true },
      'ends',
    ],
    [
      'moves at a midnight at which the hall is at work though the clock said that its numbers had ended',
      { crossedFrom: MONDAY, wasOver: true },
      'moves',
    ],
    ['ends when nobody holds a number', { isHeld: false }, 'ends'],
    ['stays when the clock jumps ahead and somebody waits', {}, 'stays'],
    ['moves when such a clock has stood for an hour', { evenMs: STANDING_MS }, 'moves'],
    ['moves at a midnight at which the hall is at work', { crossedFrom: MONDAY }, 'moves'],
    ['stays when the clock falls back', { date: addDays(MONDAY, -1), isHeld: false }, 'stays'],
    [
      'ends anew at the midnight that brings the day that a wrong clock had begun',
      { day: TUESDAY, crossedFrom: MONDAY, isQuiet: true },
      'ends',
    ],
    ['begins with the first look', { day: undefined }, 'ends'],
  ])('%s', (_, facts, turn) => {
    expect(dayTurn({ ...SUDDEN, ...facts })).toBe(turn);
  });

  test('never goes back, and never ends under somebody who holds a number without a better witness than the clock', () => {
    fc.assert(
      fc.property(situations, (situation) => {
        const { day, date, crossedFrom, isQuiet, wasOver, isHeld } = situation;
        const turn = dayTurn(situation);
        if (day === undefined) return;
        if (date < day) expect(turn).toBe('stays');
        if (turn === 'moves') expect(date > day).toBe(true);
        const hasWitness = (crossedFrom !== undefined && isQuiet) || wasOver;
        if (turn === 'ends' && isHeld) expect(hasWitness).toBe(true);
      }),
      { seed: 20_261_123 },
    );
  });
});

describe('a clock beside another', () => {
  test('is even while both advance by as much, however far apart they are', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (wall, uptime, passed) => {
        expect(ranEvenly({ wall, uptime }, { wall: wall + passed, uptime: uptime + passed })).toBe(
          true,
        );
      }),
      { seed: 20_261_123 },
    );
  });

  test('is not when it was set by ten minutes or the computer slept', () => {
    const start = { wall: 1000, uptime: 0 };
    expect(ranEvenly(start, { wall: 601_000, uptime: 0 })).toBe(false);
    expect(ranEvenly(start, { wall: -599_000, uptime: 0 })).toBe(false);
    expect(ranEvenly(start, { wall: 29_000_000, uptime: 1000 })).toBe(false);
  });
});
