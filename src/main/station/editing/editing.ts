import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { completenessOf, formatCompleteness } from '#shared/content/kind.ts';
import { type KindName, kindNamed } from '#shared/content/kinds/index.ts';
import {
  type EditDecision,
  type EditKindCount,
  type EditProgress,
  type EditRecord,
  type EditRow,
  type PublishAnswer,
  WHOLE_RECORD,
} from '#shared/contract/editing.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { StaffSession } from '#shared/contract/staff.ts';
import { checkDraft, type DraftContent, type DraftFault } from '#shared/editing/check-draft.ts';
import { cleanBody } from '#shared/editing/clean-text.ts';
import { describeChanges, describeConflict } from '#shared/editing/describe.ts';
import type { EditForm } from '#shared/editing/edit-field.ts';
import { EDIT_FORMS, type EditableKind, formFor } from '#shared/editing/forms.ts';
import type { EditAction } from '#shared/editing/local-layer.ts';
import { decideFields } from '#shared/operations/decide-fields.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { type FieldChange, mergeChanges } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { isStationOwned } from '#shared/operations/station-editing.ts';
import { addDays, localDateTime } from '#shared/time/local-date.ts';
import { sourceRecord, storedRecord } from '../content/content-store.ts';
import type { Library } from '../content/library.ts';
import { readEnrolled } from '../district/enrolled.ts';
import { keepHere, markSeen, outboxState } from '../district/outbox.ts';
import type { PushTrouble } from '../district/push-outbox.ts';
import type { Stations } from '../stations/stations.ts';
import { writeAudit } from '../store/audit.ts';
import { commitOperation } from '../store/commit-operation.ts';
import { transaction } from '../store/sql.ts';
import {
  changesTo,
  conflictOver,
  decideConflict,
  mayDecideOwn,
  withContent,
} from './decide-conflict.ts';
import { contentOf, type EditNames, editNames, shiftNames } from './edit-names.ts';
import {
  addVersion,
  allDrafts,
  type Draft,
  draftOf,
  dropDraft,
  openVersions,
  putDraft,
  setState,
  type Version,
  versionsOf,
  withdrawalBase,
} from './edit-store.ts';
import { type EditPlace, layEdits } from './lay-edits.ts';

/** A last day nearer than this is worth a word in the overview. */
const SOON_DAYS = 7;
const DISTRICT_OWNS = '这条由上级统一发布，本站不能直接修改';

export interface EditingOptions extends EditPlace {
  readonly library: Library;
  readonly stations: Stations;
  /** Why nothing goes to the district any more, if so. */
  readonly districtTrouble: () => PushTrouble | undefined;
  /** Told after the commit of whatever changes what is shown or waits to be sent. */
  readonly changed: () => void;
}

export type Editing = ReturnType<typeof openEditing>;

