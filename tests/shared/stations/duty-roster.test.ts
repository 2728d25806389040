import { describe, expect, test } from 'vitest';
import { hoursBodySchema } from '#shared/content/kinds/hours.ts';
import { type RosterBody, rosterBodySchema } from '#shared/content/kinds/roster.ts';
import { type DutyDay, dutyOn, nextAdviser } from '#shared/stations/duty-roster.ts';
import { hoursOn } from '#shared/stations/opening-hours.ts';
import { type LocalDate, localMoment } from '#shared/time/local-date.ts';
import { calendar2026, chinaTime } from '../../real-content.ts';

const CALENDARS = [calendar2026()];

const HOURS = hoursBodySchema.parse({
  station: '530102001',
  title: '服务时间',
  followsCalendar: true,
  seasons: [
    {
      id: 'year',
      from: '01-01',
      to: '12-31',
      weekdays: [1, 2, 3, 4, 5],
      periods: [{ from: '09:00', to: '17:00' }],
    },
  ],
});

const ROSTER: RosterBody = rosterBodySchema.parse({
  station: '530102001',
  title: '值班安排',
  shifts: [
    shift('monday', 'reception', { weekdays: [1] }),
    shift('saturday', 'volunteer', { weekdays: [6] }),
    shift('leader', 'leader', { weekdays: [1, 2, 3, 4, 5] }),
    shift('on-call', 'police', { weekdays: [1, 2, 3, 4, 5, 6, 7], whenClosed: true }),
    shift('adviser', 'adviser', { monthly: { nth: [2, 4], weekday: 3 }, from: '13:00' }),
    shift('open-day', 'lawyer', { dates: ['2026-11-24'] }),
  ],
  changes: [
    { id: 'ill', date: '2026-11-25', shift: 'leader', person: null },
    { id: 'stand-in', date: '2026-11-26', shift: 'leader', person: 'person.other' },
  ],
});

function shift(id: string, duty: string, rest: object) {
  return { id, person: `person.${id}`, duty, from: '09:00', to: '17:00', ...rest };
}

function dayOf(date: LocalDate): DutyDay {
  const { weekday, periods } = hoursOn(HOURS, CALENDARS, date);
  return { date, weekday, isOpen: periods.length > 0 };
}

function people(date: LocalDate): string[] {
  return dutyOn(ROSTER, dayOf(date)).map((turn) => turn.person.slice('person.'.length));
}

describe('who is on duty', () => {
  test('on an ordinary Monday', () => {
    expect(people('2026-11-23')).toEqual(['monday', 'leader', 'on-call']);
  });

  test('on a make-up Saturday: the people of a Monday', () => {
    expect(people('2026-10-10')).toEqual(['monday', 'leader', 'on-call']);
  });

  test('on a make-up Sunday: the people of a Monday', () => {
    expect(people('2026-09-20')).toEqual(['monday', 'leader', 'on-call']);
  });

  test('on a public holiday: only those on call', () => {
    expect(people('2026-10-01')).toEqual(['on-call']);
    expect(people('2026-10-05')).toEqual(['on-call']);
  });

  test('on a free Saturday: only those on call', () => {
    expect(people('2026-11-21')).toEqual(['on-call']);
  });

  test('on the second and fourth Wednesday the adviser, not on the third', () => {
    expect(people('2026-11-11')).toContain('adviser');
    expect(people('2026-11-18')).not.toContain('adviser');
    expect(people('2026-11-25')).toContain('adviser');
  });

  test('on a named day', () => {
    expect(people('2026-11-24')).toContain('open-day');
    expect(people('2026-12-01')).not.toContain('open-day');
  });

  test('an absence without a stand-in leaves nobody’s name', () => {
    expect(people('2026-11-25')).toEqual(['on-call', 'adviser']);
  });

  test('a stand-in is named instead', () => {
    expect(people('2026-11-26')).toEqual(['other', 'on-call']);
  });
});

describe('the next adviser', () => {
  const next = (time: string, lastDay?: LocalDate) =>
    nextAdviser(ROSTER, localMoment(chinaTime(time)), dayOf, () => true, lastDay);

  test('is today’s until the turn has ended', () => {
    expect(next('2026-11-24 16:59')).toMatchObject({
      person: 'person.open-day',
      date: '2026-11-24',
    });
    expect(next('2026-11-24 17:00')).toMatchObject({
      person: 'person.adviser',
      date: '2026-11-25',
    });
  });

  test('is looked for over the holiday', () => {
    // 2026-10-14 is the second Wednesday of October.
    expect(next('2026-09-24 09:00')).toMatchObject({ date: '2026-10-14' });
  });

  test('is nobody after the roster’s last day', () => {
    expect(next('2026-11-26 09:00', '2026-12-08')).toBeUndefined();
    expect(next('2026-11-26 09:00', '2026-12-09')).toMatchObject({ date: '2026-12-09' });
  });

  test('is nobody when no turn falls within two months', () => {
    const roster = { ...ROSTER, shifts: ROSTER.shifts.slice(0, 3) };
    expect(
      nextAdviser(roster, localMoment(chinaTime('2026-11-23 09:00')), dayOf, () => true),
    ).toBeUndefined();
  });
});
