import { z } from 'zod';
import { citationSchema } from '../citation.ts';
import { defineKind } from '../kind.ts';
import { serviceCategorySchema } from './service.ts';

/** A case of the case library, told without anyone's name (requirements JL, XG). */
export const legalCaseBodySchema = z.strictObject({
  title: z.string().min(4).max(60),
  category: serviceCategorySchema,
  facts: z.string().min(20).max(4000),
  outcome: z.string().min(10).max(2000),
  lesson: z.string().max(600).default(''),
  basis: z.array(citationSchema).default([]),
});
export type LegalCaseBody = z.infer<typeof legalCaseBodySchema>;

export const legalCaseKind = defineKind<LegalCaseBody>({
  kind: 'legal-case',
  label: '案例',
  body: legalCaseBodySchema as z.ZodType<LegalCaseBody>,
  scopeRule: 'any',
  reviewEveryDays: 730,
  mustEnd: false,
  particulars: [
    { id: 'lesson', label: '案例提示', isPresent: (body) => body.lesson !== '' },
    { id: 'basis', label: '法律依据', isPresent: (body) => body.basis.length > 0 },
  ],
  title: (body) => body.title,
  search: (body) => ({
    title: body.title,
    words: [],
    text: `${body.facts}\n${body.outcome}\n${body.lesson}`,
  }),
  references: () => [],
});