/** Changing the station's own content: drafts, checks, publication, history, undo, conflicts (S1, invariants 3 to 5). */
export function openEditing(options: EditingOptions) {
  const { db, cache, station, now, library, stations, changed } = options;
  const names = () => editNames(library, stations);
  const shownOf = (id: string) => storedRecord(cache, { id, scope: station });
  const today = () => library.moment().date;

  const draftNow = (id: string): Draft => {
    const draft = draftOf(db, id);
    if (draft === undefined) throw new StationError('not-found');
    return draft;
  };
  /** What would write over a draft must wait until a person published it or threw it away. */
  const assertNoDraft = (id: string): void => {
    if (draftOf(db, id) !== undefined) throw new StationError('taken');
  };

  const check = (id: string, kind: string, content: DraftContent): DraftFault[] => {
    const record = envelopeOf(options, id, kind, content, shownOf(id), '本站');
    const { isKnown, windows } = names();
    const faults = checkDraft(record, { today: today(), isKnown, windows });
    return library.isClockRight()
      ? faults
      : [
          { field: '', sentence: '这台终端的时间不对，请先联系技术人员校准。', isGrave: true },
          ...faults,
        ];
  };

  /** Writes a publication, its operation and its audit row, and shows it. */
  const commit = (
    who: StaffSession,
    edit: {
      readonly id: string;
      readonly kind: string;
      readonly before: ContentRecord | undefined;
      readonly after: ContentRecord | undefined;
      readonly changes: readonly FieldChange[];
      readonly baseVersion: number;
      readonly action?: EditAction['type'] | undefined;
      readonly restores?: number | undefined;
      readonly resolves?: string | undefined;
    },
    also: () => void = () => {},
  ): void => {
    const { id, kind, before, after, changes, baseVersion, restores, resolves } = edit;
    const operation = randomUUID();
    const at = now();
    const record = { id, kind, scope: station };
    const people = { editor: who.name, reviewer: who.name };
    const action = edit.action ?? actionOf(before, after);
    const isWithdrawal = action === 'withdraw';
    commitOperation(
      db,
      {
        id: operation,
        type: isWithdrawal ? 'content-withdraw' : 'content-edit',
        payload: {
          ...{ record, baseVersion, ...(isWithdrawal ? {} : { changes }) },
          ...{ ...people, ...(resolves && { resolves }) },
        },
        actor: who.person,
        subject: id,
        at,
      },
      () => {
        addVersion(db, {
          ...{ id, kind, operation, action, changes, baseVersion, before, after, restores, at },
          ...{ editor: who.person, editorName: who.name },
        });
        also();
      },
    );
    layEdits(options);
    changed();
  };

  /** Publishes content over what is on show now; `same` when nothing differs. */
  const publishOver = (
    who: StaffSession,
    { id, kind }: Pick<Draft, 'id' | 'kind'>,
    content: DraftContent,
    restores?: number,
  ): PublishAnswer => {
    const faults = check(id, kind, content);
    if (faults.some(({ isGrave }) => isGrave)) return { state: 'faults', faults };
    const before = shownOf(id);
    const after = envelopeOf(options, id, kind, content, before, who.name, now());
    const changes = changesTo(before, after);
    if (before !== undefined && changes.length === 0) {
      transaction(db, () => dropDraft(db, id));
      return { state: 'same' };
    }
    // Where nothing is shown the record is made anew, also over one whose withdrawal the feed has not brought yet.
    const source = before && sourceRecord(cache, { id, scope: station });
    const baseVersion = source?.version ?? 0;
    commit(who, { id, kind, before, after, changes, baseVersion, restores }, () =>
      dropDraft(db, id),
    );
    return { state: 'published', advice: faults };
  };

  /** Withdraws a record, or ends it yesterday as long as it is not known which version the district has of it. */
  const takeAway = (who: StaffSession, before: ContentRecord, restores: number | undefined) => {
    const { id, kind } = before;
    const baseVersion = withdrawalBase(db, id, sourceRecord(cache, { id, scope: station }));
    const drop = () => dropDraft(db, id);
    if (baseVersion !== undefined) {
      commit(who, { id, kind, before, after: undefined, changes: [], baseVersion, restores }, drop);
      return;
    }
    const yesterday = addDays(today(), -1);
    const effectiveFrom = [before.effectiveFrom, yesterday].toSorted()[0] ?? yesterday;
    const after = { ...before, effectiveFrom, validUntil: yesterday };
    const changes = changesTo(before, after);
    // It was ended before, and the district refuses what changes nothing.
    if (changes.length === 0) return;
    commit(who, { id, kind, before, after, changes, baseVersion: 0, restores }, drop);
  };

  const open = (id: string): EditRecord => {
    const draft = draftOf(db, id);
    const own = shownOf(id);
    const versions = versionsOf(db, id);
    const wide = own === undefined && draft === undefined ? wideRecord(library, id) : undefined;
    const last = versions.at(-1);
    const kind = draft?.kind ?? own?.kind ?? wide?.kind ?? last?.kind;
    const form = kind === undefined ? undefined : formFor(kind);
    if (kind === undefined || form === undefined) throw new StationError('not-found');
    const known = names();
    const record = own ?? wide;
    const row = rowOf({ kind, id, draft, record, versions }, known, station);
    const at = draft?.content.body ?? record?.body;
    const nameOf = kind === 'roster' ? shiftNames(at, known.nameOf) : known.nameOf;
    const decision = decisionOf(versions, form, nameOf);
    return {
      ...row,
      label: kindNamed(kind as KindName).label,
      mustEnd: kindNamed(kind as KindName).mustEnd,
      ...(record === undefined ? {} : { shown: contentOf(record) }),
      ...(draft === undefined ? {} : { draft: draftView(draft) }),
      fields: form.fields,
      references: known.references,
      ...(decision === undefined ? {} : { decision }),
      versions: versions.toReversed().map((version) => ({
        seq: version.seq,
        at: version.at,
        editor: version.editorName,
        action: version.action,
        ...(version.restores === undefined ? {} : { restores: version.restores }),
        progress: version.state,
        changes: describeChanges(form.fields, version.before, version.after, nameOf),
      })),
    };
  };

  const begin = (
    id: string,
    kind: string,
    content: DraftContent,
    base: ContentRecord | undefined,
    editor: string,
  ): void => {
    const stamp = stampAfter(draftOf(db, id));
    transaction(db, () =>
      putDraft(db, { id, kind, content, base, editor, stamp, changedAt: now() }),
    );
  };

  return {
    overview: () => {
      const known = names();
      const { waiting, oldestAt, refused } = outboxState(db);
      const enrolled = readEnrolled(db);
      const trouble = options.districtTrouble();
      return {
        station: stations.name(),
        kinds: EDIT_FORMS.map(({ kind, mayAdd }) => ({
          ...{ kind, mayAdd, label: kindNamed(kind).label },
          ...countOf(rows(options, kind, known), addDays(today(), SOON_DAYS)),
        })),
        ...(enrolled && {
          district: {
            ...{ name: enrolled.district.name, isRevoked: enrolled.revokedAt !== undefined },
            ...(trouble === undefined ? {} : { trouble }),
          },
        }),
        waiting,
        ...(oldestAt === undefined ? {} : { oldestAt }),
        refused: refused
          .filter(({ type }) => !type.startsWith('content-'))
          .map(({ id, message, at }) => ({ id, message, at })),
      };
    },

    seen: (who: StaffSession, id: string): void =>
      transaction(db, () => {
        if (!markSeen(db, id)) throw new StationError('not-found');
        writeAudit(db, { at: now(), actor: who.person, action: 'refusal-seen', subject: id });
      }),

    list: (kind: EditableKind): EditRow[] => rows(options, kind, names()),
    open,

    create: (who: StaffSession, kind: EditableKind): EditRecord => {
      const form = formFor(kind);
      if (form?.mayAdd !== true) throw new StationError('not-allowed');
      const id = `${madeHere(kind, station)}${randomBytes(4).toString('hex')}`;
      begin(
        id,
        kind,
        { effectiveFrom: today(), body: form.begin(station) as JsonValue },
        undefined,
        who.name,
      );
      return open(id);
    },

    adopt: (who: StaffSession, id: string): EditRecord => {
      if (draftOf(db, id) !== undefined) return open(id);
      const record = wideRecord(library, id);
      if (record === undefined || shownOf(id) !== undefined || !mayAdopt(record.kind))
        throw new StationError('not-allowed');
      begin(id, record.kind, contentOf(record), undefined, who.name);
      return open(id);
    },

    save: (who: StaffSession, { id, content, stamp, from }: Saving) => {
      const draft = draftOf(db, id);
      const own = shownOf(id);
      const kind = draft?.kind ?? own?.kind ?? kindOfGone(id, from, station);
      if (kind === undefined) throw new StationError('not-found');
      if (formFor(kind) === undefined) throw new StationError('not-allowed');
      const isUnseen = draft === undefined && own !== undefined && from === undefined;
      const next = unlocked(content, draft?.content.body ?? own?.body, formFor(kind));
      // A save whose answer got lost comes again, and has been saved.
      if (draft !== undefined && isDeepStrictEqual(draft.content, next))
        return { state: 'saved' as const, stamp: draft.stamp, faults: check(id, kind, next) };
      if ((draft?.stamp ?? 0) !== stamp || isUnseen) return newer(draft, own);
      const base = draft === undefined ? begunFrom(options, id, kind, from, own) : draft.base;
      const saved: Draft = {
        ...{ id, kind, content: next, base },
        ...{ editor: who.name, stamp: stampAfter(draft), changedAt: now() },
      };
      transaction(db, () => putDraft(db, saved));
      return { state: 'saved' as const, stamp: saved.stamp, faults: check(id, kind, next) };
    },

    discard: (who: StaffSession, id: string, stamp: number): void =>
      transaction(db, () => {
        if (draftNow(id).stamp !== stamp) throw new StationError('taken');
        dropDraft(db, id);
        writeAudit(db, {
          at: now(),
          actor: who.person,
          action: 'edit-draft-discarded',
          subject: id,
        });
      }),

    check: (id: string): DraftFault[] => {
      const { kind, content } = draftNow(id);
      return check(id, kind, content);
    },

    publish: (who: StaffSession, id: string, stamp: number): PublishAnswer => {
      const draft = draftNow(id);
      if (draft.stamp !== stamp) throw new StationError('taken');
      const shown = shownOf(id);
      const merged = rebased(draft, shown);
      if (merged.outcome === 'gone') return { state: 'gone' };
      if (merged.outcome === 'conflict') {
        const fields = formFor(draft.kind)?.fields ?? [];
        const { nameOf } = names();
        return {
          state: 'changed',
          fields: merged.fields.map((field) => describeConflict(fields, field, nameOf)),
        };
      }
      return publishOver(who, draft, merged.value as unknown as DraftContent);
    },

    rebase: (who: StaffSession, id: string, own: readonly string[]): EditRecord => {
      const draft = draftNow(id);
      const shown = shownOf(id);
      const merged = rebased(draft, shown);
      if (merged.outcome === 'conflict' && shown !== undefined) {
        const written = withContent(draft.base ?? shown, draft.content);
        const kept = decideFields({
          ...{ published: editablePart(shown), written: editablePart(written) },
          ...{ changes: changesTo(draft.base, written), conflicts: merged.fields, own },
        });
        const next = mergeChanges(editablePart(shown), kept);
        const value = next.outcome === 'merged' ? next.value : editablePart(shown);
        const content = contentOf(withContent(shown, value as unknown as DraftContent));
        begin(id, draft.kind, content, shown, who.name);
      }
      if (merged.outcome === 'gone' && own.includes(WHOLE_RECORD))
        begin(id, draft.kind, draft.content, undefined, who.name);
      return open(id);
    },

    withdraw: (who: StaffSession, id: string): void => {
      const before = shownOf(id);
      if (before === undefined) throw new StationError('not-found');
      if (formFor(before.kind)?.mayAdd !== true) throw new StationError('not-allowed');
      assertNoDraft(id);
      takeAway(who, before, undefined);
    },

    restore: (
      who: StaffSession,
      { id, seq, side }: { id: string; seq: number; side: 'before' | 'after' },
    ): PublishAnswer => {
      const version = versionsOf(db, id).find((one) => one.seq === seq);
      if (version === undefined) throw new StationError('not-found');
      assertNoDraft(id);
      const { kind } = version;
      const wanted = version[side];
      const before = shownOf(id);
      if (wanted !== undefined) {
        const answer = publishOver(who, { id, kind }, contentOf(wanted), seq);
        // What may not be published as it was becomes a draft: nothing of it is lost.
        if (answer.state === 'faults') begin(id, kind, contentOf(wanted), before, who.name);
        return answer;
      }
      if (before === undefined) return { state: 'same' };
      if (formFor(kind)?.mayAdd !== true) throw new StationError('not-allowed');
      takeAway(who, before, seq);
      return { state: 'published', advice: [] };
    },

    decide: (
      who: StaffSession,
      { id, seq, own }: { id: string; seq: number; own: readonly string[] },
    ): EditRecord => {
      const version = versionsOf(db, id).find((one) => one.seq === seq);
      if (version?.state !== 'conflict') throw new StationError('not-found');
      if (own.length > 0 && !mayDecideOwn(version)) throw new StationError('not-allowed');
      const { kind, outcome, operation } = version;
      const source = sourceRecord(cache, { id, scope: station });
      const withdrawFrom = source && (withdrawalBase(db, id, source) ?? source.version);
      const decision = decideConflict(version, shownOf(id), withdrawFrom, own);
      commit(who, { id, kind, ...decision, resolves: outcome.conflict }, () => {
        setState(db, operation, 'closed', outcome, now());
        keepHere(db, operation, now());
      });
      return open(id);
    },

    takeBack: (who: StaffSession, id: string, seq: number, keep: boolean): EditRecord => {
      const version = versionsOf(db, id).find((one) => one.seq === seq);
      if (version?.state !== 'refused') throw new StationError('not-found');
      if (keep) assertNoDraft(id);
      transaction(db, () => {
        setState(db, version.operation, 'closed', version.outcome, now());
        const action = keep ? 'edit-refusal-taken-up' : 'edit-refusal-given-up';
        writeAudit(db, { at: now(), actor: who.person, action, subject: version.operation });
      });
      if (keep && version.after !== undefined)
        begin(id, version.kind, contentOf(version.after), shownOf(id), who.name);
      changed();
      return open(id);
    },

    /** The record that a draft would become, for its preview. */
    drafted: (id: string): ContentRecord => {
      const { kind, content } = draftNow(id);
      return envelopeOf(options, id, kind, content, shownOf(id), '本站', now());
    },

    /** To be called after every change of content, before pages hear of it. */
    lay: (): boolean => layEdits(options),
  };
}

