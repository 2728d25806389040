import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { visibleRecord } from '#station/content/content-store.ts';
import { type PackWatch, reloadPack } from '#station/content/reload-pack.ts';
import { silentLog } from '#station/log/station-log.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { shippedPack } from '../../real-content.ts';

const root = mkdtempSync(join(tmpdir(), 'reload-pack-'));
const profileDir = join(root, 'profiles', 'wuhua');
const pledges = join(root, 'starter', 'pledges.yaml');
let db: WritableDb;

beforeAll(() => {
  cpSync('assets/profiles/wuhua', profileDir, { recursive: true });
  cpSync('assets/starter', join(root, 'starter'), { recursive: true });
  db = openDatabase(join(root, 'cache.sqlite'), 'cache');
});

afterAll(() => {
  closeDatabase(db);
  rmSync(root, { recursive: true });
});

const { profile, divisions } = shippedPack('wuhua');
const settings = { profile, divisions };
const watch = (station = '530102001', log = silentLog) => ({
  db,
  profileDir,
  station,
  settings,
  programVersion: '1',
  now: () => 0,
  log,
});
const reload = (station?: string) => reloadPack(watch(station));

const title = () =>
  visibleRecord(db, 'pledge', 'pledge.service', { station: '530102001', today: '2026-11-23' })?.body
    .title;

test('files that changed are taken in, faulty ones leave the last good content', () => {
  expect(reload()).toBe('changed');
  expect(reload()).toBe('same');
  const good = readFileSync(pledges, 'utf8');
  const before = title();
  expect(before).toBeDefined();

  writeFileSync(pledges, good.replace(`title: ${before}`, 'title: 新的承诺'));
  expect(reload()).toBe('changed');
  expect(title()).toBe('新的承诺');

  writeFileSync(pledges, good.replace(`title: ${before}`, 'titel: 写错了'));
  expect(reload()).toBe('faulty');
  expect(title()).toBe('新的承诺');

  writeFileSync(pledges, good);
  expect(reload()).toBe('changed');
  expect(title()).toBe(before);
});

test('a new outlet comes with the name of its division; a pack without this outlet is not taken in', () => {
  const file = join(profileDir, 'divisions.yaml');
  writeFileSync(file, `${readFileSync(file, 'utf8')}- { code: "530102001099", name: 新社区 }\n`);
  expect(reload('530102001099')).toBe('faulty');
  expect(settings.divisions.has('530102001099')).toBe(false);
  expect(reload()).toBe('changed');
  expect(settings.divisions.get('530102001099')).toBe('新社区');
});

test('faulty files are read once', () => {
  const before = readFileSync(pledges);
  writeFileSync(pledges, 'kind: nothing');
  const events: string[] = [];
  const kept = watch(undefined, { ...silentLog, event: (name) => void events.push(name) });
  expect([reloadPack(kept), reloadPack(kept)]).toEqual(['faulty', 'same']);
  expect(events).toEqual(['changed-pack-is-faulty']);
  writeFileSync(pledges, before);
});

test('files that are put back as they were are told, for pages say no longer that they show what is old', () => {
  const before = readFileSync(pledges);
  const kept: PackWatch = watch();
  writeFileSync(pledges, 'kind: nothing');
  expect(reloadPack(kept)).toBe('faulty');
  writeFileSync(pledges, before);
  expect([reloadPack(kept), reloadPack(kept)]).toEqual(['changed', 'same']);
  expect(kept.faulty).toBeUndefined();
});
