import type { StationError } from '#shared/contract/errors.ts';
import type { StationConnection } from '../../src/renderer/station-client/station-client.ts';

/** How a call ended; `untyped …` is what must never be. */
export type Answer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly kind: string };

/** The page's side of the contract, as plain data, so that the suite can also drive a page from outside. */
export interface StationCaller {
  /** `method` as `guides.get`; `timeoutMs` when the client's own is not wanted. */
  readonly call: (method: string, input: unknown, timeoutMs?: number) => Promise<Answer>;
  /** Opens the event stream and gives its first event. */
  readonly openStream: () => Promise<unknown>;
  readonly closeStream: () => Promise<void>;
  /** Resolves when the open stream is over, however it ended. */
  readonly streamEnd: () => Promise<void>;
}

type Method = (input: unknown, options: { context: object }) => Promise<unknown>;

/** Calls through the client that the pages use. Runs in Node and in a page. */
export function stationCaller(connection: Pick<StationConnection, 'client'>): StationCaller {
  let stream: AsyncIterator<unknown> | undefined;
  let ended: Promise<void> = Promise.resolve();
  return {
    call: async (method, input, timeoutMs) => {
      try {
        const context = timeoutMs === undefined ? {} : { timeoutMs };
        return { ok: true, value: await methodOf(connection, method)(input, { context }) };
      } catch (error) {
        return { ok: false, kind: kindOf(error) };
      }
    },
    openStream: async () => {
      const opened = await connection.client.system.events(undefined, {
        context: { timeoutMs: 0 },
      });
      stream = opened;
      const first = await opened.next();
      ended = readOn(opened);
      return first.value;
    },
    closeStream: async () => {
      await stream?.return?.();
    },
    streamEnd: () => ended,
  };
}

function methodOf(connection: Pick<StationConnection, 'client'>, method: string): Method {
  return method
    .split('.')
    .reduce<unknown>(
      (node, name) => (node as Record<string, unknown>)[name],
      connection.client,
    ) as Method;
}

async function readOn(stream: AsyncIterator<unknown>): Promise<void> {
  try {
    while (!(await stream.next()).done);
  } catch {
    // A stream that breaks is over, too.
  }
}

/** By its name: a caller that was put into a finished page has another copy of the class. */
function kindOf(error: unknown): string {
  return error instanceof Error && error.name === 'StationError'
    ? (error as StationError).kind
    : `untyped ${String(error)}`;
}
