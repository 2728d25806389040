import { oc } from '@orpc/contract';
import { z } from 'zod';

/** What a visitor's page shows: pages, or nothing. */
export const screenLookSchema = z.enum(['lit', 'dark']);
export type ScreenLook = z.infer<typeof screenLookSchema>;

/** The screen that the terminal's own page is on, outside of its hours (docs/decisions/037). */
export const screenContract = {
  /**
   * The page has gone dark, or is lit again: the screen follows. `isOff`: the screen has been switched off; where it cannot be,
   * the black page is all.
   */
  show: oc.input(z.object({ look: screenLookSchema })).output(z.object({ isOff: z.boolean() })),
};
