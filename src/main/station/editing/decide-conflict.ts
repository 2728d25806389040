import type { ContentRecord } from '#shared/content/envelope.ts';
import type { ConflictOver } from '#shared/contract/editing.ts';
import type { DraftContent } from '#shared/editing/check-draft.ts';
import type { EditAction } from '#shared/editing/local-layer.ts';
import { decideFields } from '#shared/operations/decide-fields.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import {
  changesBetween,
  type FieldChange,
  mergeChanges,
  overlaid,
} from '#shared/operations/field-change.ts';
import { isStationOwned } from '#shared/operations/station-editing.ts';
import type { Version } from './edit-store.ts';

/** What a decision does: as it goes to the district, and as it is shown here. */
export interface Decided {
  readonly action: EditAction['type'];
  readonly changes: readonly FieldChange[];
  readonly baseVersion: number;
  readonly before: ContentRecord | undefined;
  readonly after: ContentRecord | undefined;
}

/** What the two sides differ in: values of fields, or whether the record is to be there at all. */
export function conflictOver({ action, outcome }: Version): ConflictOver {
  if (action === 'withdraw') return 'withdrawal';
  return outcome.version === 0 ? 'gone' : 'fields';
}

/** Whether the station may have its way: a record that the district gives is not the station's to bring back. */
export function mayDecideOwn(version: Version): boolean {
  return conflictOver(version) !== 'gone' || isStationOwned(version.kind);
}

/**
 * How a conflict is decided (docs/protocol.md, 3.4). `own` names the fields in which the station's value counts; where the whole
 * record is at stake, any name means that the station has its way. `withdrawFrom` is the version that a withdrawal would take
 * away, undefined when the district is not known to have the record.
 */
export function decideConflict(
  version: Version,
  shown: ContentRecord | undefined,
  withdrawFrom: number | undefined,
  own: readonly string[],
): Decided {
  const isOwn = own.length > 0;
  switch (conflictOver(version)) {
    case 'fields':
      return byFields(version, shown, own);
    case 'gone':
      // Every field is written: the district has none of them any more.
      return isOwn && version.after !== undefined
        ? {
            ...{ action: 'create', changes: changesTo(undefined, version.after), baseVersion: 0 },
            ...{ before: undefined, after: version.after },
          }
        : asIs(shown, 0);
    case 'withdrawal':
      return isOwn && withdrawFrom !== undefined
        ? {
            ...{ action: 'withdraw', changes: [], baseVersion: withdrawFrom },
            ...{ before: shown, after: undefined },
          }
        : asIs(shown, version.outcome.version ?? 0);
  }
}

/** What leads from one state to the next, as it goes to the district. */
export function changesTo(before: ContentRecord | undefined, after: ContentRecord): FieldChange[] {
  const base = before === undefined ? {} : editablePart(before);
  // The empty whole of a record that was not there is no field.
  return changesBetween(base, editablePart(after)).filter(({ field }) => field !== '');
}

/** A record with other content in it. */
export function withContent(record: ContentRecord, content: DraftContent): ContentRecord {
  const { validUntil: _, ...known } = record;
  return { ...known, ...content };
}

/** Nothing is changed, here or there; the district hears that a person decided so. */
function asIs(shown: ContentRecord | undefined, baseVersion: number): Decided {
  return { action: 'change', changes: [], baseVersion, before: shown, after: shown };
}

function byFields(
  { changes: wanted, after: written, outcome }: Version,
  shown: ContentRecord | undefined,
  own: readonly string[],
): Decided {
  const whole = written ?? shown;
  const changes = decideFields({
    published: shown === undefined ? {} : editablePart(shown),
    written: whole === undefined ? {} : editablePart(whole),
    ...{ changes: wanted, conflicts: outcome.fields ?? [], own },
  });
  return {
    ...{ action: 'change', changes, baseVersion: outcome.version ?? 0 },
    ...{ before: shown, after: whole && meantBy(changes, shown ?? whole, whole) },
  };
}

/**
 * The record that a decision means. What is shown may be older than what the decision was made over, until the feed has brought that; the
 * station's words must be in it all the same, because another conflict over it is decided from them.
 */
function meantBy(
  changes: readonly FieldChange[],
  shown: ContentRecord,
  written: ContentRecord,
): ContentRecord {
  const merged = mergeChanges(editablePart(shown), changes);
  const content =
    merged.outcome === 'merged' ? merged.value : overlaid(editablePart(shown), changes);
  return content === undefined ? written : withContent(shown, content as unknown as DraftContent);
}
