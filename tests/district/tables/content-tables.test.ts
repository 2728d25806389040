import { afterEach, beforeEach, expect, test } from 'vitest';
import { publishRecord } from '#district/content/published.ts';
import { all, sql } from '#district/store/sql.ts';
import { unzip, zip } from '#district/tables/bounded-zip.ts';
import { readXlsx, writeXlsx } from '#district/tables/xlsx.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { Draft, TableTaken } from '#shared/office/office-views.ts';
import { TABLE_KINDS } from '#shared/tables/content-sheets.ts';
import type { Sheet } from '#shared/tables/content-table.ts';
import { readProfilePack } from '#station/packs/profile-pack.ts';
import { onBothDatabases } from '../databases.ts';
import { type OfficePage, somebody } from '../office/sample-office.ts';
import { type SampleServer, sampleServer } from '../sample-server.ts';

/** A file of which the first sheet's XML was changed, as other programs may write it. */
function inSheet(file: Buffer, change: (xml: string) => string): Buffer {
  const files = unzip(file, 30_000_000);
  const path = 'xl/worksheets/sheet1.xml';
  const xml = files.get(path)?.toString('utf8') ?? '';
  const next = change(xml);
  expect(next).not.toBe(xml);
  return zip(files.set(path, Buffer.from(next)));
}

const pack = readProfilePack('assets/profiles/wuhua');
const records: readonly ContentRecord[] = (pack.pack?.records ?? [])
  .map(({ record }) => record)
  .filter(
    ({ kind, scope }) => (TABLE_KINDS as string[]).includes(kind) && scope.startsWith('5301'),
  );

