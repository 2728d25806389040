import { implement } from '@orpc/server';
import { serviceContract } from '#shared/contract/services.ts';
import { changesSince } from '../content/changes-since.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import {
  handleSubmission,
  listInbox,
  openSubmission,
  outletOfSubmission,
} from '../office/inbox.ts';
import type { Service } from '../office/services.ts';
import { mustWorkOn } from './must-work-on.ts';

/** What a call of another party's program is given beside its input. */
export interface ServiceContext {
  readonly district: District;
  /** Whose key came with it. */
  readonly service: Service;
}

// Who asks is looked at before what was asked.
const base = implement(serviceContract).$context<ServiceContext>().$config({
  initialInputValidationIndex: Number.POSITIVE_INFINITY,
  initialOutputValidationIndex: Number.POSITIVE_INFINITY,
});

/** A group of calls is the right that it needs. */
const service = base.use(async ({ context, path: [group], next }) => {
  if (!context.service.rights.some((right) => right === group))
    throw new DistrictFault('not-allowed');
  return next();
});

async function ownSubmission({ district, service: who }: ServiceContext, id: string) {
  mustWorkOn(who, await outletOfSubmission(district.database, id));
}

/** Handlers of what programs of other parties ask. */
export const serviceRouter = service.router({
  content: {
    changes: service.content.changes.handler(({ input, context }) => {
      const { divisions } = context.service;
      if (input.scope !== undefined) mustWorkOn(context.service, input.scope);
      return changesSince(context.district.database, { ...input, divisions });
    }),
  },
  inbox: {
    list: service.inbox.list.handler(({ context }) =>
      listInbox(context.district.database, context.service.divisions),
    ),
    open: service.inbox.open.handler(async ({ input: { id }, context }) => {
      await ownSubmission(context, id);
      return { text: await openSubmission(context.district, id, context.service.id) };
    }),
    handled: service.inbox.handled.handler(async ({ input: { id }, context }) => {
      await ownSubmission(context, id);
      await handleSubmission(context.district, id, context.service.id);
      return {};
    }),
  },
});
