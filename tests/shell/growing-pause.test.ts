import { expect, test } from 'vitest';
import { growingPause } from '../../src/main/shell/growing-pause.ts';

const TIMES = { firstPauseMs: 200, longestPauseMs: 1000, quietMs: 60_000 };

test('pauses double up to the longest', () => {
  let now = 0;
  const pause = growingPause(TIMES, () => now);
  const pauses = [0, 100, 200, 300, 400].map((at) => {
    now = at;
    return pause();
  });
  expect(pauses).toEqual([200, 400, 800, 1000, 1000]);
});

test('pauses start small again after a quiet while', () => {
  let now = 0;
  const pause = growingPause(TIMES, () => now);
  pause();
  pause();
  now = 60_401;
  expect(pause()).toBe(200);
});
