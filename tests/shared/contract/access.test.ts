import { isContractProcedure } from '@orpc/contract';
import { describe, expect, test } from 'vitest';
import { accessOf, type CallPlace, judgeCall } from '#shared/contract/access.ts';
import { stationContract } from '#shared/contract/station.ts';
import { type StaffRole, staffRoleSchema } from '#shared/staff/roles.ts';

const METHODS = Object.entries(stationContract).flatMap(([group, methods]) =>
  Object.entries(methods)
    .filter(([, method]) => isContractProcedure(method))
    .map(([method]) => [group, method] as const),
);
const PLACES: readonly CallPlace[] = ['terminal', 'console', 'display'];
const ROLES: readonly (StaffRole | undefined)[] = [undefined, ...staffRoleSchema.options];

/** Methods that may be called from a place by somebody of a role (or by nobody), as `group.method`. */
const allowed = (place: CallPlace, role: StaffRole | undefined) =>
  METHODS.filter((path) => judgeCall(path, place, role && [role]) === 'allowed').map((path) =>
    path.join('.'),
  );

const LOG_IN = [
  'staff.logIn',
  'staff.resume',
  'staff.logOut',
  'staff.present',
  'staff.session',
  'staff.changeSecret',
  'staff.startRecovery',
  'staff.finishRecovery',
];
const SYSTEM = ['system.hello', 'system.ping', 'system.events'];
const ACCOUNTS = [
  'staff.people',
  'staff.add',
  'staff.change',
  'staff.resetSecret',
  'staff.logIns',
  'staff.endLogIn',
];

describe('who may call what', () => {
  test('every method of the contract is in the table', () => {
    expect(METHODS.filter((path) => accessOf(path) === undefined)).toEqual([]);
  });

  test('a method that is not in the table may be called by nobody', () => {
    for (const place of PLACES)
      for (const role of ROLES)
        for (const path of [['nothing'], ['staff', 'constructor'], ['__proto__', 'x'], []])
          expect(judgeCall(path, place, role && [role])).toBe('not-allowed');
  });

  test("the visitor's methods are never reached over the network, whoever calls", () => {
    const visitors = METHODS.filter((path) => accessOf(path)?.places.join() === 'terminal');
    expect(visitors.length).toBeGreaterThan(15);
    for (const path of visitors)
      for (const place of ['console', 'display'] as const)
        for (const role of ROLES)
          expect(judgeCall(path, place, role && [role])).toBe('not-allowed');
  });

  test('an office PC where nobody is logged in reaches the log-in and the hall, nothing else', () => {
    expect(allowed('console', undefined).toSorted()).toEqual(
      [
        ...SYSTEM,
        ...LOG_IN,
        'hall.view',
        'hall.events',
        'hall.publicity',
        'hallVoice.call',
      ].toSorted(),
    );
  });

  test('a hall display has no log-in, and a role would give it nothing', () => {
    for (const role of ROLES) {
      expect(allowed('display', role)).toEqual(allowed('display', undefined));
      expect(allowed('display', role).filter((method) => method.startsWith('staff.'))).toEqual([]);
    }
  });

  test.each(ACCOUNTS)('%s is for the head of the station and technicians', (method) => {
    const path = method.split('.');
    const who = staffRoleSchema.options.filter(
      (role) => judgeCall(path, 'console', [role]) === 'allowed',
    );
    expect(who).toEqual(['station-head', 'technician']);
    expect(judgeCall(path, 'terminal', undefined)).toBe('not-signed-in');
    expect(judgeCall(path, 'display', ['station-head'])).toBe('not-allowed');
  });

  test('the state of the printers is for visitors at the terminal and for whoever is logged in at a desk', () => {
    const path = ['tickets', 'printers'];
    expect(judgeCall(path, 'terminal', undefined)).toBe('allowed');
    expect(judgeCall(path, 'console', undefined)).toBe('not-signed-in');
    expect(judgeCall(path, 'console', ['window-clerk'])).toBe('allowed');
    expect(judgeCall(path, 'display', undefined)).toBe('not-allowed');
  });

  test('nothing that needs a role is answered to somebody without one', () => {
    for (const path of METHODS.filter((one) => accessOf(one)?.roles !== undefined))
      for (const place of PLACES) {
        if (accessOf(path)?.withoutLogIn?.includes(place)) continue;
        expect(judgeCall(path, place, undefined)).not.toBe('allowed');
      }
  });
});
