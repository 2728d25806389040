import type { Me } from '#shared/office/office-views.ts';
import { writeAct } from '../audit/audit-trail.ts';
import type { District } from '../district.ts';
import { first, run, sql } from '../store/sql.ts';
import { meOf, newToken, tokenHash } from './people.ts';

/** A log-in ends when nobody used it for so long… */
const IDLE_MS = 30 * 60_000;
/** …and in any case after a working day. */
const LONGEST_MS = 12 * 3_600_000;
/** Use is noted at most this often. */
const NOTE_MS = 60_000;

/** Begins a log-in; the token is new each time. */
export async function beginLogIn(district: District, me: Me, address: string): Promise<string> {
  const token = newToken();
  const at = district.now();
  await district.database.transaction(async (db) => {
    await run(
      db,
      sql`delete from office_session where used_at <= ${at - IDLE_MS} or created_at <= ${at - LONGEST_MS}`,
    );
    await run(
      db,
      sql`insert into office_session (token_hash, person, address, created_at, used_at)
          values (${tokenHash(token)}, ${me.id}, ${address}, ${at}, ${at})`,
    );
    await writeAct(db, { at, actor: me.id, action: 'logged-in', subject: me.id });
  });
  return token;
}

/** Whose log-in a token is, if it still holds. */
export async function loggedIn(district: District, token: string): Promise<Me | undefined> {
  const { database, now } = district;
  const at = now();
  const row = await first<Me & { usedAt: number }>(
    database,
    sql`select person.id, account, name, roles, divisions, used_at as "usedAt"
        from office_session join person on person.id = person
        where token_hash = ${tokenHash(token)} and active and used_at > ${at - IDLE_MS}
        and office_session.created_at > ${at - LONGEST_MS}`,
  );
  if (row === undefined) return undefined;
  if (row.usedAt < at - NOTE_MS)
    await run(
      database,
      sql`update office_session set used_at = ${at} where token_hash = ${tokenHash(token)}`,
    );
  return meOf(row);
}

/** Ends a log-in. */
export async function endLogIn(district: District, token: string): Promise<void> {
  await district.database.transaction(async (db) => {
    const ended = await first<{ person: string }>(
      db,
      sql`delete from office_session where token_hash = ${tokenHash(token)} returning person`,
    );
    if (ended === undefined) return;
    const { person } = ended;
    const at = district.now();
    await writeAct(db, { at, actor: person, action: 'logged-out', subject: person });
  });
}
