import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lawDigest } from '#station/laws/law-cache.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { sampleLaws } from '../laws/sample-laws.ts';
import { runKiosk } from './run-kiosk.ts';

let folder: string;
const texts = () => join(folder, 'texts');
const dataDir = () => join(folder, 'data');
const importTexts = (...more: string[]) =>
  runKiosk('import', 'laws', texts(), '--data', dataDir(), ...more);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
  for (const { path, text } of sampleLaws()) write(path, text);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string | Buffer): void {
  const file = join(texts(), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function digest(): string {
  const db = openDatabase(join(dataDir(), 'cache.sqlite'), 'cache');
  try {
    return lawDigest(db);
  } finally {
    closeDatabase(db);
  }
}

describe('import laws', () => {
  test('says what it took, what it could not read and why; a second time nothing is new and all is the same', async () => {
    const count = sampleLaws().length;
    write('坏文件/不是文字.md', Buffer.from([0xff, 0xfe, 0x00, 0x81, 0xff]));
    write('坏文件/没有标题.md', '没有标题的一段话\n');
    const first = await importTexts();
    expect(first.status).toBe(0);
    expect(first.out).toContain('没有导入 坏文件/不是文字.md：不是 UTF-8 或 GB 18030 的文字。');
    expect(first.out).toContain('没有导入 坏文件/没有标题.md：没有标题');
    expect(first.out).toContain(`看了 ${count + 2} 个文件，新收或更新 ${count} 个`);
    const before = digest();
    const second = await importTexts();
    expect(second.out).toContain(`新收或更新 0 个，没有变化 ${count} 个，读不了 2 个`);
    expect(digest()).toBe(before);
  });

  test('answers a program with one object', async () => {
    const { status, out } = await importTexts('--json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ imported: sampleLaws().length, unreadable: [] });
  });

  test.each([
    [['import', 'laws'], '请写明法律文本的文件夹'],
    [['import', 'laws', '/nonexistent-folder'], '没有这个文件夹'],
    [['import', 'laws', tmpdir(), '--date', 'x'], '命令写得不对'],
  ])('%j is refused in one sentence', async (args, sentence) => {
    const { status, errors } = await runKiosk(...args);
    expect(status).not.toBe(0);
    expect(errors.trim().split('\n')).toHaveLength(1);
    expect(errors).toContain(sentence);
  });
});
