import { DistrictFault } from '../district-fault.ts';
import { type Db, first, run, sql } from '../store/sql.ts';

/** So many wrong tries… */
const ALLOWED = 5;
/** …lock for so long after the last one. */
const LOCK_MS = 3_600_000;

/**
 * Counts a try before it is looked at, so that tries at the same time are no way around the limit; throws `too-many`, and counts
 * nothing, while too many failed for this address or account: whoever tries while it is locked does not lock it for longer. Tries
 * before a quiet hour are forgotten. `isLast`: when this one fails, no more are taken.
 */
export async function countTry(
  db: Db,
  subject: string,
  now: number,
  allowed = ALLOWED,
): Promise<{ readonly isLast: boolean }> {
  await run(db, sql`delete from failure where last_at <= ${now - LOCK_MS}`);
  const row = await first<{ count: number }>(
    db,
    sql`insert into failure (subject, count, last_at) values (${subject}, 1, ${now})
        on conflict (subject) do update set count = failure.count + 1, last_at = ${now}
        where failure.count < ${allowed} returning count`,
  );
  if (row !== undefined) return { isLast: row.count === allowed };
  const locked = await first<{ lastAt: number }>(
    db,
    sql`select last_at as "lastAt" from failure where subject = ${subject}`,
  );
  const seconds = Math.ceil(((locked?.lastAt ?? now) + LOCK_MS - now) / 1000);
  const told = `试错的次数太多，请过 ${Math.ceil(seconds / 60)} 分钟再试。`;
  throw new DistrictFault('too-many', told, seconds);
}

/** Takes back the count of a try that was no guess. */
export async function uncountTry(db: Db, subject: string): Promise<void> {
  await run(db, sql`update failure set count = count - 1 where subject = ${subject} and count > 0`);
}

/** Forgets the tries of somebody who succeeded. */
export async function forgetFailures(db: Db, subject: string): Promise<void> {
  await run(db, sql`delete from failure where subject = ${subject}`);
}
