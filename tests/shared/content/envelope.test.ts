import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { envelopeSchema, isInForce } from '#shared/content/envelope.ts';
import { addDays } from '#shared/time/local-date.ts';

describe('a record is in force', () => {
  const record = { effectiveFrom: '2026-11-01', validUntil: '2026-11-30' };

  test.each([
    ['2026-10-31', false],
    ['2026-11-01', true],
    ['2026-11-30', true],
    ['2026-12-01', false],
  ])('on %s: %s', (today, shown) => expect(isInForce(record, today)).toBe(shown));

  test('for ever when it has no last day', () => {
    expect(isInForce({ effectiveFrom: '2026-11-01' }, '2126-01-01')).toBe(true);
  });

  test('on exactly the days between its first and its last', () => {
    const offset = fc.integer({ min: -40, max: 40 });
    fc.assert(
      fc.property(offset, offset, offset, (first, last, now) => {
        const day = (days: number) => addDays('2026-12-31', days);
        const dates = { effectiveFrom: day(first), validUntil: day(last) };
        expect(isInForce(dates, day(now))).toBe(first <= now && now <= last);
      }),
    );
  });
});

test('an envelope tells the zone of its publication', () => {
  const publishedAt = envelopeSchema.shape.publishedAt;
  expect(publishedAt.safeParse('2026-11-01T09:00:00+08:00').success).toBe(true);
  expect(publishedAt.safeParse('2026-11-01T09:00:00').success).toBe(false);
});
