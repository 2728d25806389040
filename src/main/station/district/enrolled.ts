import { z } from 'zod';
import { districtIdentitySchema, type EnrolmentAnswer } from '#shared/operations/enrolment.ts';
import { terminalIdSchema } from '#shared/operations/operation.ts';
import { writeAudit } from '../store/audit.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { type ReadableDb, transaction, type WritableDb } from '../store/sql.ts';

const SETTING = 'district';
/** What a provisioning file brought here (`pending-enrolment.ts`); whatever enrols this terminal ends it. */
export const PENDING_SETTING = 'district-pending';

const enrolledSchema = z.object({
  terminal: terminalIdSchema,
  outlet: z.string(),
  district: districtIdentitySchema,
  /** When the district said that this terminal was taken out of service. */
  revokedAt: z.number().optional(),
});
export type Enrolled = z.infer<typeof enrolledSchema>;

/** The district that this terminal belongs to; undefined before enrolment. */
export function readEnrolled(db: ReadableDb): Enrolled | undefined {
  return enrolledSchema.safeParse(readSetting(db, SETTING)).data;
}

/** Keeps what the district answered to an enrolment. */
export function keepEnrolment(
  db: WritableDb,
  { terminal, outlet, district }: EnrolmentAnswer,
  actor: string,
  now: number,
): void {
  transaction(db, () => {
    writeSetting(db, SETTING, { terminal, outlet, district } satisfies Enrolled, now);
    writeSetting(db, PENDING_SETTING, null, now);
    writeAudit(db, { at: now, actor, action: 'terminal-enrolled', subject: terminal });
  });
}

/** The district has taken this terminal out of service; everything on it stays. */
export function noteRevoked(db: WritableDb, now: number): void {
  const enrolled = readEnrolled(db);
  if (enrolled === undefined || enrolled.revokedAt !== undefined) return;
  transaction(db, () => {
    writeSetting(db, SETTING, { ...enrolled, revokedAt: now } satisfies Enrolled, now);
    writeAudit(db, {
      at: now,
      actor: 'district',
      action: 'terminal-revoked',
      subject: enrolled.terminal,
    });
  });
}
