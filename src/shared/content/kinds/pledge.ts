import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { textItem } from './parts.ts';

export const pledgeBodySchema = z.strictObject({
  title: z.string().min(2).max(20),
  /** What the station promises, one sentence an item. */
  items: z.array(textItem).min(1),
  /** What happens, and whom to tell, when the promise is not kept. */
  remedy: z.string().max(120).default(''),
  order: z.int().default(100),
});
export type PledgeBody = z.infer<typeof pledgeBodySchema>;

export const pledgeKind = defineKind<PledgeBody>({
  kind: 'pledge',
  label: '服务承诺',
  body: pledgeBodySchema as z.ZodType<PledgeBody>,
  scopeRule: 'any',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [
    { id: 'items', label: '承诺内容', isPresent: (body) => body.items.length > 0 },
    { id: 'remedy', label: '没做到怎么办', isPresent: (body) => body.remedy !== '' },
  ],
  title: (body) => body.title,
  search: (body) => ({
    title: body.title,
    words: [],
    text: body.items.map((item) => item.text).join('\n'),
  }),
  references: () => [],
});
