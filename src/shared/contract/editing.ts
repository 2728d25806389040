import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { DraftContent, DraftFault } from '../editing/check-draft.ts';
import type { EditField } from '../editing/edit-field.ts';
import { EDITABLE_KINDS } from '../editing/forms.ts';

/** A body as somebody left it; looked at when it is to be published. */
const DRAFT_CHARACTERS = 200_000;

const kindSchema = z.enum(EDITABLE_KINDS);
const idSchema = z.string().min(1).max(80);
const seqSchema = z.int().min(1);

/** What staff wrote of a record, whether or not it is right. */
export const draftContentSchema: z.ZodType<DraftContent> = z.strictObject({
  effectiveFrom: z.string().max(20),
  validUntil: z.string().max(20).optional(),
  body: z
    .json()
    .refine((body) => JSON.stringify(body).length <= DRAFT_CHARACTERS, { error: 'too long' }),
});

/** How far the station's newest publication of a record has come. */
export const editProgressSchema = z.enum([
  /** Nothing is under way: the district has all. */
  'none',
  /** On show here, on its way to the district. */
  'waiting',
  /** On show here and at the district, which has not published it yet. */
  'taken',
  /** The district has another value; a person decides. */
  'conflict',
  /** The district did not take it; the sentence says why. */
  'refused',
]);
export type EditProgress = z.infer<typeof editProgressSchema>;

/** What keeps the outbox from getting to the district. */
export const districtTroubleSchema = z.enum([
  'unreachable',
  /** The computer's clock is far off. */
  'clock',
  /** The district does not know this terminal's key. */
  'signature',
  /** The district needs a newer program. */
  'version',
  'revoked',
]);
export type DistrictTrouble = z.infer<typeof districtTroubleSchema>;

const kindCountSchema = z.object({
  kind: kindSchema,
  label: z.string(),
  mayAdd: z.boolean(),
  /** Of the station's own. */
  count: z.int(),
  drafts: z.int(),
  waiting: z.int(),
  /** Conflicts and refusals that wait for a person. */
  troubles: z.int(),
  /** Those whose last day is near or over. */
  ending: z.int(),
});
export type EditKindCount = z.infer<typeof kindCountSchema>;

export const editRowSchema = z.object({
  id: z.string(),
  kind: kindSchema,
  title: z.string(),
  /** The sentence that says whose it is, when it is not the station's own. */
  locked: z.string().optional(),
  isShown: z.boolean(),
  hasDraft: z.boolean(),
  progress: editProgressSchema,
  effectiveFrom: z.string(),
  validUntil: z.string().optional(),
  completeness: z.string().optional(),
});
export type EditRow = z.infer<typeof editRowSchema>;

const faultSchema: z.ZodType<DraftFault> = z.object({
  field: z.string(),
  sentence: z.string(),
  isGrave: z.boolean(),
});

/** One field as people read it, before and after, or published and wanted. */
const shownChangeSchema = z.object({
  field: z.string(),
  label: z.string(),
  before: z.string(),
  after: z.string(),
});

const versionSchema = z.object({
  seq: seqSchema,
  at: z.number(),
  editor: z.string(),
  action: z.enum(['create', 'change', 'withdraw']),
  restores: z.int().optional(),
  progress: z.enum(['waiting', 'taken', 'settled', 'conflict', 'refused', 'closed']),
  changes: z.array(shownChangeSchema),
});

/** Whether values of fields are at stake, a record that the district took away, or one that the station did. */
const conflictOverSchema = z.enum(['fields', 'gone', 'withdrawal']);
export type ConflictOver = z.infer<typeof conflictOverSchema>;

/** In place of fields: the station has its way with the record as a whole, also when it brings one back that is gone. */
export const WHOLE_RECORD = 'record';

/** What a person has to decide. `before` of a field is what is published, `after` what the station wrote. */
const decisionSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('conflict'),
    seq: seqSchema,
    over: conflictOverSchema,
    /** False when only the district can bring the record back. */
    mayOwn: z.boolean(),
    fields: z.array(shownChangeSchema),
  }),
  z.object({ type: z.literal('refused'), seq: seqSchema, message: z.string() }),
]);
export type EditDecision = z.infer<typeof decisionSchema>;

const optionSchema = z.object({ value: z.string(), label: z.string() });
export type EditReference = z.infer<typeof optionSchema>;

const draftSchema = z.object({
  content: draftContentSchema,
  /** Which state of the draft this is; a save names the one that it started from. */
  stamp: z.int(),
  editor: z.string(),
  changedAt: z.number(),
});

