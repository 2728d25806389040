import {
  ACCOUNT_DELAY,
  type DelayRule,
  type Failures,
  ORIGIN_DELAY,
  oneMoreFailure,
  settleClock,
  waitOf,
} from '#shared/staff/growing-delay.ts';
import { first, type ReadableDb, run, sql, type WritableDb } from '../store/sql.ts';

/** Whose tries are counted. */
export interface Tried {
  /** Absent where there are no accounts: at pairing. */
  readonly account?: string | undefined;
  readonly origin: string;
}

/** Milliseconds until a try is heard, for the account and for the place it comes from. */
export function waitFor(db: WritableDb, tried: Tried, now: number): number {
  return Math.max(
    ...subjectsOf(tried).map(([subject, rule]) => waitOf(readSettled(db, subject, now), now, rule)),
  );
}

/** Counts a failure of both, before the secret is even looked at: pulling the plug in between is no free try. */
export function countFailure(db: WritableDb, tried: Tried, now: number): void {
  const oldest = now - Math.max(ACCOUNT_DELAY.forgetAfterMs, ORIGIN_DELAY.forgetAfterMs);
  run(db, sql`delete from staff_failure where last_at < ${oldest}`);
  for (const [subject, rule] of subjectsOf(tried))
    write(db, subject, oneMoreFailure(read(db, subject), now, rule));
}

/** A try that succeeded: the account's failures are forgotten, and the place's one that was counted for it. */
export function forgetFailure(db: WritableDb, tried: Tried): void {
  run(db, sql`delete from staff_failure where subject = ${`account:${tried.account ?? ''}`}`);
  run(
    db,
    sql`update staff_failure set count = max(0, count - 1) where subject = ${`origin:${tried.origin}`}`,
  );
}

function subjectsOf({ account, origin }: Tried): readonly (readonly [string, DelayRule])[] {
  const place = [`origin:${origin}`, ORIGIN_DELAY] as const;
  return account === undefined ? [place] : [[`account:${account}`, ACCOUNT_DELAY], place];
}

function readSettled(db: WritableDb, subject: string, now: number): Failures | undefined {
  const kept = read(db, subject);
  const settled = settleClock(kept, now);
  if (settled !== undefined && settled !== kept) write(db, subject, settled);
  return settled;
}

function read(db: ReadableDb, subject: string): Failures | undefined {
  return first(
    db,
    sql`select count, last_at as lastAt from staff_failure where subject = ${subject}`,
  );
}

function write(db: WritableDb, subject: string, { count, lastAt }: Failures): void {
  run(
    db,
    sql`insert into staff_failure (subject, count, last_at) values (${subject}, ${count}, ${lastAt})
        on conflict (subject) do update set count = ${count}, last_at = ${lastAt}`,
  );
}
