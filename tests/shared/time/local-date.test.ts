import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localDateSchema, localTimeSchema, monthDaySchema } from '#shared/time/date-schemas.ts';
import { addDays, localMoment, minutesOf, weekdayOf } from '#shared/time/local-date.ts';

/** Any day of years that a terminal may live to see. */
const anyDate = fc
  .date({
    min: new Date('1990-01-01T00:00:00Z'),
    max: new Date('2199-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10));

describe('days', () => {
  test('going some days on and back again leads to the same day', () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -20_000, max: 20_000 }), (date, days) => {
        const there = addDays(date, days);
        expect(addDays(there, -days)).toBe(date);
        expect(localDateSchema.safeParse(there).success).toBe(true);
        expect(there < date).toBe(days < 0);
      }),
    );
  });

  test('weekdays go round from Monday to Sunday', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(weekdayOf(addDays(date, 1))).toBe((weekdayOf(date) % 7) + 1);
      }),
    );
    expect(weekdayOf('2026-11-23')).toBe(1);
    expect(weekdayOf('2026-11-22')).toBe(7);
  });

  test.each(['2026-02-29', '2026-13-01', '2026-04-31', '2026-1-1', '26-01-01', '', '2026-11-23 '])(
    'refuses "%s" as a day',
    (text) => expect(localDateSchema.safeParse(text).success).toBe(false),
  );

  test('knows the leap day of a leap year', () => {
    expect(localDateSchema.safeParse('2028-02-29').success).toBe(true);
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });

  test('refuses months and days that no year has', () => {
    expect(
      ['01-01', '02-29', '12-31'].every((text) => monthDaySchema.safeParse(text).success),
    ).toBe(true);
    expect(
      ['13-01', '00-10', '02-30', '04-31', '1-1'].some(
        (text) => monthDaySchema.safeParse(text).success,
      ),
    ).toBe(false);
  });
});

describe('moments', () => {
  test('a moment splits into a day and its minutes without loss', () => {
    const instant = fc.integer({ min: Date.UTC(1960, 0, 1), max: Date.UTC(2199, 0, 1) });
    fc.assert(
      fc.property(instant, fc.integer({ min: -720, max: 840 }), (now, offset) => {
        const moment = localMoment(now, offset);
        const back = Date.parse(`${moment.date}T00:00:00Z`) + (moment.minutes - offset) * 60_000;
        expect(now - back).toBeGreaterThanOrEqual(0);
        expect(now - back).toBeLessThan(60_000);
        expect(moment.weekday).toBe(weekdayOf(moment.date));
      }),
    );
  });

  test('in China the day turns at 16:00 UTC', () => {
    expect(localMoment(Date.parse('2026-11-22T15:59:59Z'))).toEqual({
      date: '2026-11-22',
      minutes: 1439,
      weekday: 7,
    });
    expect(localMoment(Date.parse('2026-11-22T16:00:00Z'))).toEqual({
      date: '2026-11-23',
      minutes: 0,
      weekday: 1,
    });
  });

  test('24:00 is the end of a day, 24:01 is no time', () => {
    expect(localTimeSchema.safeParse('24:00').success).toBe(true);
    expect(minutesOf('24:00')).toBe(1440);
    expect(
      ['24:01', '9:00', '12:60', '25:00'].some((text) => localTimeSchema.safeParse(text).success),
    ).toBe(false);
  });
});
