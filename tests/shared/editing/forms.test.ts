import { describe, expect, test } from 'vitest';
import { kindNamed } from '#shared/content/kinds/index.ts';
import { cleanBody } from '#shared/editing/clean-text.ts';
import { describeValue } from '#shared/editing/describe.ts';
import type { EditField } from '#shared/editing/edit-field.ts';
import { labelOf } from '#shared/editing/fault-sentence.ts';
import { fieldNames, fieldRules } from '#shared/editing/form-rules.ts';
import { EDIT_FORMS } from '#shared/editing/forms.ts';
import { mayStationChange } from '#shared/operations/station-editing.ts';

describe.each(EDIT_FORMS)('the form for $kind', (form) => {
  const schema = kindNamed(form.kind).body;

  test('has every field of its schema, or says that it leaves it alone', () => {
    const known = [...form.fields.map(({ at }) => at), ...form.untouched];
    expect(known.toSorted()).toEqual(fieldNames(schema).toSorted());
  });

  test('gives out no field that the district refuses', () => {
    for (const field of form.fields as readonly EditField[])
      if (field.locked === undefined)
        expect(mayStationChange(form.kind, `/body/${field.at}`), field.at).toBe(true);
  });

  test('knows fields of items and groups that the schema knows', () => {
    const rules = fieldRules(schema);
    const walk = (fields: readonly EditField[], path: readonly string[]) => {
      for (const { at, input } of fields) {
        expect(rules([...path, at]).isThere, [...path, at].join('.')).toBe(true);
        if ('fields' in input) walk(input.fields, [...path, at]);
      }
    };
    walk(form.fields, []);
  });
});

test('the longest text of a field comes from its schema', () => {
  const rules = fieldRules(kindNamed('notice').body);
  expect(rules(['title'])).toMatchObject({ isNeeded: true, maxLength: 36 });
  expect(fieldRules(kindNamed('pledge').body)(['items', 'text']).maxLength).toBe(120);
  expect(fieldRules(kindNamed('person').body)(['phone']).isNeeded).toBe(false);
});

test('a place in a form is named as people find it', () => {
  const roster = EDIT_FORMS.find(({ kind }) => kind === 'roster')?.fields ?? [];
  expect(labelOf(roster, ['shifts', '1', 'from'])).toBe('第 2 个班次，从几点');
  expect(labelOf(roster, ['shifts'])).toBe('班次');
  expect(labelOf(roster, ['nothing'])).toBe('内容');
  expect(labelOf([], ['materials', '2', 'name'])).toBe('申请材料，第 3 项，名称');
});

test('values are told in words', () => {
  const nameOf = (id: string) => (id === 'person.a' ? '王示例' : id);
  expect(describeValue({ type: 'weekdays' }, [1, 3], nameOf)).toBe('星期一、三');
  expect(describeValue({ type: 'reference', to: 'person' }, 'person.a', nameOf)).toBe('王示例');
  expect(describeValue({ type: 'switch' }, false, nameOf)).toBe('否');
  expect(describeValue({ type: 'texts' }, [], nameOf)).toBe('（空）');
});

test('marks that nobody sees are taken out of what was typed', () => {
  expect(cleanBody({ name: ' 王\u202E示例\u0000 ', list: ['a\nb', ' c '] })).toEqual({
    name: '王示例',
    list: ['a\nb', 'c'],
  });
});
