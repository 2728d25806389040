import { z } from 'zod';
import { displaySchema } from '../access/display.ts';
import { translationLanguageSchema } from '../content/envelope.ts';
import { serviceCategorySchema } from '../content/kinds/service.ts';
import { outletLevelSchema } from '../content/kinds/station.ts';
import { scopeSchema } from '../content/scope.ts';
import { printerAddressSchema } from '../printing/printer-address.ts';
import { slipPaperSchema } from '../printing/slip-layout.ts';
import { PLACEHOLDERS, unknownPlaceholders } from '../stations/naming.ts';
import { escalationStepSchema } from '../triage/ladder.ts';

const platformSchema = z.strictObject({
  name: z.string().min(2).max(24),
  url: z.url({ protocol: /^https?$/ }),
});

const idleSchema = z.strictObject({
  browseSeconds: z.int().min(30).max(1800).default(120),
  /** Seconds without a touch on home after which publicity is shown; 0 for never. */
  attractSeconds: z.int().min(0).max(7200).default(300),
  formSeconds: z.int().min(60).max(3600).default(180),
  /** At least 20 s to say "I am still here" (standards A-40). */
  warningSeconds: z.int().min(20).max(120).default(30),
  /** How long a queue number stays on the screen untouched: it must not be there for the next visitor. */
  numberSeconds: z.int().min(20).max(60).default(30),
});

/** Where the district's content comes from; without it the deployment's files are all content there is. */
const feedSchema = z.strictObject({
  /** Address under which the feed's folders `metadata` and `targets` lie; `file:///…` for a stick or a share. */
  url: z.url({ protocol: /^(?:https?|file)$/, error: '写 https://…、http://… 或 file:///…' }),
  /** A poll each so many minutes, a fifth earlier or later. */
  everyMinutes: z.int().min(1).max(1440).default(5),
});

const ticketPrinterSchema = z.strictObject({
  /** As visitors and staff know it: 取号机. */
  name: z.string().min(1).max(20),
  address: printerAddressSchema,
  /** Width of its paper in millimetres. */
  paper: slipPaperSchema.default('80'),
});

const nameTemplateSchema = z
  .string()
  .min(4)
  .check(({ value, issues }) => {
    for (const found of unknownPlaceholders(value))
      issues.push({
        code: 'custom',
        input: value,
        message: `命名规则里不认识 ${found}`,
        params: { remedy: `可以写：${PLACEHOLDERS.join('、')}` },
      });
  });

/** The settings of a deployment: one place's rules, languages, screens and printers. Data, not code. */
export const profileSchema = z.strictObject({
  id: z.string().regex(/^[a-z]+$/, '只用小写英文字母'),
  title: z.string().min(2),
  province: z.string(),
  /** Division code of the district or county (of the city, where one profile serves a whole city). */
  district: z.string().regex(/^\d{4}(?:\d{2})?$/, '要写 6 位（或 4 位）区划代码，加引号'),
  justiceBureau: z.string().min(3),
  responsibleBody: z.string().min(3),
  model: z.enum(['3+X', '4+X']),
  /** Services that stand on the home page, in order; the first ones are the 3 or 4, the others the X. */
  services: z.array(serviceCategorySchema).min(4),
  naming: z.partialRecord(outletLevelSchema, nameTemplateSchema),
  defaultStation: scopeSchema,
  languages: z.array(z.union([z.literal('zh-CN'), translationLanguageSchema])).min(1),
  plannedLanguages: z.array(translationLanguageSchema).default([]),
  /** Languages beside those of the pages in which residents write names and words: each gets its keyboard. */
  keyboards: z.array(translationLanguageSchema).default([]),
  display: displaySchema,
  displays: z.record(z.string(), displaySchema).default({}),
  /** Who takes a matter first and who next (V7), nearest first. */
  escalation: z.array(escalationStepSchema).max(6).default([]),
  platform: platformSchema.optional(),
  idle: idleSchema.prefault({}),
  printer: z
    .strictObject({
      /** Printer for A4 papers: `cups:NAME`, or `none`. */
      document: z
        .union([
          z.literal('none'),
          z.string().regex(/^cups:[A-Za-z0-9_-]{1,60}$/, '写 none，或 cups: 加打印机名称'),
        ])
        .default('none'),
      /** Ticket printers; the first that works is used, the others stand in for it. None: numbers without paper. */
      tickets: z
        .array(ticketPrinterSchema)
        .max(4)
        .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, {
          error: '两台打印机用了同一个名称',
        })
        .default([]),
      /** A ticket that could not be printed for so long is not printed any more: its holder has gone on. */
      ticketMinutes: z.int().min(1).max(10).default(3),
    })
    .prefault({}),
  feed: feedSchema.optional(),
  confirm: z.array(z.string()).default([]),
});
export type Profile = z.infer<typeof profileSchema>;

/** `divisions.yaml`: code and name of every division that the profile speaks of. */
export const divisionsSchema = z.array(
  z.strictObject({
    code: z.string().regex(/^\d{2,12}$/, '要写 2 到 12 位的区划代码，加引号'),
    name: z.string().min(2),
  }),
);
