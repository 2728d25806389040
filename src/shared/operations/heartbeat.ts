import { z } from 'zod';
import { scopeSchema } from '../content/scope.ts';
import { PROTOCOL, terminalIdSchema } from './operation.ts';
import { epochSchema, minorSchema } from './protocol-minor.ts';

const count = z.int().min(0);

/** Why a terminal stays at what it has of a division. */
const refusedContentSchema = z.strictObject({
  /** A word of the terminal's program; `mass-deletion` waits for a person of the office. */
  reason: z.string().max(40),
  /** By the brake on deletions: how many of how many records would go. */
  gone: count.optional(),
  of: count.optional(),
  /** The last change of the state that was not taken: a word for the deletion names it, and counts for no later one. */
  top: count.optional(),
});
export type RefusedContent = z.infer<typeof refusedContentSchema>;

/** How far a terminal has come with a division. */
const contentStateSchema = z.strictObject({
  division: scopeSchema,
  epoch: z.string().max(32),
  sequence: count,
  /** When the feed was last found sound. */
  checkedAt: z.iso.datetime({ offset: true }).optional(),
  /** Why its newest state was not taken. */
  refused: refusedContentSchema.optional(),
});

/** Says that a terminal lives, and how it is; only the newest counts, so it does not go through the outbox. */
export const heartbeatSchema = z.strictObject({
  protocol: z.literal(PROTOCOL),
  terminal: terminalIdSchema,
  /** Which fields of answers this terminal knows beside those of all; none when absent (docs/protocol.md, 1). */
  minor: minorSchema.optional(),
  at: z.iso.datetime({ offset: true }),
  /** Version of the program. */
  program: z.string().max(40),
  content: z.array(contentStateSchema).max(12),
  outbox: z.strictObject({
    waiting: count,
    refused: count,
    conflicts: count,
    /** When the oldest that waits was made. */
    oldestAt: z.iso.datetime({ offset: true }).optional(),
  }),
  /** Checks of the self-test that are not well, by their names. */
  alarms: z
    .array(z.strictObject({ check: z.string().max(40), state: z.enum(['warning', 'fault']) }))
    .max(40),
});
export type Heartbeat = z.infer<typeof heartbeatSchema>;

export const heartbeatAnswerSchema = z.strictObject({
  now: z.iso.datetime({ offset: true }),
  /** Seconds until the next heartbeat. */
  nextSeconds: z.int().min(30).max(86_400),
  /** Conflicts of this terminal that wait for a person. */
  openConflicts: count,
  /** The life of the server's database, for terminals of `minor` 1 and more. */
  epoch: epochSchema.optional(),
});
export type HeartbeatAnswer = z.infer<typeof heartbeatAnswerSchema>;
