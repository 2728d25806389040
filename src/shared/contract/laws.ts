import { oc } from '@orpc/contract';
import { z } from 'zod';
import { citationSchema } from '../content/citation.ts';
import { LONGEST_LAW_ID } from '../laws/law-title.ts';
import { localDateSchema } from '../time/date-schemas.ts';
import { markedTextSchema } from './search.ts';

/** Names of categories are those of the source's folders; a page has its own words for those that it knows. */
const category = z.string().max(40);
const lawId = z.string().min(1).max(LONGEST_LAW_ID);
const position = z.int().min(0).max(1_000_000);

export const lawStateSchema = z.enum([
  ...['in-force', 'not-yet', 'amended', 'repealed', 'unknown', 'outdated', 'baseless'],
] as const);
export const lawGenreSchema = z.enum(['law', 'amendment', 'interpretation', 'case']);

/** A law in a list: the version that holds, or the newest where none does. */
export const lawSummarySchema = z.object({
  id: lawId,
  title: z.string(),
  /** Without 中华人民共和国. */
  shortTitle: z.string(),
  genre: lawGenreSchema,
  category,
  state: lawStateSchema,
  /** Day on which this version was adopted or last changed. */
  versionDate: localDateSchema.optional(),
  inForceFrom: localDateSchema.optional(),
  articles: z.int(),
  versions: z.int(),
});
export type LawSummary = z.infer<typeof lawSummarySchema>;

export const lawOverviewSchema = z.object({
  laws: z.int(),
  categories: z.array(z.object({ category, genre: lawGenreSchema, laws: z.int() })),
  /** Laws that guides and questions name most, where they are here. */
  often: z.array(lawSummarySchema),
});
export type LawOverview = z.infer<typeof lawOverviewSchema>;

export const lawViewSchema = lawSummarySchema.extend({
  history: z.array(z.object({ date: localDateSchema, event: z.string() })),
  notes: z.array(z.string()),
  allVersions: z.array(
    z.object({
      id: lawId,
      state: lawStateSchema,
      versionDate: localDateSchema.optional(),
      inForceFrom: localDateSchema.optional(),
    }),
  ),
  /** Versions newer than any here, in words: 2025年修订; known of themselves, or because guides and questions rest on them. */
  newerKnown: z.array(z.string()),
  outline: z.array(z.object({ level: z.int(), heading: z.string(), position })),
  /** The text in stretches that a page reads as it needs them; `letters` tells how long each will be. */
  stretches: z.array(z.object({ from: position, count: z.int(), letters: z.int() })),
});
export type LawView = z.infer<typeof lawViewSchema>;

export const lawArticleSchema = z.object({
  position,
  /** As printed: 第一千零七十九条; empty for text without a number. */
  label: z.string(),
  number: z.int(),
  inserted: z.int(),
  /** Paragraphs, one a line. */
  text: z.string(),
});
export type LawArticleText = z.infer<typeof lawArticleSchema>;

/** A place in a law; without `position` the law as a whole. */
export const lawLinkSchema = z.object({
  law: lawId,
  position: position.optional(),
  /** As it is cited: 《民法典》第十条. */
  label: z.string(),
  /** The beginning of what stands there. */
  text: z.string(),
});
export type LawLink = z.infer<typeof lawLinkSchema>;

const contentLinkSchema = z.object({ id: z.string(), title: z.string() });

export const lawArticleViewSchema = lawArticleSchema.extend({
  law: lawSummarySchema,
  newerKnown: z.array(z.string()),
  /** Headings above it, the widest first. */
  above: z.array(z.string()),
  previous: position.optional(),
  next: position.optional(),
  cites: z.array(lawLinkSchema),
  citedBy: z.object({
    guides: z.array(contentLinkSchema),
    faqs: z.array(contentLinkSchema),
    laws: z.array(lawLinkSchema),
    /** How many laws' articles name it in all; `laws` holds the first of them. */
    lawsInAll: z.int(),
  }),
});
export type LawArticleView = z.infer<typeof lawArticleViewSchema>;

/** Where a citation of a guide leads. */
export const resolvedCitationSchema = z.object({
  law: lawId,
  position: position.optional(),
  /** The citation rests on a version newer than the one here; its number may be another. */
  newer: z.boolean(),
});

const atArticle = z.object({ law: lawId, position });

/** Law texts that were imported here; none of them is part of the product. */
export const lawsContract = {
  overview: oc.output(lawOverviewSchema),
  /** Laws of a category, or all whose title has `title` in it; the newest in force of each. */
  list: oc
    .input(
      z.object({
        category: category.optional(),
        title: z.string().max(80).optional(),
        from: z.int().min(0),
        count: z.int().min(1).max(100),
      }),
    )
    .output(z.object({ laws: z.array(lawSummarySchema), total: z.int() })),
  get: oc.input(z.object({ law: lawId })).output(lawViewSchema),
  articles: oc
    .input(z.object({ law: lawId, from: position, count: z.int().min(1).max(60) }))
    .output(z.array(lawArticleSchema)),
  article: oc.input(atArticle).output(lawArticleViewSchema),
  /** An article by its number: 1079, or 133 and 1 for 第一百三十三条之一. */
  byNumber: oc
    .input(
      z.object({
        law: lawId,
        number: z.int().min(1).max(9999),
        inserted: z.int().min(0).max(99).default(0),
      }),
    )
    .output(z.object({ position })),
  /** Articles of a law in which all the words of a query stand, in the order of the law. */
  find: oc
    .input(
      z.object({
        law: lawId,
        query: z.string().min(1).max(80),
        from: z.int().min(0).default(0),
        count: z.int().min(1).max(50).default(50),
      }),
    )
    .output(
      z.object({
        hits: z.array(z.object({ position, label: z.string(), excerpt: markedTextSchema })),
        total: z.int(),
      }),
    ),
  /** Where each citation leads; null where its law is not here. */
  resolve: oc
    .input(z.object({ citations: z.array(citationSchema).max(60) }))
    .output(z.array(resolvedCitationSchema.nullable())),
  /** An article as plain text for a QR code that works without any network, at most 900 bytes of UTF-8. */
  takeaway: oc.input(atArticle).output(z.object({ text: z.string() })),
};
