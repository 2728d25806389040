import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { visibleRecord } from '#station/content/content-store.ts';
import { reloadPack } from '#station/content/reload-pack.ts';
import { silentLog } from '#station/log/station-log.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';

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

const reload = () =>
  reloadPack({
    db,
    profileDir,
    profile: 'wuhua',
    programVersion: '1',
    now: () => 0,
    log: silentLog,
  });

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
