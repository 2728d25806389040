import { oc } from '@orpc/contract';
import { z } from 'zod';

/** Why a terminal could not be enrolled. */
const ENROL_FAULTS = [
  /** Not an address, or one over which anybody could listen and answer. */
  'bad-address',
  /** Not twelve letters and digits. */
  'unreadable-code',
  /** Wrong, used or too old. */
  'code',
  'too-many',
  'unreachable',
  /** The code is for another outlet than the one that this terminal serves. */
  'other-outlet',
  'refused',
  /** It belongs to a district already. */
  'enrolled-before',
] as const;
export type EnrolFault = (typeof ENROL_FAULTS)[number];

export const enrolmentViewSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({
    /** `revoked`: the district has taken this terminal out of service; a new code brings it back. */
    state: z.enum(['enrolled', 'revoked']),
    /** How people know the district. */
    district: z.string(),
    /** What the district calls this terminal. */
    terminal: z.string(),
    /** When the district's content was last read over the network since the start and found sound, epoch milliseconds; absent before that. */
    contentCheckedAt: z.number().optional(),
    /** When the district's content last brought something, over the network or by stick, also before this start; absent before that. */
    contentTakenAt: z.number().optional(),
    /** While the district's content comes for the first time: how much of it is here. */
    filledPercent: z.int().min(0).max(100).optional(),
    /** Of what was written here: what the district has not answered yet, and what it did not accept. */
    waiting: z.int(),
    refused: z.int(),
  }),
]);
export type EnrolmentView = z.infer<typeof enrolmentViewSchema>;

export const enrolAnswerSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('enrolled'), district: z.string() }),
  z.object({ state: z.enum(ENROL_FAULTS) }),
]);
export type EnrolAnswer = z.infer<typeof enrolAnswerSchema>;

/** Makes this terminal one of a district's, by a technician standing at it (docs/protocol.md, enrolment). */
export const enrolmentContract = {
  view: oc.output(enrolmentViewSchema),
  /** Trades a one-time code for a place in the district; content and operations begin to flow at once. */
  enrol: oc
    .input(
      z.object({
        /** Address of the district's server; `https://` may be left out. */
        server: z.string().max(200),
        /** As typed; hyphens, spaces and small letters do not matter. */
        code: z.string().max(40),
        /** How staff know the terminal: "大厅东侧". */
        name: z.string().trim().min(1).max(40),
      }),
    )
    .output(enrolAnswerSchema),
};
