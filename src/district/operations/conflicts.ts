import type { ContentRecord } from '#shared/content/envelope.ts';
import type { Conflict, ConflictOutcome } from '#shared/operations/conflict.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { type FieldChange, fieldsOf } from '#shared/operations/field-change.ts';
import { canonicalJson, type JsonValue } from '#shared/operations/json-value.ts';
import type { ContentEdit, RecordRef } from '#shared/operations/operation.ts';
import { timeText } from '../district.ts';
import { all, type Db, first, run, sql } from '../store/sql.ts';
import type { Sent } from './outcome.ts';

/** A conflict as it is kept. */
export interface ConflictRow {
  readonly id: string;
  readonly operation: string;
  readonly terminal: string;
  readonly recordId: string;
  readonly kind: string;
  readonly scope: string;
  readonly changes: readonly FieldChange[];
  readonly withdraws: boolean;
  readonly editor: string;
  readonly reviewer: string;
  readonly madeAt: string;
  readonly outcome: ConflictOutcome | null;
  readonly decidedAt: number | null;
  readonly decidedBy: string | null;
  /** What is published now. */
  readonly record: ContentRecord | null;
  /** What is published, or was until it was withdrawn. */
  readonly last: ContentRecord | null;
}

const SHOWN_DAYS = 90;
const DAY_MS = 86_400_000;
const MOST = 1_000;

/** Which conflicts are asked for; without a word, all. */
export interface ConflictFilter {
  readonly id?: string;
  /** Those of this terminal's outlet. */
  readonly terminal?: string;
  /** Divisions that the reader works on. */
  readonly divisions?: readonly string[];
}

/** Open conflicts first, then those decided lately. */
export function listConflicts(
  db: Db,
  now: number,
  filter: ConflictFilter = {},
): Promise<ConflictRow[]> {
  const since = now - SHOWN_DAYS * DAY_MS;
  const { id = null, terminal = null, divisions = null } = filter;
  return all<ConflictRow>(
    db,
    sql`select conflict.id, operation, terminal, record_id as "recordId", conflict.kind, conflict.scope, changes, withdraws,
               editor, reviewer, made_at as "madeAt", outcome, decided_at as "decidedAt", decided_by as "decidedBy",
               case when content.state = 'published' then content.record end as record, content.record as last
        from conflict left join content on content.id = record_id and content.scope = conflict.scope
        where (${terminal}::text is null or conflict.scope = (select outlet from terminal where terminal.id = ${terminal}::text))
          and (${id}::text is null or conflict.id = ${id}::text)
          and (${divisions}::text[] is null
               or exists (select 1 from unnest(${divisions}::text[]) as division where starts_with(conflict.scope, division)))
          and (outcome is null or decided_at > ${since})
        order by outcome is not null, decided_at desc, made_at, conflict.id limit ${MOST}`,
  );
}

/** Of these conflicts of an outlet those that somebody decided. */
export async function decidedAmong(
  db: Db,
  outlet: string,
  conflicts: readonly string[],
): Promise<string[]> {
  const rows = await all<{ id: string }>(
    db,
    sql`select id from conflict where id = any(${conflicts}) and scope = ${outlet} and outcome is not null`,
  );
  return rows.map(({ id }) => id);
}

/** How many conflicts of a terminal wait for a person. */
export async function openConflicts(db: Db, terminal: string): Promise<number> {
  const row = await first<{ count: number }>(
    db,
    sql`select count(*) as count from conflict where terminal = ${terminal} and outcome is null`,
  );
  return row?.count ?? 0;
}

/** A conflict as terminals and the office see it, with the values that are published now. */
export function conflictView(row: ConflictRow): Conflict {
  const published =
    row.record === null ? new Map<string, JsonValue>() : fieldsOf(editablePart(row.record));
  return {
    conflict: row.id,
    operation: row.operation,
    record: { id: row.recordId, kind: row.kind, scope: row.scope },
    fields: row.changes.map(({ field, to }) => ({
      field,
      ...(published.has(field) ? { published: published.get(field) } : {}),
      ...(to === undefined ? {} : { wanted: to }),
    })),
    editor: row.editor,
    madeAt: row.madeAt,
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.decidedAt === null ? {} : { decidedAt: timeText(row.decidedAt) }),
    ...(row.decidedBy === null ? {} : { decidedBy: row.decidedBy }),
  };
}

/**
 * Whether a decision comes too late, or speaks of another record. Conflicts of the outlet's records are its terminals' to decide,
 * whichever wrote. One that the district does not know, since it was restored from a backup, holds nobody up: the decision is then
 * judged as any edit.
 */
export async function isPastDeciding(
  { db }: Sent,
  conflict: string | undefined,
  { id, scope }: RecordRef,
): Promise<boolean> {
  if (conflict === undefined) return false;
  const row = await first(
    db,
    sql`select 1 from conflict where id = ${conflict}
        and not (record_id = ${id} and scope = ${scope} and outcome is null)`,
  );
  return row !== undefined;
}

/** What a station sends to decide a conflict; a withdrawal has no changes. */
export type Decision = Omit<ContentEdit, 'changes'> & {
  readonly changes: ContentEdit['changes'] | undefined;
};

type Wish = Pick<ConflictRow, 'changes' | 'withdraws'>;

/** Notes how the station decided, if it decides anything: by what it chose, unless `outcome` says how. */
export async function closeConflict(
  { db, district }: Sent,
  { resolves, changes, editor }: Decision,
  outcome?: ConflictOutcome,
): Promise<void> {
  if (resolves === undefined) return;
  const wish = await first<Wish>(
    db,
    sql`select changes, withdraws from conflict where id = ${resolves}`,
  );
  const chosen = outcome ?? outcomeOf(wish, changes);
  await decideConflict(db, resolves, chosen, editor, district.now());
}

function outcomeOf(wish: Wish | undefined, changes: Decision['changes']): ConflictOutcome {
  if (changes === undefined) return wish?.withdraws === true ? 'wanted' : 'other';
  if (changes.every(({ from, to }) => canonicalJson(from) === canonicalJson(to)))
    return 'published';
  const chosen = new Map(changes.map(({ field, to }) => [field, canonicalJson(to)]));
  const isWanted = ({ field, to }: FieldChange) => chosen.get(field) === canonicalJson(to);
  return wish?.withdraws === false && wish.changes.every(isWanted) ? 'wanted' : 'other';
}

/** Writes down a decision. */
export async function decideConflict(
  db: Db,
  id: string,
  outcome: ConflictOutcome,
  by: string,
  at: number,
): Promise<void> {
  await run(
    db,
    sql`update conflict set outcome = ${outcome}, decided_at = ${at}, decided_by = ${by} where id = ${id}`,
  );
}
