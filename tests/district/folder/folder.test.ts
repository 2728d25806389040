import { hash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { publishRecord, withdrawRecord } from '#district/content/published.ts';
import { readBases, renewBases } from '#district/folder/base-versions.ts';
import { exportFolder } from '#district/folder/export-folder.ts';
import { exportFiles, readFiles, takeFiles } from '#district/folder/folder-files.ts';
import { FOLDER_LIMITS } from '#district/folder/folder-limits.ts';
import { folderTexts } from '#district/folder/folder-texts.ts';
import { importFolder } from '#district/folder/import-folder.ts';
import { readFolder } from '#district/folder/read-folder.ts';
import { runFolderOrder } from '#district/folder/run-folder-order.ts';
import { readFolderOrder } from '#district/options.ts';
import { all, sql } from '#district/store/sql.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { onBothDatabases } from '../databases.ts';
import { fileOf, notice, pamphlet } from '../feed/sample-feed.ts';
import { emptyDatabase } from '../sample-server.ts';

const BODY = '五华区司法局（示例）';
const FILE = fileOf('d', 5_000);
const nameOf = (file: Uint8Array) => `${hash('sha256', file)}.pdf`;
const keep = (at: string, file: Uint8Array) => {
  mkdirSync(join(at, 'media'), { recursive: true });
  writeFileSync(join(at, 'media', nameOf(file)), file);
};
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
    expect(first).toMatchObject({ published: records.length, unchanged: 0 });
    const out = join(folder, 'out');
    expect(await exportFolder(database, out)).toHaveLength(records.length);
    const back = readFolder(out, '别的单位');
    expect(back.faults).toEqual([]);
    const second = await importFolder(database, back.records, AT + 1);
    expect(second).toMatchObject({ published: 0, unchanged: records.length });
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

  describe('a folder that was exported', () => {
    const record = notice('one');
    const titled = (title: string): ContentRecord => ({
      ...record,
      body: { ...(record.body as object), title },
    });
    const publish = (next: ContentRecord) =>
      opened.database.transaction((db) =>
        publishRecord(db, next, { actor: 'terminal', at: AT, note: '' }),
      );
    const out = () => join(folder, 'out');
    /** The folder as it lies there comes back, with what somebody changed in it. */
    const back = async (change: (text: string) => string = (text) => text, overwrites = false) => {
      const path = join(out(), '530102', 'notice.yaml');
      writeFileSync(path, change(readFileSync(path, 'utf8')));
      const { records, faults } = readFolder(out(), BODY);
      expect(faults).toEqual([]);
      const meeting = { bases: readBases(out()), overwrites };
      const imported = await importFolder(opened.database, records, AT + 1, [], meeting);
      expect(renewBases(imported.bases, out())).toEqual([]);
      return imported;
    };
    const now = async () => {
      const [row] = await all<{ state: string; record: ContentRecord }>(
        opened.database,
        sql`select state, record from content`,
      );
      return row;
    };
    beforeEach(async () => {
      await emptyDatabase(opened.database);
      await publish(record);
      await exportFolder(opened.database, out());
    });

    test('and not changed leaves what was changed or withdrawn since', async () => {
      await publish(titled('终端改的标题'));
      expect(await back()).toMatchObject({ published: 0, unchanged: 1, clashes: [] });
      expect(await now()).toMatchObject({ record: { body: { title: '终端改的标题' } } });
      await opened.database.transaction((db) =>
        withdrawRecord(db, record, { actor: 'terminal', at: AT, note: '' }),
      );
      expect(await back()).toMatchObject({ published: 0, unchanged: 1, clashes: [] });
      expect(await now()).toMatchObject({ state: 'withdrawn' });
    });

    const elsewhere = (text: string) => text.replace(/source: .*/, 'source: 文件夹里改的来源');

    test('is merged with what others changed since in other fields', async () => {
      await publish(titled('终端改的标题'));
      expect(await back(elsewhere)).toMatchObject({ published: 1, unchanged: 0, clashes: [] });
      expect(await now()).toMatchObject({
        record: { source: '文件夹里改的来源', body: { title: '终端改的标题' } },
      });
    });

    const sourced = (source: string) => (text: string) =>
      text.replace(/source: .*/, `source: ${source}`);
    const { source: before } = record;

    test('is edited and comes back again and again, also with an edit that is undone', async () => {
      for (const source of ['第一次改的来源', '第二次改的来源', before]) {
        expect(await back(sourced(source))).toMatchObject({ published: 1, clashes: [] });
        expect(await now()).toMatchObject({ record: { source } });
      }
      expect(await back()).toMatchObject({ published: 0, unchanged: 1 });
    });

    test('keeps what others changed, however often it comes back', async () => {
      await publish(titled('终端改的标题'));
      for (const source of ['第一次改的来源', '第二次改的来源', before]) {
        expect(await back(sourced(source))).toMatchObject({ published: 1, clashes: [] });
        expect(await now()).toMatchObject({
          record: { source, body: { title: '终端改的标题' } },
        });
      }
      await publish(titled('终端又改的标题'));
      expect(await back()).toMatchObject({ published: 0, unchanged: 1 });
      expect(await now()).toMatchObject({ record: { body: { title: '终端又改的标题' } } });
    });

    test('brings back what was withdrawn, unchanged as it is, only when it is told to', async () => {
      await opened.database.transaction((db) =>
        withdrawRecord(db, record, { actor: 'terminal', at: AT, note: '' }),
      );
      expect(await back()).toMatchObject({ published: 0, unchanged: 1 });
      expect(await back(undefined, true)).toMatchObject({ published: 1, unchanged: 0 });
      expect(await now()).toMatchObject({ state: 'published' });
    });

    test('and that of a pack as people write it has nothing written in it', async () => {
      rmSync(join(out(), 'base-versions.json'));
      await back();
      expect(readdirSync(out())).toEqual(['530102']);
    });

    test('names what both changed, or was withdrawn, and takes nothing in until it is told to', async () => {
      await publish({ ...record, source: '终端改的来源' });
      expect(await back(elsewhere)).toMatchObject({
        ...{ published: 0, unchanged: 0 },
        clashes: ['notice.one（530102）：导出以后，同一个地方又有别人改过。'],
      });
      expect(await now()).toMatchObject({ record: { source: '终端改的来源' } });
      await opened.database.transaction((db) =>
        withdrawRecord(db, record, { actor: 'terminal', at: AT, note: '' }),
      );
      expect(await back()).toMatchObject({
        clashes: ['notice.one（530102）：这一条已经撤下，导入会重新发布。'],
      });
      expect(await now()).toMatchObject({ state: 'withdrawn' });
      expect(await back(undefined, true)).toMatchObject({ published: 1, clashes: [] });
      expect(await now()).toMatchObject({
        state: 'published',
        record: { source: '文件夹里改的来源' },
      });
    });

    test('without its versions, or with those of another district, overwrites nothing by itself', async () => {
      const clashes = [
        'notice.one（530102）：已经发布的和文件夹里的不一样，又不知道是从哪一版改的。',
      ];
      const bases = join(out(), 'base-versions.json');
      const text = readFileSync(bases, 'utf8');
      writeFileSync(bases, text.replace(/[0-9a-f]{64}/, '0'.repeat(64)));
      expect(await back(elsewhere)).toMatchObject({ published: 0, clashes });
      rmSync(bases);
      expect(await back()).toMatchObject({ published: 0, clashes });
      writeFileSync(bases, '{');
      expect(() => readBases(out())).toThrow('base-versions.json 读不出来');
      writeFileSync(bases, ' '.repeat(FOLDER_LIMITS.basesBytes + 1));
      expect(() => readBases(out())).toThrow('超过 32 MB');
      rmSync(bases);
      symlinkSync('/dev/zero', bases);
      expect(() => readBases(out())).toThrow('是一个链接');
    });
  });

  describe('the files that records name', () => {
    const store = () => ({ settings: { mediaFolder: join(folder, 'store') } });
    const bring = async (from: string, records: readonly ContentRecord[]) => {
      const { files, faults } = await readFiles(records, from);
      expect(faults).toEqual([]);
      await takeFiles(store(), files, from);
      return importFolder(opened.database, records, AT, files);
    };

    test('go in beside them, out, and in again at another district', async () => {
      await emptyDatabase(opened.database);
      const here = join(folder, 'here');
      keep(here, FILE);
      const records = [
        ...[pamphlet('leaflet', FILE), pamphlet('elsewhere', fileOf('e'))],
        notice('one'),
      ];
      expect(await bring(here, records)).toMatchObject({ published: 3, unchanged: 0, clashes: [] });
      const [kept] = await all<object>(opened.database, sql`select sha256, mime from media_file`);
      expect(kept).toEqual({ sha256: hash('sha256', FILE), mime: 'application/pdf' });
      const out = join(folder, 'out');
      const exported = await exportFolder(opened.database, out);
      // The other one terminals have from their deployment; the district never had it.
      expect(await exportFiles(store(), exported, out)).toBe(1);
      expect(readdirSync(join(out, 'media'))).toEqual([nameOf(FILE)]);
      expect(readFileSync(join(out, 'media', nameOf(FILE)))).toEqual(FILE);
      await emptyDatabase(opened.database);
      rmSync(store().settings.mediaFolder, { recursive: true });
      const back = readFolder(out, '');
      expect(back.faults).toEqual([]);
      expect(await bring(out, back.records)).toMatchObject({
        published: 3,
        unchanged: 0,
        clashes: [],
      });
      expect(readFileSync(join(store().settings.mediaFolder, nameOf(FILE)))).toEqual(FILE);
      expect(readdirSync(join(store().settings.mediaFolder, 'uploads'))).toEqual([]);
    });

    test('are no more of a division than its terminals can hold, or nothing is noted', async () => {
      await emptyDatabase(opened.database);
      const film = (at: number): ContentRecord => {
        const { body, ...rest } = pamphlet(`film${at}`, fileOf('f'));
        const sha256 = hash('sha256', `film ${at}`);
        const file = { type: 'video', mime: 'video/mp4', sha256, bytes: 500_000_000 };
        return { ...rest, body: { ...body, ...file } };
      };
      const films = Array.from({ length: 8 }, (_, at) => film(at));
      await importFolder(opened.database, films, AT);
      const here = join(folder, 'here');
      keep(here, FILE);
      await expect(bring(here, [pamphlet('leaflet', FILE)])).rejects.toThrow(
        '530102：一个区划的文件合计不能超过 4 GB',
      );
      expect(await all(opened.database, sql`select 1 from media_file`)).toEqual([]);
    });
  });
});

