import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { editablePart, editablePartSchema } from '#shared/operations/editable-part.ts';
import { type FieldConflict, fieldsOf, mergeChanges } from '#shared/operations/field-change.ts';
import { canonicalJson, type JsonValue } from '#shared/operations/json-value.ts';
import type { ContentEdit, contentWithdrawSchema } from '#shared/operations/operation.ts';
import {
  isStationKind,
  isStationOwned,
  mayStationChange,
} from '#shared/operations/station-editing.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { isOutlet } from '../content/outlets.ts';
import {
  type KeptRecord,
  keptRecord,
  publishedAtText,
  publishRecord,
  soundRecord,
  widerRecord,
  withdrawRecord,
} from '../content/published.ts';
import { first, lock, run, sql } from '../store/sql.ts';
import { closeConflict, type Decision, isPastDeciding } from './conflicts.ts';
import { type Outcome, refused, type Sent } from './outcome.ts';

type Withdrawal = z.infer<typeof contentWithdrawSchema>;

const DECIDED = '这个问题已经有人处理过了，请看看现在的内容，需要的话再修改。';

/** What an edit starts from, and the version that is published now; 0 when none is. */
interface Base {
  readonly part: JsonValue;
  readonly version: number;
}

/** Merges a station's edit into what is published (docs/protocol.md, 3.4). */
export async function applyEdit(sent: Sent, edit: ContentEdit): Promise<Outcome> {
  const { record, changes, resolves } = edit;
  const fault = await refusalOf(sent, record);
  if (fault !== undefined) return fault;
  await lock(sent.db, 'feed');
  const known = await keptRecord(sent.db, record);
  if (await isPastDeciding(sent, resolves, record)) return refused('not-there', DECIDED);
  if (changes.length === 0) return leaveAsIs(sent, edit, known);
  const base = await baseOf(sent, edit, known);
  if (base === undefined) return keepConflict(sent, edit, 0, wantedFields(edit));
  if (base === 'locked' || changes.some(({ field }) => isLocked(edit, base, field)))
    return refused('locked-field');
  const merge = mergeChanges(base.part, changes);
  if (merge.outcome === 'conflict') return keepConflict(sent, edit, base.version, merge.fields);
  const next = nextRecord(sent, edit, merge.value);
  if (next !== undefined) return publishEdit(sent, edit, base, next);
  const isOwnFault = base.version === edit.baseVersion;
  return isOwnFault
    ? refused('unsound')
    : keepConflict(sent, edit, base.version, bothValues(edit, base.part));
}

/**
 * Takes a record of the station back, if nobody else changed it since its editor saw it. What this terminal sent before does not
 * count: after a restored backup it comes again, under other versions.
 */
export async function applyWithdrawal(sent: Sent, withdrawal: Withdrawal): Promise<Outcome> {
  const { db, district, terminal } = sent;
  const { record, baseVersion, editor, resolves } = withdrawal;
  const fault = await refusalOf(sent, record);
  if (fault !== undefined) return fault;
  await lock(db, 'feed');
  const known = await keptRecord(db, record);
  if (await isPastDeciding(sent, resolves, record)) return refused('not-there', DECIDED);
  if (known === undefined) return refused('not-there');
  if (known.state === 'withdrawn') {
    await closeConflict(sent, { ...withdrawal, changes: undefined });
    return { status: 'applied', version: known.version };
  }
  if (!isStationOwned(record.kind) && (await widerRecord(db, record)) === undefined)
    return refused('locked-field');
  if (known.version !== baseVersion && (await othersChanged(sent, withdrawal)))
    return keepConflict(sent, { ...withdrawal, changes: undefined }, known.version, []);
  const at = district.now();
  const note = `终端撤下，${editor}`;
  const version = await withdrawRecord(db, record, { actor: terminal.id, at, note });
  await closeConflict(sent, { ...withdrawal, changes: undefined });
  await act(sent, 'content-withdrawn', record, version ?? 0);
  district.contentChanged();
  return { status: 'applied', version: version ?? known.version };
}

/** Whether anybody but this terminal gave the record a version after the one that its editor saw. */
async function othersChanged(
  { db, terminal }: Sent,
  { record: { id, scope }, baseVersion }: Withdrawal,
): Promise<boolean> {
  const row = await first(
    db,
    sql`select 1 from content_version where id = ${id} and scope = ${scope}
        and version > ${baseVersion} and actor <> ${terminal.id} limit 1`,
  );
  return row !== undefined;
}

