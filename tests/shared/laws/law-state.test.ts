import { describe, expect, test } from 'vitest';
import { explainedLaw, type LawEnds, mayHold, statesOf } from '#shared/laws/law-state.ts';

const version = (id: string, versionDate?: string, inForceFrom?: string) => ({
  ...{ id, versionDate, inForceFrom },
});
const states = (versions: ReturnType<typeof version>[], today: string, ends?: LawEnds) =>
  statesOf(versions, today, ends).map(({ version: { id }, state }) => `${id} ${state}`);

const OLD = version('old', '2010-01-01', '2010-05-01');
const NOW = version('now', '2020-01-01');
const NEXT = version('next', '2026-06-01', '2027-01-01');

describe('versions of a law', () => {
  test('the newest that has begun holds and stands first, then what will come, then what was', () => {
    expect(states([OLD, NEXT, NOW], '2026-11-23')).toEqual([
      ...['now in-force', 'next not-yet', 'old amended'],
    ]);
  });

  test('on its first day the next one holds', () => {
    expect(states([OLD, NEXT, NOW], '2026-12-31')[0]).toBe('now in-force');
    expect(states([OLD, NEXT, NOW], '2027-01-01')[0]).toBe('next in-force');
  });

  test('a law that ends them ends those made before its first day, from that day on', () => {
    expect(states([OLD], '2020-12-31', { repealedFrom: '2021-01-01' })).toEqual(['old in-force']);
    expect(states([OLD], '2021-01-01', { repealedFrom: '2021-01-01' })).toEqual(['old repealed']);
    expect(states([NEXT], '2027-02-01', { repealedFrom: '2021-01-01' })).toEqual(['next in-force']);
  });

  test('one without any date is not said to hold', () => {
    expect(states([version('undated')], '2026-11-23')).toEqual(['undated unknown']);
    expect(states([version('undated'), NOW], '2026-11-23')).toEqual([
      ...['now in-force', 'undated amended'],
    ]);
  });

  test('an interpretation of a law that ended holds no more from that day on', () => {
    const ends = { baselessFrom: '2021-01-01' };
    expect(states([OLD], '2020-12-31', ends)).toEqual(['old in-force']);
    expect(states([OLD], '2021-01-01', ends)).toEqual(['old baseless']);
    expect(states([NEXT], '2027-02-01', ends)).toEqual(['next in-force']);
  });

  test('the newest at hand is not said to hold when a newer one is known', () => {
    expect(states([OLD, NOW], '2026-11-23', { isOutdated: true })).toEqual([
      ...['now outdated', 'old amended'],
    ]);
    expect(mayHold('outdated')).toBe(true);
    expect(mayHold('baseless')).toBe(false);
  });
});

test('an interpretation names the law that it explains in its title', () => {
  const title = '最高人民法院关于适用《中华人民共和国婚姻法》若干问题的解释（三）';
  expect(explainedLaw(title)).toBe('婚姻法');
  expect(explainedLaw('最高人民法院关于审理劳动争议案件适用法律问题的解释（一）')).toBeUndefined();
});
