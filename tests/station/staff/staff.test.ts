import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Caller, deviceContext, terminalContext } from '#station/access/caller.ts';
import { guardCall, requireStaff } from '#station/access/guard.ts';
import { renewRecoveryKey } from '#station/staff/recovery.ts';
import { answerChallenge } from '#station/staff/recovery-code.ts';
import { hashSecret, isSecret } from '#station/staff/secret-hash.ts';
import { openStaff, type Staff } from '#station/staff/staff.ts';
import { all, sql } from '#station/store/sql.ts';
import { type TemporaryStation, temporaryStation } from '../papers/temporary-station.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STATION = '530102001007';
const SECRET = '284913';

let station: TemporaryStation;
let now: number;
let staff: Staff;
let caller: Caller;
/** By how much the clock was set. */
let set: number;
const open = () =>
  openStaff({ db: station.db, station: STATION, now: () => now + set, uptime: () => now });

beforeEach(() => {
  station = temporaryStation();
  now = Date.parse('2026-11-23T10:00:00+08:00');
  set = 0;
  staff = open();
  caller = terminalContext().caller;
});
afterEach(() => station.remove());

const audit = () =>
  all<{ action: string }>(station.db, sql`select action from audit order by seq`).map(
    (row) => row.action,
  );
const add = (account = 'li01', roles: Parameters<Staff['add']>[1]['roles'] = ['window-clerk']) =>
  staff.add('technician', { account, name: '示例李', roles });

/** Somebody with a PIN of their own, logged in on `on`. */
async function enrolled(on = caller, account = 'li01', roles?: Parameters<typeof add>[1]) {
  const { person, oneTimePin } = await add(account, roles);
  await staff.logIn(on, account, oneTimePin);
  const session = staff.sessionOf(on);
  if (session === undefined) throw new Error('not logged in');
  const answer = await staff.changeSecret(on, session, { current: oneTimePin, next: SECRET });
  if (answer.state !== 'in') throw new Error(answer.state);
  return { person, token: answer.token };
}

describe('a first log-in', () => {
  test('needs an account that a technician made: there is no default', async () => {
    for (const account of ['admin', 'root', '01'])
      for (const secret of ['admin', '000000', '123456', ''])
        expect((await staff.logIn(caller, account, secret)).state).not.toBe('in');
    expect(staff.people()).toEqual([]);
  });

  test('with the one-time PIN opens nothing but the choice of an own one', async () => {
    const { oneTimePin } = await add();
    expect(oneTimePin).toMatch(/^\d{8}$/);
    expect(await staff.logIn(caller, 'li01', oneTimePin)).toMatchObject({
      state: 'in',
      session: { name: '示例李', mustChange: true },
    });
    const session = staff.sessionOf(caller);
    expect(() => requireStaff({ staff: session })).toThrow('not-allowed');
    expect(() => guardCall(['staff', 'people'], { caller }, session)).toThrow('not-allowed');
    expect(() => guardCall(['staff', 'changeSecret'], { caller }, session)).not.toThrow();
  });

  test('takes no one-time PIN that is a day old', async () => {
    const { oneTimePin } = await add();
    now += 24 * HOUR;
    expect(await staff.logIn(caller, 'li01', oneTimePin)).toMatchObject({ state: 'wrong' });
  });

  test('and the own PIN replaces the one-time one', async () => {
    const { person } = await enrolled();
    expect(staff.sessionOf(caller)).toMatchObject({ person: person.id, mustChange: false });
    expect(requireStaff({ staff: staff.sessionOf(caller) }, 'window-clerk').name).toBe('示例李');
    expect(() => requireStaff({ staff: staff.sessionOf(caller) }, 'technician')).toThrow(
      'not-allowed',
    );
    expect((await staff.logIn(caller, 'li01', SECRET)).state).toBe('in');
  });

  test('refuses a simple PIN, the same one again, and a wrong current one', async () => {
    await enrolled();
    const session = staff.sessionOf(caller);
    if (session === undefined) return expect.unreachable();
    const choose = (current: string, next: string) =>
      staff.changeSecret(caller, session, { current, next });
    expect(await choose(SECRET, '123456')).toEqual({ state: 'fault', fault: 'too-simple' });
    expect(await choose(SECRET, SECRET)).toEqual({ state: 'fault', fault: 'same-as-before' });
    expect(await choose('wrong one', '773920')).toMatchObject({ state: 'wrong' });
  });
});

