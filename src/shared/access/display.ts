import { z } from 'zod';

/**
 * The screen of a terminal, from its profile. Sizes on pages are in millimetres, because a target must fit a finger
 * whatever the panel (standards A-20); heights matter for people who sit.
 */
export const displaySchema = z.object({
  name: z.string().default('32″'),
  /** Millimetres per CSS pixel: 0.248 on 21.5″, 0.369 on 32″, 0.496 on 43″ full-HD panels. */
  mmPerPx: z.number().min(0.05).max(1.5),
  /** Height of the screen's lower edge above the floor. */
  screenBottomMm: z.number().min(0).max(2000),
  /** At what distance people stand, for the size of letters. */
  viewingDistanceMm: z.number().min(300).max(1000).default(500),
});
export type Display = z.infer<typeof displaySchema>;
