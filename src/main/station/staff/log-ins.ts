import { createHash, randomBytes } from 'node:crypto';
import { StationError } from '#shared/contract/errors.ts';
import type { StaffSession } from '#shared/contract/staff.ts';
import { isSessionAlive, SESSION_LIMITS } from '#shared/staff/session-rule.ts';
import type { Caller } from '../access/caller.ts';
import { all, first, type ReadableDb, run, sql, type WritableDb } from '../store/sql.ts';
import { type PersonRow, personOfId, rolesOf } from './people.ts';

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

/** Begins a log-in on this connection, with a new token; the one that it had before ends. */
export function beginLogIn(db: WritableDb, caller: Caller, person: string, now: number): string {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  endLogIn(db, caller);
  caller.logIn = hashToken(token);
  run(
    db,
    sql`insert into staff_session (token_hash, person, place, origin, created_at, used_at)
        values (${caller.logIn}, ${person}, ${caller.place}, ${caller.origin}, ${now}, ${now})`,
  );
  return token;
}

/** Takes a log-in up on another connection of the same place. Throws `StationError` when there is none that holds. */
export function resumeLogIn(
  db: WritableDb,
  caller: Caller,
  token: string,
  now: number,
): StaffSession {
  const row = find(db, hashToken(token));
  if (row === undefined || row.origin !== caller.origin || row.place !== caller.place)
    throw new StationError('not-signed-in');
  caller.logIn = row.token_hash;
  const session = sessionOf(db, caller, now, { isAct: false });
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
  now: number,
  { isAct }: { readonly isAct: boolean },
): StaffSession | undefined {
  if (caller.logIn === undefined) return undefined;
  const row = find(db, caller.logIn);
  const person = row && personOfId(db, row.person);
  if (person === undefined || row === undefined || person.active === 0 || !isAlive(row, now)) {
    endLogIn(db, caller);
    return undefined;
  }
  if (isAct && now - row.used_at > NOTE_EVERY_MS)
    run(db, sql`update staff_session set used_at = ${now} where token_hash = ${row.token_hash}`);
  return sessionView(person);
}

export function sessionView(person: PersonRow): StaffSession {
  return {
    person: person.id,
    name: person.name,
    roles: rolesOf(person),
    mustChange: person.one_time_until !== null,
  };
}

/** Log-ins that hold, newest first; those that have run out are swept away. */
export function listLogIns(db: WritableDb, now: number) {
  const rows = all<LogInRow & { readonly name: string }>(
    db,
    sql`select s.*, p.name from staff_session s join staff_person p on p.id = s.person order by s.created_at desc`,
  );
  for (const row of rows.filter((one) => !isAlive(one, now)))
    run(db, sql`delete from staff_session where token_hash = ${row.token_hash}`);
  return rows
    .filter((row) => isAlive(row, now))
    .map((row) => ({
      id: row.token_hash,
      person: row.person,
      name: row.name,
      place: row.origin,
      createdAt: row.created_at,
      usedAt: row.used_at,
    }));
}

/** People with a log-in that holds, wherever. */
export function peopleLoggedIn(db: WritableDb, now: number): ReadonlySet<string> {
  return new Set(listLogIns(db, now).map((logIn) => logIn.person));
}

/** Ends somebody's log-in; false when there is none of that id. */
export function killLogIn(db: WritableDb, id: string): boolean {
  return run(db, sql`delete from staff_session where token_hash = ${id}`) > 0;
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
