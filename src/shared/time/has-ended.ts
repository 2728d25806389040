import { type LocalDate, type LocalMoment, type LocalTime, minutesOf } from './local-date.ts';

/** Whether something of one day is over: it ends with its last minute, so at 11:00 what lasts until 11:00 is over. */
export function hasEnded(
  { date, to }: { readonly date: LocalDate; readonly to: LocalTime },
  now: LocalMoment,
): boolean {
  return date < now.date || (date === now.date && minutesOf(to) <= now.minutes);
}
