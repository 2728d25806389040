import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockMinutes } from '#shared/queue/clock-minutes.ts';
import { minutesOf } from '#shared/time/local-date.ts';

const DAY = [
  { from: '09:00', to: '12:00' },
  { from: '14:00', to: '18:00' },
];

describe('minutes of service by the clock', () => {
  test.each([
    ['09:00', 0, 0],
    ['09:00', 30, 30],
    ['11:55', 4, 4],
    ['11:55', 5, 125],
    ['11:55', 30, 150],
    ['12:00', 0, 120],
    ['13:05', 0, 55],
    ['13:05', 30, 85],
    ['08:40', 0, 20],
    ['08:40', 200, 340],
    ['17:50', 30, 30],
    ['18:05', 0, 0],
    ['18:05', 15, 15],
  ])('at %s, %i of them are %i', (now, service, clock) => {
    expect(clockMinutes(service, minutesOf(now), DAY)).toBe(clock);
  });

  test('on a day without hours they are the same', () => {
    expect(clockMinutes(15, 600, [])).toBe(15);
  });

  test('longer service is never sooner, and nobody is called while the doors are shut for a break', () => {
    const minutes = fc.integer({ min: 0, max: 600 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), minutes, minutes, (now, one, more) => {
        const at = now + clockMinutes(one, now, DAY);
        expect(now + clockMinutes(one + more, now, DAY)).toBeGreaterThanOrEqual(at);
        expect(at).toBeGreaterThanOrEqual(now + one);
        if (now < minutesOf('18:00')) expect(at).toBeGreaterThanOrEqual(minutesOf('09:00'));
        expect(minutesOf('12:00') <= at && at < minutesOf('14:00')).toBe(false);
      }),
    );
  });
});
