import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { OfficeRole } from '#shared/office/office-role.ts';
import type { Duties, Me, OfficePerson } from '#shared/office/office-views.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { type District, timeText } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { all, type Db, first, lock, run, sql } from '../store/sql.ts';
import { countTry, forgetFailures, uncountTry } from '../terminals/failures.ts';
import { hashPassword, isPassword } from './password.ts';
import { decrypt, encrypt, makeSecondFactor, stepOf } from './second-factor.ts';

/** Many people of an office come from one address. */
const ADDRESS_TRIES = 30;
const INVITATION_MS = 48 * 3_600_000;

interface PersonRow extends Me {
  readonly active: boolean;
  readonly secret: string | null;
  readonly secondFactor: string | null;
  readonly lastStep: number;
}

/** A hash under which a token is kept: who reads the database cannot use it. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A token that nobody guesses: 32 bytes. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What somebody works on. Throws `not-found`. */
export async function divisionsOfPerson(db: Db, id: string): Promise<readonly string[]> {
  const row = await first<Me>(db, sql`select divisions from person where id = ${id}`);
  if (row === undefined) throw new DistrictFault('not-found');
  return row.divisions;
}

/** All accounts, by name. */
export async function listPeople(db: Db): Promise<OfficePerson[]> {
  const rows = await all<PersonRow>(
    db,
    sql`select id, account, name, roles, divisions, active, secret from person order by name, account`,
  );
  return rows.map(({ secret, ...person }) => ({ ...person, invited: secret === null }));
}

/** Makes an account and the link by which its owner opens it. Throws `changed` when the account is there already. */
export async function invite(
  district: District,
  account: string,
  { name, roles, divisions }: Duties,
  actor: string,
): Promise<{ readonly link: string; readonly expiresAt: string }> {
  const id = randomUUID();
  return district.database.transaction(async (db) => {
    await lock(db, 'people');
    const made = await run(
      db,
      sql`insert into person (id, account, name, roles, divisions, active, created_at)
          values (${id}, ${account}, ${name}, ${roles}, ${divisions}, true, ${district.now()})
          on conflict (account) do nothing`,
    );
    if (made === 0) throw new DistrictFault('changed', '这个账号已经有了，请换一个。');
    await act(db, district, actor, 'person-invited', id, `${account} ${roles.join(' ')}`);
    return makeLink(db, district, id);
  });
}

/** A new link for somebody who lost password or second factor; ends all their log-ins. */
export async function resetPerson(district: District, id: string, actor: string) {
  return district.database.transaction(async (db) => {
    await lock(db, 'people');
    const reset = await run(
      db,
      sql`update person set secret = null, second_factor = null where id = ${id} and active`,
    );
    if (reset === 0) throw new DistrictFault('not-found');
    await run(db, sql`delete from office_session where person = ${id}`);
    await act(db, district, actor, 'person-reset', id, '');
    return makeLink(db, district, id);
  });
}

/**
 * Gives an account other duties, or closes it. The last technician stays, and the last of the whole office: nobody could mend
 * that.
 */
export async function changePerson(
  district: District,
  {
    id,
    duties,
    active,
  }: { readonly id: string; readonly duties: Duties; readonly active: boolean },
  actor: string,
): Promise<void> {
  const { name, roles, divisions } = duties;
  await district.database.transaction(async (db) => {
    await lock(db, 'people');
    const wasWhole = await first(
      db,
      sql`select 1 from person where id = ${id} and 'technician' = any(roles) and '00' = any(divisions)`,
    );
    const changed = await run(
      db,
      sql`update person set name = ${name}, roles = ${roles}, divisions = ${divisions}, active = ${active}
          where id = ${id}`,
    );
    if (changed === 0) throw new DistrictFault('not-found');
    const left = await first(
      db,
      sql`select 1 from person where active and 'technician' = any(roles) and (secret is not null or id = ${id})
          and (${wasWhole === undefined} or '00' = any(divisions))`,
    );
    if (left === undefined)
      throw new DistrictFault('not-allowed', '至少要留一名系统管理员，不能停用最后一个。');
    await run(db, sql`delete from office_session where person = ${id}`);
    await act(db, district, actor, 'person-changed', id, `${roles.join(' ')} ${active}`);
  });
}

/** The link by which the first administrator begins; none when somebody is there already. */
export async function firstInvitation(district: District): Promise<string | undefined> {
  const some = await first(district.database, sql`select 1 from person where secret is not null`);
  if (some !== undefined) return undefined;
  const known = await first<{ id: string }>(district.database, sql`select id from person limit 1`);
  if (known !== undefined) return (await resetPerson(district, known.id, 'server')).link;
  const duties: Duties = { name: '系统管理员', roles: ['technician'], divisions: ['00'] };
  return (await invite(district, 'admin', duties, 'server')).link;
}

async function makeLink(db: Db, { keys, settings, now }: District, person: string) {
  const token = newToken();
  const expiresAt = now() + INVITATION_MS;
  const secondFactor = encrypt(keys.storageKey, makeSecondFactor());
  await run(db, sql`delete from invitation where person = ${person} or expires_at <= ${now()}`);
  await run(
    db,
    sql`insert into invitation (token_hash, person, second_factor, expires_at)
        values (${tokenHash(token)}, ${person}, ${secondFactor}, ${expiresAt})`,
  );
  // Behind the hash, so that it stands in no log of a server or proxy.
  return { link: `${settings.publicUrl}/admin/#${token}`, expiresAt: timeText(expiresAt) };
}