/** Changes of fields that the form does not give out are dropped: whatever a page sends, the district's fields stay. */
function unlocked(content: DraftContent, known: unknown, form: EditForm | undefined): DraftContent {
  const cleaned = cleanBody(content.body);
  if (form === undefined || typeof cleaned !== 'object' || cleaned === null) return content;
  const open = new Set(
    form.fields.filter(({ locked }) => locked === undefined).map(({ at }) => at),
  );
  const isKept = ([name]: readonly [string, unknown]) => !open.has(name);
  const kept = Object.entries((known ?? {}) as object).filter(isKept);
  const own = Object.entries(cleaned).filter((entry) => !isKept(entry));
  const { effectiveFrom, validUntil } = content;
  return {
    effectiveFrom,
    ...(validUntil === undefined || validUntil === '' ? {} : { validUntil }),
    body: Object.fromEntries([...kept, ...own]),
  };
}

function envelopeOf(
  { station, library, stations }: EditingOptions,
  id: string,
  kind: string,
  content: DraftContent,
  shown: ContentRecord | undefined,
  editor: string,
  at = 0,
): ContentRecord {
  const body = kindNamed(kind as KindName).body.safeParse(content.body);
  const fresh: Omit<ContentRecord, 'body' | 'editor' | 'reviewer' | 'publishedAt'> = {
    ...{ id, kind, scope: station, version: 1, confirm: [], translations: {} },
    effectiveFrom: content.effectiveFrom,
    source: `${stations.name()}发布`,
    responsibleBody: library.profile.justiceBureau,
  };
  const { validUntil: _, ...known } = shown ?? fresh;
  return {
    ...known,
    ...{ editor, reviewer: editor, publishedAt: localDateTime(at) },
    effectiveFrom: content.effectiveFrom,
    ...(content.validUntil === undefined ? {} : { validUntil: content.validUntil }),
    body: body.success ? body.data : content.body,
  };
}

