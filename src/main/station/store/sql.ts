import type Database from 'better-sqlite3';
import { tellDamage, telling } from './damage.ts';
import { foldLostLog } from './lost-log.ts';

export type SqlValue = string | number | bigint | null | Buffer;

/** A statement with its parameters, made only by the `sql` tag, so that no value is ever pasted into SQL. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** Tagged template for statements: ``sql`select * from record where id = ${id}` ``; a list fills an `in (…)`. */
export function sql(
  parts: TemplateStringsArray,
  ...values: readonly (SqlValue | readonly SqlValue[])[]
): Sql {
  const text = parts.reduce((before, part, at) => `${before}${marks(values[at - 1])}${part}`);
  return { text, values: values.flat() as SqlValue[] };
}

/** A database for reading; functions that only read ask for this, so that their signature says so. */
export interface ReadableDb {
  readonly read: Database.Database;
}

/** A database for writing; functions that take it are called inside `transaction`. */
export interface WritableDb extends ReadableDb {
  readonly write: Database.Database;
}

/** Lists of many lengths make many texts; the longest unused of so many is let go. */
const KEPT_STATEMENTS = 300;
const statements = new WeakMap<Database.Database, Map<string, Statement>>();
type Statement = Database.Statement<SqlValue[], unknown>;

/** A statement that was prepared before is used again: to prepare one often takes longer than to run it. */
function prepared(database: Database.Database, text: string): Statement {
  const kept = statements.get(database) ?? new Map<string, Statement>();
  statements.set(database, kept);
  const statement = kept.get(text) ?? database.prepare<SqlValue[], unknown>(text);
  // At the end stands what was used last.
  kept.delete(text);
  kept.set(text, statement);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_STATEMENTS && oldest !== undefined) kept.delete(oldest);
  return statement;
}

/** All rows of a query. The caller names the row type; migrations are the place where both are kept in step. */
export function all<Row>(db: ReadableDb, query: Sql): Row[] {
  return telling(db.read, () => prepared(db.read, query.text).all(...query.values) as Row[]);
}

/** The rows of a query one by one, where all of them together would take much memory. Nothing else may be asked meanwhile. */
export function* each<Row>(db: ReadableDb, query: Sql): Iterable<Row> {
  try {
    yield* prepared(db.read, query.text).iterate(...query.values) as Iterable<Row>;
  } catch (error) {
    tellDamage(db.read, error);
    throw error;
  }
}

/** The first row of a query, if any. */
export function first<Row>(db: ReadableDb, query: Sql): Row | undefined {
  return telling(
    db.read,
    () => prepared(db.read, query.text).get(...query.values) as Row | undefined,
  );
}

/** Runs a statement that changes rows; returns how many it changed. */
export function run(db: WritableDb, statement: Sql): number {
  return telling(
    db.write,
    () => prepared(db.write, statement.text).run(...statement.values).changes,
  );
}

/** Runs `work` in one transaction: all of it is kept, or nothing when it throws (invariant 3). */
export function transaction<Result>(db: WritableDb, work: () => Result): Result {
  const result = telling(db.write, () => db.write.transaction(work).immediate());
  if (!db.write.inTransaction) foldLostLog(db.write);
  return result;
}

function marks(value: SqlValue | readonly SqlValue[] | undefined): string {
  return Array.isArray(value) ? value.map(() => '?').join(', ') : '?';
}
