import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HoursBody, hoursBodySchema } from '#shared/content/kinds/hours.ts';
import { hoursOn, type OpenState, openState, weekOf } from '#shared/stations/opening-hours.ts';
import {
  addDays,
  type LocalDate,
  localMoment,
  minutesOf,
  weekdayOf,
} from '#shared/time/local-date.ts';
import { calendar2026, chinaTime } from '../../real-content.ts';

const CALENDARS = [calendar2026()];

const OFFICE = hoursBodySchema.parse({
  station: '530102001',
  title: '服务时间',
  followsCalendar: true,
  seasons: [
    {
      id: 'year',
      from: '01-01',
      to: '12-31',
      weekdays: [1, 2, 3, 4, 5],
      periods: [
        { from: '13:00', to: '17:00' },
        { from: '09:00', to: '12:00' },
      ],
    },
  ],
  exceptions: [
    { id: 'training', date: '2026-11-25', reason: '全员培训' },
    {
      id: 'duty',
      date: '2026-10-02',
      reason: '节日值班',
      periods: [
        { from: '14:00', to: '16:00' },
        { from: '10:00', to: '12:00' },
      ],
    },
  ],
});

/** Bozhou: two hours behind the sun, and other afternoons in summer. */
const XINJIANG = hoursBodySchema.parse({
  station: '652701',
  title: '服务时间',
  followsCalendar: true,
  seasons: [
    {
      id: 'summer',
      from: '05-01',
      to: '09-30',
      weekdays: [1, 2, 3, 4, 5],
      periods: [
        { from: '10:00', to: '14:00' },
        { from: '16:00', to: '20:00' },
      ],
    },
    {
      id: 'winter',
      from: '10-01',
      to: '04-30',
      weekdays: [1, 2, 3, 4, 5],
      periods: [
        { from: '10:00', to: '14:00' },
        { from: '15:30', to: '19:30' },
      ],
    },
  ],
});

const ROUND_THE_CLOCK = hoursBodySchema.parse({
  station: '652701001-J01',
  title: '服务时间',
  followsCalendar: false,
  seasons: [
    {
      id: 'always',
      from: '01-01',
      to: '12-31',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      periods: [{ from: '00:00', to: '24:00' }],
    },
  ],
});

function at(hours: HoursBody | undefined, time: string): OpenState {
  return openState(() => hours, CALENDARS, localMoment(chinaTime(time)));
}

describe('a station with office hours', () => {
  test.each<[string, OpenState]>([
    ['2026-11-23 08:59', { state: 'closed', next: { date: '2026-11-23', from: '09:00' } }],
    ['2026-11-23 09:00', { state: 'open', until: '12:00' }],
    ['2026-11-23 11:59', { state: 'open', until: '12:00' }],
    ['2026-11-23 12:00', { state: 'break', reopens: '13:00' }],
    ['2026-11-23 13:00', { state: 'open', until: '17:00' }],
    ['2026-11-23 17:00', { state: 'closed', next: { date: '2026-11-24', from: '09:00' } }],
    ['2026-11-27 17:00', { state: 'closed', next: { date: '2026-11-30', from: '09:00' } }],
    ['2026-11-24 20:00', { state: 'closed', next: { date: '2026-11-26', from: '09:00' } }],
    [
      '2026-11-25 10:00',
      { state: 'closed', next: { date: '2026-11-26', from: '09:00' }, reason: '全员培训' },
    ],
  ])('at %s', (time, state) => expect(at(OFFICE, time)).toEqual(state));

  test('closes for National Day but for the hours that it names', () => {
    expect(at(OFFICE, '2026-10-01 10:00')).toEqual({
      state: 'closed',
      next: { date: '2026-10-02', from: '10:00' },
      reason: '国庆节',
    });
    expect(at(OFFICE, '2026-10-02 13:00')).toEqual({ state: 'break', reopens: '14:00' });
    expect(at(OFFICE, '2026-10-03 10:00')).toMatchObject({
      state: 'closed',
      next: { date: '2026-10-08', from: '09:00' },
    });
  });

  test.each(['2026-10-10', '2026-09-20'])('opens on the make-up day %s as on a Monday', (date) => {
    expect(weekdayOf(date)).toBeGreaterThan(5);
    expect(at(OFFICE, `${date} 10:00`)).toEqual({ state: 'open', until: '12:00' });
    expect(hoursOn(OFFICE, CALENDARS, date)).toMatchObject({ weekday: 1, makeUp: true });
  });

  test('does not give the make-up day as the reason why it is closed in the evening', () => {
    expect(at(OFFICE, '2026-10-10 18:00')).toEqual({
      state: 'closed',
      next: { date: '2026-10-12', from: '09:00' },
    });
  });

  test('with no hours known says so', () => {
    expect(at(undefined, '2026-11-23 10:00')).toEqual({ state: 'unknown' });
  });
});

describe('seasons', () => {
  test('Xinjiang’s afternoons begin later in summer', () => {
    expect(at(XINJIANG, '2026-09-30 15:45')).toEqual({ state: 'break', reopens: '16:00' });
    expect(at(XINJIANG, '2026-10-08 15:45')).toEqual({ state: 'open', until: '19:30' });
    expect(at(XINJIANG, '2026-04-30 19:45')).toMatchObject({ state: 'closed' });
  });

  test('winter runs over the new year', () => {
    expect(at(XINJIANG, '2026-12-31 18:00')).toEqual({ state: 'open', until: '19:30' });
    expect(at(XINJIANG, '2027-01-04 18:00')).toMatchObject({ state: 'open', until: '19:30' });
  });
});

