import { z } from 'zod';
import { writeAudit } from '../store/audit.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { first, type ReadableDb, run, sql, transaction, type WritableDb } from '../store/sql.ts';
import { isAnswer, makeChallenge, makeRecoveryKey } from './recovery-code.ts';

const SETTING = 'staff-recovery';
/** Time to reach somebody at the district by telephone. */
export const CHALLENGE_MINUTES = 30;
const MAX_TRIES = 5;

const settingSchema = z.object({ key: z.string().min(40) });

/**
 * Makes a new recovery key; codes of the old one are worth nothing any more. `handOver` puts it where the district gets it from:
 * when it throws, the old key stays.
 */
export function renewRecoveryKey(
  db: WritableDb,
  now: number,
  handOver: (key: string) => void = () => {},
): string {
  const key = makeRecoveryKey();
  transaction(db, () => {
    handOver(key);
    writeSetting(db, SETTING, { key }, now);
    run(db, sql`delete from staff_challenge`);
    writeAudit(db, { at: now, actor: 'technician', action: 'recovery-key-made', subject: 'staff' });
  });
  return key;
}

/** Begins a recovery: a new code for somebody, which replaces the one before. */
export function beginRecovery(db: WritableDb, person: string, now: number): string {
  const code = makeChallenge();
  const until = now + CHALLENGE_MINUTES * 60_000;
  transaction(db, () => {
    run(
      db,
      sql`insert into staff_challenge (person, code, expires_at, tries) values (${person}, ${code}, ${until}, 0)
          on conflict (person) do update set code = ${code}, expires_at = ${until}, tries = 0`,
    );
    writeAudit(db, { at: now, actor: 'nobody', action: 'staff-recovery-begun', subject: person });
  });
  return code;
}

/**
 * Whether an answer is the district's for the code of this person. A code is good for one right answer, for five tries,
 * and for half an hour; a clock that went back to before it was made ends it, too.
 */
export function takeAnswer(
  db: WritableDb,
  { station, person, account }: { station: string; person: string; account: string },
  typed: string,
  now: number,
): boolean {
  const key = recoveryKey(db);
  const kept = first<{ code: string; expires_at: number; tries: number }>(
    db,
    sql`select code, expires_at, tries from staff_challenge where person = ${person}`,
  );
  if (key === undefined || kept === undefined) return false;
  const begun = kept.expires_at - CHALLENGE_MINUTES * 60_000;
  if (kept.tries >= MAX_TRIES || now >= kept.expires_at || now < begun) return false;
  run(db, sql`update staff_challenge set tries = tries + 1 where person = ${person}`);
  if (!isAnswer(key, { station, account, challenge: kept.code }, typed)) return false;
  run(db, sql`delete from staff_challenge where person = ${person}`);
  return true;
}

/** Whether the district can answer a code of this terminal at all. */
export const hasRecoveryKey = (db: ReadableDb): boolean => recoveryKey(db) !== undefined;

function recoveryKey(db: ReadableDb): string | undefined {
  const setting = settingSchema.safeParse(readSetting(db, SETTING));
  return setting.success ? setting.data.key : undefined;
}
