import type Database from 'better-sqlite3';

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

/** All rows of a query. The caller names the row type; migrations are the place where both are kept in step. */
export function all<Row>(db: ReadableDb, query: Sql): Row[] {
  return db.read.prepare<SqlValue[], Row>(query.text).all(...query.values);
}

/** The first row of a query, if any. */
export function first<Row>(db: ReadableDb, query: Sql): Row | undefined {
  return db.read.prepare<SqlValue[], Row>(query.text).get(...query.values);
}

/** Runs a statement that changes rows; returns how many it changed. */
export function run(db: WritableDb, statement: Sql): number {
  return db.write.prepare<SqlValue[]>(statement.text).run(...statement.values).changes;
}

/** Runs `work` in one transaction: all of it is kept, or nothing when it throws (invariant 3). */
export function transaction<Result>(db: WritableDb, work: () => Result): Result {
  return db.write.transaction(work).immediate();
}

function marks(value: SqlValue | readonly SqlValue[] | undefined): string {
  return Array.isArray(value) ? value.map(() => '?').join(', ') : '?';
}
