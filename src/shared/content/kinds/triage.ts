import { z } from 'zod';
import { citationSchema } from '../citation.ts';
import { defineKind } from '../kind.ts';
import { faqTopicSchema } from './faq.ts';
import { itemId, textItem } from './parts.ts';
import { endFaults, graphFaults } from './triage-faults.ts';

const optionSchema = z.strictObject({ id: itemId, text: z.string().min(1).max(30), next: itemId });

const questionSchema = z.strictObject({
  id: itemId,
  question: z.string().min(4).max(40),
  help: z.string().max(100).default(''),
  options: z.array(optionSchema).min(2).max(8),
});

/** A time that runs: by when what must be done, and which law says so. */
const deadlineSchema = z.strictObject({
  id: itemId,
  text: z.string().min(6).max(120),
  basis: z.array(citationSchema).min(1),
});

/** Where the questions end: what to do, where, with what, and what cannot wait. */
const outcomeSchema = z.strictObject({
  id: itemId,
  title: z.string().min(2).max(30),
  text: z.string().min(6).max(300),
  services: z.array(z.string().startsWith('service.')).default([]),
  /** Where it belongs first: grid mediator, township station, district centre (place CZ). */
  level: z.enum(['grid', 'station', 'centre', 'elsewhere']),
  /** The body that deals with it, where no station does. */
  where: z.string().max(60).default(''),
  /** The one number to call now, where there is danger. */
  call: z
    .string()
    .regex(/^\d{3,8}$/, '只写号码，例如 110')
    .optional(),
  papers: z.array(textItem).default([]),
  formSamples: z.array(z.string().startsWith('form-sample.')).default([]),
  deadlines: z.array(deadlineSchema).default([]),
  /** What to do now, even before any paper is ready. */
  urgent: z.string().max(160).default(''),
});
export type TriageOutcome = z.infer<typeof outcomeSchema>;

/** A graph of plain questions (V7). It always ends: a loop or a dead end is not taken in. */
export const triageBodySchema = z
  .strictObject({
    title: z.string().min(2).max(30),
    /** For whom these questions are, in a line below the title. */
    summary: z.string().max(60).default(''),
    topic: faqTopicSchema,
    start: itemId,
    questions: z.array(questionSchema).min(1),
    outcomes: z.array(outcomeSchema).min(1),
    words: z.array(z.string().max(20)).default([]),
    order: z.int().default(100),
  })
  .superRefine((triage, context) => {
    for (const fault of [...graphFaults(triage), ...endFaults(triage)])
      context.addIssue({ code: 'custom', message: fault.fault, params: { remedy: fault.remedy } });
  });
export type TriageBody = z.infer<typeof triageBodySchema>;

export const triageKind = defineKind<TriageBody>({
  kind: 'triage',
  label: '问题引导',
  body: triageBodySchema as z.ZodType<TriageBody>,
  scopeRule: 'any',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [
    {
      id: 'deadlines',
      label: '每个结果的期限和依据',
      isPresent: (body) =>
        body.outcomes.every(
          (outcome) => outcome.call !== undefined || outcome.deadlines.length > 0,
        ),
    },
    { id: 'words', label: '群众的说法', isPresent: (body) => body.words.length > 1 },
  ],
  title: (body) => body.title,
  search: (body) => ({
    title: body.title,
    words: body.words,
    text: [body.summary, ...body.questions.map((question) => question.question)].join('\n'),
  }),
  references: (body) =>
    body.outcomes.flatMap((outcome) => [...outcome.services, ...outcome.formSamples]),
});
