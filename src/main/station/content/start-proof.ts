import { setImmediate as otherWork } from 'node:timers/promises';
import { tellRotten } from '../store/damage.ts';
import type { WritableDb } from '../store/sql.ts';
import { proveRecords } from './record-sums.ts';

/** The first pages and the first search come before it. */
const AFTER_START_MS = 30_000;

/**
 * Proves all records once after a start, in steps between other work, and tells whoever watches over the database of those that have
 * rotted. A terminal is started anew each night (`shell/night-renewal.ts`). `failed` hears why it could not be ended.
 */
export function startProof(
  db: WritableDb,
  failed: (error: unknown) => void,
  afterMs: number = AFTER_START_MS,
): { readonly stop: () => Promise<void> } {
  let isStopping = false;
  let running: Promise<void> | undefined;
  const prove = async () => {
    try {
      for (const rotten of proveRecords(db)) {
        for (const row of rotten) tellRotten(db.read, row);
        await otherWork();
        if (isStopping) return;
      }
    } catch (error) {
      failed(error);
    }
  };
  const timer = setTimeout(() => {
    running = prove();
  }, afterMs);
  timer.unref();
  return {
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      await running;
    },
  };
}