describe('failed log-ins', () => {
  const fail = (on = caller) => staff.logIn(on, 'li01', 'wrong one');

  test('make the next try wait longer and longer, the right PIN too', async () => {
    await enrolled();
    const waits = [];
    for (let tries = 0; tries < 7; tries += 1) {
      const answer = await fail();
      if (answer.state === 'in') return expect.unreachable();
      expect(answer.state).toBe('wrong');
      waits.push(answer.waitSeconds);
      if (answer.waitSeconds > 0)
        expect(await staff.logIn(caller, 'li01', SECRET)).toEqual({
          state: 'wait',
          waitSeconds: answer.waitSeconds,
        });
      now += answer.waitSeconds * 1000;
    }
    expect(waits).toEqual([0, 0, 5, 30, 900, 1800, 3600]);
    expect((await staff.logIn(caller, 'li01', SECRET)).state).toBe('in');
    expect((await fail()).state).toBe('wrong');
    expect(audit()).toContain('staff-locked-for-a-time');
  });

  test('wait on after a restart, and from every place', async () => {
    await enrolled();
    for (let tries = 0; tries < 3; tries += 1) await fail();
    staff = open();
    expect(await staff.logIn(caller, 'li01', SECRET)).toEqual({ state: 'wait', waitSeconds: 5 });
    const elsewhere = deviceContext('console', 'pc-1').caller;
    expect((await staff.logIn(elsewhere, 'li01', SECRET)).state).toBe('wait');
  });

  test('wait a whole time again when the clock goes back, and no longer', async () => {
    await enrolled();
    for (let tries = 0; tries < 3; tries += 1) await fail();
    now -= 30 * 24 * HOUR;
    expect(await staff.logIn(caller, 'li01', SECRET)).toEqual({ state: 'wait', waitSeconds: 5 });
    now += 5000;
    expect((await staff.logIn(caller, 'li01', SECRET)).state).toBe('in');
  });

  test('at once count one by one, not all as the first', async () => {
    await enrolled();
    const answers = await Promise.all(Array.from({ length: 8 }, () => fail()));
    expect(answers.map((answer) => answer.state)).toEqual([
      ...['wrong', 'wrong', 'wrong'],
      ...Array.from({ length: 5 }, () => 'wait'),
    ]);
  });

  test('on many accounts make the place wait', async () => {
    await enrolled();
    const answers = [];
    for (let at = 0; at < 12; at += 1)
      answers.push((await staff.logIn(caller, `nobody${at}`, SECRET)).state);
    expect(answers.filter((state) => state === 'wrong')).toHaveLength(10);
    expect((await staff.logIn(caller, 'li01', SECRET)).state).toBe('wait');
    const elsewhere = deviceContext('console', 'pc-1').caller;
    expect((await staff.logIn(elsewhere, 'li01', SECRET)).state).toBe('in');
  });

  test('of an account that is not there answer like any other', async () => {
    await enrolled();
    expect(await staff.logIn(caller, 'nobody', SECRET)).toEqual(await fail());
  });
});

