import { oc } from '@orpc/contract';
import { z } from 'zod';
import { faqTopicSchema } from '../content/kinds/faq.ts';
import type { TriageBody } from '../content/kinds/triage.ts';
import {
  outletAboveSchema,
  pageLanguageSchema,
  provenanceSchema,
  serviceSummarySchema,
  shownBody,
  stationSummarySchema,
  windowViewSchema,
} from './views.ts';

export const triageSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  topic: faqTopicSchema,
  language: provenanceSchema.shape.language,
});
export type TriageSummary = z.infer<typeof triageSummarySchema>;

/** A step of the place's escalation rule, the first one where the matter begins. Chinese: it is the place's own data. */
export const ladderStepSchema = z.object({
  id: z.string(),
  who: z.string(),
  takes: z.string(),
  /** The outlet of this place that stands for the step. */
  outlet: stationSummarySchema.optional(),
  /** Whether that is where the visitor stands. */
  here: z.boolean(),
});

/** What the place adds to an end of the questions. */
export const triageEndSchema = z.object({
  id: z.string(),
  services: z.array(serviceSummarySchema),
  /** The guide for which a queue number can be taken at this station. */
  takesNumberFor: z.string().optional(),
  /** Windows of this station that take one of the services. */
  windows: z.array(windowViewSchema),
  /** Where to go when no window here takes any of them. */
  above: outletAboveSchema.optional(),
  forms: z.array(z.object({ id: z.string(), title: z.string() })),
  ladder: z.array(ladderStepSchema),
});
export type TriageEndView = z.infer<typeof triageEndSchema>;

export const triageViewSchema = z.object({
  body: shownBody<TriageBody>(),
  provenance: provenanceSchema,
  ends: z.array(triageEndSchema),
});
export type TriageView = z.infer<typeof triageViewSchema>;

const language = z.object({ language: pageLanguageSchema });
const id = z.string().min(1).max(80);

/** The part of the contract that leads a visitor by plain questions (V7). */
export const triageContract = {
  list: oc.input(language).output(z.array(triageSummarySchema)),
  /** All questions and ends at once, so that answering needs no further call. */
  get: oc.input(language.extend({ id })).output(triageViewSchema),
  /** An end as plain text for a QR code that works without any network; Chinese, as papers are. */
  takeaway: oc.input(z.object({ id, outcome: id })).output(z.object({ text: z.string() })),
};
