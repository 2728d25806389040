import type { ContentRecord } from '#shared/content/envelope.ts';
import type { ConflictTaking } from '#shared/office/office-views.ts';
import { editablePart, editablePartSchema } from '#shared/operations/editable-part.ts';
import { mergeChanges, overlaid } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
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
  return recordOf(row, text, overlaid(text === null ? {} : editablePart(text), row.changes));
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
    const merge = mergeChanges(editablePart(record), changes);
    const text = merge.outcome === 'merged' ? recordOf(row, record, merge.value) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A record of the station with a content in it; undefined when that is not sound. */
function recordOf(
  { recordId, scope, kind, editor, reviewer }: ConflictRow,
  text: ContentRecord | null,
  value: JsonValue | undefined,
): ContentRecord | undefined {
  const part = editablePartSchema.safeParse(value);
  if (!part.success) return undefined;
  return soundRecord({
    ...{ id: recordId, scope, kind, version: 1, editor, reviewer },
    ...part.data,
    // Given anew by whoever publishes it.
    publishedAt: text?.publishedAt ?? '1970-01-01T08:00:00+08:00',
  });
}
