/**
 * China keeps one civil time, UTC+8, without daylight saving (Xinjiang's halls publish their hours in it too).
 * Rules therefore work on plain local dates and minutes, and need no time-zone database in the page.
 */
export const CHINA_UTC_OFFSET_MINUTES = 480;

/** A calendar day as `YYYY-MM-DD`, in the station's civil time. Plain string order is date order. */
export type LocalDate = string;

/** A time of day as `HH:MM`, `24:00` allowed as the end of a day. */
export type LocalTime = string;

/** An instant, split into the station's civil day, minutes since midnight and ISO weekday (1 = Monday). */
export interface LocalMoment {
  readonly date: LocalDate;
  readonly minutes: number;
  readonly weekday: number;
}

const DAY_MS = 86_400_000;

/** Converts an instant (epoch milliseconds) into civil time at a fixed offset from UTC. */
export function localMoment(nowMs: number, offsetMinutes = CHINA_UTC_OFFSET_MINUTES): LocalMoment {
  const shifted = nowMs + offsetMinutes * 60_000;
  const date = new Date(shifted).toISOString().slice(0, 10);
  const minutes = Math.floor((((shifted % DAY_MS) + DAY_MS) % DAY_MS) / 60_000);
  return { date, minutes, weekday: weekdayOf(date) };
}

/** ISO weekday of a day: 1 is Monday, 7 is Sunday. */
export function weekdayOf(date: LocalDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** The day `days` after `date` (before it when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Minutes since midnight of an `HH:MM` time. */
export function minutesOf(time: LocalTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** An instant as it is written in records: `2026-11-23T10:12:00+08:00`. */
export function localDateTime(nowMs: number): string {
  const shifted = new Date(nowMs + CHINA_UTC_OFFSET_MINUTES * 60_000);
  return `${shifted.toISOString().slice(0, 19)}+08:00`;
}
