import { z } from 'zod';
import { defineKind } from '../kind.ts';

/**
 * Everyday words and the legal words that they mean (老板不给工资 → 劳动报酬, 拖欠), or the word that everybody uses for them
 * (娃, 伢子 → 孩子).
 */
export const synonymBodySchema = z
  .strictObject({
    everyday: z.array(z.string().min(1).max(20)).min(1),
    legal: z.array(z.string().min(1).max(20)).min(1).optional(),
    plain: z.string().min(1).max(20).optional(),
  })
  .refine(({ legal, plain }) => legal !== undefined || plain !== undefined, {
    message: '要么写法律上的说法（legal），要么写大家通用的说法（plain）',
  });
export type SynonymBody = z.infer<typeof synonymBodySchema>;

export const synonymKind = defineKind<SynonymBody>({
  kind: 'synonym',
  label: '同义说法',
  body: synonymBodySchema as z.ZodType<SynonymBody>,
  scopeRule: 'any',
  reviewEveryDays: 730,
  mustEnd: false,
  particulars: [
    { id: 'everyday', label: '群众的说法', isPresent: (body) => body.everyday.length > 0 },
  ],
  title: (body) => body.everyday.join('、'),
  search: () => ({ title: '', words: [], text: '' }),
  references: () => [],
});
