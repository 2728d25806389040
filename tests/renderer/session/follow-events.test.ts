import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import type { StationEvent } from '#shared/contract/station.ts';
import { followEvents } from '../../../src/renderer/session/follow-events.ts';
import type { StationClient } from '../../../src/renderer/station-client/station-client.ts';

/** A host whose event streams are the given ones, one after the other; the last one stays open. */
function hostWith(
  ...streams: readonly (readonly (StationEvent['type'] | { readonly aliveAt: string })[])[]
): StationClient {
  const left = [...streams];
  async function* events(): AsyncGenerator<StationEvent> {
    const stream = left.shift();
    if (stream === undefined) throw new Error('no connection');
    for (const event of stream) {
      if (event === 'content-changed' || event === 'printing-changed') yield { type: event };
      else yield { type: 'alive', now: event === 'alive' ? 0 : Date.parse(event.aliveAt) };
    }
    if (left.length === 0) await new Promise(() => {});
    throw new Error('connection lost');
  }
  return { system: { events: async () => events() } } as unknown as StationClient;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function follow(station: StationClient): Promise<Mock<() => void>> {
  const onContent = vi.fn<() => void>();
  const ended = new AbortController();
  void followEvents(station, ended.signal, onContent);
  await vi.advanceTimersByTimeAsync(5000);
  ended.abort();
  return onContent;
}

describe('a page that listens to the host', () => {
  it('hears when content changed', async () => {
    expect(await follow(hostWith(['alive', 'content-changed', 'alive']))).toHaveBeenCalledOnce();
  });

  it('does not take a sign of life for a change', async () => {
    expect(await follow(hostWith(['alive', 'alive']))).not.toHaveBeenCalled();
  });

  it('asks anew after a lost connection, because something may have changed meanwhile', async () => {
    expect(await follow(hostWith(['alive'], ['alive', 'alive']))).toHaveBeenCalledOnce();
  });

  it('asks anew when a day begins, so that no roster of yesterday stands on an untouched home page', async () => {
    const night = [
      { aliveAt: '2026-12-31T23:59:30+08:00' },
      { aliveAt: '2026-12-31T23:59:45+08:00' },
      { aliveAt: '2027-01-01T00:00:00+08:00' },
      { aliveAt: '2027-01-01T00:00:15+08:00' },
    ];
    expect(await follow(hostWith(night))).toHaveBeenCalledOnce();
  });

  it('asks anew when the clock of the computer was put right', async () => {
    const corrected = [
      { aliveAt: '2000-01-01T00:01:00+08:00' },
      { aliveAt: '2026-11-23T09:01:00+08:00' },
    ];
    expect(await follow(hostWith(corrected))).toHaveBeenCalledOnce();
  });
});
