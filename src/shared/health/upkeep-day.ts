import { z } from 'zod';
import { type DoctorReport, VERDICT_WORDS, verdictSchema } from './finding.ts';

/** One line of the daily upkeep log (日常巡检记录). */
export const upkeepDaySchema = z.object({
  day: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  verdict: verdictSchema,
  summary: z.string(),
});
export type UpkeepDay = z.infer<typeof upkeepDaySchema>;

/** What the log keeps of a self-test: all is well, or what is not, each in a sentence. */
export function upkeepSummary({ findings }: DoctorReport): string {
  const troubles = findings.filter(({ verdict }) => verdict === 'fault' || verdict === 'attention');
  if (troubles.length === 0) return '各项正常。';
  return troubles
    .map(({ title, verdict, sentence }) => `${title}（${VERDICT_WORDS[verdict]}）：${sentence}`)
    .join('');
}

/** The log as a table for office programs, its head first. */
export function upkeepTable(
  days: readonly UpkeepDay[],
  timeOf: (at: number) => string,
): readonly (readonly string[])[] {
  const rows = days.map(({ day, at, verdict, summary }) => [
    ...[day, timeOf(at), VERDICT_WORDS[verdict], summary],
  ]);
  return [['日期', '时间', '结果', '情况'], ...rows];
}
