import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type HostClock, hostClock, useMoment } from '../../../src/renderer/session/clock.ts';
import { draw } from '../draw.tsx';

const MONDAY = Date.parse('2026-11-23T10:12:40+08:00');

afterEach(() => {
  vi.useRealTimers();
});

describe('the clock of a page', () => {
  it("carries the host's time on by what has passed, whatever the page's own calendar says", () => {
    let passed = 5_000;
    const clock = hostClock(MONDAY, 480, () => passed);
    expect(clock.now()).toBe(MONDAY);
    passed += 61_000;
    expect(clock.now()).toBe(MONDAY + 61_000);
  });

  it('shows a new minute when it begins', async () => {
    vi.useFakeTimers();
    const began = performance.now();
    await draw(<Clock clock={hostClock(MONDAY, 480, () => performance.now() - began)} />);
    expect(screen.getByText('2026-11-23 612 1')).toBeDefined();
    await act(() => vi.advanceTimersByTime(19_000));
    expect(screen.getByText('2026-11-23 612 1')).toBeDefined();
    await act(() => vi.advanceTimersByTime(1_100));
    expect(screen.getByText('2026-11-23 613 1')).toBeDefined();
    await act(() => vi.advanceTimersByTime(60_000));
    expect(screen.getByText('2026-11-23 614 1')).toBeDefined();
  });

  it('does not wait out a minute that begins just as the page is drawn again', async () => {
    vi.useFakeTimers();
    const began = performance.now();
    const clock = hostClock(MONDAY, 480, () => performance.now() - began);
    const { rerender } = await draw(<Clock clock={clock} />);
    await act(() => vi.advanceTimersByTime(20_000));
    rerender(<Clock clock={clock} />);
    await act(() => vi.advanceTimersByTime(10));
    expect(screen.getByText('2026-11-23 613 1')).toBeDefined();
  });

  it('shows within a minute that it was put back', async () => {
    vi.useFakeTimers();
    const began = performance.now();
    let put = 0;
    const clock = hostClock(MONDAY, 480, () => performance.now() - began + put);
    await draw(<Clock clock={clock} />);
    put = -3_600_000;
    await act(() => vi.advanceTimersByTime(60_010));
    expect(screen.getByText('2026-11-23 553 1')).toBeDefined();
  });

  it('changes the day at midnight of the station, not of the machine', async () => {
    vi.useFakeTimers();
    const began = performance.now();
    const late = Date.parse('2026-11-23T23:59:30+08:00');
    await draw(<Clock clock={hostClock(late, 480, () => performance.now() - began)} />);
    await act(() => vi.advanceTimersByTime(31_000));
    expect(screen.getByText('2026-11-24 0 2')).toBeDefined();
  });
});

function Clock({ clock }: { readonly clock: HostClock }) {
  const { date, minutes, weekday } = useMoment(clock);
  return <p>{`${date} ${minutes} ${weekday}`}</p>;
}
