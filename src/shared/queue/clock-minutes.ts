import { type LocalTime, minutesOf } from '../time/local-date.ts';

/**
 * Minutes by the clock until so many minutes of service have passed: before the doors open and in a break nobody is called.
 * Whoever is not reached before the last period ends is served by windows that stay, without a further pause. `now` is the
 * minute of the day, `periods` the day's in order.
 */
export function clockMinutes(
  serviceMinutes: number,
  now: number,
  periods: readonly { readonly from: LocalTime; readonly to: LocalTime }[],
): number {
  let at = now;
  let left = serviceMinutes;
  for (const { from, to } of periods) {
    const closes = minutesOf(to);
    if (at >= closes) continue;
    at = Math.max(at, minutesOf(from));
    // At the very minute of the break nobody is called any more.
    if (left < closes - at) break;
    left -= closes - at;
    at = closes;
  }
  return at + left - now;
}
