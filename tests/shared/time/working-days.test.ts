import { describe, expect, test } from 'vitest';
import type { CalendarBody } from '#shared/content/kinds/calendar.ts';
import { addDays } from '#shared/time/local-date.ts';
import { dayKind } from '#shared/time/working-days.ts';
import { calendar2026 } from '../../real-content.ts';

describe('the calendar of 2026', () => {
  const calendars = [calendar2026()];

  test('National Day lasts from the first to the seventh of October', () => {
    const week = Array.from({ length: 9 }, (_unused, offset) => addDays('2026-09-30', offset));
    expect(week.map((date) => dayKind(calendars, date).holiday)).toEqual([
      undefined,
      ...Array.from({ length: 7 }, () => '国庆节'),
      undefined,
    ]);
  });

  test.each(['2026-09-20', '2026-10-10', '2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09'])(
    'people work on the make-up day %s',
    (date) =>
      expect(dayKind(calendars, date)).toEqual({ working: true, makeUp: true, known: true }),
  );

  test('an ordinary Saturday is free, an ordinary Monday is not', () => {
    expect(dayKind(calendars, '2026-11-21').working).toBe(false);
    expect(dayKind(calendars, '2026-11-23').working).toBe(true);
  });

  test('of a year without a calendar only weekends and fixed holidays are known', () => {
    expect(dayKind(calendars, '2027-01-01')).toEqual({
      working: false,
      holiday: '元旦',
      known: false,
    });
    expect(dayKind(calendars, '2027-05-04')).toEqual({ working: true, known: false });
    expect(dayKind(calendars, '2027-01-02')).toEqual({ working: false, known: false });
  });
});

test('a year’s arrangement may begin in the December before', () => {
  const calendar: CalendarBody = {
    year: 2027,
    holidays: [{ id: 'new-year', name: '元旦', from: '2026-12-31', to: '2027-01-02' }],
    workingDays: ['2026-12-27'],
  };
  const calendars = [calendar2026(), calendar];
  expect(dayKind(calendars, '2026-12-31').holiday).toBe('元旦');
  expect(dayKind(calendars, '2026-12-27').makeUp).toBe(true);
});
