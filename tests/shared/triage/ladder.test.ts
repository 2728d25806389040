import { describe, expect, test } from 'vitest';
import { ladderFrom, type TriageLevel } from '#shared/triage/ladder.ts';

const step = (id: string, level: TriageLevel) => ({ id, level });
const STEPS = [step('grid', 'grid'), step('town', 'station'), step('district', 'centre')];

describe('a ladder', () => {
  test('begins where the matter belongs and goes up', () => {
    expect(ladderFrom(STEPS, 'grid').map(({ id }) => id)).toEqual(['grid', 'town', 'district']);
    expect(ladderFrom(STEPS, 'station').map(({ id }) => id)).toEqual(['town', 'district']);
    expect(ladderFrom(STEPS, 'centre').map(({ id }) => id)).toEqual(['district']);
  });

  test('of a place without grids begins one step up', () => {
    expect(ladderFrom(STEPS.slice(1), 'grid').map(({ id }) => id)).toEqual(['town', 'district']);
  });

  test('of a matter that others deal with is empty', () => {
    expect(ladderFrom(STEPS, 'elsewhere')).toEqual([]);
  });
});
