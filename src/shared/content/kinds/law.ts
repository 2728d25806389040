import { z } from 'zod';
import { localDateSchema } from '../../time/date-schemas.ts';
import { defineKind } from '../kind.ts';
import { itemId } from './parts.ts';

export const lawBodySchema = z.strictObject({
  title: z.string().min(2).max(120),
  /** Name without 中华人民共和国, as citations use it. */
  shortTitle: z.string().min(2).max(120),
  category: z.string().max(20),
  /** Adoption, amendments, entry into force, in the order in which they happened. */
  history: z.array(z.strictObject({ date: localDateSchema, event: z.string().max(120) })),
  inForce: z.enum(['in-force', 'not-yet', 'amended', 'repealed', 'unknown']),
  /** First day in force of this version, where the text says it. */
  inForceFrom: localDateSchema.optional(),
  /** Parts, chapters, sections in order; `before` is the first article that stands below. */
  outline: z.array(
    z.strictObject({
      id: itemId,
      level: z.int().min(1).max(4),
      heading: z.string().max(120),
      firstArticle: z.int().min(0),
    }),
  ),
  articles: z.int().min(0),
});
export type LawBody = z.infer<typeof lawBodySchema>;

/** One version of a law; its articles are records of kind `law-article`. */
export const lawKind = defineKind<LawBody>({
  kind: 'law',
  label: '法律法规',
  body: lawBodySchema as z.ZodType<LawBody>,
  scopeRule: 'wide',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [
    { id: 'history', label: '通过和施行日期', isPresent: (body) => body.history.length > 0 },
    { id: 'articles', label: '条文', isPresent: (body) => body.articles > 0 },
  ],
  title: (body) => body.title,
  search: (body) => ({
    title: body.title,
    words: [body.shortTitle],
    text: body.outline.map((part) => part.heading).join('\n'),
  }),
  references: () => [],
});

export const lawArticleBodySchema = z.strictObject({
  law: z.string().startsWith('law.'),
  /** As printed: 第一千零七十九条; empty for text that stands before the first article. */
  number: z.string().max(24),
  /** Position in the law, from 0, so that a number that stands twice is still two articles. */
  position: z.int().min(0),
  text: z.string().min(1),
});
export type LawArticleBody = z.infer<typeof lawArticleBodySchema>;

export const lawArticleKind = defineKind<LawArticleBody>({
  kind: 'law-article',
  label: '法律条文',
  body: lawArticleBodySchema as z.ZodType<LawArticleBody>,
  scopeRule: 'wide',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [{ id: 'text', label: '条文正文', isPresent: (body) => body.text !== '' }],
  title: (body) => body.number,
  search: (body) => ({ title: body.number, words: [], text: body.text }),
  references: (body) => [body.law],
});
