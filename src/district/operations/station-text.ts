import type { ContentRecord } from '#shared/content/envelope.ts';
import type { ConflictTaking } from '#shared/office/office-views.ts';
import { editablePart, editablePartSchema } from '#shared/operations/editable-part.ts';
import { type FieldChange, fieldsOf, mergeChanges } from '#shared/operations/field-change.ts';
import { soundRecord } from '../content/published.ts';
import { all, type Db, sql } from '../store/sql.ts';
import type { ConflictRow } from './conflicts.ts';

/** What the office would publish if it took the station's side, and what that would be. */
export interface StationText {
  readonly taking: ConflictTaking;
  /** Null: the record is withdrawn, as the station wants it. */
  readonly record: ContentRecord | null;
}

/** Of older texts so many are looked at; an edit that began before them is begun anew. */
const LOOKED_BACK = 100;

/**
 * The station's side of a conflict as it could be published now: its values in the record that is there, or that was there last.
 * Where they do not fit into that, the whole text that the station's editor wrote, on the newest version that it fits. Undefined
 * when the district has no text that it fits.
 */
export async function stationText(db: Db, row: ConflictRow): Promise<StationText | undefined> {
  if (row.withdraws) return { taking: 'in-place', record: null };
  const isGone = row.record === null;
  const laid = laidOver(row, row.last);
  if (laid !== undefined) return { taking: isGone ? 'anew' : 'in-place', record: laid };
  const whole = await wholeText(db, row);
  return whole && { taking: isGone ? 'anew' : 'whole', record: whole };
}

/** The station's values, whatever stands in their place. */
function laidOver(row: ConflictRow, text: ContentRecord | null): ContentRecord | undefined {
  const fields = fieldsOf(text === null ? {} : editablePart(text));
  const changes = row.changes.map(({ field, to }) => {
    const from = fields.get(field);
    return { field, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  });
  return merged(row, text, changes);
}

async function wholeText(db: Db, row: ConflictRow): Promise<ContentRecord | undefined> {
  const { recordId, scope, changes } = row;
  const versions = await all<{ record: ContentRecord }>(
    db,
    sql`select record from content_version
        where id = ${recordId} and scope = ${scope} and record is not null
        order by version desc limit ${LOOKED_BACK}`,
  );
  for (const { record } of versions) {
    const text = merged(row, record, changes);
    if (text !== undefined) return text;
  }
  return undefined;
}

function merged(
  { recordId, scope, kind, editor, reviewer }: ConflictRow,
  text: ContentRecord | null,
  changes: readonly FieldChange[],
): ContentRecord | undefined {
  const merge = mergeChanges(text === null ? {} : editablePart(text), changes);
  const part = merge.outcome === 'merged' ? editablePartSchema.safeParse(merge.value) : undefined;
  if (part?.success !== true) return undefined;
  return soundRecord({
    ...{ id: recordId, scope, kind, version: 1, editor, reviewer },
    ...part.data,
    // Given anew by whoever publishes it.
    publishedAt: text?.publishedAt ?? '1970-01-01T08:00:00+08:00',
  });
}
