import type { ContentRecord } from '#shared/content/envelope.ts';
import { NOTING, noteDivision } from '../search/search-index.ts';
import { whileResting } from '../store/resting-triggers.ts';
import { all, type ReadableDb, sql, type WritableDb } from '../store/sql.ts';

/** For a file of large pages; SQLite's own measure would be 16 MB for each. */
const CACHE_KB = 1024;

/**
 * Attaches database files while `work` runs and hands it the names under which their tables are found. SQLite lets go of none within
 * a transaction: `work` holds the whole of one.
 */
export function withAttached<Result>(
  db: WritableDb,
  files: readonly string[],
  work: (names: readonly string[]) => Result,
): Result {
  const names: string[] = [];
  try {
    for (const [at, file] of files.entries()) {
      db.write.prepare(`attach ? as ready_${at}`).run(file);
      names.push(`ready_${at}`);
      // Read through from beginning to end: pages that were read are not needed again.
      db.write.pragma(`ready_${at}.cache_size = -${CACHE_KB}`);
    }
    return work(names);
  } finally {
    for (const name of names) db.write.exec(`detach ${name}`);
  }
}

/** Notes what changed since the digest was noted: nothing is left of that where it is reckoned anew from all rows. */
const DIGEST_NOTING = 'digest_record_comes';

/**
 * Copies the records of proven ready-made files, attached under `names`, as far as the division has none of the same name; gives the
 * others, for the caller to put in place one by one. Call it in a transaction before any other change to the division, and reckon the
 * division's digest anew in the same.
 */
export function copyReady(
  db: WritableDb,
  division: string,
  names: readonly string[],
): ContentRecord[] {
  if (names.length === 0) return [];
  const known = knownNames(db, division);
  const list = JSON.stringify(known);
  const met = known.length === 0 ? [] : names.flatMap((name) => textsOf(db, name, list));
  whileResting(db, [NOTING, DIGEST_NOTING], () => {
    for (const name of names) copyAll(db, name, list);
  });
  noteDivision(db, division);
  return met.map((text) => JSON.parse(text) as ContentRecord);
}

const NAME = `(envelope ->> 'id', envelope ->> 'scope')`;
/** A list of names, handed over as one value. */
const KNOWN = `(select value ->> 0, value ->> 1 from json_each(?))`;

/** Everything beside the text is read out of it. Two records of one name break the transaction off. */
function copyAll(db: WritableDb, from: string, known: string): void {
  db.write
    .prepare(
      `insert into record (id, scope, kind, version, effective_from, valid_until, published_at, envelope)
       select envelope ->> 'id', envelope ->> 'scope', envelope ->> 'kind', envelope ->> 'version',
              envelope ->> 'effectiveFrom', envelope ->> 'validUntil', envelope ->> 'publishedAt', envelope
       from ${from}.record where ${NAME} not in ${KNOWN} order by rowid`,
    )
    .run(known);
}

function textsOf(db: ReadableDb, from: string, known: string): string[] {
  return db.read
    .prepare<[string], string>(`select envelope from ${from}.record where ${NAME} in ${KNOWN}`)
    .pluck()
    .all(known);
}

/** The names of all records of a division that stand here, whether the station or their source has them so. */
function knownNames(db: ReadableDb, division: string): (readonly [string, string])[] {
  const within = `${division}-*`;
  const rows = all<{ id: string; scope: string }>(
    db,
    sql`select id, scope from record where scope = ${division} or scope glob ${within}
        union select id, scope from local_record where scope = ${division} or scope glob ${within}`,
  );
  return rows.map(({ id, scope }) => [id, scope]);
}
