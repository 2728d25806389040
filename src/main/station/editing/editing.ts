import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { kindNamed } from '#shared/content/kinds/index.ts';
import {
  type EditRecord,
  type EditRow,
  type PublishAnswer,
  WHOLE_RECORD,
} from '#shared/contract/editing.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { StaffSession } from '#shared/contract/staff.ts';
import type { DraftContent, DraftFault } from '#shared/editing/check-draft.ts';
import { describeConflict } from '#shared/editing/describe.ts';
import { EDIT_FORMS, type EditableKind, formFor } from '#shared/editing/forms.ts';
import { decideFields } from '#shared/operations/decide-fields.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { mergeChanges } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { addDays } from '#shared/time/local-date.ts';
import { sourceRecord, storedRecord } from '../content/content-store.ts';
import { readEnrolled } from '../district/enrolled.ts';
import { keepHere, markSeen, outboxState } from '../district/outbox.ts';
import type { PushTrouble } from '../district/push-outbox.ts';
import { writeAudit } from '../store/audit.ts';
import { transaction } from '../store/sql.ts';
import { changesTo, decideConflict, mayDecideOwn, withContent } from './decide-conflict.ts';
import {
  begunFrom,
  kindOfGone,
  madeHere,
  newer,
  rebased,
  stampAfter,
  unlocked,
} from './draft-states.ts';
import { contentOf, editNames } from './edit-names.ts';
import { countOf, rows } from './edit-rows.ts';
import {
  type Draft,
  draftOf,
  dropDraft,
  putDraft,
  setState,
  versionsOf,
  withdrawalBase,
} from './edit-store.ts';
import { envelopeOf } from './envelope-of.ts';
import { layEdits } from './lay-edits.ts';
import { openRecord, wideRecord } from './open-record.ts';
import { openPublications, type PublicationOptions } from './publications.ts';

/** A last day nearer than this is worth a word in the overview. */
const SOON_DAYS = 7;

export interface EditingOptions extends PublicationOptions {
  /** Why nothing goes to the district any more, if so. */
  readonly districtTrouble: () => PushTrouble | undefined;
}

export type Editing = ReturnType<typeof openEditing>;

/** Changing the station's own content: drafts, checks, publication, history, undo, conflicts (S1, invariants 3 to 5). */
export function openEditing(options: EditingOptions) {
  const { db, cache, station, now, library, stations, changed } = options;
  const names = () => editNames(library, stations);
  const shownOf = (id: string) => storedRecord(cache, { id, scope: station });
  const today = () => library.moment().date;

  const { check, commit, publishOver, takeAway } = openPublications(options);

  const draftNow = (id: string): Draft => {
    const draft = draftOf(db, id);
    if (draft === undefined) throw new StationError('not-found');
    return draft;
  };
  /** What would write over a draft must wait until a person published it or threw it away. */
  const assertNoDraft = (id: string): void => {
    if (draftOf(db, id) !== undefined) throw new StationError('taken');
  };

  const open = (id: string): EditRecord => openRecord(options, id, names());

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

/** Kinds of which a station may have its own copy beside the one that the district gives to all. */
function mayAdopt(kind: string): boolean {
  return kind !== 'station' && kind !== 'notice' && formFor(kind) !== undefined;
}

/** What a page sends of a draft. `from` is what was on show when it began, `stamp` the draft that it knows, 0 for none. */
interface Saving {
  readonly id: string;
  readonly content: DraftContent;
  readonly stamp: number;
  readonly from?: DraftContent | undefined;
}