/** What a page sends of a draft. `from` is what was on show when it began, `stamp` the draft that it knows, 0 for none. */
interface Saving {
  readonly id: string;
  readonly content: DraftContent;
  readonly stamp: number;
  readonly from?: DraftContent | undefined;
}

const STAMPS = 2 ** 47;

/**
 * The stamp of a draft's next state. A new draft begins anywhere: were it always at the same number, a page that still shows a
 * former draft of the record, or one from before a restored backup, would write over it unseen.
 */
function stampAfter(draft: Draft | undefined): number {
  return draft === undefined ? randomInt(1, STAMPS) : draft.stamp + 1;
}

/** What there is in place of the state that a page started from. */
function newer(draft: Draft | undefined, own: ContentRecord | undefined) {
  return {
    state: 'newer' as const,
    ...(draft && { draft: draftView(draft) }),
    ...(own && { shown: contentOf(own) }),
  };
}

/** What a new draft starts from: the state that its writer saw, which need not be on show any more (invariant 5). */
function begunFrom(
  options: EditingOptions,
  id: string,
  kind: string,
  from: DraftContent | undefined,
  own: ContentRecord | undefined,
): ContentRecord | undefined {
  if (from === undefined) return undefined;
  if (own === undefined) return envelopeOf(options, id, kind, from, undefined, '本站');
  return isDeepStrictEqual(from, contentOf(own)) ? own : withContent(own, from);
}

