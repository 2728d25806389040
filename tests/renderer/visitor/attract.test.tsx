import { AsyncIteratorClass } from '@orpc/client';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Slide } from '#shared/contract/reading.ts';
import { hostClock } from '../../../src/renderer/session/clock.ts';
import { startAttract, startState } from '../../../src/renderer/session/start-state.ts';
import { App } from '../../../src/renderer/visitor/app.tsx';
import { Attract } from '../../../src/renderer/visitor/attract.tsx';
import { draw } from '../draw.tsx';
import { HELLO } from './hello.ts';

// jsdom has no moments of leisure.
globalThis.requestIdleCallback ??= () => 0;
globalThis.cancelIdleCallback ??= () => {};

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

const drawLoop = (onEnd: () => void) =>
  draw(<Attract clock={hostClock(NOON, 480, () => 0)} onShown={() => {}} onEnd={onEnd} />, {
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
    const onEnd = vi.fn();
    await drawLoop(onEnd);
    const loop = await screen.findByRole('button');
    fireEvent.pointerDown(loop);
    expect(loop.className).toContain('leaving');
    fireEvent.click(loop);
    expect(onEnd).not.toHaveBeenCalled();
    await act(() => vi.advanceTimersByTimeAsync(600));
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it('begins by itself only where the address names no state', () => {
    expect(startAttract('')).toBe('when-quiet');
    expect(startAttract('#page=home')).toBe('never');
    expect(startAttract('#page=home&attract=now')).toBe('now');
  });
});

