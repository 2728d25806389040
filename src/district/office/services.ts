import { randomUUID } from 'node:crypto';
import {
  type NewService,
  SERVICE_DAYS,
  SERVICE_KEY_PREFIX,
  type ServiceAccount,
} from '#shared/office/service-account.ts';
import { addDays, localMoment } from '#shared/time/local-date.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { type District, timeText } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { all, type Db, first, run, sql } from '../store/sql.ts';
import { countTry } from '../terminals/failures.ts';
import { newToken, tokenHash } from './people.ts';

/** A program that proved which account is its own. */
export type Service = Pick<ServiceAccount, 'id' | 'name' | 'rights' | 'divisions'>;

interface Row extends Service {
  readonly lastDay: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
  readonly usedAt: number | null;
}

/** Use is noted at most this often. */
const NOTE_MS = 60_000;
const WRONG_DAY = '有效期最早到今天，最长一年。';

/** All accounts, newest first. */
export async function listServices({ database, now }: District): Promise<ServiceAccount[]> {
  const rows = await all<Row>(
    database,
    sql`select id, name, rights, divisions, last_day as "lastDay", created_at as "createdAt", revoked_at as "revokedAt",
               used_at as "usedAt" from service order by created_at desc, id`,
  );
  return rows.map(({ createdAt, revokedAt, usedAt, ...account }) => ({
    ...account,
    state: stateOf({ revokedAt, lastDay: account.lastDay }, now()),
    createdAt: timeText(createdAt),
    ...(usedAt === null ? {} : { usedAt: timeText(usedAt) }),
  }));
}

/** What an account may ask about. Throws `not-found`. */
export async function divisionsOfService(db: Db, id: string): Promise<readonly string[]> {
  const row = await first<Service>(db, sql`select divisions from service where id = ${id}`);
  if (row === undefined) throw new DistrictFault('not-found');
  return row.divisions;
}

/** Makes an account. Gives its key, of which only a hash is kept. Throws `bad-input` for a day that is over or too far away. */
export async function makeService(
  { database, now }: District,
  { name, rights, divisions, lastDay }: NewService,
  actor: string,
): Promise<string> {
  const at = now();
  const today = localMoment(at).date;
  if (lastDay < today || lastDay > addDays(today, SERVICE_DAYS))
    throw new DistrictFault('bad-input', WRONG_DAY);
  const id = randomUUID();
  const key = `${SERVICE_KEY_PREFIX}${newToken()}`;
  await database.transaction(async (db) => {
    await run(
      db,
      sql`insert into service (id, name, rights, divisions, key_hash, created_at, last_day)
          values (${id}, ${name}, ${rights}, ${divisions}, ${tokenHash(key)}, ${at}, ${lastDay})`,
    );
    const detail = [...rights, ...divisions, lastDay].join(' ');
    await writeAct(db, { at, actor, action: 'service-created', subject: id, detail });
  });
  return key;
}

/** Ends a key from the next request on. Throws `changed` when it was ended before. */
export async function revokeService(
  { database, now }: District,
  id: string,
  actor: string,
): Promise<void> {
  const at = now();
  await database.transaction(async (db) => {
    const revoked = await run(
      db,
      sql`update service set revoked_at = ${at} where id = ${id} and revoked_at is null`,
    );
    if (revoked === 0) throw new DistrictFault('changed');
    await writeAct(db, { at, actor, action: 'service-revoked', subject: id });
  });
}

/**
 * Whose key this is. Throws `not-signed-in`, the same whatever was wrong with it, or `too-many` after five wrong ones from an address. A
 * key of 256 bits is not guessed, so the right one is never counted and never locked: programs behind one address do not stop each other.
 */
export async function provenService(
  district: District,
  key: string,
  address: string,
): Promise<Service> {
  const { database, now } = district;
  const at = now();
  const row = await first<Row>(
    database,
    sql`select id, name, rights, divisions, last_day as "lastDay", revoked_at as "revokedAt", used_at as "usedAt"
        from service where key_hash = ${tokenHash(key)}`,
  );
  if (row === undefined || stateOf(row, at) !== 'active')
    throw await refusal(district, row?.id ?? '', address);
  if ((row.usedAt ?? 0) < at - NOTE_MS)
    await run(database, sql`update service set used_at = ${at} where id = ${row.id}`);
  const { id, name, rights, divisions } = row;
  return { id, name, rights, divisions };
}

/** Counts a wrong key and notes it in the trail; throws `too-many` instead while the address is locked. */
async function refusal(
  { database, now }: District,
  subject: string,
  detail: string,
): Promise<DistrictFault> {
  const { isLast } = await countTry(database, `service:${detail}`, now());
  const action = isLast ? 'service-locked' : 'service-refused';
  await database.transaction((db) =>
    writeAct(db, { at: now(), actor: 'server', action, subject, detail }),
  );
  return new DistrictFault('not-signed-in', '密钥不对，或者已经到期、停用。');
}

function stateOf(
  { revokedAt, lastDay }: Pick<Row, 'revokedAt' | 'lastDay'>,
  at: number,
): ServiceAccount['state'] {
  if (revokedAt !== null) return 'revoked';
  return lastDay < localMoment(at).date ? 'expired' : 'active';
}
