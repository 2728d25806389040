import { z } from 'zod';
import { defineKind } from '../kind.ts';

export const hotlineBodySchema = z.strictObject({
  name: z.string().min(2).max(24),
  number: z.string().regex(/^[0-9][0-9*-]{2,20}$/, '号码只写数字和短横线'),
  group: z.enum(['legal', 'government', 'emergency', 'supervision', 'other']),
  /** What it does for the caller, one sentence. */
  what: z.string().min(4).max(80),
  /** When it answers: "24 小时", "工作日 9:00-17:00". */
  when: z.string().max(30),
  cost: z.string().max(30).default(''),
  /** What to press or say after the call is answered. */
  how: z.string().max(120).default(''),
  /** The official page that its QR code opens. */
  web: z
    .strictObject({ name: z.string().max(24), url: z.url({ protocol: /^https?$/ }) })
    .optional(),
  order: z.int().default(100),
});
export type HotlineBody = z.infer<typeof hotlineBodySchema>;

export const hotlineKind = defineKind<HotlineBody>({
  kind: 'hotline',
  label: '热线电话',
  body: hotlineBodySchema as z.ZodType<HotlineBody>,
  scopeRule: 'any',
  reviewEveryDays: 180,
  mustEnd: false,
  particulars: [
    { id: 'what', label: '能办什么', isPresent: (body) => body.what !== '' },
    { id: 'when', label: '接听时间', isPresent: (body) => body.when !== '' },
  ],
  title: (body) => `${body.name} ${body.number}`,
  search: (body) => ({ title: body.name, words: [body.number], text: body.what }),
  references: () => [],
});
