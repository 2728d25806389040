/** A value that a statement may carry. Lists fill `= any(…)`; JSON is handed over as text and cast in the statement. */
export type SqlValue = string | number | boolean | null | readonly string[] | readonly number[];

/** A statement with its parameters, made only by the `sql` tag, so that no value is ever pasted into SQL. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** Tagged template for statements: ``sql`select * from person where id = ${id}` ``. */
export function sql(parts: TemplateStringsArray, ...values: readonly SqlValue[]): Sql {
  const text = parts.reduce((before, part, at) => `${before}$${at}${part}`);
  return { text, values };
}

/** Where statements run: the database, or a transaction of it. */
export interface Db {
  readonly query: (statement: Sql) => Promise<{ readonly rows: unknown[]; readonly count: number }>;
}

/** The district's database, whichever program holds it. */
export interface Database extends Db {
  /** Runs `work` in one transaction: all of it is kept, or nothing when it throws. */
  readonly transaction: <Result>(work: (db: Db) => Promise<Result>) => Promise<Result>;
  /** Runs a file of statements in one transaction with what `after` does. */
  readonly script: (text: string, after: Sql) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** All rows of a query. The caller names the row type; migrations are the place where both are kept in step. */
export async function all<Row>(db: Db, statement: Sql): Promise<Row[]> {
  return (await db.query(statement)).rows as Row[];
}

/** The first row of a query, if any. */
export async function first<Row>(db: Db, statement: Sql): Promise<Row | undefined> {
  const [row] = await all<Row>(db, statement);
  return row;
}

/** Runs a statement that changes rows; tells how many it changed. */
export async function run(db: Db, statement: Sql): Promise<number> {
  return (await db.query(statement)).count;
}

/**
 * What must not happen twice at a time, by name. Held until the transaction ends. PGlite has one connection and needs no
 * lock; PostgreSQL numbers changes rightly only under one (a sequence would be seen before rows that commit late).
 */
const LOCKS = { audit: 1, feed: 2, migrate: 3, people: 4 } as const;

/** Waits until no other transaction holds the lock, and holds it until this one ends. */
export async function lock(db: Db, name: keyof typeof LOCKS): Promise<void> {
  await db.query(sql`select pg_advisory_xact_lock(7341, ${LOCKS[name]})`);
}
