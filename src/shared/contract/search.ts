import { oc } from '@orpc/contract';
import { z } from 'zod';
import { faqTopicSchema } from '../content/kinds/faq.ts';
import { pageLanguageSchema } from './views.ts';

/** Kinds that a visitor can find and open; settings, rosters and word lists are not among them. */
export const searchKindSchema = z.enum([
  'service',
  'faq',
  'triage',
  'person',
  'station',
  'grid',
  'hotline',
  'form-sample',
  'notice',
  'law',
  'law-article',
  'legal-case',
  'article',
  'media',
  'event',
  'list',
]);
export type SearchKind = z.infer<typeof searchKindSchema>;

/** A text and which parts of it answer what was typed: from inclusive, to exclusive, in UTF-16 units, in order, apart. */
export const markedTextSchema = z.object({
  text: z.string(),
  marks: z.array(z.object({ from: z.int().min(0), to: z.int().min(1) })),
});

export type MarkedText = z.infer<typeof markedTextSchema>;

/** What a hit of some kinds has beyond title and snippet; a field that the kind has not is absent. */
export const searchExtraSchema = z.object({
  /** Of persons, outlets and hotlines, as it is dialled. */
  phone: z.string().optional(),
  /** A person's post and organisation, an outlet's address, what a hotline is for. */
  about: z.string().optional(),
  /** A person who is plainly a sample. */
  sample: z.boolean().optional(),
  /** Of an outlet: its code, by which `stations.get` finds it. */
  station: z.string().optional(),
  /** Of a grid: its code, by which `people.grid` finds it. */
  grid: z.string().optional(),
  /** Of questions: what they are about. */
  topic: faqTopicSchema.optional(),
  /** Of statutes: id and name of the law, and its version by the day from which it is in force. */
  law: z.string().optional(),
  lawTitle: z.string().optional(),
  version: z.string().optional(),
  /** False for a text that is repealed, replaced or not in force yet. */
  inForce: z.boolean().optional(),
  /** As printed: 第一千零七十九条. */
  article: z.string().optional(),
  /** Where the article stands in its law, by which `laws.article` finds it. */
  position: z.int().optional(),
});

export type SearchExtra = z.infer<typeof searchExtraSchema>;

export const searchHitSchema = z.object({
  kind: searchKindSchema,
  id: z.string(),
  title: markedTextSchema,
  /** The place in the text that answers best, about two lines; absent when there is no text. */
  snippet: markedTextSchema.optional(),
  extra: searchExtraSchema,
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** How the words were read, where they were not taken as they stand: a page says so ("已按…查找"). */
export const understoodSchema = z.discriminatedUnion('type', [
  /** A reference to a rule of law; `law` is absent when only an article was named. */
  z.object({ type: z.literal('article'), law: z.string().optional(), article: z.string() }),
  /** Everyday words, and the legal ones that were looked for, too. */
  z.object({ type: z.literal('synonym'), said: z.string(), meant: z.array(z.string()) }),
  /** Words that sound alike: 仲才 was read as 仲裁. */
  z.object({ type: z.literal('sound'), said: z.string(), read: z.string() }),
  z.object({ type: z.literal('pinyin'), said: z.string() }),
  z.object({ type: z.literal('phone'), said: z.string() }),
]);

/** Where to turn from here, in the order in which a page offers it. */
export const nextStepSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), number: z.string() }),
  /**
   * The plain questions that lead to the right window; offered where this station has any. `triage` are those that fit what
   * was typed; without it the visitor chooses the matter.
   */
  z.object({
    type: z.literal('triage'),
    triage: z.object({ id: z.string(), title: z.string() }).optional(),
  }),
  z.object({ type: z.literal('staff') }),
]);

const searchInputSchema = z.object({
  /** What stands in the box, unfinished or not; may be empty. */
  text: z.string().max(200),
  language: pageLanguageSchema,
  /** Only these kinds; all when absent. */
  kinds: z.array(searchKindSchema).min(1).max(searchKindSchema.options.length).optional(),
  /** Most hits of a group. */
  limit: z.int().min(1).max(50).default(5),
});

export const searchAnswerSchema = z.object({
  /** The best answer over all groups; absent when nothing was found. It stands in its group, too. */
  best: searchHitSchema.optional(),
  /** One group a kind, the group with the best hit first; hits best first. */
  groups: z.array(
    z.object({
      kind: searchKindSchema,
      hits: z.array(searchHitSchema),
      /** Whether there are more than `limit`. */
      more: z.boolean(),
    }),
  ),
  understood: z.array(understoodSchema),
  next: z.array(nextStepSchema).min(1),
  /** False while the index is still being built after much new content: there may be more than is found yet. */
  complete: z.boolean(),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;

/** The part of the contract that finds things. */
export const searchContract = {
  /** Never fails for any text of up to 200 characters: what is not understood finds nothing, and `next` remains. */
  query: oc.input(searchInputSchema).output(searchAnswerSchema),
  /** Words that begin with, or sound like, what was typed so far; for the row below the box. */
  suggest: oc
    .input(
      z.object({
        text: z.string().max(200),
        language: pageLanguageSchema,
        limit: z.int().min(1).max(20).default(8),
      }),
    )
    .output(z.object({ words: z.array(z.string()) })),
};
