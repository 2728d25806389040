import type { ParsedLaw } from '#shared/laws/parsed-law.ts';
import { run, sql, type WritableDb } from '../store/sql.ts';
import { type LawWriter, lawWriter } from './law-rows.ts';

/** Room for the pages that a law's rows are being written to; what is full goes to the file at once. */
const CACHE_KIBIBYTES = 32_768;

/**
 * The terminal's tables while an import reads: all its texts go in by one transaction, with the names of the segments that
 * hold them (invariant 3). Cut off before its end, it leaves the tables as they were; the segments are there, and whoever
 * opens the tables next fills them from those.
 */
export class LawIntake {
  readonly #db: WritableDb;
  readonly #rows: LawWriter;

  constructor(db: WritableDb) {
    this.#db = db;
    this.#rows = lawWriter(db);
  }

  write(path: string, law: ParsedLaw): void {
    if (!this.#db.write.inTransaction) this.#begin();
    this.#rows.write(path, law);
  }

  /** `names` of the segments, which are on disk. */
  commit(names: readonly string[]): void {
    if (!this.#db.write.inTransaction) return;
    for (const name of names) run(this.#db, sql`insert into law_segment (name) values (${name})`);
    this.#db.write.exec('commit');
  }

  /** Takes back all that was written. */
  giveUp(): void {
    if (!this.#db.write.inTransaction) return;
    this.#db.write.exec('rollback');
    this.#afterwards();
  }

  #begin(): void {
    this.#db.write.pragma(`cache_size = -${CACHE_KIBIBYTES}`);
    this.#withoutLog();
    this.#db.write.exec('begin immediate');
  }

  /**
   * New pages go to their place in the file, and only old ones that change are kept beside it until the commit; a write-ahead
   * log would take every page twice. Where somebody reads the tables just now, the log stays.
   */
  #withoutLog(): void {
    const { write } = this.#db;
    const patience = Number(write.pragma('busy_timeout', { simple: true }));
    write.pragma('busy_timeout = 0');
    try {
      write.pragma('journal_mode = DELETE');
      write.pragma('synchronous = FULL');
    } catch (error) {
      if (!isBusy(error)) throw error;
    } finally {
      write.pragma(`busy_timeout = ${patience}`);
    }
  }

  #afterwards(): void {
    this.#db.write.pragma('journal_mode = WAL');
    this.#db.write.pragma('synchronous = NORMAL');
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}