describe('a log-in', () => {
  test('is taken up again from the same place only', async () => {
    const { token, person } = await enrolled();
    const again = terminalContext().caller;
    expect(staff.resume(again, token)).toMatchObject({ person: person.id });
    expect(() => staff.resume(deviceContext('console', 'pc-1').caller, token)).toThrow(
      'not-signed-in',
    );
    expect(() => staff.resume(again, 'x'.repeat(43))).toThrow('not-signed-in');
  });

  test('ends unused, after its longest time, when killed, when logged out, when the account ends', async () => {
    const { person } = await enrolled();
    const inAgain = async () => {
      await staff.logIn(caller, 'li01', SECRET);
      expect(staff.sessionOf(caller)).toBeDefined();
    };
    now += 5 * MINUTE;
    expect(staff.sessionOf(caller)).toBeUndefined();

    await inAgain();
    for (let minutes = 0; minutes < 120; minutes += 4) {
      expect(staff.sessionOf(caller)).toBeDefined();
      now += 4 * MINUTE;
    }
    expect(staff.sessionOf(caller)).toBeUndefined();

    await inAgain();
    const [mine] = staff.logIns();
    staff.endLogIn('technician', mine?.id ?? '');
    expect(staff.sessionOf(caller)).toBeUndefined();

    await inAgain();
    staff.logOut(caller);
    expect(staff.sessionOf(caller)).toBeUndefined();
    expect(staff.logIns()).toEqual([]);

    await inAgain();
    await add('head01', ['station-head']);
    staff.change('technician', { ...person, active: false });
    expect(staff.sessionOf(caller)).toBeUndefined();
    expect((await staff.logIn(caller, 'li01', SECRET)).state).toBe('wrong');
  });

  test('is not kept alive by a page that asks and asks while nobody is there', async () => {
    await enrolled();
    for (let seconds = 0; seconds < 5 * 60; seconds += 10) {
      expect(staff.sessionOf(caller, { isAct: false })).toBeDefined();
      now += 10_000;
    }
    expect(staff.sessionOf(caller, { isAct: false })).toBeUndefined();
    expect(staff.loggedIn().size).toBe(0);
  });

  test.each([HOUR, -HOUR, 400 * 24 * HOUR])(
    'is as long as before when the clock is set by %d ms and back again, touched meanwhile or not',
    async (by) => {
      await enrolled();
      now += 2 * MINUTE;
      set = by;
      expect(staff.sessionOf(caller)).toBeDefined();
      expect(staff.loggedIn().size).toBe(1);
      now += 2 * MINUTE;
      set = 0;
      expect(staff.sessionOf(caller, { isAct: false })).toBeDefined();
      now += 3 * MINUTE;
      expect(staff.sessionOf(caller, { isAct: false })).toBeUndefined();
    },
  );

  test('is over when the clock went back while the program was not there to see it', async () => {
    await enrolled();
    set = -HOUR;
    staff = open();
    expect(staff.sessionOf(caller)).toBeUndefined();
  });

  test('is taken up again by the page, which is no act either', async () => {
    const { token } = await enrolled();
    for (let minutes = 0; minutes < 5; minutes += 1) {
      staff.resume(terminalContext().caller, token);
      now += MINUTE;
    }
    expect(() => staff.resume(terminalContext().caller, token)).toThrow('not-signed-in');
  });

  test('gets a new token each time, and a new PIN ends the others', async () => {
    const { token } = await enrolled();
    const elsewhere = deviceContext('console', 'pc-1').caller;
    const answer = await staff.logIn(elsewhere, 'li01', SECRET);
    expect(answer).not.toMatchObject({ token });
    const session = staff.sessionOf(caller);
    if (session === undefined) return expect.unreachable();
    await staff.changeSecret(caller, session, { current: SECRET, next: '773920' });
    expect(staff.sessionOf(elsewhere)).toBeUndefined();
    expect(staff.sessionOf(caller)).toBeDefined();
  });

  test('leaves neither token nor PIN in the database', async () => {
    const { token } = await enrolled();
    const rows = ['staff_person', 'staff_session', 'audit', 'staff_failure'].map((table) =>
      JSON.stringify(station.db.read.prepare(`select * from ${table}`).all()),
    );
    expect(rows.join()).not.toContain(token);
    expect(rows.join()).not.toContain(SECRET);
  });
});

describe('accounts', () => {
  test('are there once', async () => {
    await add();
    await expect(add()).rejects.toThrow('taken');
  });

  test('keep at least one person who can let others in', async () => {
    const { person } = await add('head01', ['station-head']);
    expect(() => staff.change('technician', { ...person, active: false })).toThrow('not-allowed');
    expect(() => staff.change('technician', { ...person, roles: ['editor'] })).toThrow(
      'not-allowed',
    );
    expect(staff.people()[0]).toMatchObject({ active: true, roles: ['station-head'] });
  });

  test('of one name are told apart by their accounts, among colleagues', async () => {
    await enrolled();
    expect(staff.sessionOf(caller)?.name).toBe('示例李');
    const other = deviceContext('console', 'pc-1').caller;
    now += MINUTE;
    await enrolled(other, 'li02');
    expect([staff.sessionOf(caller)?.name, staff.sessionOf(other)?.name]).toEqual([
      '示例李（li01）',
      '示例李（li02）',
    ]);
    expect(staff.logIns().map(({ name }) => name)).toEqual(['示例李（li02）', '示例李（li01）']);
  });

  test('get a new one-time PIN, which ends the old one', async () => {
    const { person } = await enrolled();
    const { oneTimePin } = await staff.resetSecret('technician', person.id);
    expect(staff.sessionOf(caller)).toBeUndefined();
    expect((await staff.logIn(caller, 'li01', SECRET)).state).toBe('wrong');
    expect((await staff.logIn(caller, 'li01', oneTimePin)).state).toBe('in');
  });

  test('leave an audit row for every change and log-in', async () => {
    const { person } = await enrolled();
    await staff.logIn(caller, 'li01', 'wrong one');
    staff.logOut(caller);
    await staff.resetSecret('technician', person.id);
    expect(audit()).toEqual([
      ...['staff-added', 'staff-logged-in', 'staff-secret-changed', 'staff-log-in-failed'],
      ...['staff-logged-out', 'staff-secret-reset'],
    ]);
  });
});

