import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { STATION_ERROR_KINDS, StationError } from '#shared/contract/errors.ts';
import type { StationContract } from '#shared/contract/station.ts';
import type { CallContext, OpenTransport, Transport } from './transport.ts';

/** How long a call may take before it counts as unanswered. */
export const CALL_TIMEOUT_MS = 8000;
const RETRY_FIRST_MS = 100;
const RETRY_LONGEST_MS = 3000;

export type StationClient = ContractRouterClient<StationContract, CallContext>;

/** A client and the connection behind it. */
export interface StationConnection {
  readonly client: StationClient;
  /** Called with true when a connection stands, with false when it is lost and at each try that brought none. */
  readonly onChange: (listener: (connected: boolean) => void) => () => void;
  readonly close: () => void;
}

/**
 * Connects to the host and keeps the connection: when it is lost it is opened anew, with growing pauses. Every call is
 * answered, by a result or by a `StationError` of a closed kind; calls made while there is no connection wait for one
 * until their time is up (invariant 7).
 */
export function connectStation(
  open: OpenTransport,
  timeoutMs = CALL_TIMEOUT_MS,
): StationConnection {
  const connection = new Connection(open);
  const client: StationClient = createORPCClient<StationClient>({
    call: (path, input, options) =>
      answered(options.context.timeoutMs ?? timeoutMs, options.signal, async (signal) => {
        const transport = await connection.current(signal);
        return transport.link.call(path, input, { ...options, signal });
      }),
  });
  return {
    client,
    onChange: (listener) => connection.onChange(listener),
    close: () => connection.close(),
  };
}

/** Holds the one transport that is open, or is on its way to one. */
class Connection {
  readonly #open: OpenTransport;
  readonly #listeners = new Set<(connected: boolean) => void>();
  readonly #waiting = new Set<(transport: Transport) => void>();
  #transport: Transport | undefined;
  #closed = false;

  constructor(open: OpenTransport) {
    this.#open = open;
    void this.#keepOpen();
  }

  /** The open transport, or the next one; rejects when `signal` ends the wait. */
  current(signal: AbortSignal): Promise<Transport> {
    if (this.#transport !== undefined) return Promise.resolve(this.#transport);
    return new Promise((resolve, reject) => {
      const give = (transport: Transport) => {
        this.#waiting.delete(give);
        resolve(transport);
      };
      this.#waiting.add(give);
      signal.addEventListener(
        'abort',
        () => {
          this.#waiting.delete(give);
          reject(new StationError('host-gone'));
        },
        { once: true },
      );
    });
  }

  onChange(listener: (connected: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#transport?.close();
  }

  async #keepOpen(): Promise<void> {
    for (let pause = RETRY_FIRST_MS; !this.#closed; pause = Math.min(pause * 2, RETRY_LONGEST_MS)) {
      const transport = await opened(this.#open);
      if (transport !== undefined && !this.#closed) {
        await this.#use(transport);
        pause = RETRY_FIRST_MS / 2;
      } else this.#tell(false);
      if (!this.#closed) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async #use(transport: Transport): Promise<void> {
    this.#transport = transport;
    for (const give of [...this.#waiting]) give(transport);
    this.#tell(true);
    await transport.closed;
    this.#transport = undefined;
    this.#tell(false);
  }

  #tell(connected: boolean): void {
    for (const listener of this.#listeners) listener(connected);
  }
}

/** A connection that has not come about in this time is given up and tried anew. */
const OPEN_TIMEOUT_MS = 5000;

async function opened(open: OpenTransport): Promise<Transport | undefined> {
  const ending = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      ending.abort();
      resolve(undefined);
    }, OPEN_TIMEOUT_MS);
  });
  const attempt = open(ending.signal).catch(() => undefined);
  const transport = await Promise.race([attempt, late]);
  clearTimeout(timer);
  if (transport === undefined) void attempt.then((stray) => stray?.close());
  return transport;
}

async function answered<Result>(
  timeoutMs: number,
  outer: AbortSignal | undefined,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const timeout = new AbortController();
  const timer = timeoutMs > 0 ? setTimeout(() => timeout.abort(), timeoutMs) : undefined;
  const signal = outer === undefined ? timeout.signal : AbortSignal.any([outer, timeout.signal]);
  try {
    return await call(signal);
  } catch (error) {
    throw toStationError(error, timeout.signal.aborted);
  } finally {
    clearTimeout(timer);
  }
}

/** oRPC's own codes for what its validation and its router refuse. */
const RPC_CODES: Readonly<Record<string, StationError['kind']>> = {
  BAD_REQUEST: 'bad-input',
  NOT_FOUND: 'unknown-method',
  INTERNAL_SERVER_ERROR: 'internal',
};

function toStationError(error: unknown, timedOut: boolean): StationError {
  if (error instanceof StationError) return error;
  if (timedOut) return new StationError('timeout', { cause: error });
  if (!(error instanceof ORPCError)) return new StationError('host-gone', { cause: error });
  const code = String(error.code);
  const own = STATION_ERROR_KINDS.find((kind) => kind === code);
  const kind = own ?? RPC_CODES[code] ?? 'internal';
  return new StationError(kind, { cause: error });
}
