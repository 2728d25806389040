import { implement } from '@orpc/server';
import { officeContract } from '#shared/contract/office.ts';
import { officeAccess } from '#shared/contract/office-access.ts';
import { worksOn } from '#shared/office/office-role.ts';
import type { Me } from '#shared/office/office-views.ts';
import { checkTrail, newestActs, writeAct } from '../audit/audit-trail.ts';
import { notedHeads } from '../audit/trail-heads.ts';
import { contentHistory, contentVersion, listContent } from '../content/content-list.ts';
import {
  approveDraft,
  discardDraft,
  listDrafts,
  readDraft,
  rejectDraft,
  saveDraft,
  startDraft,
  submitDraft,
} from '../content/drafts.ts';
import { confirmDeletions, type FeedState } from '../content/feed-writer.ts';
import { type District, timeText } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { exportArchive, lookAtArchive, takeArchive } from '../folder/carry-archive.ts';
import type { Turns } from '../folder/turns.ts';
import { readDraftFile } from '../media/draft-file.ts';
import { gatherPiece } from '../media/gather-pieces.ts';
import { takePiece } from '../media/take-piece.ts';
import {
  handleSubmission,
  listInbox,
  openSubmission,
  outletOfSubmission,
} from '../office/inbox.ts';
import { beginLogIn } from '../office/log-ins.ts';
import {
  acceptInvitation,
  changePerson,
  divisionsOfPerson,
  hasRole,
  invite,
  listPeople,
  provePerson,
  readInvitation,
  resetPerson,
} from '../office/people.ts';
import {
  divisionsOfService,
  listServices,
  makeService,
  revokeService,
} from '../office/services.ts';
import { listConflicts } from '../operations/conflicts.ts';
import { decideAtOffice, officeConflicts, openConflict } from '../operations/decide-conflict.ts';
import { takeBundle } from '../operations/take-bundle.ts';
import { previewDraft } from '../preview/preview-draft.ts';
import type { PreviewProgram } from '../preview/preview-program.ts';
import { exportTable, takeTable } from '../tables/content-tables.ts';
import { makeCode, makeProvisioning } from '../terminals/enrolment.ts';
import { cancelCode, openCodes, outletOfCode } from '../terminals/open-codes.ts';
import { allTerminals, revokeTerminal, terminalOf } from '../terminals/terminals.ts';
import { mustWorkOn } from './must-work-on.ts';

/** What a route of the admin pages is given beside its input. */
export interface OfficeContext {
  readonly district: District;
  readonly address: string;
  /** Who is logged in; undefined when nobody is. */
  readonly me: Me | undefined;
  /** Gives the page its log-in, or takes it away. */
  readonly setToken: (token: string | undefined) => void;
  readonly endLogIn: () => Promise<void>;
  readonly feed: () => FeedState;
  readonly preview: PreviewProgram;
  /** Does something when the answer was sent, or could not be. */
  readonly onAnswered: (act: () => void) => void;
  /** At whole archives of content. */
  readonly turns: Turns;
  /** Which part of a file is asked for. */
  readonly range: string | undefined;
}

const NOT_CONFIRMED = {
  before: '这个区划已经确认过了，终端下次取内容时撤下；过了一天还没有撤下的，请系统管理人员检查。',
  changed: '这个区划刚刚又有改动，还没有确认。请看过现在的数字，再确认一次。',
} as const;
const NEWEST = 2_000_000_000;
const ACTS = 200;

// Who asks is looked at before what was asked.
const base = implement(officeContract).$context<OfficeContext>().$config({
  initialInputValidationIndex: Number.POSITIVE_INFINITY,
  initialOutputValidationIndex: Number.POSITIVE_INFINITY,
});

/** Lets only those through who may call this route (`office-access.ts`). */
const office = base.use(async ({ context, path, next }) => {
  const access = officeAccess(path);
  if (access === undefined) throw new DistrictFault('not-allowed');
  if (access !== 'anyone') {
    if (context.me === undefined) throw new DistrictFault('not-signed-in');
    if (!hasRole(context.me, access)) throw new DistrictFault('not-allowed');
  }
  return next();
});

/** Who is logged in; the table let nobody else through. */
function meIn({ me }: OfficeContext): Me {
  if (me === undefined) throw new DistrictFault('not-signed-in');
  return me;
}

