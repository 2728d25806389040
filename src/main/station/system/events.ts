import { EventPublisher } from '@orpc/server';
import type { StationEvent } from '#shared/contract/station.ts';

/** How often an open page hears that the host lives. */
export const ALIVE_EVERY_MS = 15_000;

/** What the host tells open pages of its own accord. */
export interface StationEvents {
  readonly subscribe: (signal: AbortSignal | undefined) => AsyncGenerator<StationEvent>;
  readonly contentChanged: () => void;
  readonly printingChanged: () => void;
  readonly contentAsOf: () => string | undefined;
  readonly stop: () => void;
}

/** Starts the beat. `asOf` tells the newest publication among the content, `screenMayRest` whether an untouched screen may be dark. */
export function startEvents(
  now: () => number,
  asOf: () => string | undefined,
  screenMayRest: () => boolean,
): StationEvents {
  const alive = (): StationEvent =>
    screenMayRest()
      ? { type: 'alive', now: now(), screenMayRest: true }
      : { type: 'alive', now: now() };
  const publisher = new EventPublisher<{ event: StationEvent }>({ maxBufferedEvents: 16 });
  const stopping = new AbortController();
  const beat = setInterval(() => publisher.publish('event', alive()), ALIVE_EVERY_MS);
  beat.unref();
  return {
    subscribe: (signal) =>
      beginAlive(
        publisher,
        alive,
        signal === undefined ? stopping.signal : AbortSignal.any([signal, stopping.signal]),
      ),
    contentChanged: () => publisher.publish('event', { type: 'content-changed' }),
    printingChanged: () => publisher.publish('event', { type: 'printing-changed' }),
    contentAsOf: asOf,
    stop: () => {
      clearInterval(beat);
      stopping.abort();
    },
  };
}

/** A subscriber hears at once that the host is there, then whatever comes. */
async function* beginAlive(
  publisher: EventPublisher<{ event: StationEvent }>,
  alive: () => StationEvent,
  signal: AbortSignal,
): AsyncGenerator<StationEvent> {
  const coming = publisher.subscribe('event', { signal });
  yield alive();
  yield* coming;
}