describe('a file beside the records', () => {
  const faultsOf = async (...files: Uint8Array[]) => {
    const records = files.map((file, at) => pamphlet(`p${at}`, file));
    return (await readFiles(records, folder)).faults;
  };

  test('that is not the one that its record names is a fault', async () => {
    keep(folder, FILE);
    writeFileSync(join(folder, 'media', nameOf(FILE)), fileOf('x', FILE.length));
    expect(await faultsOf(FILE)).toEqual([
      expect.stringMatching(/^media\/[0-9a-f]{64}\.pdf：和内容里写的不是同一个文件/),
    ]);
  });

  test('that is no pamphlet whatever its name is, or too large, is a fault', async () => {
    const page = Buffer.from('<script>alert(1)</script>');
    const huge = fileOf('h', 50_000_001);
    for (const file of [page, huge]) keep(folder, file);
    expect(await faultsOf(page, huge)).toEqual([
      expect.stringContaining('只能上传 PNG、JPEG、WebP 图片'),
      expect.stringContaining('宣传册不能超过 50 MB'),
    ]);
  });

  test('that is a link, or in a linked folder, is not read', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    keep(outside, FILE);
    mkdirSync(join(folder, 'media'));
    symlinkSync(join(outside, 'media', nameOf(FILE)), join(folder, 'media', nameOf(FILE)));
    const link = '这是一个链接，只读文件夹里真正的文件。';
    expect(await faultsOf(FILE)).toEqual([`media/${nameOf(FILE)}：${link}`]);
    rmSync(join(folder, 'media'), { recursive: true });
    symlinkSync(join(outside, 'media'), join(folder, 'media'));
    expect(await faultsOf(FILE)).toEqual([`media：${link}`]);
    rmSync(outside, { recursive: true });
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

describe('an export keeps to what an import takes', () => {
  const write = (texts: ReadonlyMap<string, string>) => {
    for (const [name, text] of texts) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  };
  const back = () => {
    const { records, faults } = readFolder(folder, BODY);
    expect(faults).toEqual([]);
    return records.map(({ id, scope }) => `${id} ${scope}`).toSorted();
  };

  test('a kind that is too long for one file goes out in several, none longer than may come in', () => {
    const source = '长'.repeat(190);
    const records = Array.from({ length: 10_000 }, (_, at) => ({ ...notice(`n${at}`), source }));
    const texts = folderTexts(records);
    const lengths = [...texts]
      .filter(([name]) => name.endsWith('.yaml'))
      .map(([, text]) => Buffer.byteLength(text));
    expect(lengths.length).toBe(
      Math.ceil(lengths.reduce((sum, one) => sum + one) / FOLDER_LIMITS.fileBytes),
    );
    expect(lengths.length).toBeGreaterThan(1);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(FOLDER_LIMITS.fileBytes);
    write(texts);
    expect(back()).toHaveLength(records.length);
  });

  test('one file for each place as long as they may all come in; with one place more they lie by district', () => {
    const placed = Array.from({ length: FOLDER_LIMITS.files + 1 }, (_, at) =>
      notice('one', 1, `530102${String(at).padStart(6, '0')}`),
    );
    const names = (of: readonly ContentRecord[]) => [...folderTexts(of).keys()];
    expect(names(placed.slice(1))).toHaveLength(FOLDER_LIMITS.files + 1);
    expect(names(placed)).toEqual(['530102/notice.yaml', 'base-versions.json']);
    write(folderTexts(placed));
    expect(back()).toEqual(placed.map(({ id, scope }) => `${id} ${scope}`));
  });

  test('what no import takes is refused, to the byte', () => {
    const records = [notice('one'), notice('two')];
    const bytes = (name: string) => Buffer.byteLength(folderTexts(records).get(name) ?? '');
    const exact = {
      ...{ files: 1, fileBytes: bytes('530102/notice.yaml'), bytes: bytes('530102/notice.yaml') },
      basesBytes: bytes('base-versions.json'),
    };
    expect(folderTexts(records, exact).size).toBe(2);
    for (const limit of ['fileBytes', 'bytes', 'basesBytes'] as const)
      expect(() => folderTexts(records, { ...exact, [limit]: exact[limit] - 1 })).toThrow(
        '没法再导入',
      );
  });
});

test('an order takes the same folder in twice, with an edit between', async () => {
  const options = ['--data', join(folder, 'data')];
  const order = (...args: string[]) =>
    runFolderOrder(readFolderOrder([...args, ...options], {}) ?? expect.unreachable());
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const pack = join(folder, 'pack');
  const out = join(folder, 'out');
  mkdirSync(pack);
  const { version: _version, ...record } = notice('one');
  writeFileSync(join(pack, 'notice.yaml'), JSON.stringify({ kind: 'notice', records: [record] }));
  await order('import', pack);
  await order('export', out);
  const path = join(out, '530102', 'notice.yaml');
  for (const source of ['第一次改的来源', '第二次改的来源']) {
    writeFileSync(path, readFileSync(path, 'utf8').replace(/source: .*/, `source: ${source}`));
    await order('import', out);
  }
  const told = said.mock.calls.map(([text]) => JSON.parse(String(text)) as object);
  said.mockRestore();
  expect(told).toMatchObject([{}, {}, { published: 1 }, { published: 1 }]);
});

test('an order about a folder names one', () => {
  expect(readFolderOrder(['export', folder, '--data', folder], {})).toMatchObject({
    ...{ what: 'export', folder },
  });
  expect(readFolderOrder(['--data', folder], {})).toBeUndefined();
  expect(() => readFolderOrder(['import'], {})).toThrow('请写明文件夹');
});
