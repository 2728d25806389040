import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chineseNumber } from '#shared/laws/chinese-number.ts';
import { importLaws } from '#station/laws/import-laws.ts';
import { fillLawsInSteps, fillLawsNow, lawDigest } from '#station/laws/law-cache.ts';
import { lawFolder, readSegment, segmentNames } from '#station/laws/law-segments.ts';
import { lockDataFolder } from '#station/store/instance-lock.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { all, sql } from '#station/store/sql.ts';
import { CORPUS_FILES, lawCorpus } from '../../laws/law-corpus.ts';
import { SAMPLE_TEXTS, sampleLaws, writeOlderSegment } from '../../laws/sample-laws.ts';
import { lawFolder as statutes } from '../../search/judged/law-copy.ts';

const KILLED_IMPORT = join(import.meta.dirname, 'killed-import.ts');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const dataDir = () => join(folder, 'data');
const texts = () => join(folder, 'texts');
const take = (from = SAMPLE_TEXTS, onProgress = (_done: number, _total: number) => {}) =>
  importLaws({ from, dataDir: dataDir(), onProgress });
/** What pages can be told after an import and a host's next look. */
function digestOfTerminal(): string {
  const db = openDatabase(join(dataDir(), 'cache.sqlite'), 'cache');
  fillLawsNow(db, lawFolder(dataDir()));
  const digest = lawDigest(db);
  db.write.close();
  return digest;
}

async function has(): Promise<string> {
  await take();
  return digestOfTerminal();
}

