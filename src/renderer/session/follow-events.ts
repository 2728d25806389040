import type { StationClient } from '../station-client/station-client.ts';

const PAUSE_MS = 500;

/** Listens to the host until `signal` ends it, through losses of the connection; tells when content may have changed. */
export async function followEvents(
  station: StationClient,
  signal: AbortSignal,
  onContent: () => void,
): Promise<void> {
  let lost = false;
  while (!signal.aborted) {
    try {
      for await (const event of await station.system.events(undefined, {
        signal,
        context: { timeoutMs: 0 },
      })) {
        if (event.type === 'content-changed' || lost) onContent();
        lost = false;
      }
    } catch {
      // The connection went; the client opens it anew, and what changed meanwhile is asked for then.
    }
    lost = true;
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
