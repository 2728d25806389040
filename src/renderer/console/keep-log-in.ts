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
  /** Keeps this token from now on; undefined when somebody has left. */
  readonly take: (token: string | undefined) => void;
  /** Hears that the log-in is over. */
  readonly onOver: (listener: () => void) => () => void;
}

/** Connects and keeps whatever log-in is taken. */
export function keepLogIn(connect: ConnectPage): KeptLogIn {
  let token: string | undefined;
  const listeners = new Set<() => void>();
  const failed = (error: unknown) => {
    if (token === undefined || !isLogInOver(error)) return;
    token = undefined;
    for (const listener of listeners) listener();
  };
  const greet: ConnectionHooks['greet'] = async ({ staff }) => {
    if (token === undefined) return;
    try {
      await staff.resume({ token });
    } catch (error) {
      if (!isLogInOver(error)) throw error;
      failed(error);
    }
  };
  return {
    connection: connect({ greet, failed }),
    take: (next: string | undefined) => {
      token = next;
    },
    onOver: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