function write(path: string, content: string | Buffer): void {
  const file = join(texts(), path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
}

/** What a cache that is filled from the folder alone would hold. */
function digestOfFolder(): string {
  const db = openDatabase(':memory:', 'cache');
  fillLawsNow(db, lawFolder(dataDir()));
  const digest = lawDigest(db);
  db.write.close();
  return digest;
}

describe('an import', () => {
  test('takes every file, and the same folder again changes nothing', async () => {
    const first = await take();
    const digest = digestOfTerminal();
    expect(first).toMatchObject({ files: 6, imported: 6, unreadable: [], damaged: 0 });
    const again = await take();
    expect(digestOfTerminal()).toBe(digest);
    expect(again).toMatchObject({ files: 6, imported: 0 });
    expect(again.terminal).toEqual(first.terminal);
    expect(segmentNames(lawFolder(dataDir()))).toHaveLength(1);
  });

  test('tells how far it is', async () => {
    const steps: string[] = [];
    await take(SAMPLE_TEXTS, (done, total) => steps.push(`${done}/${total}`));
    expect(steps).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
  });

  test('that was interrupted goes on, to the same end', async () => {
    const whole = await has();
    rmSync(dataDir(), { recursive: true });
    // The first of its segments was written when it was cut off, and the next was not finished.
    mkdirSync(lawFolder(dataDir()), { recursive: true });
    writeOlderSegment(lawFolder(dataDir()), sampleLaws().slice(0, 3));
    writeFileSync(join(lawFolder(dataDir()), '000002-0000000000000000.ndjson.zst.part'), 'half');
    const rest = await take();
    expect(rest.imported).toBe(3);
    expect(digestOfTerminal()).toBe(whole);
  });

  test('gives the same whichever file comes first', async () => {
    const whole = await has();
    for (const file of sampleLaws().reverse())
      writeOlderSegment(join(folder, 'data2', 'laws'), [file]);
    rmSync(dataDir(), { recursive: true });
    cpSync(join(folder, 'data2'), dataDir(), { recursive: true });
    expect(digestOfFolder()).toBe(whole);
  });

  test('of a changed file puts the new text in place of the old', async () => {
    write(
      '社会法/楼道公约.md',
      '# 楼道公约\n\n2015年1月1日 通过\n\n<!-- INFO END -->\n\n第一条 不堆东西。',
    );
    await take(texts());
    write(
      '社会法/楼道公约.md',
      '# 楼道公约\n\n2015年1月1日 通过\n\n<!-- INFO END -->\n\n第一条 不堆杂物。',
    );
    const changed = await take(texts());
    expect(changed).toMatchObject({ imported: 1, terminal: { laws: 1, articles: 1 } });
    expect(digestOfTerminal()).toBe(digestOfFolder());
    const db = openDatabase(join(dataDir(), 'cache.sqlite'), 'cache');
    expect(all(db, sql`select text from law_article`)).toEqual([{ text: '不堆杂物。' }]);
    db.write.close();
  });

  test('reads a folder once, by its own name, whatever links lead to it', async () => {
    const law = (name: string) =>
      `# ${name}\n\n2020年1月1日 通过\n\n<!-- INFO END -->\n\n第一条 甲。`;
    write('社会法/甲法.md', law('甲法'));
    mkdirSync(join(folder, 'elsewhere'));
    writeFileSync(join(folder, 'elsewhere', '乙法.md'), law('乙法'));
    symlinkSync('..', join(texts(), '社会法', 'above'));
    symlinkSync('社会法', join(texts(), 'a-same'));
    symlinkSync('/', join(texts(), 'disk'));
    symlinkSync(folder, join(texts(), 'around'));
    symlinkSync(join(folder, 'elsewhere'), join(texts(), '行政法'));
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'elsewhere', 'itself'));
    symlinkSync('loop', join(texts(), 'loop'));
    symlinkSync('nowhere', join(texts(), 'broken'));
    const report = await take(texts());
    expect(report).toMatchObject({ files: 2, imported: 2, terminal: { laws: 2, duplicates: [] } });
    const db = openDatabase(join(dataDir(), 'cache.sqlite'), 'cache');
    expect(all(db, sql`select path from law_file order by path`)).toEqual([
      { path: '社会法/甲法.md' },
      { path: '行政法/乙法.md' },
    ]);
    db.write.close();
  });

  test('of the same law in two files shows the fuller one, and says which', async () => {
    const head = '# 甲法\n\n2020年1月1日 通过\n\n<!-- INFO END -->\n\n';
    write('a/甲法.md', `${head}第一条 甲。`);
    write('b/甲法.md', `${head}第一条 甲。\n\n第二条 乙。`);
    expect((await take(texts())).terminal).toMatchObject({
      ...{ laws: 1, articles: 2, duplicates: [{ path: 'a/甲法.md', sameAs: 'b/甲法.md' }] },
    });
  });

  test('of a split law puts its parts together in the order of its articles', async () => {
    const part = (name: string, ...lines: string[]) =>
      `# 大法\n\n# ${name}\n\n2020年5月28日 通过\n\n<!-- INFO END -->\n\n${lines.join('\n\n')}`;
    write('大法/附则.md', part('附则', '##', '第三条 丙。本法自2021年1月1日起施行。'));
    write('大法/总则.md', part('总则', '## 第一章 甲', '第一条 甲。', '第二条 乙。'));
    expect((await take(texts())).terminal).toMatchObject({ laws: 1, articles: 3 });
    const db = openDatabase(join(dataDir(), 'cache.sqlite'), 'cache');
    expect(all(db, sql`select label from law_article order by position`)).toEqual([
      ...[{ label: '第一条' }, { label: '第二条' }, { label: '第三条' }],
    ]);
    const [law] = all<{ outline: string; in_force_from: string }>(db, sql`select * from law`);
    expect(law?.in_force_from).toBe('2021-01-01');
    expect((JSON.parse(law?.outline ?? '') as { heading: string }[]).map((h) => h.heading)).toEqual(
      ['总则', '第一章 甲', '附则'],
    );
    db.write.close();
  });

  test('names what it could not read and why, and takes the rest', async () => {
    write('a.md', '');
    write('b.md', '# 只有标题\n\n<!-- INFO END -->\n');
    write('c.md', Buffer.from([0x23, 0x20, 0xff, 0xfe, 0x00, 0x01]));
    write('d.md', '# 乙法\n\n<!-- INFO END -->\n\n第一条 乙。');
    write('e.txt', '不是 Markdown');
    const report = await take(texts());
    expect(report).toMatchObject({
      files: 4,
      imported: 1,
      unreadable: [
        { path: 'a.md', why: 'no-title' },
        { path: 'b.md', why: 'no-text' },
        { path: 'c.md', why: 'not-text' },
      ],
    });
    expect(report.flaws).toEqual([{ path: 'd.md', kind: 'no-date', line: 1, what: '' }]);
  });

  test('of a file with a mark of byte order, and of one longer than a segment, keeps every word', async () => {
    const article = (at: number) => `第${chineseNumber(at)}条 ${'甲乙丙丁'.repeat(60)}。`;
    const long = Array.from({ length: 2000 }, (_, at) => article(at + 1)).join('\n\n');
    write('a/带标记法.md', '\uFEFF# 带标记法\n\n<!-- INFO END -->\n\n第一条 甲。');
    write('b/长法.md', `# 长法\n\n<!-- INFO END -->\n\n${long}`);
    write('c/后法.md', '# 后法\n\n<!-- INFO END -->\n\n第一条 丙。');
    expect((await take(texts())).terminal).toMatchObject({ laws: 3, articles: 2002 });
    expect(digestOfTerminal()).toBe(digestOfFolder());
    expect(await take(texts())).toMatchObject({ imported: 0 });
  });

  test('while somebody reads the tables leaves the same, and he reads on', async () => {
    const digest = await has();
    rmSync(dataDir(), { recursive: true });
    mkdirSync(dataDir());
    closeDatabase(openDatabase(join(dataDir(), 'cache.sqlite'), 'cache'));
    const reader = new Database(join(dataDir(), 'cache.sqlite'), { readonly: true });
    const laws = reader.prepare<[], number>('select count(*) from law').pluck();
    expect(laws.get()).toBe(0);
    await take();
    expect(laws.get()).toBeGreaterThan(0);
    reader.close();
    expect(digestOfTerminal()).toBe(digest);
  });

  test('reads files that an older program wrote in GB 18030', async () => {
    // 甲 乙 in GB 18030, between what ASCII has.
    const gb = Buffer.concat([
      Buffer.from('# '),
      Buffer.from([0xbc, 0xd7]),
      Buffer.from('\n\n<!-- INFO END -->\n\n'),
      Buffer.from([0xd2, 0xd2]),
    ]);
    write('a.md', gb);
    expect((await take(texts())).terminal).toMatchObject({ laws: 1, articles: 1 });
  });
});