test('a police post is open round the clock, on holidays too', () => {
  for (const time of ['2026-10-01 00:00', '2026-10-03 23:59', '2026-11-22 12:00'])
    expect(at(ROUND_THE_CLOCK, time)).toEqual({ state: 'open', until: '24:00' });
});

test('periods that touch or overlap are one', () => {
  const season = {
    id: 'a',
    from: '01-01',
    to: '12-31',
    weekdays: [1],
    periods: [
      { from: '12:00', to: '14:00' },
      { from: '09:00', to: '12:00' },
      { from: '09:30', to: '10:00' },
    ],
  };
  const hours = { ...OFFICE, exceptions: [], seasons: [season] };
  expect(hoursOn(hours, [], '2026-11-23').periods).toEqual([{ from: '09:00', to: '14:00' }]);
});

describe('any hours', () => {
  const time = fc
    .integer({ min: 0, max: 96 })
    .map((quarter) => quarter * 15)
    .map(
      (minutes) =>
        `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
    );
  const period = fc
    .tuple(time, time)
    .filter(([from, to]) => from < to)
    .map(([from, to]) => ({ from, to }));
  const monthDay = fc.constantFrom('01-01', '02-28', '04-30', '06-15', '09-30', '10-05', '12-31');
  const season = fc.record({
    id: fc.constant('s'),
    from: monthDay,
    to: monthDay,
    weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
    periods: fc.array(period, { minLength: 1, maxLength: 3 }),
  });
  const date = fc.integer({ min: 0, max: 420 }).map((days) => addDays('2026-01-01', days));
  const anyHours: fc.Arbitrary<HoursBody> = fc.record({
    station: fc.constant('530102001'),
    title: fc.constant('服务时间'),
    seasons: fc.array(season, { minLength: 1, maxLength: 3 }),
    followsCalendar: fc.boolean(),
    exceptions: fc.array(
      fc.record({
        id: fc.constant('e'),
        date,
        periods: fc.array(period, { maxLength: 2 }),
        reason: fc.constant('调整'),
      }),
      { maxLength: 4 },
    ),
    note: fc.constant(''),
  });

  const isOpenAt = (hours: HoursBody, day: LocalDate, minutes: number) =>
    hoursOn(hours, CALENDARS, day).periods.some(
      (one) => minutesOf(one.from) <= minutes && minutes < minutesOf(one.to),
    );

  test('agree minute by minute with the state that home shows', () => {
    fc.assert(
      fc.property(anyHours, date, (hours, day) => {
        for (let minutes = 0; minutes < 1440; minutes += 7) {
          const state = openState(() => hours, CALENDARS, {
            date: day,
            minutes,
            weekday: weekdayOf(day),
          });
          expect(state.state === 'open').toBe(isOpenAt(hours, day, minutes));
          if (state.state !== 'open') continue;
          const end = minutesOf(state.until);
          expect(isOpenAt(hours, day, end - 1)).toBe(true);
          expect(isOpenAt(hours, day, end)).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('lead from every closed minute to the first that is open', () => {
    fc.assert(
      fc.property(anyHours, date, fc.integer({ min: 0, max: 1439 }), (hours, day, minutes) => {
        const state = openState(() => hours, CALENDARS, {
          date: day,
          minutes,
          weekday: weekdayOf(day),
        });
        if (state.state === 'open' || state.state === 'unknown') return;
        const next = state.state === 'break' ? { date: day, from: state.reopens } : state.next;
        expect(next ?? 'none').toEqual(firstOpenMinute(hours, day, minutes) ?? 'none');
      }),
      { numRuns: 100 },
    );
  });

  test('give a week of seven days in order', () => {
    fc.assert(
      fc.property(anyHours, date, (hours, day) => {
        expect(weekOf(() => hours, CALENDARS, day).map((one) => one.date)).toEqual(
          Array.from({ length: 7 }, (_unused, offset) => addDays(day, offset)),
        );
      }),
    );
  });

  /** Walks on minute by minute (quarters are the finest that these hours have) for three weeks. */
  function firstOpenMinute(hours: HoursBody, day: LocalDate, minutes: number) {
    for (let offset = 0; offset <= 21; offset += 1) {
      const today = addDays(day, offset);
      const start = offset === 0 ? Math.ceil((minutes + 1) / 15) * 15 : 0;
      for (let minute = start; minute < 1440; minute += 15)
        if (isOpenAt(hours, today, minute))
          return {
            date: today,
            from: `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
          };
    }
    return undefined;
  }
});

describe('hours in a year whose public holidays are not known', () => {
  test('say so while open, in the break, and of the next opening', () => {
    expect(at(OFFICE, '2027-03-01 10:00')).toEqual({
      state: 'open',
      until: '12:00',
      holidaysUnknown: true,
    });
    expect(at(OFFICE, '2027-03-01 12:30')).toMatchObject({ state: 'break', holidaysUnknown: true });
    expect(at(OFFICE, '2026-12-31 18:00')).toMatchObject({
      state: 'closed',
      holidaysUnknown: true,
    });
  });

  test('do not say so in a year that has its calendar, nor where holidays make no difference', () => {
    expect(at(OFFICE, '2026-11-23 10:00')).not.toHaveProperty('holidaysUnknown');
    expect(at(ROUND_THE_CLOCK, '2027-03-01 10:00')).not.toHaveProperty('holidaysUnknown');
  });
});

test('hours that begin next week count from then on', () => {
  const hoursOf = (date: string) => (date < '2026-11-25' ? OFFICE : ROUND_THE_CLOCK);
  const week = weekOf(hoursOf, CALENDARS, '2026-11-23');
  expect(week.map((day) => day.periods.at(-1)?.to)).toEqual([
    '17:00',
    '17:00',
    ...Array.from({ length: 5 }, () => '24:00'),
  ]);
});
