import { oc } from '@orpc/contract';
import { z } from 'zod';
import { envelopeSchema } from '../content/envelope.ts';
import { isKindName } from '../content/kinds/index.ts';
import { scopeSchema } from '../content/scope.ts';
import { inboxRowSchema, officeIdSchema } from '../office/office-views.ts';
import type { ServiceRight } from '../office/service-account.ts';

/** Where programs of other parties ask; the number changes when a call would be read wrongly by who knows the old one. */
export const SERVICE_PREFIX = '/api/v1';

/** Changes in one answer. */
const MOST_CHANGES = 200;

/** A place in the order of changes: the life of the server's database, and a number. */
export const changeCursorSchema = z.string().regex(/^[0-9a-f]{16}-\d{1,15}$/);

const changed = {
  id: z.string(),
  kind: z.string(),
  scope: scopeSchema,
  /** Higher than any that this id and scope had before; a withdrawal has one of its own. */
  version: z.int(),
};

/** The newest state of a record. */
export const contentChangeSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('published'), ...changed, record: envelopeSchema }),
  z.strictObject({ state: z.literal('withdrawn'), ...changed }),
]);
export type ContentChange = z.infer<typeof contentChangeSchema>;

const changesSchema = z.strictObject({
  changes: z.array(contentChangeSchema),
  /** Goes into the next `since`. */
  next: changeCursorSchema,
  /** There are further changes already. */
  more: z.boolean(),
});

const one = z.strictObject({ id: officeIdSchema });
const get = (path: `/${string}`, summary: string) =>
  oc.route({ method: 'GET', path: `${SERVICE_PREFIX}${path}`, summary });
const post = (path: `/${string}`, summary: string) =>
  oc.route({ method: 'POST', path: `${SERVICE_PREFIX}${path}`, summary });

/** What programs of other parties ask of the district (docs/api.md). A group of calls is the right that it needs. */
export const serviceContract = {
  content: {
    changes: get('/content', 'What was published and withdrawn since, oldest change first')
      .input(
        z.strictObject({
          /** `next` of the answer before; absent to begin. */
          since: changeCursorSchema.optional(),
          kind: z.string().max(40).refine(isKindName).optional(),
          /** A division with all that lies below it; a grid or an outlet is itself only. */
          scope: scopeSchema.optional(),
          limit: z.coerce.number().int().min(1).max(MOST_CHANGES).default(100),
        }),
      )
      .output(changesSchema),
  },
  inbox: {
    list: get('/inbox', 'What visitors handed in: open first, oldest first, at most 500').output(
      z.array(inboxRowSchema),
    ),
    open: post('/inbox/{id}/open', 'Open a sealed submission; that is written into the trail')
      .input(one)
      .output(z.strictObject({ text: z.string() })),
    handled: post('/inbox/{id}/handled', 'Mark a submission as done')
      .input(one)
      .output(z.strictObject({})),
  },
} satisfies Record<ServiceRight, object>;
