import type { ContentRecord } from '../content/envelope.ts';
import type { FieldConflict } from '../operations/field-change.ts';
import { canonicalJson, type JsonValue } from '../operations/json-value.ts';
import type { EditField, EditInput } from './edit-field.ts';

/** What an id is called: of a person, a guide, a window. */
export type NameOf = (id: string) => string;

/** A change as people read it. */
export interface DescribedChange {
  readonly field: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

const NOTHING = '（空）';
const DAYS = '一二三四五六日';

/** A field's value in words. */
export function describeValue(input: EditInput, value: unknown, nameOf: NameOf): string {
  if (value === undefined || value === null || value === '') return NOTHING;
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [];
  switch (input.type) {
    case 'switch':
      return value === true ? '是' : '否';
    case 'choice':
    case 'choices':
      return (
        [value]
          .flat()
          .map((one) => input.options.find((option) => option.value === one)?.label ?? wordOf(one))
          .join('、') || NOTHING
      );
    case 'weekdays':
      return list.length === 0
        ? NOTHING
        : `星期${list.map((day) => DAYS[Number(day) - 1] ?? '').join('、')}`;
    case 'reference':
      return nameOf(wordOf(value));
    case 'texts':
    case 'dates':
      return list.map(wordOf).join('、') || NOTHING;
    case 'group':
      return describeFields(input.fields, value, nameOf);
    case 'list':
      return list.map((item) => describeFields(input.fields, item, nameOf)).join('；') || NOTHING;
    case 'text':
    case 'date':
    case 'time':
    case 'month-day':
      return wordOf(value) || NOTHING;
  }
}

/** An item of a list in words: what is filled in of it, in the order of the form. */
export function describeFields(
  fields: readonly EditField[],
  value: unknown,
  nameOf: NameOf,
): string {
  if (typeof value !== 'object' || value === null) return NOTHING;
  const parts = fields.flatMap(({ at, label, input }) => {
    const inner = (value as Readonly<Record<string, unknown>>)[at];
    if (input.type === 'switch') return inner === true ? [{ text: label, input }] : [];
    const text = describeValue(input, inner, nameOf);
    return text === NOTHING ? [] : [{ text, input }];
  });
  const words = parts.map(({ text, input }, at) => {
    if (at === 0) return text;
    const isSame = parts[at - 1]?.input.type === input.type;
    return `${(isSame ? RANGES.get(input.type) : undefined) ?? ' '}${text}`;
  });
  return words.join('') || NOTHING;
}

/** Between two of a kind that stand one after the other: from when to when. */
const RANGES: ReadonlyMap<string, string> = new Map([
  ['time', '–'],
  ['month-day', ' 至 '],
]);

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const DATES: readonly EditField[] = [
  { at: 'effectiveFrom', label: '开始显示', input: { type: 'date' } },
  { at: 'validUntil', label: '显示到哪天', input: { type: 'date' } },
];

/** What differs between two states of a record, in the order of its form; items of lists one by one. */
export function describeChanges(
  fields: readonly EditField[],
  before: ContentRecord | undefined,
  after: ContentRecord | undefined,
  nameOf: NameOf,
): DescribedChange[] {
  const ofRecord = DATES.flatMap((field) => changesOf(field, before, after, nameOf));
  const ofBody = fields.flatMap((field) => changesOf(field, before?.body, after?.body, nameOf));
  return [...ofRecord, ...ofBody];
}

function changesOf(
  { at, label, input }: EditField,
  before: unknown,
  after: unknown,
  nameOf: NameOf,
): DescribedChange[] {
  const [old, next] = [valueIn(before, at), valueIn(after, at)];
  if (isSame(old, next)) return [];
  if (input.type !== 'list' || !input.hasIds)
    return [
      {
        ...{ field: at, label },
        before: describeValue(input, old, nameOf),
        after: describeValue(input, next, nameOf),
      },
    ];
  const ids = [...new Set([...idsOf(old), ...idsOf(next)])];
  return ids.flatMap((id) => {
    const [was, is] = [itemOf(old, id), itemOf(next, id)];
    if (isSame(was, is)) return [];
    return [
      {
        ...{ field: `${at}.${id}`, label: input.noun },
        before: describeFields(input.fields, was, nameOf),
        after: describeFields(input.fields, is, nameOf),
      },
    ];
  });
}

/** A field in conflict (its path as in `field-change.ts`), published and wanted. */
export function describeConflict(
  fields: readonly EditField[],
  { field, published, wanted }: FieldConflict,
  nameOf: NameOf,
): DescribedChange {
  const [, part = '', ...steps] = field.split('/');
  const date = DATES.find(({ at }) => at === part);
  const found = date ?? (part === 'body' ? fieldAt(fields, steps) : undefined);
  const input = found?.input ?? { type: 'text' };
  return {
    field,
    label:
      found === undefined
        ? '内容'
        : labelAt(date === undefined ? fields : DATES, date === undefined ? steps : [part]),
    before: describeValue(input, published, nameOf),
    after: describeValue(input, wanted, nameOf),
  };
}

function fieldAt(
  fields: readonly EditField[],
  [name, ...rest]: readonly string[],
): EditField | undefined {
  const field = fields.find(({ at }) => at === name);
  if (field === undefined || rest.length === 0 || !('fields' in field.input)) return field;
  const inner = field.input.type === 'list' ? rest.slice(1) : rest;
  return inner.length === 0 ? field : (fieldAt(field.input.fields, inner) ?? field);
}

function labelAt(fields: readonly EditField[], [name, ...rest]: readonly string[]): string {
  const field = fields.find(({ at }) => at === name);
  if (field === undefined) return '内容';
  if (rest.length === 0 || !('fields' in field.input)) return field.label;
  const inner = field.input.type === 'list' ? rest.slice(1) : rest;
  return inner.length === 0 ? field.label : `${field.label}：${labelAt(field.input.fields, inner)}`;
}

function valueIn(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function idsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map((item: unknown) => wordOf(valueIn(item, 'id'))) : [];
}

function itemOf(value: unknown, id: string): unknown {
  return Array.isArray(value)
    ? value.find((item: unknown) => valueIn(item, 'id') === id)
    : undefined;
}

/** What is not there and what is empty are one to people. */
function isSame(a: unknown, b: unknown): boolean {
  const text = (value: unknown) =>
    value === '' || value === null || (Array.isArray(value) && value.length === 0)
      ? ''
      : canonicalJson(value as JsonValue | undefined);
  return text(a) === text(b);
}