/** The kind of a record that is not there any more although somebody is changing it; ids begin with it. */
function kindOfGone(
  id: string,
  from: DraftContent | undefined,
  station: string,
): string | undefined {
  const [kind = ''] = id.split('.');
  const wasThere = from !== undefined || id.startsWith(madeHere(kind, station));
  return wasThere && isStationOwned(kind) ? kind : undefined;
}

/** How the ids of records begin that were made at a station. */
function madeHere(kind: string, station: string): string {
  return `${kind}.at-${station.toLowerCase()}-`;
}

/** A draft over what is on show now: its own changes only, so that what others changed meanwhile stays. */
function rebased(draft: Draft, shown: ContentRecord | undefined) {
  const { base, content } = draft;
  if (base !== undefined && shown === undefined) return { outcome: 'gone' as const };
  if (shown === undefined || JSON.stringify(base) === JSON.stringify(shown))
    return { outcome: 'merged' as const, value: content as unknown as JsonValue };
  // Begun where nothing was, while somebody else published it: all that differs was seen by nobody here.
  const changes = changesTo(base, withContent(base ?? shown, content));
  const merged = mergeChanges(editablePart(shown), changes);
  if (merged.outcome === 'conflict') return merged;
  const value = contentOf(withContent(shown, merged.value as unknown as DraftContent));
  return { outcome: 'merged' as const, value: value as unknown as JsonValue };
}

