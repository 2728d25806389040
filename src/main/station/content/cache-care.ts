import type { StationLog } from '../log/station-log.ts';
import { markDoubtful } from '../store/cache-database.ts';
import { type RottenRow, watchOver } from '../store/damage.ts';
import { run, sql, transaction, type WritableDb } from '../store/sql.ts';

/** What is done about a cache that is damaged while a host works with it. */
export interface CacheCare {
  /** Resolves when pages cannot be served from it any more: the host is to end, and the next one makes it anew. */
  readonly mustEnd: Promise<void>;
  /** A start failed: if it met with a record that cannot be read, that cannot wait until it is mended. */
  readonly failedStart: () => void;
  /** Mends from now on: `refill` brings what was taken out; false when the station cannot be shown without it. */
  readonly begin: (refill: () => boolean) => void;
  /** A call failed for a reason that nobody foresaw. */
  readonly callFailed: () => void;
  readonly stop: () => void;
}

/**
 * Watches over the cache at `path`. A record whose text has rotted is taken out and asked for anew, under everybody's eyes: the rest
 * of the cache, which a terminal without network could not get again, stays. When SQLite itself cannot read, the cache is marked
 * for the next start to drop: at night, or at once when a call fails by it.
 */
export function careForCache(cache: WritableDb, path: string, log: StationLog): CacheCare {
  const ending = Promise.withResolvers<void>();
  const met = new Set<string>();
  let waiting: RottenRow[] = [];
  let isDoubtful = false;
  let refill: (() => boolean) | undefined;
  let timer: NodeJS.Immediate | undefined;
  const doubt = (reason: string) => {
    if (isDoubtful) return;
    isDoubtful = true;
    log.event('cache-doubtful', { reason });
    markDoubtful(path, reason);
  };
  const mend = () => {
    timer = undefined;
    const rows = waiting;
    waiting = [];
    try {
      if (!takeOut(cache, rows)) doubt('record-not-found');
      if (refill?.() !== false) return;
      doubt('station-not-found');
      ending.resolve();
    } catch (error) {
      doubt(error instanceof Error ? error.name : 'unknown');
    }
  };
  // Never while something is being read.
  const soon = () => {
    if (refill !== undefined && waiting.length > 0) timer ??= setImmediate(mend);
  };
  watchOver(cache.read, {
    damaged: doubt,
    rotten: (row) => {
      if (isDoubtful || waiting.some(({ id, scope }) => id === row.id && scope === row.scope))
        return;
      const name = `${row.id} ${row.scope}`;
      // What cannot be read again after it was written anew lies on a bad disk.
      if (met.has(name)) return doubt('record-unreadable-again');
      log.event('record-unreadable', { record: row.id, division: row.scope });
      met.add(name);
      waiting.push(row);
      soon();
    },
  });
  return {
    mustEnd: ending.promise,
    failedStart: () => {
      if (waiting.length > 0) doubt('record-unreadable');
    },
    begin: (how) => {
      refill = how;
      soon();
    },
    callFailed: () => {
      if (isDoubtful) ending.resolve();
    },
    stop: () => clearImmediate(timer),
  };
}

/**
 * Takes records out and forgets that the deployment's files were applied, so that they are read anew; of what the feed gave its digest
 * tells (decision 043). False when one cannot be found under its name.
 */
function takeOut(db: WritableDb, rows: readonly RottenRow[]): boolean {
  return transaction(db, () => {
    const taken = rows.map(({ id, scope }) => {
      const own = run(db, sql`delete from local_record where id = ${id} and scope = ${scope}`);
      return own + run(db, sql`delete from record where id = ${id} and scope = ${scope}`);
    });
    run(db, sql`delete from applied`);
    return !taken.includes(0);
  });
}
