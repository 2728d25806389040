import { uptime as osUptime } from 'node:os';
import { StationError } from '#shared/contract/errors.ts';
import type {
  ChosenAnswer,
  LogInAnswer,
  RecoveryBegun,
  StaffSession,
} from '#shared/contract/staff.ts';
import { secretFault } from '#shared/staff/secret-rule.ts';
import type { Caller } from '../access/caller.ts';
import { writeAudit } from '../store/audit.ts';
import { transaction, type WritableDb } from '../store/sql.ts';
import { countFailure, forgetFailure, type Tried, waitFor } from './failures.ts';
import {
  beginLogIn,
  endLogIn,
  killLogIn,
  type LogInMoment,
  listLogIns,
  peopleLoggedIn,
  resumeLogIn,
  sessionOf,
  sessionView,
} from './log-ins.ts';
import {
  type AccountChange,
  addPerson,
  changePerson,
  listPeople,
  type PersonRow,
  personOfAccount,
  personOfId,
  resetSecret,
  storeSecret,
} from './people.ts';
import { beginRecovery, CHALLENGE_MINUTES, hasRecoveryKey, takeAnswer } from './recovery.ts';
import { makeChallenge } from './recovery-code.ts';
import { hashSecret, isSecret, NO_SECRET } from './secret-hash.ts';

export interface StaffOptions {
  readonly db: WritableDb;
  /** Code of the outlet: a recovery answer is good for one only. */
  readonly station: string;
  readonly now: () => number;
  /** Milliseconds on a clock that nobody sets; the computer's own when absent. */
  readonly uptime?: (() => number) | undefined;
}

/** It counts the time that the computer sleeps. */
const computerUptime = () => osUptime() * 1000;

export type Staff = ReturnType<typeof openStaff>;

