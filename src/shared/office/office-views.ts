import { z } from 'zod';
import { scopeSchema } from '../content/scope.ts';
import { conflictSchema } from '../operations/conflict.ts';
import { heartbeatSchema } from '../operations/heartbeat.ts';
import { jsonValueSchema } from '../operations/json-value.ts';
import { recordRefSchema, submissionSchema, terminalIdSchema } from '../operations/operation.ts';
import { areCompatible, officeRoleSchema } from './office-role.ts';

const time = z.iso.datetime({ offset: true });

/** Text that goes into the trail or to another person. */
export const noteSchema = z.string().trim().max(200);

export const officeIdSchema = z.uuid();

/** A password: 12 or more characters, as long as it is not known to be weak; there is a second factor besides. */
export const passwordSchema = z.string().min(12).max(128);

/** Six digits of the authenticator. */
export const oneTimeCodeSchema = z.string().regex(/^\d{6}$/);

export const officeAccountSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9]{2,19}$/);

/** What an account may do, and where. */
export const dutiesSchema = z.strictObject({
  name: z.string().trim().min(1).max(20),
  roles: z.array(officeRoleSchema).min(1).max(5).refine(areCompatible),
  divisions: z
    .array(z.string().regex(/^(?:\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/))
    .min(1)
    .max(20),
});
export type Duties = z.infer<typeof dutiesSchema>;

/** Who is logged in. */
export const meSchema = dutiesSchema.extend({ id: officeIdSchema, account: z.string() });
export type Me = z.infer<typeof meSchema>;

export const officePersonSchema = meSchema.extend({
  active: z.boolean(),
  /** Has not chosen a password yet. */
  invited: z.boolean(),
});
export type OfficePerson = z.infer<typeof officePersonSchema>;

/** A one-time link, shown once. */
export const invitationSchema = z.strictObject({ link: z.string(), expiresAt: time });

export const officeTerminalSchema = z.strictObject({
  id: terminalIdSchema,
  outlet: scopeSchema,
  name: z.string(),
  state: z.enum(['active', 'revoked']),
  enrolledAt: time,
  seenAt: time.optional(),
  heartbeat: heartbeatSchema.optional(),
});
export type OfficeTerminal = z.infer<typeof officeTerminalSchema>;

/** A code that no terminal has used yet; which one it is, only whoever made it knows. */
export const openCodeSchema = z.strictObject({
  id: officeIdSchema,
  outlet: scopeSchema,
  madeBy: z.string(),
  madeAt: time,
  expiresAt: time,
});

/** A record in a list. */
export const contentRowSchema = z.strictObject({
  record: recordRefSchema,
  title: z.string(),
  state: z.enum(['published', 'withdrawn']),
  version: z.int(),
  changedAt: time,
  /** "8/9，缺收费依据"; empty when nothing is missing. */
  missing: z.string(),
  /** Last day on which it is shown. */
  validUntil: z.string().optional(),
});
export type ContentRow = z.infer<typeof contentRowSchema>;

/** A state that was published. */
export const versionSchema = z.strictObject({
  version: z.int(),
  at: time,
  actor: z.string(),
  note: z.string(),
  withdrawn: z.boolean(),
});
export type ContentVersion = z.infer<typeof versionSchema>;

export const draftStateSchema = z.enum([
  'draft',
  'in-review',
  'approved',
  'published',
  'discarded',
]);

export const fieldDifferenceSchema = z.strictObject({
  field: z.string(),
  from: jsonValueSchema.optional(),
  to: jsonValueSchema.optional(),
});

/** What an editor writes of a record (`editable-part.ts`), whole or not yet; whether it may be handed in is looked at then. */
export const draftContentSchema = z.strictObject({
  effectiveFrom: z.string().max(40),
  validUntil: z.string().max(40).optional(),
  source: z.string().max(400),
  responsibleBody: z.string().max(100),
  confirm: z.array(z.string().max(200)).max(50).default([]),
  translations: z.record(z.string().max(20), jsonValueSchema).default({}),
  body: z.record(z.string().max(60), jsonValueSchema),
});
export type DraftContent = z.infer<typeof draftContentSchema>;

/** Something that is being written or waits. */
export const draftSchema = z.strictObject({
  id: officeIdSchema,
  record: recordRefSchema,
  title: z.string(),
  /** Null: the record is to be withdrawn. */
  content: draftContentSchema.nullable(),
  baseVersion: z.int(),
  state: draftStateSchema,
  revision: z.int(),
  author: z.string(),
  /** Everybody who wrote something of it. */
  writerIds: z.array(officeIdSchema),
  reviewer: z.string().optional(),
  note: z.string(),
  publishAt: time.optional(),
  changedAt: time,
  /** What keeps it from being handed in, in plain sentences. */
  faults: z.array(z.strictObject({ field: z.string(), fault: z.string() })),
  /** Against what is published. */
  differences: z.array(fieldDifferenceSchema),
});
export type Draft = z.infer<typeof draftSchema>;

/** What came of a table that was handed in. */
export const tableTakenSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('taken'),
    /** They wait for a second person. */
    drafts: z.int(),
    /** Records that say what is published already. */
    unchanged: z.int(),
  }),
  /** Nothing was taken. */
  z.strictObject({
    outcome: z.literal('faulty'),
    faults: z.array(
      z.strictObject({ sheet: z.string(), row: z.int(), column: z.string(), fault: z.string() }),
    ),
    /** There are more than these. */
    more: z.boolean(),
  }),
]);
export type TableTaken = z.infer<typeof tableTakenSchema>;

