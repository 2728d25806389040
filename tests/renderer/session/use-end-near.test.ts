import { act, fireEvent, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useDayEndNear, useEndNear } from '../../../src/renderer/session/use-end-near.ts';

const MINUTE = 60_000;
const pass = (minutes: number) =>
  act(() => {
    vi.advanceTimersByTime(minutes * MINUTE);
  });
/** The computer sleeps: its clock goes on, the page's timers stand still. */
const sleep = (minutes: number) => vi.setSystemTime(Date.now() + minutes * MINUTE);
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('warns five minutes before the hour without a touch is over, and one touch ends the warning', () => {
  const { result } = renderHook(() => useEndNear(true));
  pass(54);
  fireEvent.keyDown(window, { key: 'a' });
  pass(54);
  expect(result.current).toBe(false);
  pass(1);
  expect(result.current).toBe(true);
  fireEvent.pointerDown(window);
  fireEvent.click(window);
  expect(result.current).toBe(false);
  pass(54);
  expect(result.current).toBe(false);
  pass(1);
  expect(result.current).toBe(true);
});

it('warns nobody who is not logged in', () => {
  const { result, rerender } = renderHook(({ isIn }) => useEndNear(isIn), {
    initialProps: { isIn: true },
  });
  pass(56);
  rerender({ isIn: false });
  expect(result.current).toBe(false);
  pass(120);
  expect(result.current).toBe(false);
});

it('warns a quarter of an hour before twelve hours are over, whatever is touched, and not after a new log-in', () => {
  const { result, rerender } = renderHook(({ isIn }) => useDayEndNear(isIn), {
    initialProps: { isIn: true },
  });
  pass(11 * 60 + 44);
  expect(result.current).toBe(false);
  pass(1);
  fireEvent.click(window);
  expect(result.current).toBe(true);
  rerender({ isIn: false });
  rerender({ isIn: true });
  expect(result.current).toBe(false);
});

it('warns of both ends within a minute of waking up, however long the computer slept', () => {
  const day = renderHook(() => useDayEndNear(true));
  const idle = renderHook(() => useEndNear(true));
  pass(10);
  sleep(50);
  pass(1);
  expect([idle.result.current, day.result.current]).toEqual([true, false]);
  sleep(11 * 60);
  pass(1);
  expect(day.result.current).toBe(true);
});