describe('the folder of texts', () => {
  test('fills a cache that was thrown away', async () => {
    const digest = await has();
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(dataDir(), `cache.sqlite${suffix}`), { force: true });
    expect(digestOfFolder()).toBe(digest);
  });

  test('a damaged segment is set aside, the rest stays, and importing again heals it', async () => {
    const digest = await has();
    const [name = ''] = segmentNames(lawFolder(dataDir()));
    truncateSync(join(lawFolder(dataDir()), name), 100);
    expect(() => readSegment(lawFolder(dataDir()), name)).toThrow();
    const healed = await take();
    expect(healed).toMatchObject({ damaged: 1, imported: 6 });
    expect(digestOfTerminal()).toBe(digest);
    expect(readdirSync(lawFolder(dataDir()))).toContain(`${name}.damaged`);
  });

  test('while a host runs the texts are kept for it, and the cache is left alone', async () => {
    mkdirSync(dataDir(), { recursive: true });
    const host = lockDataFolder(dataDir());
    const report = await take();
    expect(report).toMatchObject({ imported: 6, terminal: undefined });
    expect(readdirSync(dataDir())).not.toContain('cache.sqlite');
    const db = openDatabase(join(dataDir(), 'cache.sqlite'), 'cache');
    expect(await fillLawsInSteps(db, lawFolder(dataDir()))).toBe(true);
    expect(await fillLawsInSteps(db, lawFolder(dataDir()))).toBe(false);
    const digest = lawDigest(db);
    db.write.close();
    host.release();
    expect(await has()).toBe(digest);
  });

  test('two imports at once: the second is refused', async () => {
    mkdirSync(lawFolder(dataDir()), { recursive: true });
    const other = lockDataFolder(lawFolder(dataDir()));
    await expect(take()).rejects.toThrow(expect.objectContaining({ kind: 'already-running' }));
    other.release();
    expect((await take()).imported).toBe(6);
  });
});

