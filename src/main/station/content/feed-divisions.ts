import type { FeedCursor } from '#shared/feed/feed-plan.ts';
import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../store/sql.ts';

/** How far a division of the feed is applied, and the digest of the rows that stand for it. */
export interface AppliedDivision extends FeedCursor {
  readonly digest: string;
}

/** How far a division is applied; undefined while its content comes from the deployment's files. */
export function appliedDivision(db: ReadableDb, division: string): AppliedDivision | undefined {
  return first<AppliedDivision>(
    db,
    sql`select epoch, sequence, digest from feed_division where division = ${division}`,
  );
}

/** When a division of the feed last brought something, epoch milliseconds. */
export function appliedAt(db: ReadableDb, division: string): number | undefined {
  return first<{ at: number }>(
    db,
    sql`select applied_at as at from feed_division where division = ${division}`,
  )?.at;
}

/** When the feed, by whatever way, last brought something of any division, epoch milliseconds. */
export function newestAppliedAt(db: ReadableDb): number | undefined {
  const newest = first<{ at: number | null }>(
    db,
    sql`select max(applied_at) as at from feed_division`,
  );
  return newest?.at ?? undefined;
}

/** Notes how far a division is applied, and the digest of its rows as they are; call it in the transaction of its rows. */
export function noteApplied(
  db: WritableDb,
  division: string,
  { epoch, sequence, digest }: AppliedDivision,
  now: number,
): void {
  forgetChanges(db, division);
  run(
    db,
    sql`insert or replace into feed_division (division, epoch, sequence, digest, applied_at)
        values (${division}, ${epoch}, ${sequence}, ${digest}, ${now})`,
  );
}

/** Notes the digest of a division's rows as they are; call it in the transaction in which it was reckoned. */
export function noteDigest(db: WritableDb, division: string, digest: string): void {
  forgetChanges(db, division);
  run(db, sql`update feed_division set digest = ${digest} where division = ${division}`);
}

/** A digest that is noted tells of all that changed before. */
function forgetChanges(db: WritableDb, division: string): void {
  run(
    db,
    sql`delete from digest_change where scope = ${division} or scope glob ${`${division}-*`}`,
  );
}

/** The divisions whose content comes from the feed. */
export function feedDivisions(db: ReadableDb): ReadonlySet<string> {
  const rows = all<{ division: string }>(db, sql`select division from feed_division`);
  return new Set(rows.map(({ division }) => division));
}

/**
 * Gives divisions other than those of `chain` back to the deployment's files, which are read anew: this terminal serves
 * another outlet now, or takes no feed any more.
 */
export function releaseDivisions(db: WritableDb, chain: readonly string[]): void {
  const released = [...feedDivisions(db)].filter((division) => !chain.includes(division));
  if (released.length === 0) return;
  transaction(db, () => {
    run(db, sql`delete from feed_division where division in (${released})`);
    run(db, sql`delete from applied`);
  });
}
