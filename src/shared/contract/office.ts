import { oc } from '@orpc/contract';
import { z } from 'zod';
import { envelopeSchema } from '../content/envelope.ts';
import { mediaBodySchema } from '../content/kinds/media.ts';
import { scopeSchema } from '../content/scope.ts';
import { MEDIA_LIMITS } from '../media/media-limits.ts';
import {
  archiveLookSchema,
  auditRowSchema,
  conflictTakingSchema,
  contentRowSchema,
  draftContentSchema,
  draftSchema,
  draftStateSchema,
  dutiesSchema,
  fieldDifferenceSchema,
  inboxRowSchema,
  invitationSchema,
  meSchema,
  noteSchema,
  officeAccountSchema,
  officeConflictSchema,
  officeIdSchema,
  officePersonSchema,
  officeTerminalSchema,
  oneTimeCodeSchema,
  openCodeSchema,
  passwordSchema,
  tableTakenSchema,
  versionSchema,
} from '../office/office-views.ts';
import { newServiceSchema, serviceAccountSchema } from '../office/service-account.ts';
import { bundleSchema, signedFileSchema } from '../operations/bundle.ts';
import { jsonValueSchema } from '../operations/json-value.ts';
import { recordRefSchema, terminalIdSchema } from '../operations/operation.ts';
import { localDateSchema } from '../time/date-schemas.ts';

/** Where the office's routes lie on the server. */
export const OFFICE_PREFIX = '/admin/api';
/** Sent with every call of a page: no form of another site can. */
export const OFFICE_HEADER = 'x-kiosk-office';

/** A table of 4 MB, as base64. */
const TABLE_CHARACTERS = 5_600_000;

/** Bytes of an archive of content: what a browser sends and keeps well. */
export const ARCHIVE_BYTES = 1_000_000_000;

/** The largest file that any type allows. */
const FILE_BYTES = Math.max(...Object.values(MEDIA_LIMITS.fileBytes));
/** A piece of a file, as base64. */
const PIECE_CHARACTERS = Math.ceil(MEDIA_LIMITS.pieceBytes / 3) * 4;
const FILE_FIELDS = { type: true, mime: true, sha256: true, bytes: true } as const;

/** An archive of content that was handed in. */
const archive = z.strictObject({ upload: officeIdSchema, overwrites: z.boolean().default(false) });
const archivePiece = z.strictObject({
  upload: officeIdSchema,
  at: z.int().min(0).max(ARCHIVE_BYTES),
  bytes: z.int().min(1).max(ARCHIVE_BYTES),
  base64: z.base64().min(1).max(PIECE_CHARACTERS),
});

const fileAnswer = <Status extends 200 | 206>(status: Status) =>
  z.object({
    status: z.literal(status),
    headers: z.object({
      'accept-ranges': z.string(),
      'cache-control': z.string(),
      'content-range': z.string().optional(),
    }),
    body: z.file(),
  });

const done = z.strictObject({});
const time = z.iso.datetime({ offset: true });
const token = z.string().regex(/^[\w-]{43}$/);
/** `<kind>.<name>` and where it is published, as one path segment each. */
const at = z.strictObject({ id: recordRefSchema.shape.id, scope: scopeSchema });
const one = z.strictObject({ id: officeIdSchema });
const version = z.int().min(1).max(2_000_000_000);
const revision = z.int().min(1).max(2_000_000_000);

/** Changes of a division are counted on. */
const changeNumber = z.int().nonnegative();

const get = (path: `/${string}`) => oc.route({ method: 'GET', path: `${OFFICE_PREFIX}${path}` });
const post = (path: `/${string}`) => oc.route({ method: 'POST', path: `${OFFICE_PREFIX}${path}` });

const inFeedSchema = z.strictObject({ id: z.string(), scope: scopeSchema });