/**
 * How a record of an archive meets what is published: unknown there, changed, taken away there since, changed here and there so that
 * both do not fit, or changed there alone.
 */
const meetsSchema = z.enum(['new', 'changed', 'withdrawn', 'clash', 'left']);
export type ArchiveMeets = z.infer<typeof meetsSchema>;

/** What an archive would change; nothing is taken yet. */
export const archiveLookSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('faulty'),
    faults: z.array(z.string()),
    /** There are more than these. */
    more: z.boolean(),
  }),
  z.strictObject({
    outcome: z.literal('sound'),
    /** Of all that would be changed, and how; another one is another look. */
    digest: z.hash('sha256'),
    rows: z.array(
      z.strictObject({
        record: recordRefSchema,
        title: z.string(),
        meets: meetsSchema,
        /** In so many places it would differ from what is published. */
        places: z.int(),
        /** Why it is not taken, unless the archive is to count. */
        why: z.string().optional(),
        /** A draft of it was handed in already and waits for a second person: no other one is made. */
        waits: z.boolean(),
      }),
    ),
    /** Records that say what is published already, or that the archive did not change. */
    unchanged: z.int(),
    files: z.int(),
  }),
]);
export type ArchiveLook = z.infer<typeof archiveLookSchema>;

/**
 * What it means to take the station's side: its values go into what is published (or it is withdrawn), its whole text stands in
 * place of that, or a record that is gone comes back with it.
 */
export const conflictTakingSchema = z.enum(['in-place', 'whole', 'anew']);
export type ConflictTaking = z.infer<typeof conflictTakingSchema>;

export const officeConflictSchema = conflictSchema.extend({
  terminal: terminalIdSchema,
  withdraws: z.boolean(),
  /** Nothing of the record is published now. */
  isGone: z.boolean(),
  /** Absent when it was decided, and when the station's side fits nothing that the district has. */
  taking: conflictTakingSchema.optional(),
});
export type OfficeConflict = z.infer<typeof officeConflictSchema>;

export const inboxRowSchema = z.strictObject({
  operation: z.uuid(),
  outlet: scopeSchema,
  receipt: z.string(),
  topic: submissionSchema.shape.topic,
  receivedAt: time,
  handledAt: time.optional(),
});
export type InboxRow = z.infer<typeof inboxRowSchema>;

export const auditRowSchema = z.strictObject({
  seq: z.int(),
  at: time,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.string(),
});
export type OfficeAct = z.infer<typeof auditRowSchema>;
