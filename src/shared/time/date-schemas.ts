import { z } from 'zod';

/*
 * Apart from `local-date.ts`, which home needs: a page must not wait for zod before it is drawn.
 */

/** A `LocalDate`: a day that there is. */
export const localDateSchema = z.iso.date('要写成真实的日期，例如 2026-11-23');

/** A day of every year as `MM-DD`, for seasons; 02-29 is one, too. */
export const monthDaySchema = z
  .string()
  .regex(
    /^(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))$/,
    '要写成月和日，例如 05-01',
  );

/** A `LocalTime`. */
export const localTimeSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, {
  error: '要写成 24 小时制的时间，例如 09:00',
  // What is no time is neither early nor late: rules over several of them wait.
  abort: true,
});
