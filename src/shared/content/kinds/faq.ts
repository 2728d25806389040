import { z } from 'zod';
import { citationSchema } from '../citation.ts';
import { defineKind } from '../kind.ts';

/** What a question is about, in the words of the person who asks. */
export const faqTopicSchema = z.enum([
  'work',
  'family',
  'elder',
  'child',
  'housing',
  'land',
  'debt',
  'injury',
  'traffic',
  'consumer',
  'crime',
  'notary',
  'legal-aid',
  'mediation',
  'procedure',
  'daily',
]);
export type FaqTopic = z.infer<typeof faqTopicSchema>;

export const faqBodySchema = z.strictObject({
  question: z.string().min(4).max(40),
  /** The answer in one or two plain sentences, readable on its own. */
  answer: z.string().min(10).max(160),
  /** What else to know; paragraphs and lists in Markdown, no headings. */
  more: z.string().max(800).default(''),
  topic: faqTopicSchema,
  basis: z.array(citationSchema).min(1),
  services: z.array(z.string().startsWith('service.')).default([]),
  /** Other ways in which people ask the same. */
  words: z.array(z.string().min(1).max(24)).min(2),
  order: z.int().default(100),
});
export type FaqBody = z.infer<typeof faqBodySchema>;

export const faqKind = defineKind<FaqBody>({
  kind: 'faq',
  label: '常见问题',
  body: faqBodySchema as z.ZodType<FaqBody>,
  scopeRule: 'any',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [
    { id: 'basis', label: '法律依据', isPresent: (body) => body.basis.length > 0 },
    { id: 'services', label: '对应的服务', isPresent: (body) => body.services.length > 0 },
    { id: 'words', label: '群众的说法', isPresent: (body) => body.words.length > 1 },
  ],
  title: (body) => body.question,
  search: (body) => ({
    title: body.question,
    words: body.words,
    text: `${body.answer}\n${body.more}`,
  }),
  references: (body) => body.services,
});
