import { z } from 'zod';

/** Where a print job stands. `in-doubt`: some of it was sent and nobody can say whether paper came out. */
export const jobStateSchema = z.enum([
  'queued',
  'sending',
  'printed',
  'in-doubt',
  'failed',
  'expired',
]);
export type JobState = z.infer<typeof jobStateSchema>;

/** States that do not change by themselves any more. */
export function isEnded(state: JobState): boolean {
  return state !== 'queued' && state !== 'sending';
}

/** Why a ticket job waits or ended as it did; `''` when there is nothing to say. */
export const jobReasonSchema = z.enum([
  '',
  'paper-out',
  'cover-open',
  'jam',
  'fault',
  'offline',
  /** The printer took the bytes and then said nothing more. */
  'no-answer',
  'line-dropped',
  /** The program ended in the middle of it. */
  'interrupted',
  /** Its time was up before a printer was ready. */
  'late',
  /** The path ends at the computer: everything was handed over, and nobody can say more. */
  'handed-over',
  /** What staff decided of a job in doubt. */
  'seen-by-staff',
  'dismissed',
  'printed-again',
]);
export type JobReason = z.infer<typeof jobReasonSchema>;

/** How long after its issue a visitor may ask for a copy of a ticket by touch; after that staff do it. */
const VISITOR_REPRINT_MS = 10 * 60_000;

/** Whether a visitor may have this ticket printed again: only when paper may be missing, and only while the visitor is there. */
export function visitorMayReprint(
  job: {
    readonly state: JobState;
    readonly reason: JobReason;
    readonly copy: boolean;
    readonly createdAt: number;
  },
  now: number,
): boolean {
  const missing =
    job.state === 'in-doubt' ||
    job.state === 'failed' ||
    job.state === 'expired' ||
    (job.state === 'printed' && job.reason === 'handed-over' && !job.copy);
  const age = now - job.createdAt;
  return missing && age >= 0 && age < VISITOR_REPRINT_MS;
}
