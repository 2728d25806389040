import { oc } from '@orpc/contract';
import { z } from 'zod';

/** What the program may ask of its computer; carried out by `build/machine/orders`, which knows these and no others. */
export const machineOrderSchema = z.enum(['restart', 'shut-down', 'open-sticks', 'close-sticks']);
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
};
