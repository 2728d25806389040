import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseRecoveries, RECOVERIES_FILE } from '#shared/health/recovery.ts';
import { openRecoveries } from '../../src/main/shell/recoveries.ts';

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
