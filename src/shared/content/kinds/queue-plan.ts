import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { itemId } from './parts.ts';
import { businessLineSchema } from './service.ts';

/** How a station issues and calls numbers: lines, windows, priorities, quotas (V12). */
export const queuePlanBodySchema = z
  .strictObject({
    station: z.string(),
    lines: z
      .array(
        z.strictObject({
          id: businessLineSchema,
          name: z.string().max(12),
          prefix: z.string().regex(/^[A-Z]$/, '要写成一个大写字母,例如 A'),
          windows: z.array(itemId).min(1),
          dayQuota: z.int().min(1).max(999).optional(),
        }),
      )
      .min(1),
    /** Groups served first, each with the reason that is recorded with the ticket. */
    priorities: z
      .array(
        z.strictObject({ id: itemId, name: z.string().max(20), reason: z.string().min(4).max(80) }),
      )
      .default([]),
    /** No numbers in the last minutes before closing. */
    lastNumberMinutesBeforeClose: z.int().min(0).max(240).default(15),
    printer: z.boolean().default(true),
  })
  .refine((plan) => new Set(plan.lines.map((line) => line.prefix)).size === plan.lines.length, {
    error: '两条业务线用了同一个字母',
    path: ['lines'],
  });
export type QueuePlanBody = z.infer<typeof queuePlanBodySchema>;

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
