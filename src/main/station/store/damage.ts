import Database from 'better-sqlite3';

/** Whether an error says that a file is not the sound database that SQLite wrote. */
export function isDamage(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code);
}

/** The same, or that the disk does not give back what was written. */
export function isUnreadable(error: unknown): error is InstanceType<typeof Database.SqliteError> {
  return (
    error instanceof Database.SqliteError &&
    (isDamage(error) || /^SQLITE_IOERR_(?:READ|SHORT_READ|CORRUPTFS|DATA)$/.test(error.code))
  );
}

/** A row of `record` or `local_record` of which something cannot be read. */
export interface RottenRow {
  readonly id: string;
  readonly scope: string;
}

/** Who is told what reading a database finds. Told in the middle of reading: nothing may be written before that ends. */
export interface DamageWatch {
  /** Reading failed; `reason` is a code for the log. */
  readonly damaged: (reason: string) => void;
  readonly rotten: (row: RottenRow) => void;
  /** A text was skipped that is made from others. */
  readonly textRotten: (reason: string) => void;
}

const watches = new WeakMap<Database.Database, DamageWatch>();

/** Watches over a database until it is closed; one that nobody watches over only throws. */
export function watchOver(database: Database.Database, watch: DamageWatch): void {
  watches.set(database, watch);
}

/** Runs `work`, which reads a database, and tells whoever watches over it when it cannot be read. */
export function telling<Result>(database: Database.Database, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    tellDamage(database, error);
    throw error;
  }
}

/** Tells of an error that reading a database threw, if it is one that says so. */
export function tellDamage(database: Database.Database, error: unknown): void {
  if (isUnreadable(error)) watches.get(database)?.damaged(error.code);
}

/** Tells of a row that was skipped. */
export function tellRotten(database: Database.Database, { id, scope }: RottenRow): void {
  watches.get(database)?.rotten({ id, scope });
}

/**
 * Reads a text of the index or of the laws, which this program wrote as JSON. One that is none any more is told of and is `fallback`:
 * the rest of its row goes on being shown until the next start makes the part anew.
 */
export function writtenJson(
  database: Database.Database,
  part: 'search' | 'law',
  text: string,
  fallback: unknown,
): unknown {
  try {
    return JSON.parse(text);
  } catch {
    watches.get(database)?.textRotten(`${part}-text`);
    return fallback;
  }
}
