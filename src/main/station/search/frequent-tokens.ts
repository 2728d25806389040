import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../store/sql.ts';

/** Fewer are counted faster than looked up. */
const FREQUENT = 400;
/** Below so many documents no token is in very many. */
const MANY_DOCUMENTS = 5000;
/** Tokens are counted anew when there are so many times more or fewer documents. */
const CHANGED = 1.25;

/** Whether the counts of frequent tokens are missing, or from a time with many more or fewer documents. */
export function isCountingDue(db: ReadableDb): boolean {
  const documents = documentsIn(db);
  const then = first<{ documents: number }>(db, sql`select documents from search_counted`);
  // What was counted when there were many says nothing about a few.
  if (documents < MANY_DOCUMENTS) return then !== undefined;
  const counted = then?.documents ?? 0;
  return documents > counted * CHANGED || documents * CHANGED < counted;
}

/** Counts the tokens of so many terms at each call, from the first to the last; true when all are counted. */
export function countTokens(db: WritableDb, terms: number): () => boolean {
  const tables = ['search_head_terms', 'search_body_terms'] as const;
  let [at, after] = [0, ''];
  return () =>
    transaction(db, () => {
      if (at === 0 && after === '') forget(db);
      if (documentsIn(db) < MANY_DOCUMENTS) return true;
      const table = tables[at];
      if (table === undefined) return true;
      const last = countFrom(db, table, after, terms);
      [at, after] = last === undefined ? [at + 1, ''] : [at, last];
      if (at < tables.length) return false;
      run(db, sql`insert into search_counted (documents) select count(*) from search_shown`);
      return true;
    });
}

function documentsIn(db: ReadableDb): number {
  return first<{ count: number }>(db, sql`select count(*) as count from search_shown`)?.count ?? 0;
}

function forget(db: WritableDb): void {
  run(db, sql`delete from search_frequent`);
  run(db, sql`delete from search_counted`);
}

/** The last term that was counted; undefined when none is left. */
function countFrom(
  db: WritableDb,
  table: 'search_head_terms' | 'search_body_terms',
  after: string,
  terms: number,
): string | undefined {
  const counts =
    table === 'search_head_terms'
      ? sql`select term, doc from search_head_terms where term > ${after} order by term limit ${terms}`
      : sql`select term, doc from search_body_terms where term > ${after} order by term limit ${terms}`;
  const rows = all<{ term: string; doc: number }>(db, counts);
  for (const { term, doc } of rows)
    if (doc >= FREQUENT)
      run(
        db,
        sql`insert into search_frequent (token, documents) values (${term}, ${doc})
            on conflict (token) do update set documents = documents + excluded.documents`,
      );
  return rows.at(-1)?.term;
}
