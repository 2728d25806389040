import { expect, test } from 'vitest';
import { badCells } from '#district/tables/bad-cells.ts';
import { unzip, zip } from '#district/tables/bounded-zip.ts';
import { readXlsx, writeXlsx } from '#district/tables/xlsx.ts';
import { UnreadableCell } from '#shared/tables/cell-value.ts';
import { sheetsFor } from '#shared/tables/content-sheets.ts';
import { readTable } from '#shared/tables/content-table.ts';

const places = (xml: string, rows = 9, columns = 3) =>
  badCells(xml, rows, columns).map(({ row, column }) => [row, column]);

const SHEET = 'xl/worksheets/sheet1.xml';
const NAMES = [
  ['编号', '范围'],
  ['hotline.one', '530102'],
  ['hotline.two', '530102'],
] as const;

/** A file of hotlines of which parts were changed, as other programs may write them. */
async function fileWith(
  change: (files: Map<string, Buffer>, text: (path: string) => string) => void,
) {
  const file = await writeXlsx([{ name: '热线电话', rows: NAMES }]);
  const files = new Map(unzip(file, 30_000_000));
  change(files, (path) => files.get(path)?.toString('utf8') ?? '');
  return zip(files);
}

test('formulas without a value are found, also beside an empty value, under any prefix and behind a comment', () => {
  const xml = [
    '<c r="A1"><f>B1</f></c><c r="B1"><f>A1</f><v></v></c><c r="C1"><f>A1</f><v/> </c>',
    '<x:c r="A2"><x:f>B1</x:f></x:c><c r="B2" t="str"><f>A1</f><v></v></c>',
    '<!-- <c r="C2"><f>A1</f></c> --><c r="C3" t="e"><v>#REF!</v></c><c r="A3"><f>1</f><v>1</v></c>',
  ];
  expect(places(xml.join(''))).toEqual([
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [2, 2],
  ]);
});

test('what never ends, and ranges over ranges, cost no more than one look', () => {
  expect(places('<c r="A1">'.repeat(300_000))).toEqual([]);
  expect(places('<!--'.repeat(300_000))).toEqual([]);
  const ranges = '<mergeCell ref="A1:C90000"/>'.repeat(20_000);
  expect(places(ranges, 90_000, 3)).toHaveLength(269_999);
});

test('a last row of nothing but cells that cannot be read is not lost', async () => {
  const file = await fileWith((files, text) => {
    const row = '<row r="5"><c r="B5" t="e"><v>#REF!</v></c></row></sheetData>';
    files.set(SHEET, Buffer.from(text(SHEET).replace('</sheetData>', row)));
  });
  const [sheet] = await readXlsx(file);
  expect(sheet?.rows).toHaveLength(5);
  expect(sheet?.rows[4]?.[1]).toBeInstanceOf(UnreadableCell);
});

test('a chart on a sheet of its own is a sheet without rows', async () => {
  const [book, relations] = ['xl/workbook.xml', 'xl/_rels/workbook.xml.rels'];
  const file = await fileWith((files, text) => {
    const sheet = '<sheet name="图" sheetId="9" r:id="rId99"/></sheets>';
    const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet';
    const relation = `<Relationship Id="rId99" Type="${type}" Target="chartsheets/sheet1.xml"/></Relationships>`;
    files.set(book, Buffer.from(text(book).replace('</sheets>', sheet)));
    files.set(relations, Buffer.from(text(relations).replace('</Relationships>', relation)));
    files.set('xl/chartsheets/sheet1.xml', Buffer.from('<chartsheet/>'));
  });
  expect((await readXlsx(file)).map(({ name, rows }) => [name, rows.length])).toEqual([
    ['热线电话', 3],
    ['图', 0],
  ]);
});

test('a number or place that cannot be read says why, and not that it is written wrongly', () => {
  const sheets = sheetsFor('hotline') ?? expect.unreachable();
  const bad = new UnreadableCell('算出了错误');
  const rows = [
    ['编号', '范围', '发布版本'],
    [bad, '530102', null],
    ['hotline.one', bad, bad],
  ];
  const { faults } = readTable(sheets, [{ name: '热线电话', rows }], () => undefined);
  expect(faults.map(({ row, column, fault }) => [row, column, fault])).toEqual([
    [2, '编号', '算出了错误。'],
    [3, '范围', '算出了错误。'],
    [3, '发布版本', '算出了错误。'],
  ]);
});
