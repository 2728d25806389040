import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Slide } from '#shared/contract/reading.ts';
import { hostClock } from '../../../src/renderer/session/clock.ts';
import { startAttract } from '../../../src/renderer/session/start-state.ts';
import { Attract } from '../../../src/renderer/visitor/attract.tsx';
import { draw } from '../draw.tsx';

const NOON = Date.parse('2026-11-23T12:00:00+08:00');
const SLIDES: readonly Slide[] = [
  { id: 'a', title: '要工钱', text: '先留证据。', seconds: 10, weight: 1 },
  { id: 'b', title: '防骗', text: '先别转钱。', seconds: 10, weight: 1 },
  {
    id: 'c',
    title: '昨天的事',
    text: '已经过期。',
    seconds: 10,
    weight: 9,
    validUntil: '2026-11-22',
  },
];

const drawLoop = (onTouch: () => void) =>
  draw(<Attract clock={hostClock(NOON, 480, () => 0)} onTouch={onTouch} />, {
    answers: { 'reading.slides': async () => [...SLIDES] },
  });

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('publicity', () => {
  it('stands with 12348 until its time is over, then the next one; never what has ended', async () => {
    await drawLoop(() => {});
    expect((await screen.findByRole('button')).dataset.attract).toBe('a');
    expect(screen.getByRole('button').textContent).toContain('12348');
    const seen = new Set<string | undefined>();
    for (let turn = 0; turn < 6; turn += 1) {
      await act(() => vi.advanceTimersByTimeAsync(10_100));
      seen.add(screen.getByRole('button').dataset.attract);
      expect(screen.getByRole('button').textContent).toContain('12348');
    }
    expect(seen).toEqual(new Set(['a', 'b']));
  });

  it('is gone with the first touch, and catches the rest of it', async () => {
    const onTouch = vi.fn();
    await drawLoop(onTouch);
    const loop = await screen.findByRole('button');
    fireEvent.pointerDown(loop);
    expect(loop.className).toContain('leaving');
    fireEvent.click(loop);
    expect(onTouch).not.toHaveBeenCalled();
    await act(() => vi.advanceTimersByTimeAsync(600));
    expect(onTouch).toHaveBeenCalledTimes(1);
  });

  it('begins by itself only where the address names no state', () => {
    expect(startAttract('')).toBe('when-quiet');
    expect(startAttract('#page=home')).toBe('never');
    expect(startAttract('#page=home&attract=now')).toBe('now');
  });
});
