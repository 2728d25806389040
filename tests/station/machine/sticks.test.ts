import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { restoreBackup } from '#station/backup/restore-backup.ts';
import { openMachine } from '#station/machine/machine.ts';
import { stickView, writeToStick } from '#station/machine/sticks.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { all, sql, type WritableDb } from '#station/store/sql.ts';

const NOW = Date.parse('2026-11-23T10:24:00+08:00');
const MEDIA = '/media/legal-kiosk';
const GB = 1_000_000_000;
const IS_ROOT = process.geteuid?.() === 0;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stick-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A computer with these mounts, as the system tells them; `isOpen`: the door for sticks. */
function seeing(mounts: string, { isOpen = true, free = GB } = {}) {
  return {
    read: (path: string) => {
      if (path === '/proc/self/mounts') return Buffer.from(mounts);
      return isOpen && path === '/run/legal-kiosk-stick/open' ? Buffer.from('write\n') : undefined;
    },
    space: async () => ({ free, total: free }),
  };
}
const mount = (name: string, mode: string) =>
  `/dev/${name} ${MEDIA}/${name} vfat ${mode},nosuid,nodev,noexec,relatime,uid=990 0 0\n`;

describe('a stick to write to', () => {
  const OTHERS = `/dev/sda2 / ext4 rw 0 0\n/dev/sdc1 /media/somebody/x vfat rw 0 0\ntmpfs ${MEDIA} tmpfs rw 0 0\n`;
  test.each([
    ['is told by the mounts', mount('sdb1', 'rw'), true, true, { state: 'ready', free: GB }],
    ['may be for reading alone', mount('sdb1', 'ro'), true, true, { state: 'read-only' }],
    ['is missing while the door is open', OTHERS, true, true, { state: 'none' }],
    ['is missing while the door is shut', OTHERS, false, true, { state: 'shut' }],
    ['is unknown to an ordinary computer', OTHERS, false, false, { state: 'not-set-up' }],
  ] as const)('%s', async (_, mounts, isOpen, isSetUp, view) => {
    expect(await stickView(seeing(mounts, { isOpen }), isSetUp)).toEqual(view);
  });

  const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

  test('that is pulled out while it is looked at is not there', async () => {
    const computer = seeing(mount('sdb1', 'rw'));
    const gone = failing('ENOENT');
    expect(await stickView({ ...computer, space: gone }, true)).toEqual({ state: 'none' });
  });

  test.each([
    ['ENOSPC', 'full'],
    ['SQLITE_FULL', 'full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'read-only'],
    ['EIO', 'failed'],
    ['EEXIST', 'exists'],
  ])('that answers %s is %s', async (code, outcome) => {
    const computer = seeing(mount('sdb1', 'rw'));
    expect(await writeToStick(computer, 'x', failing(code))).toBe(outcome);
  });

  test('that goes while it is written is gone, whatever the system says', async () => {
    let mounts = mount('sdb1', 'rw');
    const { space } = seeing('');
    const computer = { space, read: (path: string) => seeing(mounts).read(path) };
    const outcome = await writeToStick(computer, 'x', () => {
      mounts = '';
      return failing('EIO')();
    });
    expect(outcome).toBe('gone');
  });

  test('without any, nothing is written; a fault of the program is no fault of the stick', async () => {
    expect(await writeToStick(seeing(''), 'x', failing('EIO'))).toBe('no-stick');
    expect(await writeToStick(seeing(mount('sdb1', 'ro')), 'x', failing('EIO'))).toBe('read-only');
    const computer = seeing(mount('sdb1', 'rw'));
    await expect(
      writeToStick(computer, 'x', () => Promise.reject(new TypeError('ours'))),
    ).rejects.toThrow('ours');
  });
});

/** Only root may mount, and not in every container. */
const mounts = (size: string, place: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', place]).status === 0;

describe.skipIf(!IS_ROOT)('what staff write to a stick', () => {
  const stick = join(MEDIA, 'sdz9');
  let db: WritableDb;
  let isMounted: boolean;
  beforeEach(() => {
    db = openDatabase(join(folder, 'station.sqlite'), 'station');
    isMounted = false;
  });
  afterEach(() => {
    if (isMounted) spawnSync('umount', [stick]);
    rmSync(stick, { recursive: true, force: true });
    if (existsSync(MEDIA) && readdirSync(MEDIA).length === 0) rmdirSync(MEDIA);
    closeDatabase(db);
  });

  const plugIn = (size: string): boolean => {
    mkdirSync(stick, { recursive: true });
    isMounted = mounts(size, stick);
    return isMounted;
  };
  const machine = () =>
    openMachine({
      ...{ db, dataDir: folder, station: '530102001', programVersion: '1.2.3' },
      now: () => NOW,
      doctor: async () => ({
        ...{ at: NOW, programVersion: '1.2.3', station: '示例站', verdict: 'ok', findings: [] },
      }),
      computer: {
        ...{ environment: {}, addresses: () => [], run: () => Promise.reject(new Error('none')) },
        read: (path) => (existsSync(path) ? readFileSync(path) : undefined),
        space: async () => ({ free: GB, total: GB }),
      },
    });
  const audits = () =>
    all<{ actor: string; action: string }>(db, sql`select actor, action from audit order by seq`);

  test('is a support bundle and a backup, each written down with who wanted it', async ({
    skip,
  }) => {
    if (!plugIn('8m')) skip();
    const support = await machine().supportToStick('person-1');
    expect(support).toEqual({
      state: 'written',
      file: 'legal-kiosk-530102001-2026-11-23-1024.support.json.gz',
    });
    const text = gunzipSync(readFileSync(join(stick, support.file ?? ''))).toString();
    expect(JSON.parse(text)).toMatchObject({ format: 1 });
    const backup = await machine().backupToStick('person-2');
    expect(backup.state).toBe('written');
    const dataDir = join(folder, 'restored');
    const file = join(stick, backup.file ?? '');
    const { manifest } = await restoreBackup({ dataDir, file, now: NOW });
    // Who took it is in it.
    expect(manifest.counts.audit).toBe(2);
    expect(audits()).toEqual([
      { actor: 'person-1', action: 'support-to-stick' },
      { actor: 'person-2', action: 'backup-to-stick' },
    ]);
    expect(readdirSync(stick)).toHaveLength(2);
  });

  test('never replaces a file', async ({ skip }) => {
    if (!plugIn('8m')) skip();
    const [first, again] = [
      await machine().supportToStick('person-1'),
      await machine().supportToStick('person-1'),
    ];
    expect(again).toEqual({ state: 'exists', file: first.file });
    expect(audits().at(-1)?.action).toBe('support-to-stick-exists');
    const backup = join(stick, 'legal-kiosk-530102001-2026-11-23-1024.kioskbackup');
    writeFileSync(backup, 'mine');
    expect((await machine().backupToStick('person-1')).state).toBe('exists');
    expect(readFileSync(backup, 'utf8')).toBe('mine');
  });

  test('that does not fit leaves nothing behind', async ({ skip }) => {
    if (!plugIn('64k')) skip();
    expect(await machine().backupToStick('person-1')).toEqual({ state: 'full' });
    writeFileSync(join(stick, 'films'), Buffer.alloc(64 * 1024));
    expect(await machine().supportToStick('person-1')).toEqual({ state: 'full' });
    expect(readdirSync(stick)).toEqual(['films']);
    expect(audits().map(({ action }) => action)).toEqual([
      'backup-to-stick',
      'backup-to-stick-full',
      'support-to-stick',
      'support-to-stick-full',
    ]);
  });

  test('is one file at a time', async ({ skip }) => {
    if (!plugIn('8m')) skip();
    const one = machine();
    const first = one.backupToStick('person-1');
    await expect(one.supportToStick('person-2')).rejects.toMatchObject({ kind: 'busy' });
    expect((await first).state).toBe('written');
  });
});