describe('a terminal whose publicity has nothing to show', () => {
  const QUIET = { ...HELLO, idle: { ...HELLO.idle, attractSeconds: 60 } };
  const main = () => document.querySelector<HTMLElement>('main[data-page]');
  const takesTouches = () => main()?.closest('[inert]') === null;

  /** A quiet terminal a little after its publicity was due. */
  async function quiet(slides: () => Promise<Slide[]>) {
    await draw(<App start={startState('')} />, {
      answers: {
        'system.hello': async () => ({ ...QUIET, now: NOON }),
        'reading.slides': slides,
      },
    });
    await act(() => vi.advanceTimersByTimeAsync(61_000));
  }

  it.each([
    ['none was written', async () => []],
    ['all have ended', async () => SLIDES.filter(({ id }) => id === 'c')],
    ['the host does not answer', () => new Promise<Slide[]>(() => {})],
    ['the host answers with a fault', () => Promise.reject(new Error('no answer'))],
  ])('takes every touch as before when %s', async (_case, slides) => {
    await quiet(slides);
    expect(takesTouches()).toBe(true);
  });

  it('is covered by the slides that there are, which catch the touch', async () => {
    await quiet(async () => [...SLIDES]);
    await waitFor(() => expect(takesTouches()).toBe(false));
    expect(document.querySelector('[data-attract]')).not.toBeNull();
  });

  it('is never covered under the hands of somebody who came before the first slide', async () => {
    let answer: ((slides: Slide[]) => void) | undefined;
    await quiet(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    fireEvent.pointerDown(main() ?? document.body);
    await act(async () => answer?.([...SLIDES]));
    expect(takesTouches()).toBe(true);
    expect(document.querySelector('[data-attract]')).toBeNull();
  });

  it('is free again when the last slide ends while it stands', async () => {
    vi.setSystemTime(Date.parse('2026-11-23T23:55:00+08:00'));
    await draw(<App start={startState('')} />, {
      answers: {
        'system.hello': async () => ({ ...QUIET, now: Date.now() }),
        'reading.slides': async () =>
          SLIDES.slice(0, 1).map((slide) => ({ ...slide, validUntil: '2026-11-23' })),
      },
    });
    await act(() => vi.advanceTimersByTimeAsync(61_000));
    await waitFor(() => expect(takesTouches()).toBe(false));
    // In steps: React draws when each has passed.
    for (let minute = 0; minute < 10; minute += 1)
      await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(takesTouches()).toBe(true);
    expect(document.querySelector('[data-attract]')).toBeNull();
  });

  it('learns at the next quarter of an hour what is over and what begins, on the same day, too', async () => {
    vi.setSystemTime(Date.parse('2026-11-23T10:57:00+08:00'));
    await draw(<App start={startState('')} />, {
      answers: {
        'system.hello': async () => ({ ...QUIET, now: Date.now() }),
        // The lecture of the first slide is over at eleven.
        'reading.slides': async () =>
          Date.now() < Date.parse('2026-11-23T11:00:00+08:00')
            ? SLIDES.slice(0, 1)
            : SLIDES.slice(1, 2),
        'system.events': async () => signsOfLife(),
      },
    });
    const shown = () => document.querySelector<HTMLElement>('[data-attract]')?.dataset.attract;
    await act(() => vi.advanceTimersByTimeAsync(61_000));
    await waitFor(() => expect(shown()).toBe('a'));
    for (let half = 0; half < 6; half += 1) await act(() => vi.advanceTimersByTimeAsync(30_000));
    await waitFor(() => expect(shown()).toBe('b'));
  });

  it('shows by itself from midnight on what begins with the new day', async () => {
    vi.setSystemTime(Date.parse('2026-11-23T23:57:00+08:00'));
    await draw(<App start={startState('')} />, {
      answers: {
        'system.hello': async () => ({ ...QUIET, now: Date.now() }),
        'reading.slides': async () =>
          Date.now() < Date.parse('2026-11-24T00:00:00+08:00')
            ? SLIDES.slice(0, 1)
            : [{ ...SLIDES[1], id: 'new', weight: 100 } as Slide, ...SLIDES.slice(0, 1)],
        'system.events': async () => signsOfLife(),
      },
    });
    const shown = () => document.querySelector<HTMLElement>('[data-attract]')?.dataset.attract;
    await act(() => vi.advanceTimersByTimeAsync(61_000));
    await waitFor(() => expect(shown()).toBe('a'));
    for (let half = 0; half < 6; half += 1) await act(() => vi.advanceTimersByTimeAsync(30_000));
    await waitFor(() => expect(shown()).toBe('new'));
  });
});

it('announces a lecture until the minute in which it ends, without a word from the host', async () => {
  vi.setSystemTime(Date.parse('2026-11-23T10:57:30+08:00'));
  const when = { date: '2026-11-23', from: '09:30', to: '11:00', place: '二楼' };
  const lecture = { id: 'lecture', title: '讲座', text: '讲借条。', seconds: 10, weight: 9 };
  const slides: Slide[] = [{ ...lecture, validUntil: when.date, when }, ...SLIDES.slice(0, 1)];
  const read = vi.fn(async () => slides);
  const clock = { now: () => Date.now(), utcOffsetMinutes: 480 };
  await draw(<Attract clock={clock} onShown={() => {}} onEnd={() => {}} />, {
    answers: { 'reading.slides': read },
  });
  const seen = new Map<string, Set<string | undefined>>([
    ['before', new Set()],
    ['after', new Set()],
  ]);
  for (let step = 0; step < 50; step += 1) {
    await act(() => vi.advanceTimersByTimeAsync(5_000));
    const half = Date.now() < Date.parse('2026-11-23T11:00:00+08:00') ? 'before' : 'after';
    // The page looks at its clock just after the minute.
    if (Date.now() % 60_000 > 1_000)
      seen.get(half)?.add(document.querySelector<HTMLElement>('[data-attract]')?.dataset.attract);
  }
  expect(seen.get('before')).toContain('lecture');
  expect(seen.get('after')).toEqual(new Set(['a']));
  expect(read).toHaveBeenCalledTimes(1);
});

/** The host's signs of life, each quarter of a minute. */
function signsOfLife() {
  return new AsyncIteratorClass(
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 15_000));
      return { done: false, value: { type: 'alive' as const, now: Date.now() } };
    },
    async () => {},
  );
}
