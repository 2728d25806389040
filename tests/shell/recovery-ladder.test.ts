import { expect, it } from 'vitest';
import { RUNGS, recoveryLadder } from '../../src/main/shell/recovery-ladder.ts';

it('climbs one rung a fault and stays on the last', () => {
  const next = recoveryLadder(1000, () => 0);
  const climbed = Array.from({ length: RUNGS.length + 2 }, next);
  expect(climbed).toEqual([...RUNGS, 'recovery-page', 'recovery-page']);
});

it('begins at the foot again after a quiet while', () => {
  let now = 0;
  const next = recoveryLadder(1000, () => now);
  expect(next()).toBe('reload');
  now = 1000;
  expect(next()).toBe('home');
  now = 2001;
  expect(next()).toBe('reload');
});