describe('a lost PIN', () => {
  const begun = (account: string) => {
    const answered = staff.startRecovery(account);
    return answered.state === 'asked' ? answered.challenge : expect.unreachable('no key');
  };
  const finish = (response: string, next = '773920', account = 'li01') =>
    staff.finishRecovery(caller, { account, response, next });
  const answer = (key: string, challenge: string, account = 'li01', at = STATION) =>
    answerChallenge(key, { station: at, account, challenge }) ?? '';

  test('is replaced by the answer of the district, once', async () => {
    await enrolled();
    const key = renewRecoveryKey(station.db, now);
    const challenge = begun('li01');
    const response = answer(key, challenge);
    expect(response).toMatch(/^.{4}-.{4}-.{4}$/);
    expect(await finish(response.toLowerCase().replaceAll('-', ' '))).toMatchObject({
      state: 'in',
    });
    expect((await staff.logIn(caller, 'li01', '773920')).state).toBe('in');
    expect(await finish(response)).toMatchObject({ state: 'wrong' });
    expect(audit()).toContain('staff-secret-recovered');
  });

  test('also when it was tried too often', async () => {
    await enrolled();
    for (let tries = 0; tries < 5; tries += 1) {
      await staff.logIn(caller, 'li01', 'wrong one');
      now += 40_000;
    }
    const key = renewRecoveryKey(station.db, now);
    const challenge = begun('li01');
    expect(await finish(answer(key, challenge))).toMatchObject({ state: 'in' });
  });

  test('is not replaced by the answer of another station, account, key or code', async () => {
    await enrolled();
    const key = renewRecoveryKey(station.db, now);
    const challenge = begun('li01');
    for (const response of [
      answer(key, challenge, 'li01', '620104001'),
      answer(key, challenge, 'li02'),
      answer(Buffer.alloc(32).toString('base64url'), challenge),
    ])
      expect((await finish(response)).state).not.toBe('in');
    const renewed = begun('li01');
    expect(renewed).not.toBe(challenge);
    now += HOUR / 2 - 1;
    expect((await finish(answer(key, challenge))).state).not.toBe('in');
  });

  test('has half an hour, and no more when the clock goes back', async () => {
    await enrolled();
    const key = renewRecoveryKey(station.db, now);
    const late = begun('li01');
    now += 30 * MINUTE;
    expect((await finish(answer(key, late))).state).toBe('wrong');
    const early = begun('li01');
    now -= 1;
    expect((await finish(answer(key, early))).state).toBe('wrong');
  });

  test('without a key is told at once that nobody could answer', async () => {
    await enrolled();
    expect(staff.startRecovery('li01')).toEqual({ state: 'no-key' });
    expect((await finish('AAAA-AAAA-AAAA')).state).toBe('wrong');
  });

  test('for an account that is not there has a code that no answer fits', async () => {
    await enrolled();
    const key = renewRecoveryKey(station.db, now);
    const nobody = begun('nobody');
    expect(nobody).toMatch(/^.{4}-.{4}$/);
    expect((await finish(answer(key, nobody, 'nobody'), '773920', 'nobody')).state).toBe('wrong');
  });

  test('has five tries', async () => {
    await enrolled();
    const key = renewRecoveryKey(station.db, now);
    const challenge = begun('li01');
    for (let tries = 0; tries < 5; tries += 1) {
      await finish('AAAA-AAAA-AAAA');
      now += MINUTE;
    }
    now += 16 * MINUTE;
    expect((await finish(answer(key, challenge))).state).toBe('wrong');
  });
});

test('a hash says how it was made, differs each time, and fits one secret', async () => {
  const [one, other] = await Promise.all([hashSecret(SECRET), hashSecret(SECRET)]);
  expect(one).toMatch(/^\$scrypt\$ln=14,r=8,p=5\$/);
  expect(one).not.toBe(other);
  expect(await isSecret(SECRET, one)).toBe(true);
  expect(await isSecret('284914', one)).toBe(false);
  expect(await isSecret('\u0065\u0301clair', await hashSecret('\u00e9clair'))).toBe(true);
  await expect(isSecret(SECRET, 'plain')).rejects.toThrow();
});
