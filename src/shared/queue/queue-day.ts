import { type LocalDate, localMoment } from '../time/local-date.ts';

/**
 * The day under which a further terminal gives numbers while nobody tells it: the calendar's (UTC+8), but never one before
 * `known`, the latest day of which it heard. The queue host's own day follows `dayTurn`.
 */
export function queueDay(now: number, known: LocalDate | undefined): LocalDate {
  const { date } = localMoment(now);
  return known !== undefined && known > date ? known : date;
}
