import type { Me } from '#shared/office/office-views.ts';
import { editablePart, editablePartSchema } from '#shared/operations/editable-part.ts';
import { fieldsOf, mergeChanges } from '#shared/operations/field-change.ts';
import { writeAct } from '../audit/audit-trail.ts';
import {
  keptRecord,
  publishedAtText,
  publishRecord,
  soundRecord,
  withdrawRecord,
} from '../content/published.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { type Db, lock } from '../store/sql.ts';
import { type ConflictRow, decideConflict, listConflicts } from './conflicts.ts';

/** A conflict that is open. Throws `not-found`. */
export async function openConflict(db: Db, now: number, id: string): Promise<ConflictRow> {
  const [row] = await listConflicts(db, now, { id });
  if (row === undefined) throw new DistrictFault('not-found');
  if (row.outcome !== null) throw new DistrictFault('changed');
  return row;
}

/** Decides a conflict at the office: what is published stays, or the station's values take its place. */
export async function decideAtOffice(
  district: District,
  id: string,
  outcome: 'published' | 'wanted',
  by: Me,
): Promise<void> {
  const at = district.now();
  await district.database.transaction(async (db) => {
    await lock(db, 'feed');
    const row = await openConflict(db, at, id);
    if (outcome === 'wanted') await publishWanted(db, row, by, at);
    await decideConflict(db, id, outcome, by.name, at);
    const subject = `${row.recordId} ${row.scope}`;
    const act = { at, actor: by.id, action: 'conflict-decided', subject, detail: outcome };
    await writeAct(db, act);
  });
  if (outcome === 'wanted') district.contentChanged();
}

async function publishWanted(db: Db, row: ConflictRow, by: Me, at: number): Promise<void> {
  const ref = { id: row.recordId, scope: row.scope };
  const publication = { actor: by.id, at, note: `${by.name}采用了网点${row.editor}的修改` };
  if (row.withdraws) {
    await withdrawRecord(db, ref, publication);
    return;
  }
  const known = await keptRecord(db, ref);
  const current = known?.state === 'published' ? editablePart(known.record) : {};
  const fields = fieldsOf(current);
  // The station's values, whatever stands there now.
  const changes = row.changes.map(({ field, to }) => {
    const from = fields.get(field);
    return { field, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  });
  const merge = mergeChanges(current, changes);
  const part = merge.outcome === 'merged' ? editablePartSchema.safeParse(merge.value) : undefined;
  const next = part?.success
    ? soundRecord({
        ...{ ...ref, kind: row.kind, version: 1, editor: row.editor, reviewer: by.name },
        ...part.data,
        publishedAt: publishedAtText(at),
      })
    : undefined;
  if (next === undefined)
    throw new DistrictFault('changed', '网点的修改已经放不进现在的内容里，请按需要重新起草。');
  await publishRecord(db, next, publication);
}
