import type { CallPlace } from '#shared/contract/access.ts';

/** One connection to the host. Who is logged in is a matter of the connection, not of the page's word. */
export interface Caller {
  readonly place: CallPlace;
  /** `terminal`, or the id of the paired device. */
  readonly origin: string;
  /** Hash of the token of the log-in that this connection has. */
  logIn: string | undefined;
}

/** What a transport says of every call that it carries. */
export interface CallContext {
  readonly caller: Caller;
}

/** A page on the terminal itself, before anybody has logged in. */
export function terminalContext(): CallContext {
  return { caller: { place: 'terminal', origin: 'terminal', logIn: undefined } };
}

/** A page of a paired device. */
export function deviceContext(place: 'console' | 'display', device: string): CallContext {
  return { caller: { place, origin: `device:${device}`, logIn: undefined } };
}
