import type { ContentRecord } from '../content/envelope.ts';
import { isKindName, kindNamed } from '../content/kinds/index.ts';
import { editablePart, editablePartSchema } from '../operations/editable-part.ts';
import { type FieldChange, mergeChanges } from '../operations/field-change.ts';

/** What a station did to one of its records. */
export type EditAction =
  /** A record that the district did not have. */
  | { readonly type: 'create'; readonly record: ContentRecord }
  | { readonly type: 'change'; readonly changes: readonly FieldChange[] }
  | { readonly type: 'withdraw' };

/**
 * How far an edit has come. `waiting`: the district has not answered; `taken`: it has it, but the feed has not brought it yet;
 * `settled`: the content of the district says the same, or something newer; `conflict` and `refused`: it does not count, and a
 * person decides; `closed`: a person did.
 */
export type EditState = 'waiting' | 'taken' | 'settled' | 'conflict' | 'refused' | 'closed';

/** An edit as far as it bears on what is shown. */
export interface StandingEdit {
  readonly action: EditAction;
  readonly state: EditState;
}

/** Whether an edit changes what this station shows, over what the district says. */
export function stands(state: EditState): boolean {
  return state === 'waiting' || state === 'taken';
}

/**
 * What a station shows of a record: the district's state with the station's own edits over it, in their order. Undefined when
 * there is nothing to show. An edit that no longer fits the district's newest state is left out, as the district will do it:
 * what is published stays (invariant 5).
 */
export function shownRecord(
  source: ContentRecord | undefined,
  edits: readonly StandingEdit[],
): ContentRecord | undefined {
  return edits
    .filter(({ state }) => stands(state))
    .reduce<ContentRecord | undefined>((record, { action }) => after(record, action), source);
}

function after(record: ContentRecord | undefined, action: EditAction): ContentRecord | undefined {
  if (action.type === 'withdraw') return undefined;
  if (record === undefined)
    return action.type === 'create' && isSound(action.record) ? action.record : undefined;
  // Made here and meanwhile at the district, too: the district's is the published one.
  if (action.type === 'create') return record;
  const merged = mergeChanges(editablePart(record), action.changes);
  return merged.outcome === 'merged' ? soundRecord(record, merged.value) : record;
}

/** What breaks its kind's rules is never shown: pages that read it would fail. */
function isSound(record: ContentRecord): boolean {
  return (
    isKindName(record.kind) &&
    editablePartSchema.safeParse(editablePart(record)).success &&
    kindNamed(record.kind).body.safeParse(record.body).success
  );
}

/** The record with the merged part in it, unless that breaks its kind's rules. */
function soundRecord(record: ContentRecord, value: unknown): ContentRecord {
  const part = editablePartSchema.safeParse(value);
  if (!part.success || !isKindName(record.kind)) return record;
  const body = kindNamed(record.kind).body.safeParse(part.data.body);
  if (!body.success) return record;
  const { validUntil: _, ...kept } = record;
  return { ...kept, ...part.data, body: body.data };
}
