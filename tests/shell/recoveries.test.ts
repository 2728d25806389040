import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseRecoveries, RECOVERIES_FILE } from '#shared/health/recovery.ts';
import { openRecoveries, recordHost } from '../../src/main/shell/recoveries.ts';
import { type HostFault, HostStartError } from '../../src/main/shell/supervised-host.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recoveries-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const kept = () => parseRecoveries(readFileSync(join(folder, RECOVERIES_FILE), 'utf8'));

test('what was brought back is kept over restarts of the program', () => {
  openRecoveries(folder, () => 7).note('page', 'hung', 'home');
  const next = openRecoveries(folder, () => 8);
  next.begin();
  next.note('host', 'gone', 'host');
  expect(kept()).toEqual([
    { at: 7, what: 'page', reason: 'hung', measure: 'home' },
    { at: 8, what: 'host', reason: 'gone', measure: 'host' },
  ]);
});

test('a program that did not end in order is noted by the next one, one that did is not', () => {
  const first = openRecoveries(folder, () => 1);
  first.begin();
  const second = openRecoveries(folder, () => 2);
  second.begin();
  second.end();
  openRecoveries(folder, () => 3).begin();
  expect(kept()).toEqual([{ at: 2, what: 'program', reason: 'not-ended', measure: 'start' }]);
});

test('a line that a power cut left unfinished spoils nothing', () => {
  const first = openRecoveries(folder, () => 1);
  first.note('page', 'gone', 'reload');
  appendFileSync(join(folder, RECOVERIES_FILE), '{"at":2,"what":"pa');
  const next = openRecoveries(folder, () => 3);
  next.begin();
  next.note('page', 'white', 'home');
  expect(kept().map(({ at }) => at)).toEqual([1, 3]);
});

test('the record of a program that runs for months stays short, and has the newest', () => {
  let at = 0;
  const record = openRecoveries(folder, () => at);
  for (at = 1; at <= 2000; at += 1) record.note('page', 'gone', 'reload');
  expect(kept().length).toBeLessThanOrEqual(1000);
  expect(kept().length).toBeGreaterThanOrEqual(500);
  at = 2001;
  record.note('page', 'gone', 'reload');
  expect(kept().at(-1)).toMatchObject({ at: 2001 });
  record.begin();
  expect(kept()).toHaveLength(500);
});

test('a disk that takes nothing does no harm', () => {
  const record = openRecoveries(join(folder, 'nowhere'));
  record.begin();
  record.note('page', 'gone', 'reload');
  record.end();
});

test('what a full disk did not take is written when there is room again', () => {
  const later = join(folder, 'later');
  let at = 1;
  const record = openRecoveries(later, () => at);
  record.note('host', 'disk-full', 'recovery-page');
  at = 2;
  record.note('page', 'gone', 'reload');
  mkdirSync(later);
  at = 3;
  record.catchUp();
  record.catchUp();
  record.note('page', 'white', 'home');
  const text = readFileSync(join(later, RECOVERIES_FILE), 'utf8');
  expect(parseRecoveries(text)).toEqual([
    { at: 1, what: 'host', reason: 'disk-full', measure: 'recovery-page' },
    { at: 2, what: 'page', reason: 'gone', measure: 'reload' },
    { at: 3, what: 'page', reason: 'white', measure: 'home' },
  ]);
});

/** A host whose record is kept in the folder, and what it says to those who listen. */
function recordedHost() {
  let up = () => {};
  let fault: (reason: HostFault) => void = () => {};
  let noStart: (failure: HostStartError) => void = () => {};
  const never = () => {};
  recordHost(
    {
      onUp: (listener) => {
        up = () => listener({});
        return never;
      },
      onFault: (listener) => {
        fault = listener;
        return never;
      },
      onNoStart: (listener) => {
        noStart = listener;
        return never;
      },
    },
    openRecoveries(folder, () => 1),
  );
  return {
    up: () => up(),
    falls: (reason: HostFault) => fault(reason),
    cannotStart: (kind: string) => noStart(new HostStartError(kind, '启动不了。')),
    record: () => kept().map(({ what, reason, measure }) => `${what} ${reason} ${measure}`),
  };
}

test('why a host cannot start is noted once until there is one, each reason for itself', () => {
  const host = recordedHost();
  host.falls('gone');
  for (const kind of ['disk-full', 'disk-full', 'internal']) host.cannotStart(kind);
  host.up();
  host.cannotStart('internal');
  expect(host.record()).toEqual([
    'host gone host',
    'host disk-full recovery-page',
    'host internal recovery-page',
    'host internal recovery-page',
  ]);
});

test('a data folder that another program has gets no lines of ours', () => {
  const host = recordedHost();
  host.cannotStart('already-running');
  expect(existsSync(join(folder, RECOVERIES_FILE))).toBe(false);
});