export const editRecordSchema = editRowSchema.extend({
  label: z.string(),
  mustEnd: z.boolean(),
  /** What is on show; absent when nothing is. */
  shown: draftContentSchema.optional(),
  draft: draftSchema.optional(),
  /** The form; its fields are data (`edit-field.ts`). */
  fields: z.custom<readonly EditField[]>((value) => Array.isArray(value)),
  /** What fields can point to. */
  references: z.object({
    person: z.array(optionSchema),
    window: z.array(optionSchema),
    guide: z.array(optionSchema),
  }),
  decision: decisionSchema.optional(),
  versions: z.array(versionSchema),
});
export type EditRecord = z.infer<typeof editRecordSchema>;

const publishAnswerSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('published'), advice: z.array(faultSchema) }),
  /** Nothing was changed. */
  z.object({ state: z.literal('same') }),
  z.object({ state: z.literal('faults'), faults: z.array(faultSchema) }),
  /** What is on show has changed in the same fields since the draft was begun; a person decides field by field. */
  z.object({ state: z.literal('changed'), fields: z.array(shownChangeSchema) }),
  /** What the draft was begun from is not on show any more; a person decides whether it is to be there again. */
  z.object({ state: z.literal('gone') }),
]);
export type PublishAnswer = z.infer<typeof publishAnswerSchema>;

const byId = z.object({ id: idSchema });
const choices = z.object({
  /** For each field whether the station's own value is taken. */
  own: z.array(z.string().max(400)).max(2_000),
});

/** Changing the station's own content (S1): draft, check, preview, publish, history, undo. */
export const editingContract = {
  overview: oc.output(
    z.object({
      station: z.string(),
      kinds: z.array(kindCountSchema),
      /** The district that this terminal belongs to. */
      district: z
        .object({
          name: z.string(),
          isRevoked: z.boolean(),
          /** Why nothing goes to it any more; it is tried again by itself. */
          trouble: districtTroubleSchema.optional(),
        })
        .optional(),
      /** Whatever the district has not answered. */
      waiting: z.int(),
      /** When the oldest of it was made. */
      oldestAt: z.number().optional(),
      /** What the district did not take, beside publications: those tell of it themselves. */
      refused: z.array(z.object({ id: z.string(), message: z.string(), at: z.number() })),
    }),
  ),
  /** Somebody has read why something was refused. */
  seen: oc.input(z.object({ id: z.string().max(80) })).output(z.object({})),
  list: oc.input(z.object({ kind: kindSchema })).output(z.array(editRowSchema)),
  open: oc.input(byId).output(editRecordSchema),
  /** Begins a record; `guide` is the one that `service-local` belongs to. */
  create: oc.input(z.object({ kind: kindSchema })).output(editRecordSchema),
  /** Begins the station's own copy of a record that the district gives to all, or opens the one that is begun. */
  adopt: oc.input(byId).output(editRecordSchema),
  save: oc
    .input(
      byId.extend({
        content: draftContentSchema,
        stamp: z.int().min(0),
        /** What was on show when the page began; of a draft that is there already its host knows. */
        from: draftContentSchema.optional(),
      }),
    )
    .output(
      z.discriminatedUnion('state', [
        z.object({ state: z.literal('saved'), stamp: z.int(), faults: z.array(faultSchema) }),
        /**
         * Somebody else has changed the draft meanwhile, or published it or thrown it away: then there is none, but what is on
         * show now, if anything. Nothing was written.
         */
        z.object({
          state: z.literal('newer'),
          draft: draftSchema.optional(),
          shown: draftContentSchema.optional(),
        }),
      ]),
    ),
  /** Throws the draft away that is named, and no newer one. */
  discard: oc.input(byId.extend({ stamp: z.int().min(0) })).output(z.object({})),
  check: oc.input(byId).output(z.array(faultSchema)),
  publish: oc.input(byId.extend({ stamp: z.int().min(0) })).output(publishAnswerSchema),
  /** Brings the draft up to what is on show now, after a person chose field by field. */
  rebase: oc.input(byId.extend(choices.shape)).output(editRecordSchema),
  /** `taken` while there is a draft: what somebody wrote is not thrown away unasked. */
  withdraw: oc.input(byId).output(z.object({})),
  /** Publishes what a version had; `before` names the state before it. `taken` while there is a draft. */
  restore: oc
    .input(byId.extend({ seq: seqSchema, side: z.enum(['before', 'after']) }))
    .output(publishAnswerSchema),
  /** Decides a conflict with the district, field by field, or over the record as a whole. */
  decide: oc.input(byId.extend({ seq: seqSchema, ...choices.shape })).output(editRecordSchema),
  /** Gives a refused publication up, or makes a draft of it again; `taken` while there is another. */
  takeBack: oc.input(byId.extend({ seq: seqSchema, keep: z.boolean() })).output(editRecordSchema),
  /** What a visitor's page would read if the draft were published: the same methods, answered as if it were. */
  preview: oc
    .input(byId.extend({ method: z.string().max(40), input: z.json() }))
    .output(z.object({ answer: z.unknown() })),
};
