import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startHost } from '#station/host.ts';
import { type TemporaryHost, temporaryHost } from '../station/temporary-host.ts';
import { runKiosk } from './run-kiosk.ts';

let temporary: TemporaryHost;
let data: string;
let stick: string;
beforeAll(async () => {
  temporary = temporaryHost();
  data = temporary.options.dataDir;
  stick = join(data, 'stick');
  mkdirSync(stick);
  const host = await startHost(temporary.options);
  await host.close();
  await runKiosk('staff', 'add', 'zhang', '--name', '张示例', '--role', '站长', '--data', data);
}, 120_000);
afterAll(() => temporary.remove());

const backUp = async (target: string) => {
  const { status, out } = await runKiosk('backup', target, '--data', data, '--json');
  expect(status).toBe(0);
  return JSON.parse(out) as { file: string; counts: Record<string, number> };
};

describe('kiosk backup and restore', () => {
  test('what was backed up stands on a new computer, count for count', async () => {
    const made = await backUp(stick);
    expect(made.counts.staff_person).toBe(1);
    const moved = join(data, 'moved');
    mkdirSync(moved);
    const { status, out } = await runKiosk('restore', made.file, '--data', moved, '--json');
    expect(status).toBe(0);
    expect((JSON.parse(out) as typeof made).counts).toEqual(made.counts);
    const { out: staff } = await runKiosk('staff', 'list', '--data', moved);
    expect(staff).toContain('zhang');
  });

  test('what a restore replaces is kept beside it', async () => {
    const made = await backUp(join(stick, 'second.kioskbackup'));
    const { status, out } = await runKiosk('restore', made.file, '--data', data);
    expect(status).toBe(0);
    const [, kept = ''] = /原来的文件留作 ([^、。]+)/.exec(out) ?? [];
    expect(existsSync(kept) || readdirSync(data).some((name) => kept.includes(name))).toBe(true);
  });

  test('a file that is there already is not written over', async () => {
    const file = join(stick, 'mine.txt');
    writeFileSync(file, 'mine');
    const { status, errors } = await runKiosk('backup', file, '--data', data);
    expect({ status, lines: errors.trim().split('\n').length }).toEqual({ status: 1, lines: 1 });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('a backup with one byte changed is refused and nothing is changed', async () => {
    const { file } = await backUp(join(stick, 'third.kioskbackup'));
    const bytes = readFileSync(file);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const before = readFileSync(join(data, 'station.sqlite'));
    const { status, errors } = await runKiosk('restore', file, '--data', data);
    expect({ status, lines: errors.trim().split('\n').length }).toEqual({ status: 1, lines: 1 });
    expect(errors).toContain('数据没有改动');
    expect(readFileSync(join(data, 'station.sqlite')).equals(before)).toBe(true);
  });

  test.each([
    ['no file named', ['backup']],
    ['a backup that is not there', ['restore', '/nowhere/kiosk.kioskbackup']],
    ['a folder that cannot be written', ['backup', '/proc/kiosk.kioskbackup']],
  ])('%s: one sentence', async (_, args) => {
    const { status, errors } = await runKiosk(...args, '--data', data);
    expect({ status, lines: errors.trim().split('\n').length }).toEqual({ status: 1, lines: 1 });
  });
});
