import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayAct, staffRoleSchema } from '#shared/staff/roles.ts';
import { secretFault } from '#shared/staff/secret-rule.ts';
import { isSessionAlive, SESSION_LIMITS } from '#shared/staff/session-rule.ts';
import { readSpokenCode, spokenCode } from '#shared/staff/spoken-code.ts';

describe('roles', () => {
  test.each([
    ['window-clerk', ['window-clerk']],
    ['editor', ['editor']],
    ['station-head', ['window-clerk', 'editor', 'station-head']],
    ['technician', ['technician']],
  ] as const)('%s may do what belongs to %j', (role, may) => {
    expect(staffRoleSchema.options.filter((needed) => mayAct([role], [needed]))).toEqual(may);
  });

  test('somebody without a role may do nothing', () => {
    expect(mayAct([], staffRoleSchema.options)).toBe(false);
  });
});

describe('a chosen PIN or password', () => {
  test.each(['12345', '', '一二三四五'])('%j is too short', (secret) => {
    expect(secretFault(secret, '')).toBe('too-short');
  });
  test.each([
    '111111',
    '121212',
    '123123',
    '123456',
    '987654',
    'abcdef',
    '112211',
    '19900307',
    '900307',
    '070390',
  ])('%j is too simple', (secret) => expect(secretFault(secret, '')).toBe('too-simple'));
  test('may not have the account in it', () => {
    expect(secretFault('xWang01x7', 'wang01')).toBe('account');
    expect(secretFault('284013', '01')).toBeUndefined();
  });
  test.each(['284913', '903847', '中国合格密码', 'correct horse', '83920174'])(
    '%j is taken',
    (secret) => {
      expect(secretFault(secret, 'wang01')).toBeUndefined();
    },
  );
});

describe('a log-in', () => {
  const limits = SESSION_LIMITS.lan;
  const times = { createdAt: 1_000_000_000, usedAt: 1_000_000_000 };

  test('ends when nobody uses it, and in any case after its longest time', () => {
    expect(isSessionAlive(times, times.usedAt + limits.idleMs - 1, limits)).toBe(true);
    expect(isSessionAlive(times, times.usedAt + limits.idleMs, limits)).toBe(false);
    const end = times.createdAt + limits.absoluteMs;
    expect(isSessionAlive({ ...times, usedAt: end - 1 }, end - 1, limits)).toBe(true);
    expect(isSessionAlive({ ...times, usedAt: end - 1 }, end, limits)).toBe(false);
  });

  test('ends when the clock goes back, but not for the seconds of a correction', () => {
    expect(isSessionAlive(times, times.usedAt - 60_000, limits)).toBe(true);
    expect(isSessionAlive(times, times.usedAt - 3_600_000, limits)).toBe(false);
  });
});

describe('a code that is read out', () => {
  test('is read back however it is typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 5, maxLength: 5 }), (bytes) => {
        const code = spokenCode(bytes);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
        const typed = code
          .toLowerCase()
          .replace('-', ' ')
          .replaceAll('0', 'o')
          .replaceAll('1', 'l');
        expect(readSpokenCode(typed, 8)).toBe(code);
      }),
    );
  });
  test('has a place for every bit: no two are the same', () => {
    const codes = new Set<string>();
    for (let bit = 0; bit < 40; bit += 1) {
      const bytes = new Uint8Array(5);
      bytes[bit >> 3] = 1 << (bit & 7);
      codes.add(spokenCode(bytes));
    }
    expect(codes.size).toBe(40);
  });
  test.each(['', '7K3M-0QW', '7K3M-0QWDD', '7K3M-0QWU', '七'])('%j is none', (typed) => {
    expect(readSpokenCode(typed, 8)).toBeUndefined();
  });
});