/** A person at the station left things as the district has them. */
async function leaveAsIs(
  sent: Sent,
  edit: ContentEdit,
  known: KeptRecord | undefined,
): Promise<Outcome> {
  await closeConflict(sent, edit);
  return { status: 'applied', ...(known && { version: known.version }) };
}

async function refusalOf(
  { db, terminal }: Sent,
  { id, kind, scope }: ContentEdit['record'],
): Promise<Outcome | undefined> {
  if (scope !== terminal.outlet || !(await isOutlet(db, scope))) return refused('foreign-scope');
  if (!isStationKind(kind)) return refused('locked-field');
  return id.startsWith(`${kind}.`) ? undefined : refused('bad-body');
}

/**
 * The published record; for one that is new here, the wider one that it stands in for, or nothing. Undefined when the
 * record that the editor saw is not there any more.
 */
async function baseOf(
  { db }: Sent,
  { record, baseVersion, changes }: ContentEdit,
  known: KeptRecord | undefined,
): Promise<Base | undefined | 'locked'> {
  if (known?.state === 'published')
    return { part: editablePart(known.record), version: known.version };
  if (baseVersion !== 0) return undefined;
  const wider = await widerRecord(db, record);
  if (wider !== undefined && changes.some(({ from }) => from !== undefined))
    return { part: editablePart(wider), version: 0 };
  return isStationOwned(record.kind) ? { part: {}, version: 0 } : 'locked';
}

/** Whoever makes a new record writes all of its fields. */
function isLocked({ record }: ContentEdit, { part }: Base, field: string): boolean {
  const isNew = canonicalJson(part) === '{}' && isStationOwned(record.kind);
  return !isNew && !mayStationChange(record.kind, field);
}

function nextRecord(
  { district }: Sent,
  { record, editor, reviewer }: ContentEdit,
  value: JsonValue,
): ContentRecord | undefined {
  const part = editablePartSchema.safeParse(value);
  if (!part.success) return undefined;
  return soundRecord({
    ...{ ...record, version: 1, editor, reviewer },
    ...part.data,
    publishedAt: publishedAtText(district.now()),
  });
}

async function publishEdit(
  sent: Sent,
  edit: ContentEdit,
  base: Base,
  next: ContentRecord,
): Promise<Outcome> {
  const { district, db, terminal } = sent;
  const isSame = canonicalJson(editablePart(next)) === canonicalJson(base.part);
  const isChecked = edit.reviewer !== edit.editor;
  const note = `终端修改，${edit.editor}编辑${isChecked ? `，${edit.reviewer}核对` : ''}`;
  const version =
    isSame && base.version > 0
      ? base.version
      : await publishRecord(db, next, { actor: terminal.id, at: district.now(), note });
  if (version !== base.version) {
    await act(sent, 'content-published', edit.record, version);
    district.contentChanged();
  }
  await closeConflict(sent, edit);
  return base.version === edit.baseVersion || isSame
    ? { status: 'applied', version }
    : { status: 'merged', version };
}

async function keepConflict(
  sent: Sent,
  edit: Decision,
  version: number,
  fields: readonly FieldConflict[],
): Promise<Outcome> {
  const { db, terminal, operation } = sent;
  const { record, changes, editor, reviewer } = edit;
  const conflict = randomUUID();
  // Whoever decided met others again: the new conflict stands in place of the one that was decided.
  await closeConflict(sent, edit, 'other');
  await run(
    db,
    sql`insert into conflict (id, operation, terminal, record_id, kind, scope, changes, withdraws, editor, reviewer, made_at)
        values (${conflict}, ${operation.id}, ${terminal.id}, ${record.id}, ${record.kind}, ${record.scope},
                ${JSON.stringify(changes ?? [])}::jsonb, ${changes === undefined}, ${editor}, ${reviewer}, ${operation.madeAt})`,
  );
  await act(sent, 'conflict-kept', record, version);
  return { status: 'conflict', conflict, version, fields: [...fields] };
}

function wantedFields({ changes }: ContentEdit): FieldConflict[] {
  return changes.map(({ field, to }) => ({ field, ...(to === undefined ? {} : { wanted: to }) }));
}

function bothValues(edit: ContentEdit, part: JsonValue): FieldConflict[] {
  const fields = fieldsOf(part);
  return wantedFields(edit).map((both) => {
    const published = fields.get(both.field);
    return published === undefined ? both : { ...both, published };
  });
}

function act(
  { db, district, terminal }: Sent,
  action: string,
  { id, scope }: ContentEdit['record'],
  version: number,
): Promise<void> {
  const subject = `${id} ${scope}`;
  return writeAct(db, {
    ...{ at: district.now(), actor: terminal.id, action, subject },
    detail: `version ${version}`,
  });
}
