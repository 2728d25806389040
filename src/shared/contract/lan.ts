import { oc } from '@orpc/contract';
import { z } from 'zod';

/** What a paired device may show: a window's console, or the hall display. */
export const deviceKindSchema = z.enum(['console', 'display']);
export type DeviceKind = z.infer<typeof deviceKindSchema>;

export const deviceNameSchema = z.string().trim().min(1).max(30);

export const lanDeviceSchema = z.object({
  id: z.string(),
  kind: deviceKindSchema,
  name: z.string(),
  pairedAt: z.number(),
  seenAt: z.number(),
});
export type LanDevice = z.infer<typeof lanDeviceSchema>;

const lanStatusSchema = z.object({
  state: z.enum(['off', 'on', 'failed']),
  /** Addresses to be typed on an office PC. */
  urls: z.array(z.string()),
  /** SHA-256 of the certificate, to be compared by eye when it is trusted for the first time. */
  fingerprint: z.string().optional(),
  certificateUntil: z.number().optional(),
  /** The clock is outside of the certificate's dates; it is served all the same, because it may be the clock that is wrong. */
  certificateOutOfDate: z.boolean().optional(),
});
export type LanStatus = z.infer<typeof lanStatusSchema>;

/** Serving office PCs and hall displays on the station's network. It is off until a technician switches it on, at the terminal or by a command. */
export const lanContract = {
  status: oc.output(lanStatusSchema),
  devices: oc.output(z.array(lanDeviceSchema)),
  /** A code to be typed on the device within ten minutes; replaces one that is still open. */
  openPairing: oc
    .input(z.object({ kind: deviceKindSchema, name: deviceNameSchema }))
    .output(z.object({ code: z.string(), validMinutes: z.int() })),
  /** Switches serving on or off; how and under which names stays as it was set up. Pairings stay, too. */
  serve: oc.input(z.object({ on: z.boolean() })).output(z.object({})),
  /** The device is cut off at once. */
  unpair: oc.input(z.object({ id: z.string().max(80) })).output(z.object({})),
};

/** What `POST /pair` on the station's network takes and answers; there the page has no other way to speak yet. */
export const pairRequestSchema = z.strictObject({ code: z.string().max(40) });
export const pairAnswerSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('paired'), kind: deviceKindSchema, name: z.string() }),
  z.object({ state: z.literal('not-paired') }),
  z.object({ state: z.enum(['wrong', 'wait']), waitSeconds: z.int() }),
]);
export type PairAnswer = z.infer<typeof pairAnswerSchema>;