/** What the admin pages ask of the district server. Who may ask what is in `office-access.ts`. */
export const officeContract = {
  logIn: {
    /** What an invitation is for; the second factor is shown to be put into an authenticator. */
    invitation: post('/invitation')
      .input(z.strictObject({ token }))
      .output(z.strictObject({ account: z.string(), name: z.string(), secondFactor: z.string() })),
    /** Chooses a password and proves the second factor. The link is good once. */
    accept: post('/invitation/accept')
      .input(z.strictObject({ token, password: passwordSchema, code: oneTimeCodeSchema }))
      .output(done),
    /** Password and second factor together, so that nothing tells which of them was wrong. */
    enter: post('/log-in')
      .input(
        z.strictObject({
          account: officeAccountSchema,
          password: z.string().max(128),
          code: oneTimeCodeSchema,
        }),
      )
      .output(meSchema),
    leave: post('/log-out').output(done),
    me: get('/me').output(meSchema),
  },
  people: {
    list: get('/people').output(z.array(officePersonSchema)),
    invite: post('/people')
      .input(z.strictObject({ account: officeAccountSchema, duties: dutiesSchema }))
      .output(invitationSchema),
    change: post('/people/{id}')
      .input(z.strictObject({ id: officeIdSchema, duties: dutiesSchema, active: z.boolean() }))
      .output(done),
    /** A new link for somebody who lost password or second factor; ends all their log-ins. */
    reset: post('/people/{id}/reset').input(one).output(invitationSchema),
  },
  /** Accounts of other parties' programs; what they may ask is in `services.ts`. */
  services: {
    list: get('/services').output(z.array(serviceAccountSchema)),
    /** The key is shown this once. */
    make: post('/services')
      .input(newServiceSchema)
      .output(z.strictObject({ key: z.string() })),
    /** Ends the key from the next request on. */
    revoke: post('/services/{id}/revoke').input(one).output(done),
  },
  terminals: {
    list: get('/terminals').output(z.array(officeTerminalSchema)),
    makeCode: post('/terminals/code')
      .input(z.strictObject({ outlet: scopeSchema }))
      .output(z.strictObject({ code: z.string(), expiresAt: time })),
    makeProvisioning: post('/terminals/provisioning')
      .input(z.strictObject({ outlet: scopeSchema }))
      .output(signedFileSchema),
    /** Codes and files for sticks that no terminal has used. */
    openCodes: get('/terminals/codes').output(z.array(openCodeSchema)),
    /** From then on the code is a wrong one. */
    cancelCode: post('/terminals/codes/{id}/cancel').input(one).output(done),
    revoke: post('/terminals/{id}/revoke')
      .input(z.strictObject({ id: terminalIdSchema }))
      .output(done),
    /** Takes in what came on a stick; gives the receipts to carry back. */
    takeBundle: post('/terminals/bundle').input(bundleSchema).output(signedFileSchema),
  },
  content: {
    list: get('/content')
      .input(
        z.strictObject({
          kind: z.string().max(40).optional(),
          scope: scopeSchema.optional(),
          /** A part of a title or id. */
          text: z.string().max(40).optional(),
          page: z.coerce.number().int().min(0).max(10_000).default(0),
        }),
      )
      .output(z.strictObject({ rows: z.array(contentRowSchema), more: z.boolean() })),
    history: get('/content/{scope}/{id}').input(at).output(z.array(versionSchema)),
    version: get('/content/{scope}/{id}/{version}')
      .input(at.extend({ version: z.coerce.number().pipe(version) }))
      .output(
        z.strictObject({
          content: envelopeSchema.nullable(),
          /** Against the version before. */
          differences: z.array(fieldDifferenceSchema),
        }),
      ),
  },
  tables: {
    /** Published records of a kind as an XLSX file. */
    export: get('/tables/{kind}')
      .input(z.strictObject({ kind: z.string().max(40) }))
      .output(z.strictObject({ fileName: z.string(), base64: z.string() })),
    /** Takes an XLSX file in as drafts that wait for a second person, or says what is wrong with it. */
    take: post('/tables/{kind}')
      .input(
        z.strictObject({
          kind: z.string().max(40),
          fileName: z.string().trim().min(1).max(80),
          base64: z.base64().max(TABLE_CHARACTERS),
        }),
      )
      .output(tableTakenSchema),
  },
  folder: {
    /** Everything that is published in one's divisions, with its files, as packs are written, in an archive. */
    export: oc
      .route({ method: 'GET', path: `${OFFICE_PREFIX}/folder`, outputStructure: 'detailed' })
      .output(
        z.object({
          status: z.literal(200),
          headers: z.object({ 'cache-control': z.string() }),
          body: z.file(),
        }),
      ),
    /** Takes a piece of such an archive; nothing of it is looked at yet. */
    upload: post('/folder/pieces')
      .input(archivePiece)
      .output(z.strictObject({ received: z.int() })),
    /** What an archive that was handed in would change. `overwrites`: it counts where others changed the same. */
    look: post('/folder/look').input(archive).output(archiveLookSchema),
    /** Makes drafts of it, all or nothing, that wait for a second person; `changed` when `digest` is not of what it changes now. */
    take: post('/folder/take')
      .input(archive.extend({ digest: z.hash('sha256') }))
      .output(z.strictObject({ drafts: z.int() })),
  },
  drafts: {
    list: get('/drafts')
      .input(z.strictObject({ state: draftStateSchema.optional() }))
      .output(z.array(draftSchema)),
    get: get('/drafts/{id}').input(one).output(draftSchema),
    /** Starts from what is published, from an older version, or from nothing. */
    start: post('/drafts')
      .input(
        z.strictObject({
          record: recordRefSchema,
          from: version.optional(),
          /** To withdraw the record. */
          withdraw: z.boolean().default(false),
        }),
      )
      .output(draftSchema),
    save: post('/drafts/{id}')
      .input(z.strictObject({ id: officeIdSchema, revision, content: draftContentSchema }))
      .output(draftSchema),
    submit: post('/drafts/{id}/submit')
      .input(
        z.strictObject({
          id: officeIdSchema,
          revision,
          note: noteSchema.default(''),
          publishAt: time.optional(),
        }),
      )
      .output(draftSchema),
    approve: post('/drafts/{id}/approve')
      .input(z.strictObject({ id: officeIdSchema, revision }))
      .output(draftSchema),
    reject: post('/drafts/{id}/reject')
      .input(z.strictObject({ id: officeIdSchema, revision, note: noteSchema.min(1) }))
      .output(draftSchema),
    discard: post('/drafts/{id}/discard')
      .input(z.strictObject({ id: officeIdSchema, revision }))
      .output(done),
    /** Takes a piece of the file that a draft is to name; with the last one says what the file is. */
    upload: post('/drafts/{id}/file')
      .input(
        z.strictObject({
          id: officeIdSchema,
          /** Made by the page for each file. */
          upload: officeIdSchema,
          /** Bytes that came before. */
          at: z.int().min(0).max(FILE_BYTES),
          /** Bytes of the whole file. */
          bytes: z.int().min(1).max(FILE_BYTES),
          base64: z.base64().min(1).max(PIECE_CHARACTERS),
        }),
      )
      .output(
        z.strictObject({
          received: z.int(),
          file: z.strictObject(mediaBodySchema.shape).pick(FILE_FIELDS).optional(),
        }),
      ),
    /** A file for the preview, whole or in part: the draft's own, one that is published, or one of the deployment. */
    file: oc
      .route({
        ...{ method: 'GET', path: `${OFFICE_PREFIX}/drafts/{id}/file/{name}` },
        outputStructure: 'detailed',
      })
      .input(z.strictObject({ id: officeIdSchema, name: z.string().max(80) }))
      .output(z.union([fileAnswer(200), fileAnswer(206)])),
  },
  preview: {
    /** What a terminal of an outlet would answer its page on a day, with the draft published. */
    ask: post('/drafts/{id}/preview')
      .input(
        z.strictObject({
          id: officeIdSchema,
          outlet: scopeSchema,
          day: localDateSchema,
          method: z.string().max(40),
          input: jsonValueSchema.optional(),
        }),
      )
      .output(z.strictObject({ answer: z.unknown() })),
  },
  conflicts: {
    list: get('/conflicts').output(z.array(officeConflictSchema)),
    decide: post('/conflicts/{id}')
      .input(
        z.discriminatedUnion('outcome', [
          z.strictObject({ id: officeIdSchema, outcome: z.literal('published') }),
          z.strictObject({
            ...{ id: officeIdSchema, outcome: z.literal('wanted') },
            /** As the person was shown it. */
            taking: conflictTakingSchema,
          }),
        ]),
      )
      .output(done),
  },
  inbox: {
    list: get('/inbox').output(z.array(inboxRowSchema)),
    /** Opens a sealed submission; that is written into the trail. */
    open: post('/inbox/{id}/open')
      .input(one)
      .output(z.strictObject({ text: z.string() })),
    handled: post('/inbox/{id}/handled').input(one).output(done),
  },
  feed: {
    /** Divisions in which records would go, and which wait for a person's word. `unsound`: those that do not fit the program any more; `gone`: how many editors took away; `top`: the last change that this tells of. */
    waiting: get('/feed/waiting').output(
      z.array(
        z.strictObject({
          division: scopeSchema,
          unsound: z.array(inFeedSchema),
          gone: z.int().nonnegative(),
          top: changeNumber,
        }),
      ),
    ),
    /** What terminals do not get as it stands here: records that the program finds unsound, divisions that could not be written, or not with all their files. */
    troubles: get('/feed/troubles').output(
      z.strictObject({
        leftOut: z.array(inFeedSchema),
        failed: z.array(scopeSchema),
        withoutFiles: z.array(scopeSchema),
        isWritten: z.boolean(),
      }),
    ),
    /** A word for what goes by the changes up to `top`, as the person was shown, by `waiting` or by what a terminal told; `changed` when there were more since. */
    confirm: post('/feed/confirm')
      .input(z.strictObject({ division: scopeSchema, top: changeNumber }))
      .output(done),
  },
  audit: {
    list: get('/audit')
      .input(
        z.strictObject({ before: z.coerce.number().int().min(1).max(2_000_000_000).optional() }),
      )
      .output(z.array(auditRowSchema)),
    check: get('/audit/check').output(
      z.strictObject({ rows: z.int(), head: z.string(), brokenAt: z.int().optional() }),
    ),
  },
};
export type OfficeContract = typeof officeContract;
