import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ACCOUNT_DELAY,
  type Failures,
  ORIGIN_DELAY,
  oneMoreFailure,
  settleClock,
  waitOf,
} from '#shared/staff/growing-delay.ts';

const NOW = Date.parse('2026-11-23T10:00:00+08:00');
const failed = (count: number): Failures => ({ count, lastAt: NOW });

describe('waiting after failed log-ins', () => {
  test.each([
    [1, 0],
    [2, 0],
    [3, 5],
    [4, 30],
    [5, 900],
    [6, 1800],
    [7, 3600],
    [50, 3600],
  ])('is, after %i failures of an account, %i s', (count, seconds) => {
    expect(waitOf(failed(count), NOW, ACCOUNT_DELAY)).toBe(seconds * 1000);
  });

  test('begins later for a place, where several people log in', () => {
    expect(waitOf(failed(9), NOW, ORIGIN_DELAY)).toBe(0);
    expect(waitOf(failed(10), NOW, ORIGIN_DELAY)).toBe(30_000);
  });

  test('never gets shorter with one failure more', () => {
    for (const rule of [ACCOUNT_DELAY, ORIGIN_DELAY])
      expect(rule.waits).toEqual(rule.waits.toSorted((a, b) => a - b));
  });

  test('is over when its time has passed, and forgotten after a day', () => {
    expect(waitOf(failed(5), NOW + 899_999, ACCOUNT_DELAY)).toBe(1);
    expect(waitOf(failed(5), NOW + 900_000, ACCOUNT_DELAY)).toBe(0);
    const nextDay = NOW + ACCOUNT_DELAY.forgetAfterMs;
    expect(oneMoreFailure(failed(7), nextDay, ACCOUNT_DELAY).count).toBe(1);
    expect(oneMoreFailure(failed(7), nextDay - 1, ACCOUNT_DELAY).count).toBe(8);
  });

  test('is never shortened by a clock that goes back, and never longer than a whole wait from then', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: -10_000_000_000, max: 0 }), { minLength: 1, maxLength: 5 }),
        (count, jumps) => {
          let kept: Failures | undefined = failed(count);
          let now = NOW;
          for (const jump of jumps) {
            const before = waitOf(kept, now, ACCOUNT_DELAY);
            now += jump;
            kept = settleClock(kept, now);
            expect(waitOf(kept, now, ACCOUNT_DELAY)).toBeGreaterThanOrEqual(before);
            expect(waitOf(kept, now, ACCOUNT_DELAY)).toBeLessThanOrEqual(3_600_000);
          }
        },
      ),
    );
  });

  test('is none where nothing failed', () => {
    expect(waitOf(undefined, NOW, ACCOUNT_DELAY)).toBe(0);
    expect(settleClock(undefined, NOW)).toBeUndefined();
  });
});
