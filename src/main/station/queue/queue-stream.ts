import { EventPublisher } from '@orpc/server';
import type { HallEvent } from '#shared/contract/queue.ts';
import { ALIVE_EVERY_MS } from '../system/events.ts';

/** What displays, consoles and pages with a ticket are told. */
export interface QueueStream {
  readonly publish: (event: HallEvent) => void;
  readonly subscribe: (signal: AbortSignal | undefined) => AsyncGenerator<HallEvent>;
  readonly stop: () => void;
}

/** Starts the stream; a subscriber hears at once that the host lives. A display that missed calls reads them from the view. */
export function startQueueStream(now: () => number): QueueStream {
  const publisher = new EventPublisher<{ event: HallEvent }>({ maxBufferedEvents: 64 });
  const stopping = new AbortController();
  const publish = (event: HallEvent) => publisher.publish('event', event);
  const beat = setInterval(() => publish({ type: 'alive', now: now() }), ALIVE_EVERY_MS);
  beat.unref();
  return {
    publish,
    subscribe: (signal) =>
      beginAlive(
        publisher,
        now,
        signal === undefined ? stopping.signal : AbortSignal.any([signal, stopping.signal]),
      ),
    stop: () => {
      clearInterval(beat);
      stopping.abort();
    },
  };
}

async function* beginAlive(
  publisher: EventPublisher<{ event: HallEvent }>,
  now: () => number,
  signal: AbortSignal,
): AsyncGenerator<HallEvent> {
  const coming = publisher.subscribe('event', { signal });
  yield { type: 'alive', now: now() };
  yield* coming;
}
