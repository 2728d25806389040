import type { FastifyReply } from 'fastify';
import type { District } from '../district.ts';
import type { SeenNonces } from '../terminals/terminal-signature.ts';
import type { Metrics } from './metrics.ts';

/** What a route of the terminals' API is given beside its input. */
export interface TerminalContext {
  readonly district: District;
  readonly nonces: SeenNonces;
  readonly metrics: Metrics;
  /** The share of places that are taken, 0 to 1. */
  readonly load: () => number;
  readonly request: {
    readonly method: string;
    readonly path: string;
    /** The body as sent; empty without one. */
    readonly body: Buffer;
    readonly header: (name: string) => string | undefined;
    readonly address: string;
  };
  readonly reply: FastifyReply;
}
