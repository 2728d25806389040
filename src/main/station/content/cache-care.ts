import type { StationLog } from '../log/station-log.ts';
import { markDoubtful } from '../store/cache-database.ts';
import { type RottenRow, watchOver } from '../store/damage.ts';
import { run, sql, transaction, type WritableDb } from '../store/sql.ts';

/** What is done about a cache that is damaged while a host works with it. */
export interface CacheCare {
  /** Resolves when calls fail by it: the host is to end, and the next one looks at it closely. */
  readonly mustEnd: Promise<void>;
  /** Mends from now on: `refill` brings what was taken out. What throws is tried again after a pause. */
  readonly begin: (refill: () => void) => void;
  /** A call failed for a reason that nobody foresaw. */
  readonly callFailed: () => void;
  readonly stop: () => void;
}

/** After a fault (a disk without room, somebody else who writes) it is tried again, less and less often. */
const FIRST_PAUSE_MS = 5000;
const LONGEST_PAUSE_MS = 10 * 60_000;

/**
 * Watches over the cache at `path`. A record whose text has rotted is taken out and asked for anew, under everybody's eyes: the rest
 * of the cache, which a terminal without network could not get again, stays. When SQLite itself cannot read, the cache is marked
 * for the next start to look at: at night, or at once when a call fails by it. Where texts of the index or of laws have rotted, at night.
 */
export function careForCache(
  cache: WritableDb,
  path: string,
  log: StationLog,
  firstPauseMs: number = FIRST_PAUSE_MS,
): CacheCare {
  const ending = Promise.withResolvers<void>();
  const met = new Set<string>();
  const reasons = new Set<string>();
  let waiting: RottenRow[] = [];
  let isFailing = false;
  let refill: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pause = firstPauseMs;
  const doubt = (reason: string): boolean => {
    if (!reasons.has(reason)) log.event('cache-doubtful', { reason });
    reasons.add(reason);
    return markDoubtful(path, reasons);
  };
  const mend = () => {
    timer = undefined;
    const rows = waiting;
    waiting = [];
    try {
      takeOut(cache, rows);
      refill?.();
      pause = firstPauseMs;
    } catch (error) {
      log.event('mending-failed', { error: error instanceof Error ? error.name : 'unknown' });
      waiting = [...rows, ...waiting];
      timer = setTimeout(mend, pause).unref();
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  };
  // Never while something is being read.
  const soon = () => {
    if (refill !== undefined && waiting.length > 0) timer ??= setTimeout(mend);
  };
  watchOver(cache.read, {
    damaged: (reason) => {
      isFailing ||= doubt(reason);
    },
    textRotten: (reason) => {
      if (!reasons.has(reason)) doubt(reason);
    },
    rotten: (row) => {
      const name = `${row.id} ${row.scope}`;
      // What rots again after it was written anew, or is not found by its name, stays left out.
      if (met.has(name)) return;
      log.event('record-unreadable', { record: row.id, division: row.scope });
      met.add(name);
      waiting.push(row);
      soon();
    },
  });
  return {
    mustEnd: ending.promise,
    begin: (how) => {
      refill = how;
      soon();
    },
    // Without a mark the next start would find nothing, and the same call would fail.
    callFailed: () => {
      if (isFailing) ending.resolve();
    },
    stop: () => clearTimeout(timer),
  };
}

/**
 * Takes records out and forgets that the deployment's files were applied, so that they are read anew; of what the feed gave its digest
 * tells (decision 043).
 */
function takeOut(db: WritableDb, rows: readonly RottenRow[]): void {
  transaction(db, () => {
    for (const { id, scope } of rows) {
      run(db, sql`delete from local_record where id = ${id} and scope = ${scope}`);
      run(db, sql`delete from record where id = ${id} and scope = ${scope}`);
    }
    run(db, sql`delete from applied`);
  });
}
