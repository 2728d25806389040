import { z } from 'zod';

/** How a check came out. `not-applicable`: there is nothing to check here, or this computer cannot say. */
export const verdictSchema = z.enum(['ok', 'attention', 'fault', 'not-applicable']);
export type Verdict = z.infer<typeof verdictSchema>;

/** Names of the checks, as `--json` and the upkeep log keep them. Names stay; new ones are added. */
export const checkIdSchema = z.enum([
  'screen',
  'touch',
  'ticket-printer',
  'paper-printer',
  'queue',
  'disk-space',
  'disk-write',
  'clock',
  'time-sync',
  'databases',
  'backup',
  'network',
  'district',
  'certificate',
  'content',
  'board',
  'program-files',
  'fonts',
  'voice',
  'recoveries',
  'screen-hours',
  'media',
  'browser',
]);
export type CheckId = z.infer<typeof checkIdSchema>;

/** What a check says: how it stands in one sentence, and in another what to do where something has to be done. */
export const findingSchema = z.object({
  check: checkIdSchema,
  /** As people call what was looked at: 触摸屏. */
  title: z.string(),
  verdict: verdictSchema,
  sentence: z.string(),
  remedy: z.string().optional(),
});
export type Finding = z.infer<typeof findingSchema>;

/** A self-test of the whole terminal at one moment (epoch milliseconds). */
export const doctorReportSchema = z.object({
  at: z.number(),
  programVersion: z.string(),
  station: z.string(),
  verdict: z.enum(['ok', 'attention', 'fault']),
  findings: z.array(findingSchema),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;

/** The worst of several verdicts; what is not applicable counts for nothing. */
export function worstVerdict(verdicts: readonly Verdict[]): DoctorReport['verdict'] {
  if (verdicts.includes('fault')) return 'fault';
  return verdicts.includes('attention') ? 'attention' : 'ok';
}

/** Verdicts in words, as on the slip and in the log. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  ok: '正常',
  attention: '留意',
  fault: '故障',
  'not-applicable': '不适用',
};
