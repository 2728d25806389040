import { z } from 'zod';
import { citationSchema } from '../citation.ts';
import { defineKind } from '../kind.ts';
import { faqTopicSchema } from './faq.ts';

/** A knowledge article of the legal reading corner (法治套餐). */
export const articleBodySchema = z.strictObject({
  title: z.string().min(2).max(40),
  summary: z.string().min(10).max(140),
  /** Markdown without HTML. */
  text: z.string().min(50).max(20_000),
  topic: faqTopicSchema,
  basis: z.array(citationSchema).default([]),
  cover: z.string().startsWith('media.').optional(),
});
export type ArticleBody = z.infer<typeof articleBodySchema>;

export const articleKind = defineKind<ArticleBody>({
  kind: 'article',
  label: '普法文章',
  body: articleBodySchema as z.ZodType<ArticleBody>,
  scopeRule: 'any',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [{ id: 'basis', label: '法律依据', isPresent: (body) => body.basis.length > 0 }],
  title: (body) => body.title,
  search: (body) => ({ title: body.title, words: [], text: `${body.summary}\n${body.text}` }),
  references: (body) => (body.cover ? [body.cover] : []),
});