interface Invitation {
  readonly person: string;
  readonly account: string;
  readonly name: string;
  readonly secondFactor: string;
}

/** What a link is for. Throws `not-found` when it is used, too old or made up. */
export async function readInvitation(district: District, token: string): Promise<Invitation> {
  const row = await first<Invitation>(
    district.database,
    sql`select person, account, name, invitation.second_factor as "secondFactor"
        from invitation join person on person.id = invitation.person
        where token_hash = ${tokenHash(token)} and expires_at > ${district.now()} and active`,
  );
  if (row === undefined)
    throw new DistrictFault('not-found', '这个链接已经用过或者过期了，请向管理员再要一个。');
  return { ...row, secondFactor: decrypt(district.keys.storageKey, row.secondFactor) };
}

/** Opens an account by its link. */
export async function acceptInvitation(
  district: District,
  {
    token,
    password,
    code,
  }: { readonly token: string; readonly password: string; readonly code: string },
): Promise<void> {
  const { person, account, secondFactor } = await readInvitation(district, token);
  const step = stepOf(secondFactor, code, district.now(), 0);
  if (step === undefined) throw new DistrictFault('bad-input', '动态码不对，请看验证器上的新码。');
  if (isWeak(password, account))
    throw new DistrictFault('bad-input', '密码太简单，请换一个不容易猜到的。');
  const secret = await hashPassword(password);
  const hidden = encrypt(district.keys.storageKey, secondFactor);
  await district.database.transaction(async (db) => {
    const taken = await run(db, sql`delete from invitation where token_hash = ${tokenHash(token)}`);
    if (taken === 0) throw new DistrictFault('not-found');
    await run(
      db,
      sql`update person set secret = ${secret}, second_factor = ${hidden}, last_step = ${step} where id = ${person}`,
    );
    await forgetFailures(db, triesOf(account));
    await act(db, district, person, 'person-opened', person, '');
  });
}

/** Under which name wrong tries of an account are counted. */
const triesOf = (account: string) => `account:${account}`;

/** Few different characters, or the account itself. */
function isWeak(password: string, account: string): boolean {
  return new Set(password).size < 5 || password.toLowerCase().includes(account);
}

/** Who has this account, password and second factor. Throws `not-signed-in`, the same whatever was wrong, or `too-many`. */
export async function provePerson(
  district: District,
  entered: { readonly account: string; readonly password: string; readonly code: string },
  address: string,
): Promise<Me> {
  const { database, now } = district;
  const [account, from] = [triesOf(entered.account), `log-in:${address}`];
  // The address first: one that is locked must not go on locking accounts.
  const ofAddress = await countTry(database, from, now(), ADDRESS_TRIES);
  const ofAccount = await countTry(database, account, now()).catch(async (error: unknown) => {
    // No guess: somebody who goes on trying a locked account must not lock the colleagues out.
    await uncountTry(database, from);
    throw error;
  });
  const row = await first<PersonRow>(
    database,
    sql`select id, account, name, roles, divisions, active, secret, second_factor as "secondFactor",
               last_step as "lastStep" from person where account = ${entered.account} and active`,
  );
  const isRight = await isPassword(entered.password, row?.secret ?? null);
  if (!isRight || row === undefined || !(await isCodeTaken(district, row, entered.code))) {
    const action = ofAccount.isLast || ofAddress.isLast ? 'log-in-locked' : 'log-in-failed';
    // Not what was typed: where no such account is, it may be a password.
    await database.transaction((db) => act(db, district, 'server', action, row?.id ?? '', address));
    throw wrong();
  }
  for (const subject of [account, from]) await forgetFailures(database, subject);
  return meOf(row);
}

/** Takes a code of the second factor, each once only; false for a wrong one. */
async function isCodeTaken(
  { database, keys, now }: District,
  { id, secondFactor, lastStep }: PersonRow,
  code: string,
): Promise<boolean> {
  if (secondFactor === null) return false;
  const step = stepOf(decrypt(keys.storageKey, secondFactor), code, now(), lastStep);
  if (step === undefined) return false;
  const taken = await run(
    database,
    sql`update person set last_step = ${step} where id = ${id} and last_step < ${step}`,
  );
  return taken > 0;
}

/** What of a person's row goes out. */
export function meOf({ id, account, name, roles, divisions }: Me): Me {
  return { id, account, name, roles, divisions };
}

/** Whether somebody has one of these roles. */
export function hasRole({ roles }: Me, needed: readonly OfficeRole[]): boolean {
  return roles.some((role) => needed.includes(role));
}

function wrong(): DistrictFault {
  return new DistrictFault('not-signed-in', '账号、密码或者动态码不对。');
}

function act(
  db: Db,
  { now }: District,
  actor: string,
  action: string,
  subject: string,
  detail: string,
): Promise<void> {
  return writeAct(db, { at: now(), actor, action, subject, detail });
}
