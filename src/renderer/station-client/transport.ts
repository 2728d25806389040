import type { ClientLink } from '@orpc/client';

/** What a call may say about itself beside its input. */
export interface CallContext {
  /** Milliseconds until it counts as unanswered; 0 for streams. */
  readonly timeoutMs?: number;
}

/** One connection to the station host. When it closes, calls under way fail and a new one is opened. */
export interface Transport {
  readonly link: ClientLink<CallContext>;
  readonly closed: Promise<void>;
  readonly close: () => void;
}

/**
 * Opens a connection; rejects when there is none to be had now. When `signal` ends the attempt it takes nothing more, so
 * that what comes late belongs to the attempt after it.
 */
export type OpenTransport = (signal: AbortSignal) => Promise<Transport>;
