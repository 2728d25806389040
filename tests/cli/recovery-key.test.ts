import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { readSetting } from '#station/store/settings.ts';
import { runKiosk } from './run-kiosk.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recovery-key-'));
  closeDatabase(openDatabase(join(folder, 'station.sqlite'), 'station'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const kept = () => {
  const db = openDatabase(join(folder, 'station.sqlite'), 'station');
  const setting = readSetting(db, 'staff-recovery') as { key: string } | undefined;
  closeDatabase(db);
  return setting?.key;
};
const makeKey = (out: string) =>
  runKiosk('staff', 'recovery-key', '--out', join(folder, out), '--data', folder);

test('the key that counts is the one in the file', async () => {
  expect((await makeKey('first.key')).status).toBe(0);
  expect(readFileSync(join(folder, 'first.key'), 'utf8').trim()).toBe(kept());
});

test('a file that cannot be written leaves the old key in force and says so', async () => {
  await makeKey('first.key');
  const before = kept();
  writeFileSync(join(folder, 'no-folder'), '');
  for (const out of ['no-folder/second.key', 'nowhere/second.key']) {
    const { status, errors } = await makeKey(out);
    expect(status).toBe(1);
    expect(errors).toMatch(/写不了.*以前的照旧有效。\n$/);
    expect(kept()).toBe(before);
  }
});

test('a key that did not get into the database leaves no file', async () => {
  mkdirSync(join(folder, 'keys'));
  const db = openDatabase(join(folder, 'station.sqlite'), 'station');
  db.write.exec(
    `create trigger no_audit before insert on audit begin select raise(abort, 'no'); end`,
  );
  closeDatabase(db);
  expect((await makeKey('keys/second.key')).status).not.toBe(0);
  expect(readdirSync(join(folder, 'keys'))).toEqual([]);
  expect(kept()).toBeUndefined();
});
