import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { itemId } from './parts.ts';

const fieldSchema = z.strictObject({
  id: itemId,
  label: z.string().min(1).max(30),
  /** Lines of writing space on paper. */
  lines: z.int().min(1).max(12).default(1),
});

/** The building blocks of a form: enough for an application table as for a statement of claim. */
export const formBlockSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('heading'), id: itemId, text: z.string().min(1).max(30) }),
  z.strictObject({
    type: z.literal('fields'),
    id: itemId,
    columns: z.int().min(1).max(3),
    fields: z.array(fieldSchema).min(1),
  }),
  /** Running text; `{{field}}` is a blank to be filled in. */
  z.strictObject({
    type: z.literal('paragraph'),
    id: itemId,
    text: z.string().min(1).max(600),
    fields: z.array(fieldSchema).default([]),
  }),
  z.strictObject({
    type: z.literal('choice'),
    id: itemId,
    label: z.string().max(40),
    multiple: z.boolean().default(false),
    options: z.array(z.strictObject({ id: itemId, text: z.string().min(1).max(50) })).min(2),
  }),
  z.strictObject({
    type: z.literal('table'),
    id: itemId,
    label: z.string().max(30),
    columns: z
      .array(z.strictObject({ id: itemId, label: z.string().max(14) }))
      .min(2)
      .max(6),
    rows: z.int().min(1).max(10),
  }),
  z.strictObject({
    type: z.literal('signature'),
    id: itemId,
    fields: z.array(fieldSchema).min(1).max(4),
  }),
  z.strictObject({ type: z.literal('note'), id: itemId, text: z.string().min(1).max(300) }),
]);
export type FormBlock = z.infer<typeof formBlockSchema>;

export const formSampleBodySchema = z
  .strictObject({
    title: z.string().min(2).max(30),
    /** When one needs it, in one plain sentence. */
    purpose: z.string().min(6).max(100),
    /** Hints for filling it in. */
    hints: z.array(z.strictObject({ id: itemId, text: z.string().min(2).max(100) })).default([]),
    blocks: z.array(formBlockSchema).min(2),
    /** The filled example: block or field id to what is written there; choices list option ids, tables list rows. */
    example: z.record(
      z.string(),
      z.union([z.string(), z.array(z.string()), z.array(z.array(z.string()))]),
    ),
    words: z.array(z.string().min(1).max(20)).default([]),
    order: z.int().default(100),
  })
  .superRefine((form, context) => {
    for (const fault of exampleFaults(form))
      context.addIssue({ code: 'custom', message: fault, path: ['example'] });
  });
export type FormSampleBody = {
  title: string;
  purpose: string;
  hints: { id: string; text: string }[];
  blocks: FormBlock[];
  example: Record<string, string | string[] | string[][]>;
  words: string[];
  order: number;
};

export const formSampleKind = defineKind<FormSampleBody>({
  kind: 'form-sample',
  label: '表格样本',
  body: formSampleBodySchema as z.ZodType<FormSampleBody>,
  scopeRule: 'any',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [
    { id: 'purpose', label: '用途', isPresent: (body) => body.purpose !== '' },
    { id: 'hints', label: '填写提示', isPresent: (body) => body.hints.length > 0 },
    {
      id: 'example',
      label: '填好的样子',
      isPresent: (body) => Object.keys(body.example).length > 0,
    },
  ],
  title: (body) => body.title,
  search: (body) => ({ title: body.title, words: body.words, text: body.purpose }),
  references: () => [],
});

/** The ids that an example may and must fill, by block. */
export function fillableIds(blocks: readonly FormBlock[]): string[] {
  return blocks.flatMap((block) => {
    if (block.type === 'choice' || block.type === 'table') return [block.id];
    return 'fields' in block ? block.fields.map((field) => field.id) : [];
  });
}

function exampleFaults(form: Omit<FormSampleBody, 'title' | 'purpose'>): string[] {
  const ids = fillableIds(form.blocks);
  const given = Object.keys(form.example);
  const blanks = form.blocks.flatMap((block) =>
    block.type === 'paragraph'
      ? blanksOf(block.text).filter((id) => !block.fields.some((field) => field.id === id))
      : [],
  );
  const choices = form.blocks.filter((block) => block.type === 'choice');
  return [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `两处用了同一个编号"${id}"`),
    ...ids.filter((id) => !given.includes(id)).map((id) => `样例没有填"${id}"`),
    ...given.filter((id) => !ids.includes(id)).map((id) => `样例填了表里没有的"${id}"`),
    ...blanks.map((id) => `文字里的空格 {{${id}}} 没有在 fields 里说明`),
    ...choices.flatMap((block) =>
      [form.example[block.id] ?? []]
        .flat(2)
        .filter((chosen) => !block.options.some((option) => option.id === chosen))
        .map((chosen) => `"${block.label}"没有选项"${chosen}"`),
    ),
  ];
}

/** Ids of the blanks in a paragraph's text. */
export function blanksOf(text: string): string[] {
  return [...text.matchAll(/\{\{([a-z0-9-]+)\}\}/g)].map((match) => match[1] ?? '');
}
