import { randomUUID } from 'node:crypto';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { PublishAnswer } from '#shared/contract/editing.ts';
import type { StaffSession } from '#shared/contract/staff.ts';
import { checkDraft, type DraftContent, type DraftFault } from '#shared/editing/check-draft.ts';
import type { EditAction } from '#shared/editing/local-layer.ts';
import type { FieldChange } from '#shared/operations/field-change.ts';
import { addDays } from '#shared/time/local-date.ts';
import { sourceRecord, storedRecord } from '../content/content-store.ts';
import { commitOperation } from '../store/commit-operation.ts';
import { transaction } from '../store/sql.ts';
import { changesTo } from './decide-conflict.ts';
import { editNames } from './edit-names.ts';
import { addVersion, type Draft, dropDraft, withdrawalBase } from './edit-store.ts';
import { type Envelopes, envelopeOf } from './envelope-of.ts';
import { type EditPlace, layEdits } from './lay-edits.ts';

export interface PublicationOptions extends EditPlace, Envelopes {
  /** Told after the commit of whatever changes what is shown or waits to be sent. */
  readonly changed: () => void;
}

/** One change of what the station shows. */
interface Publication {
  readonly id: string;
  readonly kind: string;
  readonly before: ContentRecord | undefined;
  readonly after: ContentRecord | undefined;
  readonly changes: readonly FieldChange[];
  readonly baseVersion: number;
  readonly action?: EditAction['type'] | undefined;
  readonly restores?: number | undefined;
  readonly resolves?: string | undefined;
}

/** Puts content of the station on show and into the outbox, or takes it away (invariants 3 and 4). */
export function openPublications(options: PublicationOptions) {
  const { db, cache, station, now, library, stations, changed } = options;
  const shownOf = (id: string) => storedRecord(cache, { id, scope: station });
  const today = () => library.moment().date;

  const check = (id: string, kind: string, content: DraftContent): DraftFault[] => {
    const record = envelopeOf(options, id, kind, content, shownOf(id), '本站');
    const { isKnown, windows } = editNames(library, stations);
    const faults = checkDraft(record, { today: today(), isKnown, windows });
    return library.isClockRight()
      ? faults
      : [
          { field: '', sentence: '这台终端的时间不对，请先联系技术人员校准。', isGrave: true },
          ...faults,
        ];
  };

  /** Writes a publication, its operation and its audit row, and shows it. */
  const commit = (who: StaffSession, edit: Publication, also: () => void = () => {}): void => {
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

  return { check, commit, publishOver, takeAway };
}

function actionOf(before: ContentRecord | undefined, after: ContentRecord | undefined) {
  if (after === undefined) return 'withdraw';
  return before === undefined ? 'create' : 'change';
}
