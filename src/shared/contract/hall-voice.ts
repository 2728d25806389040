import { oc } from '@orpc/contract';
import { z } from 'zod';

/** A spoken call of ten seconds is 440 kB; more is no call. */
export const MOST_VOICE_BYTES = 1_000_000;

/** Sounds to be played one after the other; none where the terminal has neither a voice nor recordings. */
export const callSoundSchema = z.strictObject({
  clips: z.array(z.base64()).max(24),
});
export type CallSound = z.infer<typeof callSoundSchema>;

/** The terminal's own voice for pages whose system has none (decision 018). */
export const hallVoiceContract = {
  /**
   * A call of today, by its `seq` in the hall's view: the page says which one, never what is to be said. `not-found` for
   * any other number.
   */
  call: oc.input(z.object({ seq: z.int().min(0) })).output(callSoundSchema),
};
