import { oc } from '@orpc/contract';
import { z } from 'zod';
import { callSoundSchema } from './hall-voice.ts';

/** Languages that a terminal can speak; pages in any other are spoken to in Chinese (standards P-33). */
export const SPOKEN_LANGUAGES = ['zh-CN', 'en'] as const;
export type SpokenLanguage = (typeof SPOKEN_LANGUAGES)[number];

/** Longer than what anybody listens to at one key. */
export const MOST_SPOKEN = 200;

/** The terminal's own voice for the visitor who stands before it (standards A-60); never reached over the network. */
export const speechContract = {
  /** Whether this terminal has a voice of its own: without one, pages do not offer to speak. */
  voice: oc.output(z.strictObject({ speaks: z.boolean() })),
  /** What voice mode says. It is spoken and forgotten: not kept, not logged. No clips where there is no voice. */
  say: oc
    .input(
      z.strictObject({
        words: z.string().trim().min(1).max(MOST_SPOKEN),
        language: z.enum(SPOKEN_LANGUAGES),
      }),
    )
    .output(callSoundSchema),
};
