import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { localDateSchema } from '#shared/time/date-schemas.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import type { StationLog } from '../log/station-log.ts';
import { writeWhole } from '../store/flushed-files.ts';

/** So many numbers of a line are written down ahead: one flush for twenty visitors. */
const AHEAD = 20;

const reserveSchema = z.object({
  /** The queue's day under which it was last written. */
  day: localDateSchema,
  /** By line the last number that may have been given. */
  lines: z.record(z.string(), z.int()),
  /** The event with which numbers last ended, and the name of the data that has it; absent before the first time. */
  ended: z.object({ event: z.string(), data: z.string() }).optional(),
});
export type ReservedNumbers = z.infer<typeof reserveSchema>;

/**
 * How far numbers may have been given, in a small file beside the database and never in a backup of it: a database that was
 * restored does not know what was given since, nor that its day is over; this does.
 */
export interface NumberReserve {
  /** As it was when the program started; undefined when there is no such file, or it is not to be read. */
  readonly found: ReservedNumbers | undefined;
  /**
   * On the disk when it returns: numbers of the line up to `to` may be given. `lasts` are the last numbers of all lines that are
   * given on open days. A disk that refuses keeps nobody from a number; it is logged.
   */
  readonly cover: (
    day: LocalDate,
    line: string,
    to: number,
    lasts: ReadonlyMap<string, number>,
  ) => void;
  /** On the disk when it returns, unless that refuses: with this event all numbers ended that were held before it. */
  readonly keepEnd: (
    ended: NonNullable<ReservedNumbers['ended']>,
    day: LocalDate,
    lasts: () => ReadonlyMap<string, number>,
  ) => void;
}

/** Opens the file at `path`; without one, nothing outlives the program. */
export function openNumberReserve(path: string | undefined, log: StationLog): NumberReserve {
  const found = path === undefined ? undefined : read(path);
  let kept = found;
  const linesOf = (day: LocalDate, lasts: ReadonlyMap<string, number>) =>
    kept?.day === day ? kept.lines : Object.fromEntries(lasts);
  const keep = (reserve: ReservedNumbers) => {
    try {
      if (path !== undefined) writeWhole(path, JSON.stringify(reserve));
      kept = reserve;
    } catch (error) {
      log.event('queue-reserve-failed', {
        error: error instanceof Error ? error.name : 'unknown',
      });
    }
  };
  return {
    found,
    cover: (day, line, to, lasts) => {
      if (kept?.day === day && to <= (kept.lines[line] ?? 0)) return;
      keep({ ...kept, day, lines: { ...linesOf(day, lasts), [line]: to + AHEAD - 1 } });
    },
    keepEnd: (ended, day, lasts) => {
      if (kept?.ended?.event !== ended.event) keep({ ended, day, lines: linesOf(day, lasts()) });
    },
  };
}

function read(path: string): ReservedNumbers | undefined {
  try {
    return reserveSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch {
    // Missing or torn: whoever restored a database then leaves more room.
    return undefined;
  }
}
