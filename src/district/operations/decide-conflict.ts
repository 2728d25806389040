import type { ConflictTaking, Me, OfficeConflict } from '#shared/office/office-views.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { changesBetween, type FieldConflict } from '#shared/operations/field-change.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { publishedAtText, publishRecord, withdrawRecord } from '../content/published.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { type Db, lock } from '../store/sql.ts';
import { type ConflictRow, conflictView, decideConflict, listConflicts } from './conflicts.ts';
import { type StationText, stationText } from './station-text.ts';

/** A conflict that is open. Throws `not-found`. */
export async function openConflict(db: Db, now: number, id: string): Promise<ConflictRow> {
  const [row] = await listConflicts(db, now, { id });
  if (row === undefined) throw new DistrictFault('not-found');
  if (row.outcome !== null) throw new DistrictFault('changed');
  return row;
}

/** How the office decides; with the station's side, what it was told that this means. */
export type OfficeDecision =
  | { readonly outcome: 'published' }
  | { readonly outcome: 'wanted'; readonly taking: ConflictTaking };

/** Conflicts as the office sees them: with what it would mean to take the station's side. */
export async function officeConflicts(
  db: Db,
  rows: readonly ConflictRow[],
): Promise<OfficeConflict[]> {
  const views: OfficeConflict[] = [];
  for (const row of rows) {
    const text = row.outcome === null ? await stationText(db, row) : undefined;
    const { terminal, withdraws } = row;
    views.push({
      ...{ ...conflictView(row), terminal, withdraws, isGone: row.record === null },
      ...(text === undefined ? {} : { taking: text.taking }),
      ...(text === undefined || text.taking === 'in-place'
        ? {}
        : { fields: wholeFields(row, text) }),
    });
  }
  return views;
}

/** Where a whole text is at stake, a person sees all that would be another. */
function wholeFields({ record }: ConflictRow, text: StationText): FieldConflict[] {
  const [before, after] = [record, text.record].map((one) =>
    one === null ? {} : editablePart(one),
  );
  return changesBetween(before ?? {}, after ?? {})
    .filter(({ field }) => field !== '')
    .map(({ field, from, to }) => ({
      field,
      ...(from === undefined ? {} : { published: from }),
      ...(to === undefined ? {} : { wanted: to }),
    }));
}

/**
 * Decides a conflict at the office: what is published stays (or nothing does, where nothing is), or the station's side is taken.
 * Throws `changed` when that would be another thing by now than the person was shown.
 */
export async function decideAtOffice(
  district: District,
  id: string,
  decision: OfficeDecision,
  by: Me,
): Promise<void> {
  const at = district.now();
  const { outcome } = decision;
  await district.database.transaction(async (db) => {
    await lock(db, 'feed');
    const row = await openConflict(db, at, id);
    if (decision.outcome === 'wanted') await publishWanted(db, row, decision.taking, { by, at });
    await decideConflict(db, id, outcome, by.name, at);
    const subject = `${row.recordId} ${row.scope}`;
    const act = { at, actor: by.id, action: 'conflict-decided', subject, detail: outcome };
    await writeAct(db, act);
  });
  if (outcome === 'wanted') district.contentChanged();
}

async function publishWanted(
  db: Db,
  row: ConflictRow,
  taking: ConflictTaking,
  { by, at }: { readonly by: Me; readonly at: number },
): Promise<void> {
  const text = await stationText(db, row);
  if (text?.taking !== taking)
    throw new DistrictFault('changed', '这条内容刚才又变了，请看过现在的情况再决定。');
  const ref = { id: row.recordId, scope: row.scope };
  const publication = { actor: by.id, at, note: `${by.name}采用了网点${row.editor}的修改` };
  if (text.record === null) await withdrawRecord(db, ref, publication);
  else {
    const record = { ...text.record, reviewer: by.name, publishedAt: publishedAtText(at) };
    await publishRecord(db, record, publication);
  }
}
