import { type LocalDate, localMoment } from '../time/local-date.ts';

/**
 * The day whose numbers are given: the station's calendar day (UTC+8), but never one before `highWater`, the latest day on
 * which this station gave numbers. A clock that falls back therefore goes on with the same day (lessons, "Time").
 */
export function queueDay(now: number, highWater: LocalDate | undefined): LocalDate {
  const { date } = localMoment(now);
  return highWater !== undefined && highWater > date ? highWater : date;
}
