import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RosterBody, rosterBodySchema } from '#shared/content/kinds/roster.ts';
import { nextOnSite, onDutyNow, type RosterInForce } from '#shared/people/on-site.ts';
import { addDays, type LocalMoment, minutesOf, weekdayOf } from '#shared/time/local-date.ts';

const PERIODS = [
  { from: '09:00', to: '12:00' },
  { from: '14:00', to: '18:00' },
];
const MONDAY = '2026-11-23';

/** Open on weekdays, with a break at noon. */
function inForce(shifts: readonly unknown[], lastDay = '2027-06-30'): RosterInForce {
  const roster: RosterBody = rosterBodySchema.parse({
    station: '620104',
    title: '值班安排',
    shifts,
  });
  return {
    roster,
    lastDay,
    dayOf: (date) => {
      const weekday = weekdayOf(date);
      return { date, weekday, isOpen: weekday <= 5, periods: weekday <= 5 ? PERIODS : [] };
    },
  };
}

const shift = (more: object) => ({
  id: 'one',
  person: 'person.one',
  duty: 'lawyer',
  from: '09:00',
  to: '18:00',
  weekdays: [1, 3],
  ...more,
});
const at = (date: string, time: string): LocalMoment => ({
  date,
  minutes: minutesOf(time),
  weekday: weekdayOf(date),
});
const isThere = (roster: RosterInForce, date: string, time: string) =>
  onDutyNow([roster], at(date, time)).has('person.one');

describe('on duty now', () => {
  test('is whose turn it is while the door is open', () => {
    const roster = inForce([shift({})]);
    const times = ['08:59', '09:00', '11:59', '12:30', '14:00', '17:59', '18:00'];
    expect(times.filter((time) => isThere(roster, MONDAY, time))).toEqual([
      '09:00',
      '11:59',
      '14:00',
      '17:59',
    ]);
    expect(isThere(roster, addDays(MONDAY, 1), '10:00')).toBe(false);
  });

  test('holds behind a closed door only for those on call', () => {
    const sunday = addDays(MONDAY, -1);
    const days = { weekdays: [1, 7] };
    expect(isThere(inForce([shift(days)]), sunday, '10:00')).toBe(false);
    const onCall = inForce([shift({ ...days, whenClosed: true })]);
    expect(isThere(onCall, sunday, '10:00')).toBe(true);
    expect(isThere(onCall, MONDAY, '12:30')).toBe(true);
  });

  test('is nobody after the last day of the roster', () => {
    expect(isThere(inForce([shift({})], addDays(MONDAY, -1)), MONDAY, '10:00')).toBe(false);
  });
});

describe('the next turns', () => {
  test('leave out the one that has begun, and stop with the roster', () => {
    const next = (lastDay: string) =>
      nextOnSite([inForce([shift({})], lastDay)], 'person.one', at(MONDAY, '10:00'), 3).map(
        ({ date }) => date,
      );
    expect(next('2027-06-30')).toEqual(['2026-11-25', '2026-11-30', '2026-12-02']);
    expect(next('2026-11-30')).toEqual(['2026-11-25', '2026-11-30']);
  });

  test('are in order, yet to come, of that person and never more than asked for', () => {
    const anyShift = fc.record({
      person: fc.constantFrom('person.one', 'person.two'),
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }),
      from: fc.constantFrom('08:00', '09:00', '14:00'),
      to: fc.constantFrom('15:00', '18:00'),
    });
    fc.assert(
      fc.property(
        fc.array(anyShift, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 0, max: 6 }),
        (shifts, days, minutes, count) => {
          const date = addDays(MONDAY, days);
          const moment = { date, minutes, weekday: weekdayOf(date) };
          const roster = inForce(
            shifts.map((one, index) => shift({ ...one, id: `s${index}` })),
            '2099-12-31',
          );
          const next = nextOnSite([roster], 'person.one', moment, count);
          const keys = next.map((turn) => `${turn.date} ${turn.from}`);
          expect(keys).toEqual(keys.toSorted());
          expect(next.length).toBeLessThanOrEqual(count);
          for (const turn of next) {
            expect(turn.person).toBe('person.one');
            expect(turn.date > date || minutesOf(turn.from) > minutes).toBe(true);
          }
        },
      ),
    );
  });
});
