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

/** Makes a new connection ready over a client of its own; when it rejects, that connection is given up and another tried. */
export type Greet = (client: StationClient) => Promise<void>;

/** What a page does at its connection beside calling. */
export interface ConnectionHooks {
  /** Runs on every new connection before anything else is sent over it: calls that wait for a connection go on waiting. */
  readonly greet?: Greet;
  /** Hears of every call that failed, before its caller does. */
  readonly failed?: (error: StationError) => void;
}

/** A client and the connection behind it. */
export interface StationConnection {
  readonly client: StationClient;
  /**
   * Called with true when a connection stands, with false when it is lost and at each try that brought none; at once with how it
   * stands, when that is known.
   */
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
  {
    timeoutMs = CALL_TIMEOUT_MS,
    greet,
    failed = () => {},
  }: ConnectionHooks & { readonly timeoutMs?: number } = {},
): StationConnection {
  const clientOver = (
    transportFor: (signal: AbortSignal) => Promise<Transport>,
    tell: (error: StationError) => void,
  ): StationClient =>
    createORPCClient<StationClient>({
      call: (path, input, options) =>
        answered(
          options.context.timeoutMs ?? timeoutMs,
          options.signal,
          async (signal) => {
            const transport = await transportFor(signal);
            return transport.link.call(path, input, { ...options, signal });
          },
          tell,
        ),
    });
  // A greeting judges its own failures.
  const connection = new Connection(open, async (transport) =>
    greet?.(clientOver(async () => transport, noted)),
  );
  const client = clientOver((signal) => connection.current(signal), failed);
  return {
    client,
    onChange: (listener) => connection.onChange(listener),
    close: () => connection.close(),
  };
}

const noted = () => {};

/** Holds the one transport that is open, or is on its way to one. */
class Connection {
  readonly #open: OpenTransport;
  readonly #greet: (transport: Transport) => Promise<void>;
  readonly #listeners = new Set<(connected: boolean) => void>();
  readonly #waiting = new Set<(transport: Transport) => void>();
  #transport: Transport | undefined;
  #told: boolean | undefined;
  #closed = false;

  constructor(open: OpenTransport, greet: (transport: Transport) => Promise<void>) {
    this.#open = open;
    this.#greet = greet;
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
    if (this.#told !== undefined) listener(this.#told);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#transport?.close();
  }

  async #keepOpen(): Promise<void> {
    for (let pause = RETRY_FIRST_MS; !this.#closed; pause = Math.min(pause * 2, RETRY_LONGEST_MS)) {
      const transport = await opened(this.#open);
      if (transport !== undefined && (await this.#isReady(transport))) {
        await this.#use(transport);
        pause = RETRY_FIRST_MS / 2;
      } else this.#tell(false);
      if (!this.#closed) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Greets; a transport that is not to be used is closed. */
  async #isReady(transport: Transport): Promise<boolean> {
    const lost = transport.closed.then(() => false);
    const greeted = this.#greet(transport).then(
      () => true,
      () => false,
    );
    const isReady = !this.#closed && (await Promise.race([greeted, lost])) && !this.#closed;
    if (!isReady) transport.close();
    return isReady;
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
    this.#told = connected;
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
  tell: (error: StationError) => void,
): Promise<Result> {
  const timeout = new AbortController();
  const timer = timeoutMs > 0 ? setTimeout(() => timeout.abort(), timeoutMs) : undefined;
  const signal = outer === undefined ? timeout.signal : AbortSignal.any([outer, timeout.signal]);
  try {
    return await call(signal);
  } catch (error) {
    const failure = toStationError(error, timeout.signal.aborted);
    tell(failure);
    throw failure;
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
