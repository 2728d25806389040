import type { IncomingMessage } from 'node:http';
import type { CallContext } from '../access/caller.ts';

/** What a server lets in: one serves the terminal itself, another the station's network. */
export interface Doors {
  /** Whether the Host header names this server, so that a foreign page cannot come in by a rebound name. */
  readonly isOwnHost: (request: IncomingMessage) => boolean;
  /** The origin that this server's own pages have for a Host header that names it. */
  readonly originOf: (host: string) => string;
  /** Whether also a program that names no origin is refused. */
  readonly originNeeded: boolean;
  /** Whether pages of this path are served here. */
  readonly serves: (path: string) => boolean;
  /** Where `/` leads. */
  readonly home: string;
  /** Who calls over this connection; undefined refuses it. */
  readonly callerOf: (request: IncomingMessage) => CallContext | undefined;
  readonly maxConnections: number;
  /** Beside those of every page. */
  readonly headers: Readonly<Record<string, string>>;
}
