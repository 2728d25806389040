import { describe, expect, test } from 'vitest';
import { kindNamed } from '#shared/content/kinds/index.ts';
import { fieldNames, fieldRules } from '#shared/editing/form-rules.ts';
import { sheetsFor, TABLE_KINDS } from '#shared/tables/content-sheets.ts';

/** What no table can hold; it stays as it is when a table comes back. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = { station: ['floorPlan'] };

describe.each(TABLE_KINDS)('the table of %s', (kind) => {
  const sheets = sheetsFor(kind);
  const schema = kindNamed(kind).body;

  test('has a column or a sheet for every field of the schema', () => {
    const columns = sheets?.columns.map(({ at }) => at[0] ?? '') ?? [];
    const lists = sheets?.lists.map(({ at }) => at) ?? [];
    const known = new Set([...columns, ...lists, ...(LEFT_OUT[kind] ?? [])]);
    expect([...known].toSorted()).toEqual(fieldNames(schema).toSorted());
  });

  test('has no two columns of one name, and none that the schema does not know', () => {
    const rules = fieldRules(schema);
    const envelope = [
      '编号',
      '范围',
      '从哪天起显示',
      '显示到哪天',
      '来源',
      '责任单位',
      '发布前要核实的事项',
    ];
    const main = [...envelope, ...(sheets?.columns.map(({ label }) => label) ?? [])];
    expect(new Set(main).size).toBe(main.length);
    for (const { at } of sheets?.columns ?? []) expect(rules(at).isThere, at.join('.')).toBe(true);
    for (const list of sheets?.lists ?? []) {
      const labels = ['编号', '范围', '本项编号', ...list.columns.map(({ label }) => label)];
      expect(new Set(labels).size).toBe(labels.length);
      for (const { at } of list.columns)
        expect(rules([list.at, ...at]).isThere, at.join('.')).toBe(true);
    }
  });
});

test('a kind that is no list has no table', () => {
  expect(sheetsFor('triage')).toBeUndefined();
});
