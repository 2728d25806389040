import type { WritableDb } from '../store/sql.ts';

/** A database of which so much is empty is written anew, without the gaps. */
const EMPTY_SHARE = 0.25;
/** A few empty pages are no loss. */
const EMPTY_PAGES = 2500;

/**
 * Brings databases in order, at night: what SQLite knows of its tables is refreshed, the write-ahead log is folded in, and
 * a file that is largely empty is written anew. A power cut at any moment leaves the file as it was or as it will be.
 */
export function tidyDatabases(databases: readonly WritableDb[]): void {
  for (const { write } of databases) {
    write.pragma('optimize');
    const [empty, all] = ['freelist_count', 'page_count'].map((name) =>
      Number(write.pragma(name, { simple: true })),
    );
    if ((empty ?? 0) > EMPTY_PAGES && (empty ?? 0) > (all ?? 0) * EMPTY_SHARE) write.exec('vacuum');
    write.pragma('wal_checkpoint(TRUNCATE)');
  }
}
