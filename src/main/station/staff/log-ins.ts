import { createHash, randomBytes } from 'node:crypto';
import { StationError } from '#shared/contract/errors.ts';
import type { StaffSession } from '#shared/contract/staff.ts';
import { isSessionAlive, SESSION_LIMITS } from '#shared/staff/session-rule.ts';
import type { Caller } from '../access/caller.ts';
import { all, first, type ReadableDb, run, sql, type WritableDb } from '../store/sql.ts';
import { nameAmongColleagues, type PersonRow, personOfId, rolesOf } from './people.ts';

const TOKEN_BYTES = 32;
/** Use is noted at most this often: every note is a write to disk. */
const NOTE_EVERY_MS = 30_000;

interface LogInRow {
  readonly token_hash: string;
  readonly person: string;
  readonly place: string;
  readonly origin: string;
  readonly created_at: number;
  readonly used_at: number;
}

/** The moment at which a log-in is looked at. */
export interface LogInMoment {
  readonly now: number;
  /** On a clock that nobody sets, and that goes on while the computer sleeps; in milliseconds. */
  readonly uptime: number;
  /** When uses were last noted, on that clock; since this program started. */
  readonly uses: Map<string, number>;
}

/** Begins a log-in on this connection, with a new token; the one that it had before ends. */
export function beginLogIn(
  db: WritableDb,
  caller: Caller,
  person: string,
  { now, uptime, uses }: LogInMoment,
): string {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  endLogIn(db, caller);
  caller.logIn = hashToken(token);
  run(
    db,
    sql`insert into staff_session (token_hash, person, place, origin, created_at, used_at)
        values (${caller.logIn}, ${person}, ${caller.place}, ${caller.origin}, ${now}, ${now})`,
  );
  uses.set(caller.logIn, uptime);
  return token;
}

/** Takes a log-in up on another connection of the same place. Throws `StationError` when there is none that holds. */
export function resumeLogIn(
  db: WritableDb,
  caller: Caller,
  token: string,
  moment: LogInMoment,
): StaffSession {
  const row = find(db, hashToken(token));
  if (row === undefined || row.origin !== caller.origin || row.place !== caller.place)
    throw new StationError('not-signed-in');
  caller.logIn = row.token_hash;
  const session = sessionOf(db, caller, moment, { isAct: false });
  if (session === undefined) throw new StationError('not-signed-in');
  return session;
}

/** Ends the log-in of a connection, if there is one. */
export function endLogIn(db: WritableDb, caller: Caller): void {
  if (caller.logIn !== undefined)
    run(db, sql`delete from staff_session where token_hash = ${caller.logIn}`);
  caller.logIn = undefined;
}

/** Who is logged in on a connection. Only what a person does counts as use: a page alone must not keep a log-in alive. */
export function sessionOf(
  db: WritableDb,
  caller: Caller,
  moment: LogInMoment,
  { isAct }: { readonly isAct: boolean },
): StaffSession | undefined {
  if (caller.logIn === undefined) return undefined;
  const { now, uptime, uses } = moment;
  const found = find(db, caller.logIn);
  const row = found && withClock(db, found, moment);
  const person = row && personOfId(db, row.person);
  if (person === undefined || row === undefined || person.active === 0 || !isAlive(row, now)) {
    endLogIn(db, caller);
    return undefined;
  }
  if (isAct && now - row.used_at > NOTE_EVERY_MS) {
    run(db, sql`update staff_session set used_at = ${now} where token_hash = ${row.token_hash}`);
    uses.set(row.token_hash, uptime);
  }
  return sessionView(db, person);
}

export function sessionView(db: ReadableDb, person: PersonRow): StaffSession {
  return {
    person: person.id,
    name: nameAmongColleagues(db, person),
    roles: rolesOf(person),
    mustChange: person.one_time_until !== null,
  };
}

/** Log-ins that hold, newest first; those that have run out are swept away. */
export function listLogIns(db: WritableDb, moment: LogInMoment) {
  const { now } = moment;
  const rows = all<LogInRow & { readonly name: string; readonly account: string }>(
    db,
    sql`select s.*, p.name, p.account from staff_session s join staff_person p on p.id = s.person order by s.created_at desc`,
  ).map((row) => ({ ...row, ...withClock(db, row, moment) }));
  for (const row of rows.filter((one) => !isAlive(one, now))) {
    moment.uses.delete(row.token_hash);
    run(db, sql`delete from staff_session where token_hash = ${row.token_hash}`);
  }
  return rows
    .filter((row) => isAlive(row, now))
    .map((row) => ({
      id: row.token_hash,
      person: row.person,
      name: nameAmongColleagues(db, { ...row, id: row.person }),
      place: row.origin,
      createdAt: row.created_at,
      usedAt: row.used_at,
    }));
}

/** People with a log-in that holds, wherever. */
export function peopleLoggedIn(db: WritableDb, moment: LogInMoment): ReadonlySet<string> {
  return new Set(listLogIns(db, moment).map((logIn) => logIn.person));
}

/** Ends somebody's log-in; false when there is none of that id. */
export function killLogIn(db: WritableDb, id: string): boolean {
  return run(db, sql`delete from staff_session where token_hash = ${id}`) > 0;
}

/** By so much the clocks may differ. */
const EVEN_WITHIN_MS = 60_000;

/**
 * A log-in is as old as the computer's uptime says, while this program saw its last use: when the clock was set since, forward or
 * back, its times are set with it. After a restart only the clock is left.
 */
function withClock(db: WritableDb, row: LogInRow, { now, uptime, uses }: LogInMoment): LogInRow {
  const used = uses.get(row.token_hash);
  const setBy = used === undefined ? 0 : now - (uptime - used) - row.used_at;
  if (Math.abs(setBy) <= EVEN_WITHIN_MS) return row;
  const set = { ...row, used_at: row.used_at + setBy, created_at: row.created_at + setBy };
  run(
    db,
    sql`update staff_session set used_at = ${set.used_at}, created_at = ${set.created_at} where token_hash = ${row.token_hash}`,
  );
  return set;
}

function isAlive(row: LogInRow, now: number): boolean {
  const limits = SESSION_LIMITS[row.place === 'terminal' ? 'terminal' : 'lan'];
  return isSessionAlive({ createdAt: row.created_at, usedAt: row.used_at }, now, limits);
}

function find(db: ReadableDb, hash: string): LogInRow | undefined {
  return first(db, sql`select * from staff_session where token_hash = ${hash}`);
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
