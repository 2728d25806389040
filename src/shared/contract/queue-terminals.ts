import { oc } from '@orpc/contract';
import { z } from 'zod';
import { deviceNameSchema } from './lan.ts';

const numbersSchema = z.object({ from: z.int(), to: z.int() });

export const queueTerminalsViewSchema = z.object({
  /** The queue host whose numbers this terminal gives; absent when it is one itself. */
  host: z.object({ address: z.string(), ordinal: z.int(), reserve: numbersSchema }).optional(),
  /** The host said that this terminal was removed: it gives no numbers until it leaves or joins anew. */
  removed: z.boolean(),
  /** It left a host today and gives no numbers until the next day of the queue, or until a technician says so. */
  resting: z.boolean(),
  /** The host runs for this outlet and the terminal for another: they have one queue no more until `--station` is the same. */
  otherStation: z.string().optional(),
  /** Numbers given here of which the host has not heard yet. */
  unreported: z.int(),
  /** Who takes numbers from here. */
  terminals: z.array(
    z.object({
      ordinal: z.int(),
      name: z.string(),
      seenAt: z.number(),
      /** What it gives of each line when it is cut off and its block is used up. */
      reserve: numbersSchema,
    }),
  ),
});
export type QueueTerminalsView = z.infer<typeof queueTerminalsViewSchema>;

export const terminalCodeSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('open'),
    code: z.string(),
    /** `host:port`, to be typed on the other terminal together with the code. */
    addresses: z.array(z.string()),
    validMinutes: z.int(),
  }),
  /**
   * `further`: this terminal takes its numbers from another; `resting`: it left another today and gives none; `full`: all places are taken, until tomorrow also those given up today.
   */
  z.object({ state: z.enum(['further', 'lan-off', 'full', 'resting']) }),
]);
export type TerminalCode = z.infer<typeof terminalCodeSchema>;

/** Why a terminal cannot change hosts now: visitors hold numbers that the present one does not know, or others depend on it. */
const heldBackSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('unreported'), count: z.int() }),
  z.object({ state: z.literal('has-terminals') }),
  /** Only for joining: visitors hold numbers of its own queue, which no other host could call. */
  z.object({ state: z.literal('in-hand'), count: z.int() }),
]);
export type HeldBack = z.infer<typeof heldBackSchema>;

export const joinAnswerSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('joined'),
    address: z.string(),
    ordinal: z.int(),
    reserve: numbersSchema,
  }),
  ...heldBackSchema.options,
  /** `not-the-host`: who sits at that address did not make the code; it was not sent. */
  z.object({ state: z.enum(['bad-address', 'unreachable', 'wrong', 'not-the-host']) }),
  z.object({ state: z.literal('wait'), waitSeconds: z.number() }),
  /** The host runs for the outlet `station`, this terminal for `own`: codes as `--station` takes them. The code stays good. */
  z.object({ state: z.literal('other-station'), station: z.string(), own: z.string() }),
]);
export type JoinAnswer = z.infer<typeof joinAnswerSchema>;

export const leaveAnswerSchema = z.discriminatedUnion('state', [
  /** `resting`: no numbers until the next day of the queue, for visitors hold some of the queue that it left. */
  z.object({ state: z.literal('left'), resting: z.boolean() }),
  ...heldBackSchema.options,
]);
export type LeaveAnswer = z.infer<typeof leaveAnswerSchema>;

/** Several terminals that give numbers of one queue, as a technician joins them standing at them (ground rules: decision 011). */
export const queueTerminalsContract = {
  overview: oc.output(queueTerminalsViewSchema),
  /** A code with which one more terminal joins this one; it replaces one that is still open. */
  openJoining: oc.input(z.object({ name: deviceNameSchema })).output(terminalCodeSchema),
  /** Ends the pairing of a terminal; what it gave and reported stays valid. */
  remove: oc.input(z.object({ ordinal: z.int() })).output(z.object({})),
  /** Joins this terminal to the host at an address, with its code. */
  join: oc
    .input(z.object({ address: z.string().max(100), code: z.string().max(80) }))
    .output(joinAnswerSchema),
  /** Makes this terminal its own queue host again. */
  leave: oc.output(leaveAnswerSchema),
  /** After `leave`: it gives own numbers today already, after all that it gave for the host. Nothing when it does so anyway. */
  giveOwn: oc.output(z.object({})),
};
