import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Cell, readCell, writeCell } from '#shared/tables/cell-value.ts';
import type { CellInput } from '#shared/tables/content-sheets.ts';

const CHOICE = {
  type: 'choices',
  options: [
    { value: 'a', label: '甲' },
    { value: 'b', label: '乙' },
  ],
} as const satisfies CellInput;

test('a text comes back from its cell as it was, and no cell begins like a formula', () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('', '=', '+', '-', '@', "'", "'="), (text, start) => {
      const value = `${start}${text}`.trim();
      const cell = writeCell({ type: 'text' }, value);
      expect(String(cell ?? '')).not.toMatch(/^[=+\-@\t\r]/);
      // An apostrophe before what looks like a formula is what a spreadsheet itself writes for a text.
      if (!/^'+[=+\-@\t\r＝＋－＠]/.test(value))
        expect(readCell({ type: 'text' }, cell) ?? '').toBe(value.replaceAll('\r\n', '\n'));
    }),
  );
});

test.each<[CellInput, unknown, Cell]>([
  [{ type: 'switch' }, true, '是'],
  [CHOICE, ['a', 'b'], '甲、乙'],
  [{ type: 'weekdays' }, [1, 3, 7], '一、三、日'],
  [{ type: 'texts' }, ['坡道、扶手', '低位窗口'], '坡道、扶手\n低位窗口'],
  [{ type: 'number' }, 5, 5],
  [{ type: 'time' }, '08:30', '08:30'],
])('%o is written and read: %#', (input, value, cell) => {
  expect(writeCell(input, value)).toEqual(cell);
  expect(readCell(input, cell)).toEqual(value);
});

test.each<[CellInput, Cell, unknown]>([
  [{ type: 'date' }, new Date('2026-11-22T00:00:00Z'), '2026-11-22'],
  [{ type: 'time' }, 0.354166667, '08:30'],
  [{ type: 'time' }, new Date('1899-12-30T09:05:00Z'), '09:05'],
  [{ type: 'weekdays' }, '周一，周日', [1, 7]],
  [{ type: 'weekdays' }, '星期一、星期天', [1, 7]],
  [{ type: 'text' }, 12348, '12348'],
  [{ type: 'text' }, '  ', undefined],
])('what a spreadsheet makes of %o is understood: %#', (input, cell, value) => {
  expect(readCell(input, cell)).toEqual(value);
});

test.each<[CellInput, Cell, RegExp]>([
  [{ type: 'switch' }, '好', /写“是”或者“否”/],
  [CHOICE, '丙', /没有“丙”这一项，可以写：甲、乙/],
  [{ type: 'number' }, '三', /要写数字/],
  [{ type: 'weekdays' }, '八', /星期几/],
])('what does not fit %o is told: %#', (input, cell, fault) => {
  expect(() => readCell(input, cell)).toThrow(fault);
});

test('sentences keep their ids by their words, then by their place', () => {
  const before = [
    { id: 'first', text: '第一句话' },
    { id: 'second', text: '第二句话' },
  ];
  expect(readCell({ type: 'sentences' }, '第二句话\n第一句话\n新的一句', before)).toEqual([
    { id: 'second', text: '第二句话' },
    { id: 'first', text: '第一句话' },
    { id: 'item-3', text: '新的一句' },
  ]);
  expect(readCell({ type: 'sentences' }, '改过的第一句\n第二句话', before)).toEqual([
    { id: 'first', text: '改过的第一句' },
    { id: 'second', text: '第二句话' },
  ]);
});
