import { oc } from '@orpc/contract';
import { z } from 'zod';
import { secretSchema } from '../staff/secret-rule.ts';

/** What the program may ask of its computer; carried out by `build/machine/orders`, which knows these and no others. */
export const machineOrderSchema = z.enum([
  'restart',
  'shut-down',
  'open-sticks',
  'open-sticks-to-write',
  'close-sticks',
]);
export type MachineOrder = z.infer<typeof machineOrderSchema>;

const volume = z.int().min(0).max(100);

export const machineViewSchema = z.object({
  /** On networks other than its own loopback. */
  addresses: z.array(z.string()),
  /** What this computer may be asked; nothing where it was not set up as a terminal. */
  orders: z.array(machineOrderSchema),
  /** Loudness in percent; absent where the computer has no sound that can be set. */
  volume: volume.optional(),
});
export type MachineView = z.infer<typeof machineViewSchema>;

/** How it stands with a stick to write to. */
const stickStateSchema = z.enum([
  /** This computer was not set up as a terminal: the program sees no stick. */
  'not-set-up',
  /** The door for sticks is shut. */
  'shut',
  /** The door is open, and no stick is there that can be read. */
  'none',
  /** A stick is there and may only be read. */
  'read-only',
  'ready',
]);
export const stickViewSchema = z.object({
  state: stickStateSchema,
  /** Bytes that can still be written, when ready. */
  free: z.int().min(0).optional(),
});
export type StickView = z.infer<typeof stickViewSchema>;

/** What came of writing to a stick. */
export const stickOutcomeSchema = z.enum([
  'written',
  /** There is none that can be written. */
  'no-stick',
  'read-only',
  'full',
  /** It was pulled out meanwhile. */
  'gone',
  /** A file of this minute is there already, and stays as it is. */
  'exists',
  /** It does not take what is written. */
  'failed',
]);
export type StickOutcome = z.infer<typeof stickOutcomeSchema>;

/** `file` is the name on the stick. */
export const stickAnswerSchema = z.object({
  state: stickOutcomeSchema,
  file: z.string().optional(),
});
export type StickAnswer = z.infer<typeof stickAnswerSchema>;

/** The computer that the terminal runs on, for those who stand before it. */
export const machineContract = {
  view: oc.output(machineViewSchema),
  /** `not-set-up`: this computer takes no orders from the program. */
  order: oc
    .input(z.object({ order: machineOrderSchema }))
    .output(z.object({ state: z.enum(['taken', 'not-set-up']) })),
  /** Gives the loudness that it has then. */
  setVolume: oc
    .input(z.object({ percent: volume }))
    .output(z.object({ volume: volume.optional() })),
  stick: oc.output(stickViewSchema),
  /** Writes the support bundle: no personal data and no key is in it. */
  supportToStick: oc.output(stickAnswerSchema),
  /** Writes a backup, which holds personal data and keys: only for whoever types the own PIN once more. */
  backupToStick: oc
    .input(z.object({ secret: secretSchema }))
    .output(
      z.discriminatedUnion('state', [
        stickAnswerSchema,
        z.object({ state: z.enum(['wrong', 'wait']), waitSeconds: z.int().min(0) }),
      ]),
    ),
};