async function ownDraft(context: OfficeContext, id: string): Promise<void> {
  mustWorkOn(meIn(context), (await readDraft(context.district, id)).record.scope);
}

async function ownSubmission(context: OfficeContext, id: string): Promise<void> {
  mustWorkOn(meIn(context), await outletOfSubmission(context.district.database, id));
}

async function ownPerson(context: OfficeContext, id: string): Promise<void> {
  mustSeeAll(meIn(context), await divisionsOfPerson(context.district.database, id));
}

/** Handlers of what the admin pages ask. */
export const officeRouter = office.router({
  logIn: {
    invitation: office.logIn.invitation.handler(async ({ input, context: { district } }) => {
      const { account, name, secondFactor } = await readInvitation(district, input.token);
      return { account, name, secondFactor };
    }),
    accept: office.logIn.accept.handler(async ({ input, context: { district } }) => {
      await acceptInvitation(district, input);
      return {};
    }),
    enter: office.logIn.enter.handler(async ({ input, context }) => {
      const { district, address, endLogIn, setToken } = context;
      const me = await provePerson(district, input, address);
      await endLogIn();
      setToken(await beginLogIn(district, me, address));
      return me;
    }),
    leave: office.logIn.leave.handler(async ({ context }) => {
      await context.endLogIn();
      context.setToken(undefined);
      return {};
    }),
    me: office.logIn.me.handler(({ context }) => meIn(context)),
  },
  people: {
    list: office.people.list.handler(async ({ context }) => {
      const people = await listPeople(context.district.database);
      return people.filter(({ divisions }) => areSeen(meIn(context), divisions));
    }),
    invite: office.people.invite.handler(({ input, context }) => {
      mustSeeAll(meIn(context), input.duties.divisions);
      return invite(context.district, input.account, input.duties, meIn(context).id);
    }),
    change: office.people.change.handler(async ({ input, context }) => {
      await ownPerson(context, input.id);
      mustSeeAll(meIn(context), input.duties.divisions);
      await changePerson(context.district, input, meIn(context).id);
      return {};
    }),
    reset: office.people.reset.handler(async ({ input, context }) => {
      await ownPerson(context, input.id);
      return resetPerson(context.district, input.id, meIn(context).id);
    }),
  },
  services: {
    list: office.services.list.handler(async ({ context }) => {
      const services = await listServices(context.district);
      return services.filter(({ divisions }) => areSeen(meIn(context), divisions));
    }),
    make: office.services.make.handler(async ({ input, context }) => {
      mustSeeAll(meIn(context), input.divisions);
      return { key: await makeService(context.district, input, meIn(context).id) };
    }),
    revoke: office.services.revoke.handler(async ({ input: { id }, context }) => {
      const { database } = context.district;
      mustSeeAll(meIn(context), await divisionsOfService(database, id));
      await revokeService(context.district, id, meIn(context).id);
      return {};
    }),
  },
  terminals: {
    list: office.terminals.list.handler(async ({ context }) => {
      const { divisions } = meIn(context);
      const terminals = await allTerminals(context.district.database);
      return terminals
        .filter(({ outlet }) => isSeen(divisions, outlet))
        .map(({ id, outlet, name, state, enrolledAt, seenAt, heartbeat }) => ({
          ...{ id, outlet, name, state, enrolledAt: timeText(enrolledAt) },
          ...(seenAt === null ? {} : { seenAt: timeText(seenAt) }),
          ...(heartbeat === null ? {} : { heartbeat }),
        }));
    }),
    makeCode: office.terminals.makeCode.handler(async ({ input: { outlet }, context }) => {
      mustSee(meIn(context), outlet);
      const made = await makeCode(context.district, outlet, 'typed', meIn(context).id);
      return { code: made.code, expiresAt: timeText(made.expiresAt) };
    }),
    makeProvisioning: office.terminals.makeProvisioning.handler(({ input, context }) => {
      mustSee(meIn(context), input.outlet);
      return makeProvisioning(context.district, input.outlet, meIn(context).id);
    }),
    openCodes: office.terminals.openCodes.handler(async ({ context }) => {
      const { database, now } = context.district;
      const { divisions } = meIn(context);
      return (await openCodes(database, now()))
        .filter(({ outlet }) => isSeen(divisions, outlet))
        .map(({ madeAt, expiresAt, ...code }) => ({
          ...{ ...code, madeAt: timeText(madeAt), expiresAt: timeText(expiresAt) },
        }));
    }),
    cancelCode: office.terminals.cancelCode.handler(async ({ input: { id }, context }) => {
      mustSee(meIn(context), await outletOfCode(context.district.database, id));
      await cancelCode(context.district, id, meIn(context).id);
      return {};
    }),
    revoke: office.terminals.revoke.handler(async ({ input: { id }, context }) => {
      const terminal = await terminalOf(context.district.database, id);
      if (terminal === undefined) throw new DistrictFault('not-found');
      mustSee(meIn(context), terminal.outlet);
      await revokeTerminal(context.district, id, meIn(context).id);
      return {};
    }),
    takeBundle: office.terminals.takeBundle.handler(({ input, context }) => {
      const { id: actor, divisions } = meIn(context);
      const sees = (outlet: string) => isSeen(divisions, outlet);
      return takeBundle(context.district, input, { actor, address: context.address, sees });
    }),
  },
  content: {
    list: office.content.list.handler(({ input, context }) =>
      listContent(context.district.database, { ...input, divisions: meIn(context).divisions }),
    ),
    history: office.content.history.handler(({ input, context }) => {
      mustWorkOn(meIn(context), input.scope);
      return contentHistory(context.district.database, input);
    }),
    version: office.content.version.handler(({ input, context }) => {
      mustWorkOn(meIn(context), input.scope);
      return contentVersion(context.district.database, input);
    }),
  },
  drafts: {
    list: office.drafts.list.handler(({ input, context }) => {
      const { divisions } = meIn(context);
      return listDrafts(context.district, { state: input.state, divisions });
    }),
    get: office.drafts.get.handler(async ({ input, context }) => {
      await ownDraft(context, input.id);
      return readDraft(context.district, input.id);
    }),
    start: office.drafts.start.handler(({ input, context }) => {
      mustWorkOn(meIn(context), input.record.scope);
      return startDraft(context.district, input, meIn(context));
    }),
    save: office.drafts.save.handler(async ({ input, context }) => {
      await ownDraft(context, input.id);
      return saveDraft(context.district, input, meIn(context));
    }),
    submit: office.drafts.submit.handler(async ({ input, context }) => {
      await ownDraft(context, input.id);
      return submitDraft(context.district, input, meIn(context));
    }),
    approve: office.drafts.approve.handler(async ({ input, context }) => {
      await ownDraft(context, input.id);
      return approveDraft(context.district, input, meIn(context));
    }),
    reject: office.drafts.reject.handler(async ({ input, context }) => {
      await ownDraft(context, input.id);
      return rejectDraft(context.district, input, meIn(context));
    }),
    discard: office.drafts.discard.handler(async ({ input, context }) => {
      await ownDraft(context, input.id);
      await discardDraft(context.district, input, meIn(context));
      return {};
    }),
    upload: office.drafts.upload.handler(async ({ input, context }) => {
      const { district } = context;
      await ownDraft(context, input.id);
      const draft = await readDraft(district, input.id);
      return takePiece(district, draft, input, meIn(context));
    }),
    file: office.drafts.file.handler(async ({ input, context }) => {
      await ownDraft(context, input.id);
      return readDraftFile(context.district, input, context.range);
    }),
  },
  tables: {
    export: office.tables.export.handler(async ({ input: { kind }, context }) => {
      const { district } = context;
      const table = await exportTable(district, kind, meIn(context));
      const act = { at: district.now(), actor: meIn(context).id, action: 'table-exported' };
      await district.database.transaction((db) => writeAct(db, { ...act, subject: kind }));
      return table;
    }),
    take: office.tables.take.handler(({ input, context }) =>
      takeTable(context.district, input, meIn(context)),
    ),
  },
  folder: {
    export: office.folder.export.handler(async ({ context }) => ({
      ...{ status: 200 as const, headers: { 'cache-control': 'no-store' } },
      body: await context.turns.inTurn(meIn(context).id, () =>
        exportArchive(context.district, meIn(context), context.onAnswered),
      ),
    })),
    upload: office.folder.upload.handler(async ({ input, context }) => {
      const begin = async () => {};
      return { received: await gatherPiece(context.district, input, meIn(context), begin) };
    }),
    look: office.folder.look.handler(({ input, context }) =>
      context.turns.inTurn(meIn(context).id, () =>
        lookAtArchive(context.district, input, meIn(context)),
      ),
    ),
    take: office.folder.take.handler(({ input, context }) =>
      context.turns.inTurn(meIn(context).id, () =>
        takeArchive(context.district, input, meIn(context)),
      ),
    ),
  },
  preview: {
    ask: office.preview.ask.handler(async ({ input, context }) => {
      await ownDraft(context, input.id);
      mustSee(meIn(context), input.outlet);
      const call = { ...input, person: meIn(context).id };
      return { answer: await previewDraft(context.district, context.preview, call) };
    }),
  },
  conflicts: {
    list: office.conflicts.list.handler(async ({ context }) => {
      const { district } = context;
      const { divisions } = meIn(context);
      const rows = await listConflicts(district.database, district.now(), { divisions });
      return officeConflicts(district.database, rows);
    }),
    decide: office.conflicts.decide.handler(async ({ input, context }) => {
      const { database, now } = context.district;
      mustWorkOn(meIn(context), (await openConflict(database, now(), input.id)).scope);
      await decideAtOffice(context.district, input.id, input, meIn(context));
      return {};
    }),
  },
  inbox: {
    list: office.inbox.list.handler(({ context }) =>
      listInbox(context.district.database, meIn(context).divisions),
    ),
    open: office.inbox.open.handler(async ({ input, context }) => {
      await ownSubmission(context, input.id);
      return { text: await openSubmission(context.district, input.id, meIn(context).id) };
    }),
    handled: office.inbox.handled.handler(async ({ input, context }) => {
      await ownSubmission(context, input.id);
      await handleSubmission(context.district, input.id, meIn(context).id);
      return {};
    }),
  },
  feed: {
    waiting: office.feed.waiting.handler(({ context }) => {
      const sees = whoSees(meIn(context));
      const seen = context.feed().waiting.filter(({ division }) => sees(division));
      return seen.map((one) => ({ ...one, unsound: [...one.unsound] }));
    }),
    troubles: office.feed.troubles.handler(({ context }) => {
      const sees = whoSees(meIn(context));
      const { leftOut, failed, withoutFiles, isWritten } = context.feed();
      const seen = (of: typeof failed) => of.map(({ division }) => division).filter(sees);
      return {
        leftOut: leftOut.filter(({ scope }) => sees(scope)),
        failed: seen(failed),
        withoutFiles: seen(withoutFiles),
        isWritten,
      };
    }),
    confirm: office.feed.confirm.handler(async ({ input: { division, top }, context }) => {
      const { district } = context;
      mustWorkOn(meIn(context), division);
      await district.database.transaction(async (db) => {
        const said = await confirmDeletions(db, division, top);
        if (said !== 'confirmed') throw new DistrictFault('changed', NOT_CONFIRMED[said]);
        const at = district.now();
        const actor = meIn(context).id;
        await writeAct(db, { at, actor, action: 'deletions-confirmed', subject: division });
      });
      district.contentChanged();
      return {};
    }),
  },
  audit: {
    list: office.audit.list.handler(async ({ input, context: { district } }) => {
      const acts = await newestActs(district.database, input.before ?? NEWEST, ACTS);
      return acts.map(({ seq, at, actor, action, subject, detail }) => ({
        ...{ seq, at: timeText(at), actor, action, subject, detail },
      }));
    }),
    check: office.audit.check.handler(({ context: { district } }) =>
      checkTrail(district.database, notedHeads(district)),
    ),
  },
});

/** A technician of the whole country's content (`00`) sees every division and outlet. */
function isSeen(divisions: readonly string[], scope: string): boolean {
  return divisions.includes('00') || worksOn(divisions, scope);
}

/** Whoever may act works on the division itself; who sees to the system sees what it holds back. */
function whoSees(me: Me): (scope: string) => boolean {
  const sees = hasRole(me, ['technician']) ? isSeen : worksOn;
  return (scope) => sees(me.divisions, scope);
}

/** Whoever has a division beyond one's own is somebody else's to see to. */
function areSeen({ divisions }: Me, scopes: readonly string[]): boolean {
  return scopes.every((scope) => isSeen(divisions, scope));
}

function mustSeeAll(me: Me, scopes: readonly string[]): void {
  if (!areSeen(me, scopes)) throw new DistrictFault('not-found');
}

function mustSee({ divisions }: Me, outlet: string): void {
  if (!isSeen(divisions, outlet)) throw new DistrictFault('not-found');
}
