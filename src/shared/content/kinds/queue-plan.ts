import { z } from 'zod';
import { citationSchema } from '../citation.ts';
import { defineKind } from '../kind.ts';
import { itemId } from './parts.ts';
import { businessLineSchema } from './service.ts';

const lineSchema = z.strictObject({
  id: businessLineSchema,
  name: z.string().max(12),
  prefix: z.string().regex(/^[A-Z]$/, '要写成一个大写字母，例如 A'),
  windows: z.array(itemId).min(1),
  /** Other businesses that wait in the same line. */
  also: z.array(businessLineSchema).default([]),
  dayQuota: z.int().min(1).max(999).optional(),
  /** How long one visitor usually takes, until the station's own times are measured. */
  minutes: z.int().min(1).max(240).default(15),
});
export type QueueLine = z.infer<typeof lineSchema>;

const prioritySchema = z
  .strictObject({
    id: itemId,
    name: z.string().max(20),
    /** `law`: a statute says so; `station`: the station's own rule. */
    basis: z.enum(['law', 'station']).default('station'),
    law: z.array(citationSchema).default([]),
    /** Written down with every number that is given under it. */
    reason: z.string().min(4).max(80),
    /** What the visitor shows at the window. */
    proof: z.string().max(40).optional(),
    /** Only for these lines; for all when absent. */
    lines: z.array(businessLineSchema).optional(),
    /** At most so many visitors who came earlier are passed, so that nobody is passed for ever. */
    ahead: z.int().min(1).max(50).default(8),
  })
  .refine((group) => group.basis === 'station' || group.law.length > 0, {
    error: '依法优先的人群要写明法律和条文',
    path: ['law'],
  });

/** How a station issues and calls numbers: lines, windows, priorities, quotas (V12). Opening hours come from `hours`. */
export const queuePlanBodySchema = z
  .strictObject({
    station: z.string(),
    lines: z.array(lineSchema).min(1),
    /** Groups that are called earlier. */
    priorities: z.array(prioritySchema).default([]),
    /** No numbers in the last minutes before closing. */
    lastNumberMinutesBeforeClose: z.int().min(0).max(240).default(15),
    /** Numbers may be taken so early before the doors open. */
    firstNumberMinutesBeforeOpen: z.int().min(0).max(240).default(15),
    printer: z.boolean().default(true),
    /** What visitors read when the staff ends the numbers early. */
    farewell: z
      .string()
      .min(4)
      .max(80)
      .default('今天的号已经发完，请改天早些来；急事请拨打12348。'),
  })
  .superRefine((plan, context) => {
    for (const { fault, path } of planFaults(plan))
      context.addIssue({ code: 'custom', message: fault, path: [path] });
  });
export type QueuePlanBody = z.infer<typeof queuePlanBodySchema>;

interface PlanShape {
  readonly lines: readonly Pick<QueueLine, 'id' | 'prefix' | 'also'>[];
  readonly priorities: readonly { readonly id: string }[];
}

function planFaults({ lines, priorities }: PlanShape): { fault: string; path: string }[] {
  const businesses = lines.flatMap((line) => [line.id, ...line.also]);
  return [
    ...(hasTwice(lines.map((line) => line.prefix))
      ? [{ fault: '两条业务线用了同一个字母', path: 'lines' }]
      : []),
    ...(hasTwice(businesses) ? [{ fault: '一种业务排在了两条业务线里', path: 'lines' }] : []),
    ...(hasTwice(priorities.map((group) => group.id))
      ? [{ fault: '两类优先人群用了同一个编号', path: 'priorities' }]
      : []),
  ];
}

function hasTwice(names: readonly string[]): boolean {
  return new Set(names).size < names.length;
}

export const queuePlanKind = defineKind<QueuePlanBody>({
  kind: 'queue-plan',
  label: '排队叫号设置',
  body: queuePlanBodySchema as z.ZodType<QueuePlanBody>,
  scopeRule: 'station',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [
    { id: 'priorities', label: '优先办理人群', isPresent: (body) => body.priorities.length > 0 },
  ],
  title: (body) => `排队叫号设置 ${body.station}`,
  search: () => ({ title: '', words: [], text: '' }),
  references: () => [],
});
