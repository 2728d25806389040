import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isWithinHours,
  mayScreenRest,
  readScreenHours,
  type ScreenMoment,
} from '#shared/screen/screen-hours.ts';

const DAY = 24 * 60;
const minute = fc.integer({ min: 0, max: DAY - 1 });
const written = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const hoursOf = (from: number, to: number) => readScreenHours(`${written(from)}-${written(to)}`);

describe('the hours of a screen', () => {
  test('are read as they are written', () => {
    expect(readScreenHours('07:30-20:00')).toEqual({ kind: 'hours', from: 450, to: 1200 });
    expect(readScreenHours(' 18:00 – 24:00 ')).toEqual({ kind: 'hours', from: 1080, to: 0 });
    for (const always of [undefined, '', '  ', '08:00-08:00', '00:00-24:00'])
      expect(readScreenHours(always)).toEqual({ kind: 'always' });
  });

  test.each([
    '7:30-20:00',
    '07:30',
    '07:30-25:00',
    '07:60-20:00',
    '24:30-08:00',
    'on',
    '20:00-07:30x',
  ])('that nobody can read darken nothing: %j', (text) => {
    const hours = readScreenHours(text);
    expect(hours).toEqual({ kind: 'unreadable', text });
    for (let at = 0; at < DAY; at += 30) expect(isWithinHours(hours, at)).toBe(true);
  });

  test('whatever is written, a minute is within them or not, and nothing throws', () => {
    fc.assert(
      fc.property(fc.string(), minute, (text, at) => {
        const hours = readScreenHours(text);
        expect(isWithinHours(hours, at) || hours.kind === 'hours').toBe(true);
      }),
    );
  });

  test('begin with their first minute, end before their last, and last as long as they say, also over midnight', () => {
    fc.assert(
      fc.property(minute, minute, (from, to) => {
        fc.pre(from !== to);
        const hours = hoursOf(from, to);
        expect(isWithinHours(hours, from)).toBe(true);
        expect(isWithinHours(hours, to)).toBe(false);
        const lit = Array.from({ length: DAY }, (_, at) => at).filter((at) =>
          isWithinHours(hours, at),
        );
        expect(lit.length).toBe((to - from + DAY) % DAY);
        // One stretch: lit once, dark once.
        const turns = Array.from({ length: DAY }, (_, at) => at).filter(
          (at) => isWithinHours(hours, at) !== isWithinHours(hours, (at + 1) % DAY),
        );
        expect(turns.length).toBe(2);
      }),
      { numRuns: 60 },
    );
  });

  test('turned round, are dark when the others are lit', () => {
    fc.assert(
      fc.property(minute, minute, minute, (from, to, at) => {
        fc.pre(from !== to);
        expect(isWithinHours(hoursOf(from, to), at)).not.toBe(isWithinHours(hoursOf(to, from), at));
      }),
    );
  });
});

describe('a screen that nobody touches', () => {
  const NIGHT: ScreenMoment = {
    hours: readScreenHours('07:30-20:00'),
    minutes: 22 * 60,
    isClockRight: true,
    isOpen: false,
    isAtRest: true,
  };

  test('may be dark at night', () => {
    expect(mayScreenRest(NIGHT)).toBe(true);
  });

  test.each<[string, Partial<ScreenMoment>]>([
    ['within its hours', { minutes: 12 * 60 }],
    ['while the station is open', { isOpen: true }],
    ['while somebody waits or a window is open', { isAtRest: false }],
    ['by a clock that is wrong', { isClockRight: false }],
    ['by hours that nobody can read', { hours: readScreenHours('8 bis 20') }],
    ['without hours', { hours: readScreenHours('') }],
  ])('stays lit %s', (_when, other) => {
    expect(mayScreenRest({ ...NIGHT, ...other })).toBe(false);
  });

  test('is dark when nothing speaks against it, and then alone', () => {
    fc.assert(
      fc.property(
        fc.record({
          minutes: minute,
          isClockRight: fc.boolean(),
          isOpen: fc.boolean(),
          isAtRest: fc.boolean(),
        }),
        (moment) => {
          const isDark = mayScreenRest({ ...NIGHT, ...moment });
          const isNight = moment.minutes < 450 || moment.minutes >= 1200;
          expect(isDark).toBe(isNight && moment.isClockRight && !moment.isOpen && moment.isAtRest);
        },
      ),
    );
  });
});
