import { z } from 'zod';
import { localDateSchema } from '../time/date-schemas.ts';
import { dutiesSchema, officeIdSchema } from './office-views.ts';

const time = z.iso.datetime({ offset: true });

/**
 * What a program of another party may do. `content` reads what is published; `inbox` reads what visitors handed in and closes it, as
 * people with that role do. Each is a group of calls (`services.ts` in the contract).
 */
export const serviceRightSchema = z.enum(['content', 'inbox']);
export type ServiceRight = z.infer<typeof serviceRightSchema>;

/** Before every key, so that programs which look for lost secrets know one when they see it. */
export const SERVICE_KEY_PREFIX = 'lkd_';

/** A key is good for so many days at most. */
export const SERVICE_DAYS = 365;

/** What an administrator says of a new account. */
export const newServiceSchema = z.strictObject({
  name: z.string().trim().min(1).max(40),
  rights: z.array(serviceRightSchema).min(1).max(serviceRightSchema.options.length),
  divisions: dutiesSchema.shape.divisions,
  /** The last day on which the key is good, by the clock of China. */
  lastDay: localDateSchema,
});
export type NewService = z.infer<typeof newServiceSchema>;

/** An account as the office sees it: nobody sees the key again. */
export const serviceAccountSchema = newServiceSchema.extend({
  id: officeIdSchema,
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: time,
  /** To within a minute. */
  usedAt: time.optional(),
});
export type ServiceAccount = z.infer<typeof serviceAccountSchema>;