onBothDatabases((opened) => {
  let server: SampleServer;
  let editor: OfficePage;
  beforeEach(async () => {
    server = await sampleServer(opened.database);
    editor = await somebody(server, ['editor'], ['5301', '00']);
  });
  afterEach(async () => {
    await server.close();
    expect(server.faults).toEqual([]);
  });

  const publish = (kind: string) =>
    opened.database.transaction(async (db) => {
      for (const record of records.filter((one) => one.kind === kind).slice(0, 60))
        await publishRecord(db, record, { actor: 'test', at: 1, note: '测试' });
    });
  const exported = async (kind: string) => {
    const { base64, fileName } = await editor.done<{ base64: string; fileName: string }>(
      'GET',
      `/tables/${kind}`,
    );
    expect(fileName).toMatch(/^\p{Script=Han}+-2026-11-22\.xlsx$/u);
    return Buffer.from(base64, 'base64');
  };
  const take = (kind: string, file: Buffer) =>
    editor.done<TableTaken>('POST', `/tables/${kind}`, {
      fileName: '表.xlsx',
      base64: file.toString('base64'),
    });
  const changed = async (file: Buffer, change: (sheets: Sheet[]) => void) => {
    const sheets = structuredClone(await readXlsx(file)) as Sheet[];
    change(sheets);
    return writeXlsx(sheets);
  };
  /** A cell of a sheet, by the heading of its column. */
  const set = (sheet: Sheet | undefined, row: number, column: string, value: string | null) => {
    const at = sheet?.rows[0]?.indexOf(column) ?? -1;
    expect(at, column).toBeGreaterThanOrEqual(0);
    const cells = (sheet?.rows[row - 1] ?? []) as (string | null)[];
    cells[at] = value;
  };

  test.each(['person', 'station', 'hotline', 'roster'])(
    'a table of %s that comes back as it was changes nothing',
    async (kind) => {
      await publish(kind);
      const count = records.filter((record) => record.kind === kind).slice(0, 60).length;
      expect(count).toBeGreaterThan(1);
      const taken = await take(kind, await exported(kind));
      expect(taken).toEqual({ outcome: 'taken', drafts: 0, unchanged: count });
    },
  );

  test('what was changed becomes drafts that a second person reviews', async () => {
    await publish('hotline');
    const file = await changed(await exported('hotline'), ([sheet]) => {
      set(sheet, 2, '名称', '新的名称');
      const rows = (sheet?.rows ?? []) as unknown[][];
      rows.push([
        ...['hotline.new', '530102', null, '2026-11-01', null, '区司法局', '五华区司法局', null],
        ...['新的热线', '0871-0000-0009', '法律服务', '问法律问题。', '工作日'],
      ]);
    });
    expect(await take('hotline', file)).toMatchObject({ outcome: 'taken', drafts: 2 });
    const drafts = await editor.done<Draft[]>('GET', '/drafts');
    expect(drafts.map(({ state, note }) => ({ state, note }))).toEqual([
      { state: 'in-review', note: '从表格导入：表.xlsx' },
      { state: 'in-review', note: '从表格导入：表.xlsx' },
    ]);
    const change = drafts.find(({ baseVersion }) => baseVersion > 0);
    expect(change?.differences).toMatchObject([{ field: '/body/name', to: '新的名称' }]);
    const own = await editor.post(`/drafts/${change?.id}/approve`, { revision: 1 });
    expect(own.statusCode).toBe(403);
    const reviewer = await somebody(server, ['reviewer'], ['5301', '00']);
    for (const { id } of drafts)
      expect(
        await reviewer.done<Draft>('POST', `/drafts/${id}/approve`, { revision: 1 }),
      ).toMatchObject({ state: 'published' });
  });

  /** A station, or the office, changed a hotline after the export. */
  const changedSince = async (
    change: (body: Record<string, unknown>) => Record<string, unknown>,
  ) => {
    const [first] = await all<{ record: ContentRecord }>(
      opened.database,
      sql`select record from content where kind = 'hotline' order by scope, id limit 1`,
    );
    const record = first?.record as ContentRecord;
    const body = change(record.body as Record<string, unknown>) as ContentRecord['body'];
    await opened.database.transaction((db) =>
      publishRecord(db, { ...record, body }, { actor: 'test', at: 2, note: '测试' }),
    );
  };

  test('what others changed since the export stays, and the draft is of what is published now', async () => {
    await publish('hotline');
    const old = await exported('hotline');
    await changedSince((body) => ({ ...body, name: '别人改的名称' }));
    expect(await take('hotline', old)).toMatchObject({ outcome: 'taken', drafts: 0 });
    const file = await changed(old, ([sheet]) => set(sheet, 2, '责任单位', '新的责任单位'));
    expect(await take('hotline', file)).toMatchObject({ outcome: 'taken', drafts: 1 });
    const [draft] = await editor.done<Draft[]>('GET', '/drafts');
    expect(draft).toMatchObject({ baseVersion: 2, content: { body: { name: '别人改的名称' } } });
    expect(draft?.differences).toMatchObject([{ field: '/responsibleBody', to: '新的责任单位' }]);
  });

  test('what others changed since the export in the same place is told in its row', async () => {
    await publish('hotline');
    const old = await exported('hotline');
    await changedSince((body) => ({ ...body, name: '别人改的名称' }));
    const file = await changed(old, ([sheet]) => set(sheet, 2, '名称', '表里改的名称'));
    expect(await take('hotline', file)).toMatchObject({
      outcome: 'faulty',
      faults: [
        {
          ...{ row: 2, column: '名称' },
          fault: '导出以后别人也改了这里，请看过现在的内容，重新导出再改。',
        },
      ],
    });
    expect(await all(opened.database, sql`select 1 from draft`)).toEqual([]);
  });

  test('a row without the version that it changes, with a made-up one, or of a withdrawn record is told', async () => {
    await publish('hotline');
    const old = await exported('hotline');
    const taken = async (version: string | null) => {
      const file = await changed(old, ([sheet]) => {
        set(sheet, 2, '名称', '表里改的名称');
        set(sheet, 2, '发布版本', version);
      });
      const answer = await take('hotline', file);
      return answer.outcome === 'faulty' ? answer.faults : [];
    };
    for (const [version, fault] of [
      [null, '这一条已经发布过，请重新导出，在导出的那一行上改。'],
      ['9', '没有这个版本，请重新导出再改。'],
      ['第一版', '这一列请照导出时的样子，不要改；新加的一行留空。'],
    ] as const)
      expect(await taken(version)).toMatchObject([{ row: 2, column: '发布版本', fault }]);
    await opened.database.query(sql`update content set state = 'withdrawn'`);
    expect(await taken('1')).toMatchObject([
      { row: 2, fault: '这一条在导出以后撤下了，请去掉这一行。' },
    ]);
  });

  test('one fault keeps all of it out, and says sheet, row, column and what to do', async () => {
    await publish('roster');
    const file = await changed(await exported('roster'), ([main, shifts]) => {
      set(main, 2, '名称', '表');
      set(main, 3, '范围', '620104001');
      set(shifts, 2, '做什么', '睡觉');
      set(shifts, 3, '从几点', '25:00');
      set(shifts, 4, '编号', 'roster.nowhere');
    });
    const taken = await take('roster', file);
    const faults = taken.outcome === 'faulty' ? taken.faults : [];
    const about = (sheet: string, row: number, column: string) =>
      faults.find((one) => one.sheet === sheet && one.row === row && one.column === column)?.fault;
    expect(about('班次', 2, '做什么')).toMatch(/^没有“睡觉”这一项，可以写：带班领导、/);
    expect(about('班次', 4, '编号')).toBe('第一张工作表里没有这个编号和范围，请核对。');
    expect(await all(opened.database, sql`select 1 from draft`)).toEqual([]);
    const second = await changed(await exported('roster'), ([main, shifts]) => {
      set(main, 2, '名称', '表');
      set(shifts, 3, '从几点', '25:00');
    });
    const again = await take('roster', second);
    expect(again).toMatchObject({
      outcome: 'faulty',
      faults: [
        { sheet: '值班表', row: 2, column: '名称', fault: '名称：太短了，至少 2 个字。' },
        {
          ...{ sheet: '班次', row: 3, column: '从几点' },
          fault: '第 1 个班次，从几点：要写成 24 小时制的时间，例如 09:00。',
        },
      ],
    });
  });

  test.each([
    [
      'an error',
      (cell: string) =>
        cell.replace(/<c [^>]*?r="(\w+)".*/s, '<c r="$1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
      '这一格的公式算出了错误',
    ],
    [
      'a formula whose value was not kept',
      (cell: string) => cell.replace(/<c [^>]*?r="(\w+)".*/s, '<c r="$1"><f>A1</f></c>'),
      '这一格的公式没有算出结果',
    ],
    [
      'a formula of a text whose value was not kept',
      (cell: string) => cell.replace(/<c [^>]*?r="(\w+)".*/s, '<c r="$1" t="str"><f>A1</f></c>'),
      '这一格的公式没有算出结果',
    ],
  ])('%s in a cell is told, and takes nothing away', async (_what, broken, why) => {
    await publish('hotline');
    const file = await exported('hotline');
    const [sheet] = await readXlsx(file);
    const column = sheet?.rows[0]?.indexOf('来源') ?? -1;
    const address = `${String.fromCharCode(65 + column)}3`;
    const bad = inSheet(file, (xml) =>
      xml.replace(new RegExp(`<c [^>]*?r="${address}".*?</c>`, 's'), (cell) => broken(cell)),
    );
    const taken = await take('hotline', bad);
    expect(taken).toMatchObject({ outcome: 'faulty', faults: [{ row: 3, column: '来源' }] });
    expect(JSON.stringify(taken)).toContain(why);
  });

  test('the lower cells of a merged range are told, and nothing else of a range as large as a sheet', async () => {
    await publish('hotline');
    const file = await exported('hotline');
    const merged = (ref: string) =>
      inSheet(file, (xml) =>
        xml.replace(
          '</sheetData>',
          `</sheetData><mergeCells><mergeCell ref="${ref}"/></mergeCells>`,
        ),
      );
    const [sheet] = await readXlsx(file);
    const letter = String.fromCharCode(65 + (sheet?.rows[0]?.indexOf('来源') ?? 0));
    expect(await take('hotline', merged(`${letter}2:${letter}4`))).toMatchObject({
      outcome: 'faulty',
      faults: [
        {
          ...{ sheet: sheet?.name, row: 3, column: '来源' },
          fault: '这一格并进了别的格，请取消合并，每一格分别写。',
        },
      ],
    });
    expect(await take('hotline', merged(`${letter}2:XFD1048576`))).toMatchObject({
      outcome: 'faulty',
    });
  });

  test('more records of a kind than a table may hold do not make those in it unknown', async () => {
    await publish('hotline');
    const old = await exported('hotline');
    const [first] = records.filter(({ kind }) => kind === 'hotline');
    await opened.database.query(sql`insert into content (id, scope, kind, version, state, record, division, changed_at)
      select 'hotline.aaa-' || number, '53', 'hotline', 1, 'published', ${JSON.stringify(first)}::jsonb, '53', 1
      from generate_series(1, 5001) as number`);
    const all53 = await somebody(server, ['editor'], ['53', '00']);
    const file = await changed(old, ([sheet]) => set(sheet, 2, '名称', '表里改的名称'));
    const taken = await all53.done<TableTaken>('POST', '/tables/hotline', {
      fileName: '表.xlsx',
      base64: file.toString('base64'),
    });
    expect(taken).toMatchObject({ outcome: 'taken', drafts: 1 });
  });

  test('a table of more records than may be looked at in one go is refused', async () => {
    await publish('hotline');
    const file = await changed(await exported('hotline'), ([sheet]) => {
      const rows = (sheet?.rows ?? []) as unknown[][];
      for (let at = 0; at < 5_001; at += 1) rows.push([`hotline.more-${at}`, '530102']);
    });
    const answer = await editor.post('/tables/hotline', {
      fileName: '表.xlsx',
      base64: file.toString('base64'),
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).toContain('一张表最多 5000 条，请分成几份。');
  });

  test('records of others are not in the table, and cannot be brought in by one', async () => {
    await publish('hotline');
    const file = await exported('hotline');
    const other = await somebody(server, ['editor'], ['620104']);
    const { base64 } = await other.done<{ base64: string }>('GET', '/tables/hotline');
    const [sheet] = await readXlsx(Buffer.from(base64, 'base64'));
    expect(sheet?.rows).toHaveLength(1);
    const answer = await other.done<TableTaken>('POST', '/tables/hotline', {
      fileName: '表.xlsx',
      base64: file.toString('base64'),
    });
    expect(answer).toMatchObject({ outcome: 'faulty' });
    expect(JSON.stringify(answer)).toContain('这个范围不归您负责。');
  });

  test('a file that is no table is refused in one sentence', async () => {
    for (const bytes of [Buffer.from('no table'), Buffer.alloc(0)]) {
      const answer = await editor.post('/tables/hotline', {
        fileName: '表.xlsx',
        base64: bytes.toString('base64'),
      });
      expect(answer.statusCode).toBe(400);
    }
    const foreign = await editor.post('/tables/triage', { fileName: '表.xlsx', base64: 'AAAA' });
    expect(foreign.statusCode).toBe(404);
  });
});
