import { z } from 'zod';

/** What was brought back: the page, the whole browser, the host, or the program itself (`program`: it had not ended in order). */
export const recoverySchema = z.object({
  /** Epoch milliseconds. */
  at: z.number(),
  what: z.enum(['page', 'browser', 'host', 'program']),
  /**
   * What befell it, as a word: gone, hung, white, covered, deaf, not-loaded, strayed, not-connected, not-ended; of a host that
   * cannot start, why (`StartErrorKind`, `internal`, `falls`).
   */
  reason: z.string().max(40),
  /** What was done about it. */
  measure: z.string().max(40),
});
export type Recovery = z.infer<typeof recoverySchema>;

/** The file in the data folder, a line each. */
export const RECOVERIES_FILE = 'recoveries.jsonl';

/** The lines of the file; one that was cut off by a power cut is passed over. */
export function parseRecoveries(text: string): Recovery[] {
  return text.split('\n').flatMap((line) => {
    try {
      const read = recoverySchema.safeParse(JSON.parse(line));
      return read.success ? [read.data] : [];
    } catch {
      return [];
    }
  });
}
