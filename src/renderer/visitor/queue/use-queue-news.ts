import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { StationClient } from '../../station-client/station-client.ts';
import { followHall } from '../../station-client/use-live.ts';
import { useStation } from '../../station-client/use-station.ts';

/** What is read under this name is read again at every piece of news. */
export const QUEUE = 'queue';

/** Also without any event: waiting times shrink by themselves, and an event may have been missed. */
const READ_EVERY_MS = 10_000;
const PAUSE_MS = 500;

/** Keeps what a page shows of queue and printers as it is, while the page is shown. */
export function useQueueNews(): void {
  const station = useStation();
  const queries = useQueryClient();
  useEffect(() => {
    const ended = new AbortController();
    const again = () => readAgain(queries);
    again();
    void followHall(station, ended.signal, again);
    void followPrinting(station, ended.signal, again);
    const timer = setInterval(again, READ_EVERY_MS);
    return () => {
      ended.abort();
      clearInterval(timer);
    };
  }, [station, queries]);
}

function readAgain(queries: QueryClient): void {
  void queries.invalidateQueries({ queryKey: [QUEUE] });
}

async function followPrinting(
  station: StationClient,
  signal: AbortSignal,
  onChange: () => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const options = { signal, context: { timeoutMs: 0 } };
      for await (const event of await station.system.events(undefined, options))
        if (event.type === 'printing-changed') onChange();
    } catch {
      // The connection went; the client opens it anew, and the next reading tells what changed meanwhile.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
