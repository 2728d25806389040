import { hash } from 'node:crypto';
import { addedDigest, changedDigest, digestOf, EMPTY_DIGEST } from '#shared/feed/rows-digest.ts';
import { all, type ReadableDb, sql, transaction, type WritableDb } from '../store/sql.ts';
import { eachOfDivision, nextOfDivision } from './content-store.ts';
import { appliedDivision, noteDigest } from './feed-divisions.ts';

const sha256 = (text: string) => hash('sha256', text);

/** The digest of a division's rows, from all of them (docs/protocol.md, 2.7). */
export function reckonedDigest(db: ReadableDb, division: string): string {
  return digestOf(eachOfDivision(db, division), sha256);
}

interface ChangedRecord {
  readonly id: string;
  readonly scope: string;
  /** The version that the noted digest tells of. */
  readonly was: number | null;
  readonly now: number | null;
}

/**
 * The same from the noted digest and the rows that changed since, whoever changed them: the work is that of the changes. What changed
 * without SQLite, in the file itself, it does not see (`proveDivision`). Undefined where the feed gave nothing.
 */
export function standingDigest(db: ReadableDb, division: string): string | undefined {
  const noted = appliedDivision(db, division)?.digest;
  if (noted === undefined) return undefined;
  const changed = all<ChangedRecord>(
    db,
    sql`select id, scope, was,
          (select version from source_record where id = digest_change.id and scope = digest_change.scope) as now
        from digest_change where scope = ${division} or scope glob ${`${division}-*`}`,
  );
  return changed.reduce((digest, { id, scope, was, now }) => {
    const without =
      was === null ? digest : changedDigest(digest, 'remove', { id, scope, version: was }, sha256);
    return now === null
      ? without
      : changedDigest(without, 'add', { id, scope, version: now }, sha256);
  }, noted);
}

/** Whether a division has all rows that the feed gave, as far as SQLite knows; so is one that the feed gave nothing. */
export function isWhole(db: ReadableDb, division: string): boolean {
  return standingDigest(db, division) === appliedDivision(db, division)?.digest;
}

/** So many rows are read at a time: a few milliseconds, after which the host answers whoever asks meanwhile. */
const AT_A_TIME = 500;

/**
 * Reads all rows of a division, with `pause` between steps, and finds out whether their digest is the standing one. Where it is
 * not, the rows' own is noted, so that the next look at the feed sees that they are not the district's; false then.
 */
export async function proveDivision(
  db: WritableDb,
  division: string,
  pause: () => Promise<void>,
): Promise<boolean> {
  if ((await digestInSteps(db, division, pause)) === standingDigest(db, division)) return true;
  // Once more in one piece: something may have changed between two steps.
  return transaction(db, () => {
    const digest = reckonedDigest(db, division);
    if (digest === standingDigest(db, division)) return true;
    noteDigest(db, division, digest);
    return false;
  });
}

async function digestInSteps(
  db: ReadableDb,
  division: string,
  pause: () => Promise<void>,
): Promise<string> {
  let digest = EMPTY_DIGEST;
  let last: { readonly id: string; readonly scope: string } | undefined = { id: '', scope: '' };
  while (last !== undefined) {
    const rows = nextOfDivision(db, division, last, AT_A_TIME);
    digest = addedDigest(digest, rows, sha256);
    last = rows.at(-1);
    await pause();
  }
  return digest;
}
