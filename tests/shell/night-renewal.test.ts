import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  isBusy,
  mayRenew,
  type Restfulness,
  startNightRenewal,
} from '../../src/main/shell/night-renewal.ts';

const HOUR_MS = 3_600_000;
const at = (time: string) => Date.parse(`2026-11-24T${time}:00+08:00`);
const QUIET: Restfulness = {
  now: at('03:15'),
  isAtRest: true,
  untouchedMs: 9 * HOUR_MS,
  runningMs: 30 * HOUR_MS,
  renewedOn: '2026-11-23',
};

describe('starting anew at night', () => {
  test('happens at a quiet minute of the night', () => {
    expect(mayRenew(QUIET)).toBe(true);
    expect(mayRenew({ ...QUIET, untouchedMs: undefined })).toBe(true);
  });

  test.each<[string, Partial<Restfulness>]>([
    ['by day', { now: at('10:00') }],
    ['before the backup', { now: at('03:05') }],
    ['when people may come soon', { now: at('05:00') }],
    ['while somebody waits or a window is open', { isAtRest: false }],
    ['with somebody before the screen', { untouchedMs: 60_000 }],
    ['twice in a night', { renewedOn: '2026-11-24' }],
    ['of what was started this night', { runningMs: HOUR_MS }],
  ])('does not happen %s', (_when, other) => {
    expect(mayRenew({ ...QUIET, ...other })).toBe(false);
  });

  test('the computer is held by a visitor, a queue, and by nothing else', () => {
    expect(isBusy({ ...QUIET, untouchedMs: 60_000 })).toBe(true);
    expect(isBusy({ ...QUIET, isAtRest: false })).toBe(true);
    expect(isBusy(QUIET)).toBe(false);
    expect(isBusy({ ...QUIET, untouchedMs: undefined })).toBe(false);
  });
});

describe('a terminal over a night', () => {
  let machine: string;
  beforeEach(() => {
    vi.useFakeTimers({ now: at('00:00') - 24 * HOUR_MS });
    machine = mkdtempSync(join(tmpdir(), 'renewal-'));
    mkdirSync(join(machine, 'session'));
  });
  afterEach(() => {
    vi.useRealTimers();
    rmSync(machine, { recursive: true });
  });

  test('starts anew once each night, and tells the machine while somebody waits', () => {
    let isAtRest = false;
    let renewals = 0;
    const renewal = startNightRenewal(
      {
        isAtRest: () => isAtRest,
        untouchedMs: () => undefined,
        renew: () => {
          renewals += 1;
        },
      },
      machine,
    );
    vi.advanceTimersByTime(28 * HOUR_MS);
    expect(renewals).toBe(0);
    expect(existsSync(join(machine, 'session', 'busy'))).toBe(true);
    isAtRest = true;
    vi.advanceTimersByTime(48 * HOUR_MS);
    expect(renewals).toBe(3);
    renewal.stop();
    vi.advanceTimersByTime(48 * HOUR_MS);
    expect(renewals).toBe(3);
  });
});