/** Log-in, accounts and recovery of a station's staff. */
export function openStaff({ db, station, now, uptime = computerUptime }: StaffOptions) {
  const uses = new Map<string, number>();
  const moment = (): LogInMoment => ({ now: now(), uptime: uptime(), uses });
  const oneAtATime = inTurn();
  const change = (actor: string): AccountChange => ({ db, actor, now: now() });

  /** Counts the try, looks, and forgets the count when it was right. `look` says who it was. */
  const tried = (
    caller: Caller,
    account: string,
    look: (row: PersonRow | undefined) => Promise<boolean>,
    kind: 'secret' | 'recovery' = 'secret',
  ): Promise<PersonRow | { readonly waitMs: number; readonly looked: boolean }> =>
    oneAtATime(async () => {
      const row = personOfAccount(db, account);
      // A PIN that was tried too often must not stand in the way of its recovery: each is counted by itself.
      const prefix = kind === 'recovery' ? 'recovery:' : '';
      const who: Tried = {
        account: `${prefix}${row?.id ?? `?${account}`}`,
        origin: `${prefix}${caller.origin}`,
      };
      const before = waitFor(db, who, now());
      if (before > 0) return { waitMs: before, looked: false };
      transaction(db, () => countFailure(db, who, now()));
      if (row !== undefined && (await look(row)) && row.active === 1) {
        transaction(db, () => forgetFailure(db, who));
        return row;
      }
      if (row === undefined) await look(undefined);
      const waitMs = waitFor(db, who, now());
      writeAudit(db, {
        at: now(),
        actor: 'nobody',
        action: waitMs > 0 ? 'staff-locked-for-a-time' : 'staff-log-in-failed',
        subject: `${row?.id ?? 'unknown'} ${caller.origin}`,
      });
      return { waitMs, looked: true };
    });

  const enter = (caller: Caller, id: string, action: string): ChosenAnswer & LogInAnswer =>
    transaction(db, () => {
      const row = personOfId(db, id);
      if (row === undefined) throw new StationError('not-found');
      const token = beginLogIn(db, caller, id, moment());
      writeAudit(db, { at: now(), actor: id, action, subject: caller.origin });
      return { state: 'in', token, session: sessionView(db, row) };
    });

  const choose = async (caller: Caller, row: PersonRow, next: string, action: string) => {
    const secret = await hashSecret(next);
    transaction(db, () => storeSecret(db, row.id, secret, null, now()));
    return enter(caller, row.id, action);
  };

  return {
    sessionOf: (caller: Caller, by = { isAct: true }) => sessionOf(db, caller, moment(), by),
    loggedIn: () => peopleLoggedIn(db, moment()),
    resume: (caller: Caller, token: string) => resumeLogIn(db, caller, token, moment()),

    logIn: async (caller: Caller, account: string, secret: string): Promise<LogInAnswer> => {
      const result = await tried(caller, account, (row) => isGood(row, secret, now()));
      return 'waitMs' in result ? refused(result) : enter(caller, result.id, 'staff-logged-in');
    },

    logOut: (caller: Caller): void =>
      transaction(db, () => {
        const session = sessionOf(db, caller, moment(), { isAct: true });
        endLogIn(db, caller);
        if (session !== undefined)
          writeAudit(db, {
            at: now(),
            actor: session.person,
            action: 'staff-logged-out',
            subject: caller.origin,
          });
      }),

    changeSecret: async (
      caller: Caller,
      { person }: StaffSession,
      { current, next }: { current: string; next: string },
    ): Promise<ChosenAnswer> => {
      const account = personOfId(db, person)?.account ?? '';
      const fault = current === next ? 'same-as-before' : secretFault(next, account);
      if (fault !== undefined) return { state: 'fault', fault };
      const result = await tried(caller, account, (row) => isGood(row, current, now()));
      return 'waitMs' in result
        ? refused(result)
        : choose(caller, result, next, 'staff-secret-changed');
    },

    /** Whether whoever is logged in knows the PIN, counted like a log-in; undefined when it is right. */
    confirm: async (caller: Caller, { person }: StaffSession, secret: string) => {
      const account = personOfId(db, person)?.account ?? '';
      const result = await tried(caller, account, (row) => isGood(row, secret, now()));
      return 'waitMs' in result ? refused(result) : undefined;
    },

    startRecovery: (account: string): RecoveryBegun => {
      if (!hasRecoveryKey(db)) return { state: 'no-key' };
      const row = personOfAccount(db, account);
      const known = row !== undefined && row.active === 1;
      const challenge = known ? beginRecovery(db, row.id, now()) : makeChallenge();
      return { state: 'asked', challenge, validMinutes: CHALLENGE_MINUTES };
    },

    finishRecovery: async (
      caller: Caller,
      { account, response, next }: { account: string; response: string; next: string },
    ): Promise<ChosenAnswer> => {
      const fault = secretFault(next, account);
      if (fault !== undefined) return { state: 'fault', fault };
      const result = await tried(
        caller,
        account,
        async (row) =>
          row !== undefined &&
          takeAnswer(db, { station, person: row.id, account }, response, now()),
        'recovery',
      );
      return 'waitMs' in result
        ? refused(result)
        : choose(caller, result, next, 'staff-secret-recovered');
    },

    people: () => listPeople(db),
    add: (actor: string, person: Parameters<typeof addPerson>[1]) =>
      addPerson(change(actor), person),
    change: (actor: string, person: Parameters<typeof changePerson>[1]) =>
      changePerson(change(actor), person),
    resetSecret: (actor: string, id: string) => resetSecret(change(actor), id),
    logIns: () => listLogIns(db, moment()),
    endLogIn: (actor: string, id: string): void =>
      transaction(db, () => {
        if (!killLogIn(db, id)) throw new StationError('not-found');
        writeAudit(db, { at: now(), actor, action: 'staff-log-in-ended', subject: id.slice(0, 8) });
      }),
  };
}

/** A wrong account takes as long as a wrong PIN. A PIN that another gave is good for a day. */
async function isGood(row: PersonRow | undefined, secret: string, now: number): Promise<boolean> {
  const right = await isSecret(secret, row?.secret ?? NO_SECRET);
  const expired = row?.one_time_until !== null && row !== undefined && now >= row.one_time_until;
  return right && row !== undefined && !expired;
}

function refused({ waitMs, looked }: { waitMs: number; looked: boolean }) {
  return {
    state: looked ? ('wrong' as const) : ('wait' as const),
    waitSeconds: Math.ceil(waitMs / 1000),
  };
}

/** Runs tasks one after the other: hashing takes memory, and two tries at once must not both count as the first. */
function inTurn() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(task: () => Promise<Result>): Promise<Result> => {
    const result = last.then(task);
    last = result.catch(() => {});
    return result;
  };
}
