import type { FormBlock, FormSampleBody } from '../content/kinds/form-sample.ts';
import type { PaperBlock, PaperDocument, PaperField } from './paper-document.ts';

/** What a form says of the place that hands it out. */
export interface FormPlace {
  readonly station: string;
  readonly date: string;
}

type Example = FormSampleBody['example'];

/** Letters that a table column has room for at least and at most, so that no column is starved or takes everything. */
const COLUMN_ROOM = { least: 4, most: 16 };

/** A form sample as a paper: blank for writing, or filled in as the made-up example. Hints follow the form. */
export function formPaper(
  form: FormSampleBody,
  place: FormPlace,
  options: { readonly filled: boolean },
): PaperDocument {
  return {
    title: form.title,
    sample: options.filled,
    blocks: [
      ...form.blocks.map((block) => paperBlock(block, form.example, options.filled)),
      ...hints(form),
    ],
    foot: `${place.station} ${place.date} · 本表供参考，以窗口提供的表格为准`,
  };
}

function hints(form: FormSampleBody): PaperBlock[] {
  return [
    { type: 'heading', text: '填写提示（不用交）' },
    { type: 'list', items: [form.purpose, ...form.hints.map((hint) => hint.text)] },
  ];
}

function paperBlock(block: FormBlock, example: Example, filled: boolean): PaperBlock {
  const fill = (fields: readonly { id: string; label: string; lines: number }[]): PaperField[] =>
    fields.map((field) => ({
      label: field.label,
      lines: field.lines,
      value: filled ? textOf(example[field.id]) : undefined,
    }));
  switch (block.type) {
    case 'heading':
    case 'note':
      return { type: block.type, text: block.text };
    case 'fields':
      return { type: 'fields', columns: block.columns, fields: fill(block.fields) };
    case 'signature':
      return { type: 'signature', fields: fill(block.fields) };
    case 'paragraph':
      return { type: 'paragraph', parts: partsOf(block.text, block.fields, fill) };
    case 'choice':
      return {
        type: 'choice',
        label: block.label,
        options: block.options.map((option) => ({
          text: option.text,
          chosen: filled && listOf(example[block.id]).includes(option.id),
        })),
      };
    case 'table':
      return tableOf(block, example, filled);
  }
}

function partsOf<Field extends { id: string }>(
  text: string,
  fields: readonly Field[],
  fill: (fields: readonly Field[]) => PaperField[],
): (string | PaperField)[] {
  return text.split(/\{\{([a-z0-9-]+)\}\}/).flatMap((part, at): (string | PaperField)[] => {
    if (at % 2 === 1) return fill(fields.filter((field) => field.id === part));
    return part === '' ? [] : [part];
  });
}

function tableOf(
  block: Extract<FormBlock, { type: 'table' }>,
  example: Example,
  filled: boolean,
): PaperBlock {
  const written = rowsOf(example[block.id]);
  const columns = block.columns.map((column) => column.label);
  const given = filled ? written : [];
  return {
    type: 'table',
    label: block.label,
    columns,
    rows: Array.from({ length: Math.max(block.rows, given.length) }, (_, row) =>
      columns.map((_label, column) => given[row]?.[column] ?? ''),
    ),
    room: columns.map((label, column) =>
      roomFor([label, ...written.map((row) => row[column] ?? '')]),
    ),
  };
}

function roomFor(texts: readonly string[]): number {
  const longest = Math.max(...texts.map((text) => text.length));
  return Math.min(Math.max(longest, COLUMN_ROOM.least), COLUMN_ROOM.most);
}

function textOf(value: Example[string] | undefined): string {
  return value === undefined ? '' : [value].flat(2).join('、');
}

function listOf(value: Example[string] | undefined): string[] {
  return value === undefined ? [] : [value].flat(2);
}

function rowsOf(value: Example[string] | undefined): string[][] {
  return Array.isArray(value) ? value.filter((row) => Array.isArray(row)) : [];
}
