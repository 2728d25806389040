import type { WritableDb } from '../store/sql.ts';

/** A database of which so much is empty is written anew, without the gaps. */
const EMPTY_SHARE = 0.25;
/** A few empty pages are no loss. */
const EMPTY_PAGES = 2500;
/** What stays is written twice, in one go: a host that is at it for longer than a few seconds would be taken for hung. */
const KEPT_BYTES = 48e6;

/**
 * Brings a database in order, at night: what SQLite knows of its tables is refreshed, the write-ahead log is folded in, and
 * a file that is largely empty is written anew, if what stays is at most `keptBytes`. A power cut at any moment leaves the
 * file as it was or as it will be.
 */
export function tidyDatabase({ write }: WritableDb, keptBytes = KEPT_BYTES): void {
  const number = (pragma: string) => Number(write.pragma(pragma, { simple: true }));
  write.pragma('optimize');
  const [empty, all] = [number('freelist_count'), number('page_count')];
  const isWorthIt = empty > EMPTY_PAGES && empty > all * EMPTY_SHARE;
  if (isWorthIt && (all - empty) * number('page_size') <= keptBytes) write.exec('vacuum');
  write.pragma('wal_checkpoint(TRUNCATE)');
}