test('killed at several moments, an import goes on at the last whole segment, to the same end', async () => {
  for (const { path, text } of lawCorpus(20261122)) write(path, text);
  const whole = await take(texts());
  const digest = digestOfTerminal();
  rmSync(dataDir(), { recursive: true });
  for (const files of [1, 300, 700]) {
    const killed = spawnSync(process.execPath, [KILLED_IMPORT, texts(), dataDir(), `${files}`]);
    expect(killed.signal).toBe('SIGKILL');
    // What is in the tables is whole, whatever was being written.
    const db = openDatabase(join(dataDir(), 'cache.sqlite'), 'cache');
    const known = all<{ name: string }>(db, sql`select name from law_segment where name like '0%'`);
    expect(segmentNames(lawFolder(dataDir()))).toEqual(
      expect.arrayContaining(known.map(({ name }) => name)),
    );
    db.write.close();
  }
  expect(segmentNames(lawFolder(dataDir())).length).toBeGreaterThan(0);
  const rest = await take(texts());
  expect(rest.imported).toBeLessThan(CORPUS_FILES);
  expect(rest.terminal).toEqual(whole.terminal);
  expect(digestOfTerminal()).toBe(digest);
  expect(digestOfFolder()).toBe(digest);
}, 120_000);

test('794 files, imported twice, leave the same database, and the second time nothing is taken', async () => {
  for (const { path, text } of lawCorpus(20261122)) write(path, text);
  const first = await take(texts());
  expect(first).toMatchObject({ files: CORPUS_FILES, imported: CORPUS_FILES, unreadable: [] });
  expect(first.terminal?.laws).toBe(CORPUS_FILES);
  expect(first.terminal?.articles).toBeGreaterThan(25_000);
  const digest = digestOfTerminal();
  const segments = segmentNames(lawFolder(dataDir()));
  const again = await take(texts());
  expect(again).toMatchObject({ files: CORPUS_FILES, imported: 0 });
  expect(again.terminal).toEqual(first.terminal);
  expect(digestOfTerminal()).toBe(digest);
  expect(digestOfFolder()).toBe(digest);
  expect(segmentNames(lawFolder(dataDir()))).toEqual(segments);
}, 120_000);

const copy = statutes();

describe.skipIf(copy === undefined)('the copy of the statutes (LAWS_DIR)', () => {
  test('is read whole, and importing it again leaves the same database', async () => {
    const from = copy ?? '';
    const first = await take(from);
    expect(first.unreadable).toEqual([]);
    expect(first).toMatchObject({ files: CORPUS_FILES, imported: CORPUS_FILES });
    expect(first.terminal).toMatchObject({ laws: 780, articles: 34124 });
    const digest = digestOfTerminal();
    const again = await take(from);
    expect(digestOfTerminal()).toBe(digest);
    expect(again).toMatchObject({ files: CORPUS_FILES, imported: 0, unreadable: [] });
    expect(again.terminal).toEqual(first.terminal);
    expect(again.flaws).toEqual(first.flaws);
  }, 120_000);

  test('has the Civil Code with all its 1260 articles, each once', async () => {
    await take(copy ?? '');
    const db = openDatabase(join(dataDir(), 'cache.sqlite'), 'cache');
    const code = all<{ number: number }>(
      db,
      sql`select a.number from law_article a join law l on l.n = a.law where l.id = '民法典@2020-05-28' order by position`,
    ).map(({ number }) => number);
    db.write.close();
    expect(code).toEqual(Array.from({ length: 1260 }, (_, at) => at + 1));
  }, 120_000);
});

test('an import of nothing leaves nothing', async () => {
  mkdirSync(texts());
  expect(await take(texts())).toMatchObject({ files: 0, imported: 0, terminal: { laws: 0 } });
});
