import { randomInt, randomUUID } from 'node:crypto';
import { StationError } from '#shared/contract/errors.ts';
import type { StaffPerson } from '#shared/contract/staff.ts';
import type { StaffRole } from '#shared/staff/roles.ts';
import { secretFault } from '#shared/staff/secret-rule.ts';
import { writeAudit } from '../store/audit.ts';
import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../store/sql.ts';
import { hashSecret } from './secret-hash.ts';

/** A PIN given by somebody else is good for a day. */
const ONE_TIME_MS = 24 * 3_600_000;
const ONE_TIME_DIGITS = 8;

/** A row of `staff_person`. */
export interface PersonRow {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly roles: string;
  readonly active: number;
  readonly secret: string;
  readonly one_time_until: number | null;
}

/** What is needed to look after accounts. */
export interface AccountChange {
  readonly db: WritableDb;
  /** Who does it: a person's id, or `technician` on the command line. */
  readonly actor: string;
  readonly now: number;
}

export const rolesOf = (row: Pick<PersonRow, 'roles'>) => JSON.parse(row.roles) as StaffRole[];

export function personOfAccount(db: ReadableDb, account: string): PersonRow | undefined {
  return first(db, sql`select * from staff_person where account = ${account}`);
}

export function personOfId(db: ReadableDb, id: string): PersonRow | undefined {
  return first(db, sql`select * from staff_person where id = ${id}`);
}

/** The name by which colleagues know a person: with the account where somebody else who may log in has the same name. */
export function nameAmongColleagues(
  db: ReadableDb,
  { id, name, account }: Pick<PersonRow, 'id' | 'name' | 'account'>,
): string {
  const other = sql`select id from staff_person where name = ${name} and active = 1 and id <> ${id}`;
  return first(db, other) === undefined ? name : `${name}（${account}）`;
}

export function listPeople(db: ReadableDb): StaffPerson[] {
  return all<PersonRow>(db, sql`select * from staff_person order by account`).map(personView);
}

export function personView(row: PersonRow): StaffPerson {
  return {
    id: row.id,
    account: row.account,
    name: row.name,
    roles: rolesOf(row),
    active: row.active === 1,
    mustChange: row.one_time_until !== null,
  };
}

/** Adds somebody with a one-time PIN. Throws `StationError` `taken` when the account is there. */
export async function addPerson(
  { db, actor, now }: AccountChange,
  person: { readonly account: string; readonly name: string; readonly roles: readonly StaffRole[] },
): Promise<{ person: StaffPerson; oneTimePin: string }> {
  const id = randomUUID();
  const { oneTimePin, secret, until } = await oneTimeSecret(person.account, now);
  transaction(db, () => {
    if (personOfAccount(db, person.account) !== undefined) throw new StationError('taken');
    run(
      db,
      sql`insert into staff_person (id, account, name, roles, active, secret, one_time_until, created_at, changed_at)
          values (${id}, ${person.account}, ${person.name}, ${JSON.stringify(person.roles)}, 1, ${secret}, ${until}, ${now}, ${now})`,
    );
    writeAudit(db, { at: now, actor, action: 'staff-added', subject: id });
  });
  return { person: viewOf(db, id), oneTimePin };
}

/** Changes name, roles, and whether the account may be used; somebody who may not any more is logged out. */
export function changePerson(
  { db, actor, now }: AccountChange,
  {
    id,
    name,
    roles,
    active,
  }: Pick<StaffPerson, 'id' | 'name' | 'active'> & { readonly roles: readonly StaffRole[] },
): StaffPerson {
  transaction(db, () => {
    const changed = run(
      db,
      sql`update staff_person set name = ${name}, roles = ${JSON.stringify(roles)}, active = ${active ? 1 : 0}, changed_at = ${now} where id = ${id}`,
    );
    if (changed === 0) throw new StationError('not-found');
    if (!hasActive(db, 'technician') && !hasActive(db, 'station-head'))
      throw new StationError('not-allowed');
    if (!active) run(db, sql`delete from staff_session where person = ${id}`);
    writeAudit(db, {
      at: now,
      actor,
      action: active ? 'staff-changed' : 'staff-ended',
      subject: id,
    });
  });
  return viewOf(db, id);
}

/** Nobody must be able to lock the last one out who can let people in. */
function hasActive(db: ReadableDb, role: StaffRole): boolean {
  return listPeople(db).some((person) => person.active && person.roles.includes(role));
}

/** Gives a one-time PIN to somebody who lost theirs, and ends their log-ins. */
export async function resetSecret(
  { db, actor, now }: AccountChange,
  id: string,
): Promise<{ person: StaffPerson; oneTimePin: string }> {
  const row = personOfId(db, id);
  if (row === undefined) throw new StationError('not-found');
  const { oneTimePin, secret, until } = await oneTimeSecret(row.account, now);
  transaction(db, () => {
    storeSecret(db, id, secret, until, now);
    writeAudit(db, { at: now, actor, action: 'staff-secret-reset', subject: id });
  });
  return { person: viewOf(db, id), oneTimePin };
}

/** Puts a new secret in place; log-ins with the old one end, failed tries of it are forgotten. */
export function storeSecret(
  db: WritableDb,
  id: string,
  secret: string,
  oneTimeUntil: number | null,
  now: number,
): void {
  run(
    db,
    sql`update staff_person set secret = ${secret}, one_time_until = ${oneTimeUntil}, changed_at = ${now} where id = ${id}`,
  );
  run(db, sql`delete from staff_session where person = ${id}`);
  run(db, sql`delete from staff_failure where subject = ${`account:${id}`}`);
}

async function oneTimeSecret(account: string, now: number) {
  const oneTimePin = drawPin(account);
  return { oneTimePin, secret: await hashSecret(oneTimePin), until: now + ONE_TIME_MS };
}

/** Drawn anew until it would be good enough to be chosen. */
function drawPin(account: string): string {
  const pin = String(randomInt(10 ** ONE_TIME_DIGITS)).padStart(ONE_TIME_DIGITS, '0');
  return secretFault(pin, account) === undefined ? pin : drawPin(account);
}

function viewOf(db: ReadableDb, id: string): StaffPerson {
  const row = personOfId(db, id);
  if (row === undefined) throw new StationError('not-found');
  return personView(row);
}
