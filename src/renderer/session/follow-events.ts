import type { StationEvent } from '#shared/contract/station.ts';
import type { StationClient } from '../station-client/station-client.ts';

type Alive = Extract<StationEvent, { readonly type: 'alive' }>;

const PAUSE_MS = 500;
/** Who is on duty, what is in force and the host's clock are never shown older than this. */
const QUARTER_MS = 15 * 60_000;

/**
 * Listens to the host until `signal` ends it, through losses of the connection; tells when what it answered may no longer
 * hold: content changed, the connection was lost, or a new quarter of an hour began (a new day begins with one). `onAlive` hears each
 * sign of life.
 */
export async function followEvents(
  station: StationClient,
  signal: AbortSignal,
  onContent: () => void,
  onAlive: (event: Alive) => void = () => {},
): Promise<void> {
  let lost = false;
  let quarter: number | undefined;
  while (!signal.aborted) {
    try {
      for await (const event of await station.system.events(undefined, {
        signal,
        context: { timeoutMs: 0 },
      })) {
        const before = quarter;
        if (event.type === 'alive') {
          quarter = Math.floor(event.now / QUARTER_MS);
          onAlive(event);
        }
        const timeMoved = before !== undefined && quarter !== before;
        if (event.type === 'content-changed' || lost || timeMoved) onContent();
        lost = false;
      }
    } catch {
      // The connection went; the client opens it anew, and what changed meanwhile is asked for then.
    }
    lost = true;
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