function actionOf(before: ContentRecord | undefined, after: ContentRecord | undefined) {
  if (after === undefined) return 'withdraw';
  return before === undefined ? 'create' : 'change';
}

/** Kinds of which a station may have its own copy beside the one that the district gives to all. */
function mayAdopt(kind: string): boolean {
  return kind !== 'station' && kind !== 'notice' && formFor(kind) !== undefined;
}

/** A record of a wider scope that this station shows. */
function wideRecord(library: Library, id: string): ContentRecord | undefined {
  const form = formFor(id.split('.')[0] ?? '');
  return form && library.record(form.kind as EditableKind, id);
}

function draftView({ content, stamp, editor, changedAt }: Draft) {
  return { content, stamp, editor, changedAt };
}

interface Subject {
  readonly kind: string;
  readonly id: string;
  readonly draft: Draft | undefined;
  readonly record: ContentRecord | undefined;
  readonly versions: readonly Version[];
}

function rowOf(
  { kind, id, draft, record, versions }: Subject,
  names: EditNames,
  station: string,
): EditRow {
  const content = draft?.content ?? record ?? lastContent(versions);
  const isForeign = draft === undefined && record !== undefined && record.scope !== station;
  const completeness = record && completenessOf(kindNamed(kind as KindName), record);
  return {
    ...{ id, kind: kind as EditableKind, isShown: record !== undefined },
    title: names.titleOf(kind, content?.body),
    ...(isForeign ? { locked: DISTRICT_OWNS } : {}),
    hasDraft: draft !== undefined,
    progress: progressOf(versions),
    effectiveFrom: content?.effectiveFrom ?? '',
    ...(content?.validUntil === undefined ? {} : { validUntil: content.validUntil }),
    ...(completeness === undefined || completeness.missing.length === 0
      ? {}
      : { completeness: formatCompleteness(completeness) }),
  };
}

