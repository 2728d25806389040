import { minutesOf } from '../time/local-date.ts';

/** When a terminal's screen is lit although nobody uses it. */
export type ScreenHours =
  | { readonly kind: 'always' }
  /** Minutes since midnight; `to` before `from` is on the next day. */
  | { readonly kind: 'hours'; readonly from: number; readonly to: number }
  /** Not written as hours: lit, and somebody should mend it. */
  | { readonly kind: 'unreadable'; readonly text: string };

const LIT: ScreenHours = { kind: 'always' };
const HOURS = /^(\d{2}:\d{2})\s*[-–~～至到]\s*(\d{2}:\d{2})$/;
const TIME = /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const DAY_MINUTES = 24 * 60;

/** Reads `07:30-20:00`. Nothing, or the same time twice, is the whole day; `24:00` is the end of one. */
export function readScreenHours(text: string | undefined): ScreenHours {
  const written = (text ?? '').trim();
  if (written === '') return LIT;
  const [, from = '', to = ''] = HOURS.exec(written) ?? [];
  if (!TIME.test(from) || !TIME.test(to)) return { kind: 'unreadable', text: written };
  const hours = { from: minutesOf(from) % DAY_MINUTES, to: minutesOf(to) % DAY_MINUTES };
  return hours.from === hours.to ? LIT : { kind: 'hours', ...hours };
}

/** Whether a minute of the day (since midnight, civil time) is within the hours. */
export function isWithinHours(hours: ScreenHours, minutes: number): boolean {
  if (hours.kind !== 'hours') return true;
  const { from, to } = hours;
  return from < to ? from <= minutes && minutes < to : from <= minutes || minutes < to;
}

/** What a screen that nobody touches depends on. */
export interface ScreenMoment {
  readonly hours: ScreenHours;
  /** Minutes since midnight. */
  readonly minutes: number;
  /** A clock that is not to be believed darkens nothing. */
  readonly isClockRight: boolean;
  /** The station's doors are open, or it pauses and opens again today. */
  readonly isOpen: boolean;
  /** Nobody waits, and no window is open. */
  readonly isAtRest: boolean;
}

/** Whether the screen may be dark while nobody touches it. */
export function mayScreenRest(moment: ScreenMoment): boolean {
  const { hours, minutes, isClockRight, isOpen, isAtRest } = moment;
  return !isWithinHours(hours, minutes) && isClockRight && !isOpen && isAtRest;
}
