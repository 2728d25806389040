import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { ArticleBody } from '../content/kinds/article.ts';
import type { EventBody } from '../content/kinds/event.ts';
import { faqTopicSchema } from '../content/kinds/faq.ts';
import type { LegalCaseBody } from '../content/kinds/legal-case.ts';
import type { ListBody } from '../content/kinds/list.ts';
import { serviceCategorySchema } from '../content/kinds/service.ts';
import { localDateSchema, localTimeSchema } from '../time/date-schemas.ts';
import { pageLanguageSchema, provenanceSchema, shownBody } from './views.ts';

const recordLanguage = provenanceSchema.shape.language;

export const caseSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  category: serviceCategorySchema,
  language: recordLanguage,
});
export type CaseSummary = z.infer<typeof caseSummarySchema>;

export const articleSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  topic: faqTopicSchema,
  language: recordLanguage,
});
export type ArticleSummary = z.infer<typeof articleSummarySchema>;

export const lectureSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  place: z.string(),
  date: localDateSchema,
  from: localTimeSchema,
  to: localTimeSchema,
  seats: z.int().optional(),
  language: recordLanguage,
});
export type LectureSummary = z.infer<typeof lectureSummarySchema>;

const listSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  about: z.string(),
  language: recordLanguage,
});
export type ListSummary = z.infer<typeof listSummarySchema>;

/** One thing that the screen shows while nobody uses it. */
export const slideSchema = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  /** Place and time of a lecture. */
  when: z
    .object({
      date: localDateSchema,
      from: localTimeSchema,
      to: localTimeSchema,
      place: z.string(),
    })
    .optional(),
  /** Path of a picture on this terminal; its words are the text. */
  picture: z.string().optional(),
  seconds: z.int(),
  weight: z.int(),
  /** Last day on which it is shown. */
  validUntil: localDateSchema.optional(),
});
export type Slide = z.infer<typeof slideSchema>;

const language = z.object({ language: pageLanguageSchema });
const byId = language.extend({ id: z.string().min(1).max(80) });

/** The part of the contract for reading beside the statutes (V11). */
export const readingContract = {
  overview: oc.output(
    z.object({
      cases: z.int(),
      articles: z.int(),
      pamphlets: z.int(),
      films: z.int(),
      lectures: z.int(),
    }),
  ),
  cases: oc.input(language).output(z.array(caseSummarySchema)),
  case: oc
    .input(byId)
    .output(z.object({ body: shownBody<LegalCaseBody>(), provenance: provenanceSchema })),
  articles: oc.input(language).output(z.array(articleSummarySchema)),
  article: oc
    .input(byId)
    .output(z.object({ body: shownBody<ArticleBody>(), provenance: provenanceSchema })),
  /** Lectures that are still to come, the next one first. */
  lectures: oc.input(language).output(z.array(lectureSummarySchema)),
  lecture: oc
    .input(byId)
    .output(z.object({ body: shownBody<EventBody>(), provenance: provenanceSchema })),
  /** Published lists (清单): what a notary does, which office serves which district. */
  lists: oc.input(language).output(z.array(listSummarySchema)),
  list: oc
    .input(byId)
    .output(z.object({ body: shownBody<ListBody>(), provenance: provenanceSchema })),
  /** What is shown while nobody is here; empty when nothing is to be shown. */
  slides: oc.input(language).output(z.array(slideSchema)),
};
