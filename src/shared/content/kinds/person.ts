import { z } from 'zod';
import { translationLanguageSchema } from '../envelope.ts';
import { defineKind } from '../kind.ts';
import { itemId, textItem } from './parts.ts';

/** What a person is, whom a visitor can turn to (V6). */
export const roleSchema = z.enum([
  'leader',
  'staff',
  'lawyer',
  'village-adviser',
  'notary',
  'mediator',
  'expert',
  'legal-worker',
  'volunteer',
  'law-wise',
  'police',
  'publicist',
  'legal-aid-contact',
]);

/** What somebody does for those who come, as visitors choose by it; in full words it stands in `duties`. */
export const helpSchema = z.enum([
  'advice',
  'papers',
  'mediation',
  'legal-aid',
  'company',
  'publicity',
  'notary',
  'visit',
]);
export type Help = z.infer<typeof helpSchema>;

export const personBodySchema = z.strictObject({
  name: z.string().min(2).max(20),
  /** Plainly a sample, not a real person; shown as such. */
  sample: z.boolean().default(false),
  role: roleSchema,
  /** Post or title as it stands on the door: 司法所所长. */
  title: z.string().min(2).max(24),
  organisation: z.string().max(40).default(''),
  phone: z
    .string()
    .regex(/^[0-9*-]{5,20}$/, '要写成电话号码：5 到 20 位数字和短横线，加引号')
    .optional(),
  specialties: z.array(z.string().min(2).max(12)).default([]),
  languages: z.array(z.union([z.literal('zh-CN'), translationLanguageSchema])).default(['zh-CN']),
  grade: z.string().max(12).optional(),
  duties: z.array(textItem).default([]),
  /** The same in kinds that can be chosen by. */
  helps: z.array(helpSchema).default([]),
  /** Outlets and grids that the person serves, by code. */
  serves: z.array(z.string()).min(1),
  /** Regular hours on site in words, one line each; exact shifts stand in the roster. */
  hours: z.array(z.strictObject({ id: itemId, text: z.string().max(40) })).default([]),
});
export type PersonBody = z.infer<typeof personBodySchema>;

export const personKind = defineKind<PersonBody>({
  kind: 'person',
  label: '服务人员',
  body: personBodySchema as z.ZodType<PersonBody>,
  scopeRule: 'any',
  reviewEveryDays: 180,
  mustEnd: false,
  particulars: [
    { id: 'title', label: '职务', isPresent: (body) => body.title !== '' },
    { id: 'phone', label: '联系电话', isPresent: (body) => body.phone !== undefined },
    { id: 'duties', label: '职责', isPresent: (body) => body.duties.length > 0 },
    { id: 'hours', label: '服务时间', isPresent: (body) => body.hours.length > 0 },
  ],
  title: (body) => body.name,
  search: (body) => ({
    title: body.name,
    words: [body.title, ...body.specialties],
    text: body.organisation,
  }),
  references: () => [],
});
