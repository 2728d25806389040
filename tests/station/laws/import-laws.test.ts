import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importLaws } from '#station/laws/import-laws.ts';
import { fillLawsInSteps, fillLawsNow, lawDigest } from '#station/laws/law-cache.ts';
import { lawFolder, readSegment, segmentNames, writeSegment } from '#station/laws/law-segments.ts';
import { lockDataFolder } from '#station/store/instance-lock.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { all, sql } from '#station/store/sql.ts';
import { CORPUS_FILES, lawCorpus } from '../../laws/law-corpus.ts';
import { SAMPLE_TEXTS, sampleLaws } from '../../laws/sample-laws.ts';
import { lawFolder as statutes } from '../../search/judged/law-copy.ts';

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

function has(): string {
  take();
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
  test('takes every file, and the same folder again changes nothing', () => {
    const first = take();
    const digest = digestOfTerminal();
    expect(first).toMatchObject({ files: 6, imported: 6, unreadable: [], damaged: 0 });
    const again = take();
    expect(digestOfTerminal()).toBe(digest);
    expect(again).toMatchObject({ files: 6, imported: 0 });
    expect(again.terminal).toEqual(first.terminal);
    expect(segmentNames(lawFolder(dataDir()))).toHaveLength(1);
  });

  test('tells how far it is', () => {
    const steps: string[] = [];
    take(SAMPLE_TEXTS, (done, total) => steps.push(`${done}/${total}`));
    expect(steps).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
  });

  test('that was interrupted goes on, to the same end', () => {
    const whole = has();
    rmSync(dataDir(), { recursive: true });
    // The first of its segments was written when it was cut off, and the next was not finished.
    mkdirSync(lawFolder(dataDir()), { recursive: true });
    writeSegment(lawFolder(dataDir()), sampleLaws().slice(0, 3));
    writeFileSync(join(lawFolder(dataDir()), '000002-0000000000000000.ndjson.zst.part'), 'half');
    const rest = take();
    expect(rest.imported).toBe(3);
    expect(digestOfTerminal()).toBe(whole);
  });

  test('gives the same whichever file comes first', () => {
    const whole = has();
    for (const file of sampleLaws().reverse()) writeSegment(join(folder, 'data2', 'laws'), [file]);
    rmSync(dataDir(), { recursive: true });
    cpSync(join(folder, 'data2'), dataDir(), { recursive: true });
    expect(digestOfFolder()).toBe(whole);
  });

  test('of a changed file puts the new text in place of the old', () => {
    write(
      '社会法/楼道公约.md',
      '# 楼道公约\n\n2015年1月1日 通过\n\n<!-- INFO END -->\n\n第一条 不堆东西。',
    );
    take(texts());
    write(
      '社会法/楼道公约.md',
      '# 楼道公约\n\n2015年1月1日 通过\n\n<!-- INFO END -->\n\n第一条 不堆杂物。',
    );
    const changed = take(texts());
    expect(changed).toMatchObject({ imported: 1, terminal: { laws: 1, articles: 1 } });
    expect(digestOfTerminal()).toBe(digestOfFolder());
    const db = openDatabase(join(dataDir(), 'cache.sqlite'), 'cache');
    expect(all(db, sql`select text from law_article`)).toEqual([{ text: '不堆杂物。' }]);
    db.write.close();
  });

  test('of the same law in two files shows the fuller one, and says which', () => {
    const head = '# 甲法\n\n2020年1月1日 通过\n\n<!-- INFO END -->\n\n';
    write('a/甲法.md', `${head}第一条 甲。`);
    write('b/甲法.md', `${head}第一条 甲。\n\n第二条 乙。`);
    expect(take(texts()).terminal).toMatchObject({
      ...{ laws: 1, articles: 2, duplicates: [{ path: 'a/甲法.md', sameAs: 'b/甲法.md' }] },
    });
  });

  test('of a split law puts its parts together in the order of its articles', () => {
    const part = (name: string, ...lines: string[]) =>
      `# 大法\n\n# ${name}\n\n2020年5月28日 通过\n\n<!-- INFO END -->\n\n${lines.join('\n\n')}`;
    write('大法/附则.md', part('附则', '##', '第三条 丙。本法自2021年1月1日起施行。'));
    write('大法/总则.md', part('总则', '## 第一章 甲', '第一条 甲。', '第二条 乙。'));
    expect(take(texts()).terminal).toMatchObject({ laws: 1, articles: 3 });
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

  test('names what it could not read and why, and takes the rest', () => {
    write('a.md', '');
    write('b.md', '# 只有标题\n\n<!-- INFO END -->\n');
    write('c.md', Buffer.from([0x23, 0x20, 0xff, 0xfe, 0x00, 0x01]));
    write('d.md', '# 乙法\n\n<!-- INFO END -->\n\n第一条 乙。');
    write('e.txt', '不是 Markdown');
    const report = take(texts());
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

  test('reads files that an older program wrote in GB 18030', () => {
    // 甲 乙 in GB 18030, between what ASCII has.
    const gb = Buffer.concat([
      Buffer.from('# '),
      Buffer.from([0xbc, 0xd7]),
      Buffer.from('\n\n<!-- INFO END -->\n\n'),
      Buffer.from([0xd2, 0xd2]),
    ]);
    write('a.md', gb);
    expect(take(texts()).terminal).toMatchObject({ laws: 1, articles: 1 });
  });
});

describe('the folder of texts', () => {
  test('fills a cache that was thrown away', () => {
    const digest = has();
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(dataDir(), `cache.sqlite${suffix}`), { force: true });
    expect(digestOfFolder()).toBe(digest);
  });

  test('a damaged segment is set aside, the rest stays, and importing again heals it', () => {
    const digest = has();
    const [name = ''] = segmentNames(lawFolder(dataDir()));
    truncateSync(join(lawFolder(dataDir()), name), 100);
    expect(() => readSegment(lawFolder(dataDir()), name)).toThrow();
    const healed = take();
    expect(healed).toMatchObject({ damaged: 1, imported: 6 });
    expect(digestOfTerminal()).toBe(digest);
    expect(readdirSync(lawFolder(dataDir()))).toContain(`${name}.damaged`);
  });

  test('while a host runs the texts are kept for it, and the cache is left alone', async () => {
    mkdirSync(dataDir(), { recursive: true });
    const host = lockDataFolder(dataDir());
    const report = take();
    expect(report).toMatchObject({ imported: 6, terminal: undefined });
    expect(readdirSync(dataDir())).not.toContain('cache.sqlite');
    const db = openDatabase(join(dataDir(), 'cache.sqlite'), 'cache');
    expect(await fillLawsInSteps(db, lawFolder(dataDir()))).toBe(true);
    expect(await fillLawsInSteps(db, lawFolder(dataDir()))).toBe(false);
    const digest = lawDigest(db);
    db.write.close();
    host.release();
    expect(has()).toBe(digest);
  });

  test('two imports at once: the second is refused', () => {
    mkdirSync(lawFolder(dataDir()), { recursive: true });
    const other = lockDataFolder(lawFolder(dataDir()));
    expect(() => take()).toThrow(expect.objectContaining({ kind: 'already-running' }));
    other.release();
    expect(take().imported).toBe(6);
  });
});

test('794 files, imported twice, leave the same database, and the second time nothing is taken', () => {
  for (const { path, text } of lawCorpus(20261122)) write(path, text);
  const first = take(texts());
  expect(first).toMatchObject({ files: CORPUS_FILES, imported: CORPUS_FILES, unreadable: [] });
  expect(first.terminal?.laws).toBe(CORPUS_FILES);
  expect(first.terminal?.articles).toBeGreaterThan(25_000);
  const digest = digestOfTerminal();
  const segments = segmentNames(lawFolder(dataDir()));
  const again = take(texts());
  expect(again).toMatchObject({ files: CORPUS_FILES, imported: 0 });
  expect(again.terminal).toEqual(first.terminal);
  expect(digestOfTerminal()).toBe(digest);
  expect(digestOfFolder()).toBe(digest);
  expect(segmentNames(lawFolder(dataDir()))).toEqual(segments);
}, 120_000);

const copy = statutes();

describe.skipIf(copy === undefined)('the copy of the statutes (LAWS_DIR)', () => {
  test('is read whole, and importing it again leaves the same database', () => {
    const from = copy ?? '';
    const first = take(from);
    expect(first.unreadable).toEqual([]);
    expect(first).toMatchObject({ files: CORPUS_FILES, imported: CORPUS_FILES });
    expect(first.terminal).toMatchObject({ laws: 780, articles: 34124 });
    const digest = digestOfTerminal();
    const again = take(from);
    expect(digestOfTerminal()).toBe(digest);
    expect(again).toMatchObject({ files: CORPUS_FILES, imported: 0, unreadable: [] });
    expect(again.terminal).toEqual(first.terminal);
    expect(again.flaws).toEqual(first.flaws);
  }, 120_000);

  test('has the Civil Code with all its 1260 articles, each once', () => {
    take(copy ?? '');
    const db = openDatabase(join(dataDir(), 'cache.sqlite'), 'cache');
    const code = all<{ number: number }>(
      db,
      sql`select a.number from law_article a join law l on l.n = a.law where l.id = '民法典@2020-05-28' order by position`,
    ).map(({ number }) => number);
    db.write.close();
    expect(code).toEqual(Array.from({ length: 1260 }, (_, at) => at + 1));
  }, 120_000);
});

test('an import of nothing leaves nothing', () => {
  mkdirSync(texts());
  expect(take(texts())).toMatchObject({ files: 0, imported: 0, terminal: { laws: 0 } });
});
