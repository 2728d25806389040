import type { ConnectionHooks, StationConnection } from '../station-client/station-client.ts';
import { isLogInOver } from './log-in-over.ts';

/** Connects a page to its host with what its log-in has to do there. */
export type ConnectPage = (hooks: ConnectionHooks) => StationConnection;

/**
 * A connection that stays logged in. A log-in belongs to its connection: after a lost one it is taken up on the next before any
 * call is sent, so it is over only when the host says so, to whatever call.
 */
export interface KeptLogIn {
  readonly connection: StationConnection;
  /** Keeps this token from now on. */
  readonly take: (token: string) => void;
  /** Forgets the log-in here, and ends it at the host: now, or as soon as that can be reached again. */
  readonly leave: () => Promise<void>;
  /** Hears that the log-in is over. */
  readonly onOver: (listener: () => void) => () => void;
}

/** A host that cannot be reached must not keep somebody from leaving. */
const LEAVE_WITHIN_MS = 2000;

/** Connects and keeps whatever log-in is taken. */
export function keepLogIn(connect: ConnectPage): KeptLogIn {
  let token: string | undefined;
  /** Log-ins that were left here and that the host may not have heard of. */
  const left = new Set<string>();
  const listeners = new Set<() => void>();
  const failed = (error: unknown) => {
    if (token === undefined || !isLogInOver(error)) return;
    token = undefined;
    for (const listener of listeners) listener();
  };
  const greet: ConnectionHooks['greet'] = async ({ staff }) => {
    for (const old of left) {
      try {
        await staff.resume({ token: old });
        await staff.logOut();
      } catch (error) {
        if (!isLogInOver(error)) throw error;
      }
      left.delete(old);
    }
    if (token === undefined) return;
    try {
      await staff.resume({ token });
    } catch (error) {
      if (!isLogInOver(error)) throw error;
      failed(error);
    }
  };
  const connection = connect({ greet, failed });
  return {
    connection,
    take: (next) => {
      token = next;
    },
    leave: async () => {
      const ended = token;
      token = undefined;
      if (ended !== undefined) left.add(ended);
      const within = { context: { timeoutMs: LEAVE_WITHIN_MS } };
      try {
        await connection.client.staff.logOut(undefined, within);
        if (ended !== undefined) left.delete(ended);
      } catch {
        // Ended when the line comes back.
      }
    },
    onOver: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
