import { useCallback, useEffect, useState } from 'react';
import type { HallEvent } from '#shared/contract/queue.ts';
import type { StationClient, StationConnection } from './station-client.ts';

/** Also without any event: the waiting times on show grow by themselves. */
const READ_EVERY_MS = 10_000;
const PAUSE_MS = 500;

/** What is on show, and whether it can be believed. */
export interface Live<Value> {
  readonly value: Value | undefined;
  readonly connected: boolean;
  readonly reload: () => void;
}

/** Whether the connection to the host stands. */
export function useConnected(connection: StationConnection): boolean {
  const [connected, setConnected] = useState(true);
  useEffect(() => connection.onChange(setConnected), [connection]);
  return connected;
}

/**
 * Reads something that changes with the queue: again at every event of the hall, every ten seconds, and when a lost
 * connection is back. What was read last stays on show; `connected` tells that it is old.
 */
export function useLive<Value>(
  connection: StationConnection,
  read: (client: StationClient) => Promise<Value>,
): Live<Value> {
  const connected = useConnected(connection);
  const [value, setValue] = useState<Value>();
  const reload = useCallback(() => {
    read(connection.client).then(setValue, () => {
      // The next event or the next ten seconds try again; a lost connection shows by itself.
    });
  }, [connection, read]);
  useEffect(() => {
    if (!connected) return undefined;
    reload();
    const timer = setInterval(reload, READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [connected, reload]);
  useHallEvents(connection, reload);
  return { value, connected, reload };
}

/** Hears the hall until the page ends, through losses of the connection. `onEvent` must not change at every drawing. */
export function useHallEvents(
  connection: StationConnection,
  onEvent: (event: HallEvent) => void,
): void {
  useEffect(() => {
    const ended = new AbortController();
    void followHall(connection.client, ended.signal, onEvent);
    return () => ended.abort();
  }, [connection, onEvent]);
}

/** Hears the hall until `signal` ends it, through losses of the connection. */
export async function followHall(
  client: StationClient,
  signal: AbortSignal,
  onEvent: (event: HallEvent) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const events = await client.hall.events(undefined, { signal, context: { timeoutMs: 0 } });
      for await (const event of events) if (event.type !== 'alive') onEvent(event);
    } catch {
      // The connection went; it is opened anew by the client, and the reading is taken again then.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
