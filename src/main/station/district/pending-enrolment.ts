import { z } from 'zod';
import { districtIdentitySchema } from '#shared/operations/enrolment.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { type ReadableDb, transaction, type WritableDb } from '../store/sql.ts';
import { PENDING_SETTING, readEnrolled } from './enrolled.ts';

const pendingSchema = z.object({
  code: z.string(),
  name: z.string(),
  outlet: z.string(),
  district: districtIdentitySchema,
  /** The key that was made for this enrolment; programs of old did not write it down. */
  publicKey: z.string().optional(),
});
/** What a provisioning file brought here, until the district has answered. */
export type PendingEnrolment = z.infer<typeof pendingSchema>;

/** An enrolment by stick that is under way; none while this terminal is in service. */
export function pendingEnrolment(db: ReadableDb): PendingEnrolment | undefined {
  const enrolled = readEnrolled(db);
  const pending = pendingSchema.safeParse(readSetting(db, PENDING_SETTING)).data;
  if (enrolled === undefined) return pending;
  const isNewer = enrolled.revokedAt !== undefined && pending?.publicKey !== undefined;
  return isNewer ? pending : undefined;
}

export function keepPending(db: WritableDb, pending: PendingEnrolment, now: number): void {
  transaction(db, () => writeSetting(db, PENDING_SETTING, pending, now));
}
