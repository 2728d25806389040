import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportFolder } from '#district/folder/export-folder.ts';
import { importFolder } from '#district/folder/import-folder.ts';
import { readFolder } from '#district/folder/read-folder.ts';
import { readFolderOrder } from '#district/options.ts';
import { all, sql } from '#district/store/sql.ts';
import { onBothDatabases } from '../databases.ts';
import { emptyDatabase } from '../sample-server.ts';

const BODY = '五华区司法局（示例）';
const AT = Date.parse('2026-11-22T09:00:00+08:00');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

onBothDatabases((opened) => {
  test('the starter pack and a place go in, out and in again, and are the same', async () => {
    const { database } = opened;
    await emptyDatabase(database);
    const given = ['assets/starter', 'assets/profiles/wuhua/content'].map((path) =>
      readFolder(path, BODY),
    );
    expect(given.flatMap(({ faults }) => faults)).toEqual([]);
    // Every fifth: all kinds are among them.
    const records = given.flatMap((one) => one.records).filter((_, at) => at % 5 === 0);
    expect(new Set(records.map(({ kind }) => kind)).size).toBeGreaterThan(15);
    const first = await importFolder(database, records, AT);
    expect(first).toEqual({ published: records.length, unchanged: 0 });
    const out = join(folder, 'out');
    expect(await exportFolder(database, out)).toBe(records.length);
    const back = readFolder(out, '别的单位');
    expect(back.faults).toEqual([]);
    const second = await importFolder(database, back.records, AT + 1);
    expect(second).toEqual({ published: 0, unchanged: records.length });
    await emptyDatabase(database);
    await importFolder(database, back.records, AT);
    const again = join(folder, 'again');
    await exportFolder(database, again);
    const key = ({ id, scope }: { id: string; scope: string }) => `${id} ${scope}`;
    const sorted = (of: typeof back.records) => of.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
    expect(sorted(readFolder(again, '').records)).toEqual(sorted(back.records));
    expect(await all(database, sql`select action, detail from audit`)).toEqual([
      { action: 'folder-imported', detail: `${records.length} records` },
    ]);
    await expect(exportFolder(database, out)).rejects.toThrow('不是空的');
  });
});

test('every fault of a folder is a sentence with file and record', () => {
  mkdirSync(join(folder, 'a'));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write('a/hotline.yaml', 'kind: hotline\nrecords:\n  - id: hotline.x\n    scope: "530102"\n');
  write('broken.yaml', 'kind: [hotline\n');
  write('nothing.yaml', 'kind: nothing\nrecords: [{ id: nothing.x }]\n');
  const { records, faults } = readFolder(folder, BODY);
  expect(records).toEqual([]);
  expect(faults).toContain('a/hotline.yaml：hotline.x：来源：还没有填。');
  expect(faults).toContain('nothing.yaml：nothing.x：没有“nothing”这一类内容。');
  expect(faults.some((fault) => /^broken\.yaml：第 \d+ 行附近/.test(fault))).toBe(true);
});

test('nothing outside the folder is read', () => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  writeFileSync(join(outside, 'secret.yaml'), 'kind: hotline\nrecords: []\n');
  symlinkSync(join(outside, 'secret.yaml'), join(folder, 'file.yaml'));
  symlinkSync(outside, join(folder, 'there'));
  const { faults } = readFolder(folder, BODY);
  expect(faults).toContain('file.yaml：这是一个链接，只读文件夹里真正的文件。');
  expect(faults.filter((fault) => !fault.includes('这是一个链接'))).toEqual([]);
  rmSync(outside, { recursive: true });
});

test('a file made of aliases is refused', () => {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 0; level < 8; level += 1) {
    const [from, to] = ['abcdefghi'[level] ?? '', 'abcdefghi'[level + 1] ?? ''];
    lines.push(`${to}: &${to} [${Array.from({ length: 10 }, () => `*${from}`).join(', ')}]`);
  }
  writeFileSync(join(folder, 'bomb.yaml'), `${lines.join('\n')}\n`);
  expect(readFolder(folder, BODY).faults).toEqual(['bomb.yaml：引用（别名）太多。']);
});

test('an order about a folder names one', () => {
  expect(readFolderOrder(['export', folder, '--data', folder], {})).toMatchObject({
    ...{ what: 'export', folder },
  });
  expect(readFolderOrder(['--data', folder], {})).toBeUndefined();
  expect(() => readFolderOrder(['import'], {})).toThrow('请写明文件夹');
});
