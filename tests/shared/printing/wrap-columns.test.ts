import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnsOf, wrapColumns } from '#shared/printing/wrap-columns.ts';

test('a full-width character takes two columns', () => {
  expect(columnsOf('法律12348')).toBe(9);
});

test('a long name is broken where it is full, also when a column is left over', () => {
  expect(wrapColumns('五华区华山街道公共法律服务工作站', 15)).toEqual([
    '五华区华山街道',
    '公共法律服务工',
    '作站',
  ]);
});

test('no line begins with a full stop or ends with an opening bracket', () => {
  expect(wrapColumns('材料要带齐全。', 12)).toEqual(['材料要带齐', '全。']);
  expect(wrapColumns('依据是哪条（第三条）', 12)).toEqual(['依据是哪条', '（第三条）']);
});

test('words and numbers stay whole where they fit', () => {
  expect(wrapColumns('请拨打电话12348咨询', 12)).toEqual(['请拨打电话', '12348咨询']);
  expect(wrapColumns('1234567890', 4)).toEqual(['1234', '5678', '90']);
});

test('no line is wider than asked for, and nothing but blanks is lost', () => {
  const texts = fc.string({ unit: 'grapheme', maxLength: 80 });
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 48 }), (text, columns) => {
      const lines = wrapColumns(text.replace(/[^ -~一-鿿，。（）]/gu, '字'), columns);
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
      expect(lines.join('').replaceAll(' ', '')).toBe(
        text.replace(/[^ -~一-鿿，。（）]/gu, '字').replaceAll(' ', ''),
      );
    }),
  );
});