/** A record that is gone is known by what it last was. */
function lastContent(versions: readonly Version[]): ContentRecord | undefined {
  return versions.flatMap(({ before, after }) => after ?? before ?? []).at(-1);
}

const WORST_FIRST = ['conflict', 'refused', 'waiting', 'taken'] as const;

function progressOf(versions: readonly Version[]): EditProgress {
  return WORST_FIRST.find((state) => versions.some((one) => one.state === state)) ?? 'none';
}

function decisionOf(
  versions: readonly Version[],
  form: EditForm,
  nameOf: (id: string) => string,
): EditDecision | undefined {
  const open = versions.find(({ state }) => state === 'conflict' || state === 'refused');
  if (open === undefined) return undefined;
  const { seq, outcome, state } = open;
  if (state === 'refused') return { type: 'refused', seq, message: outcome.message ?? '' };
  const fields = outcome.fields ?? [];
  return {
    ...{ type: 'conflict', seq, over: conflictOver(open), mayOwn: mayDecideOwn(open) },
    fields: fields.map((field) => describeConflict(form.fields, field, nameOf)),
  };
}

/** The station's own records of a kind, drafts, and those that it shows of wider scopes. */
function rows(
  { db, cache, station, library }: EditingOptions,
  kind: EditableKind,
  names: EditNames,
): EditRow[] {
  const drafts = new Map(
    allDrafts(db).flatMap((draft) => (draft.kind === kind ? [[draft.id, draft]] : [])),
  );
  const open = openVersions(db).filter((version) => version.kind === kind);
  const shown = library.records(kind).filter((record) => concerns(record, station));
  const own = library.ever(kind).filter(({ scope }) => scope === station);
  const ids = new Set([
    ...own.map(({ id }) => id),
    ...drafts.keys(),
    ...open.map(({ id }) => id),
    ...shown.map(({ id }) => id),
  ]);
  return [...ids]
    .map((id) => {
      const record =
        storedRecord(cache, { id, scope: station }) ?? shown.find((one) => one.id === id);
      const subject = { kind, id, draft: drafts.get(id), record, versions: versionsOf(db, id) };
      return rowOf(subject, names, station);
    })
    .toSorted((a, b) => Number(a.locked !== undefined) - Number(b.locked !== undefined));
}

/** Of wider records only those that speak of this station at all: its own outlet, its own roster, who serves it. */
function concerns({ kind, scope, body }: ContentRecord, station: string): boolean {
  if (scope === station) return true;
  const {
    code,
    station: of,
    serves,
  } = body as { code?: string; station?: string; serves?: string[] };
  if (kind === 'station') return code === station;
  if (kind === 'person') return serves?.includes(station) === true;
  return of === undefined || of === station;
}

function countOf(
  list: readonly EditRow[],
  soon: string,
): Pick<EditKindCount, 'count' | 'drafts' | 'waiting' | 'troubles' | 'ending'> {
  const own = list.filter(({ locked }) => locked === undefined);
  const count = (isMeant: (row: EditRow) => boolean) => own.filter(isMeant).length;
  return {
    count: own.length,
    drafts: count(({ hasDraft }) => hasDraft),
    waiting: count(({ progress }) => progress === 'waiting'),
    troubles: count(({ progress }) => progress === 'conflict' || progress === 'refused'),
    ending: count(
      ({ validUntil, isShown }) => isShown && validUntil !== undefined && validUntil < soon,
    ),
  };
}
