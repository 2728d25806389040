import { z } from 'zod';
import { citationSchema } from '../citation.ts';
import { defineKind } from '../kind.ts';
import { itemId } from './parts.ts';

/** A rule on who gets what: the province's economic standard for legal aid (法律援助法 art. 34) and the like. */
export const accessRuleBodySchema = z.strictObject({
  title: z.string().min(2).max(40),
  subject: z.enum([
    'legal-aid-economic-standard',
    'legal-aid-no-check',
    'legal-aid-matters',
    'fee-reduction',
  ]),
  text: z.string().min(10).max(800),
  /** Monthly income per head in yuan up to which the standard holds, where the province names a sum. */
  monthlyIncomeYuan: z.number().min(0).max(100_000).optional(),
  groups: z.array(z.strictObject({ id: itemId, text: z.string().max(80) })).default([]),
  basis: z.array(citationSchema).min(1),
});
export type AccessRuleBody = z.infer<typeof accessRuleBodySchema>;

export const accessRuleKind = defineKind<AccessRuleBody>({
  kind: 'access-rule',
  label: '受理标准',
  body: accessRuleBodySchema as z.ZodType<AccessRuleBody>,
  scopeRule: 'wide',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [
    { id: 'basis', label: '依据', isPresent: (body) => body.basis.length > 0 },
    { id: 'groups', label: '适用人群', isPresent: (body) => body.groups.length > 0 },
  ],
  title: (body) => body.title,
  search: (body) => ({ title: body.title, words: [], text: body.text }),
  references: () => [],
});
