import { createRequire } from 'node:module';
import type * as Receiptline from 'receiptline';

let loaded: typeof Receiptline | undefined;

/** receiptline, read at the first slip: most starts, and every terminal without a ticket printer, do without. */
export function receiptline(): typeof Receiptline {
  loaded ??= createRequire(import.meta.url)('receiptline') as typeof Receiptline;
  return loaded;
}
