import { z } from 'zod';
import { citationSchema } from '../citation.ts';
import { defineKind } from '../kind.ts';
import { itemId } from './parts.ts';

/** A published list (清单): notary items, legal-aid conditions, grid services, which notary office serves which district. */
export const listBodySchema = z
  .strictObject({
    title: z.string().min(2).max(30),
    about: z.string().max(160).default(''),
    columns: z
      .array(z.strictObject({ id: itemId, label: z.string().max(14) }))
      .min(1)
      .max(5),
    rows: z
      .array(z.strictObject({ id: itemId, cells: z.record(z.string(), z.string().max(120)) }))
      .min(1),
    basis: z.array(citationSchema).default([]),
  })
  .superRefine((list, context) => {
    const known = list.columns.map((column) => column.id);
    list.rows.forEach((row, at) => {
      for (const cell of Object.keys(row.cells).filter((id) => !known.includes(id)))
        context.addIssue({
          code: 'custom',
          message: `没有"${cell}"这一列`,
          path: ['rows', at, 'cells', cell],
          params: { remedy: `可以写：${known.join('、')}` },
        });
    });
  });
export type ListBody = z.infer<typeof listBodySchema>;

export const listKind = defineKind<ListBody>({
  kind: 'list',
  label: '清单',
  body: listBodySchema as z.ZodType<ListBody>,
  scopeRule: 'any',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [
    { id: 'rows', label: '清单内容', isPresent: (body) => body.rows.length > 0 },
    { id: 'basis', label: '依据', isPresent: (body) => body.basis.length > 0 },
  ],
  title: (body) => body.title,
  search: (body) => ({
    title: body.title,
    words: [],
    text: body.rows.flatMap((row) => Object.values(row.cells)).join('\n'),
  }),
  references: () => [],
});
