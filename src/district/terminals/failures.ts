import { DistrictFault } from '../district-fault.ts';
import { type Db, first, run, sql } from '../store/sql.ts';

/** So many wrong tries… */
const ALLOWED = 5;
/** …lock for so long after the last one. */
const LOCK_MS = 3_600_000;

/** Throws `too-many` while too many tries failed for this address or account. */
export async function refuseIfLocked(
  db: Db,
  subject: string,
  now: number,
  allowed = ALLOWED,
): Promise<void> {
  const row = await first<{ count: number; lastAt: number }>(
    db,
    sql`select count, last_at as "lastAt" from failure where subject = ${subject}`,
  );
  if (row === undefined || row.count < allowed || row.lastAt + LOCK_MS <= now) return;
  const seconds = Math.ceil((row.lastAt + LOCK_MS - now) / 1000);
  throw new DistrictFault('too-many', undefined, seconds);
}

/** Counts a try that failed. Tries before a quiet hour are forgotten. */
export async function countFailure(db: Db, subject: string, now: number): Promise<void> {
  await run(db, sql`delete from failure where last_at <= ${now - LOCK_MS}`);
  await run(
    db,
    sql`insert into failure (subject, count, last_at) values (${subject}, 1, ${now})
        on conflict (subject) do update set count = failure.count + 1, last_at = ${now}`,
  );
}

/** Forgets the tries of somebody who succeeded. */
export async function forgetFailures(db: Db, subject: string): Promise<void> {
  await run(db, sql`delete from failure where subject = ${subject}`);
}
