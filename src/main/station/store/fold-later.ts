import type { WritableDb } from './sql.ts';

/**
 * Lets `work` commit without SQLite folding the write-ahead log into the database right after it, which takes as long as the commit
 * of a mass of rows: they can be read sooner, and the next commit folds. Until then the log alone holds them, as it holds every
 * commit before it is folded; a power cut takes all of them or none.
 */
export function foldLater<Result>(db: WritableDb, work: () => Result): Result {
  const pages: unknown = db.write.pragma('wal_autocheckpoint', { simple: true });
  db.write.pragma('wal_autocheckpoint = 0');
  try {
    return work();
  } finally {
    db.write.pragma(`wal_autocheckpoint = ${Number(pages)}`);
  }
}
