import type { ContentRecord } from '#shared/content/envelope.ts';
import type { DraftContent } from '#shared/editing/check-draft.ts';
import type { EditAction, EditState } from '#shared/editing/local-layer.ts';
import type { FieldChange, FieldConflict } from '#shared/operations/field-change.ts';
import { all, first, type ReadableDb, run, sql, type WritableDb } from '../store/sql.ts';

/** Something that is being written. */
export interface Draft {
  readonly id: string;
  readonly kind: string;
  readonly content: DraftContent;
  /** What was on show when it was begun. */
  readonly base: ContentRecord | undefined;
  readonly editor: string;
  readonly stamp: number;
  readonly changedAt: number;
}

interface DraftRow {
  readonly id: string;
  readonly kind: string;
  readonly content: string;
  readonly base: string | null;
  readonly editor: string;
  readonly stamp: number;
  readonly changed_at: number;
}

export function draftOf(db: ReadableDb, id: string): Draft | undefined {
  const row = first<DraftRow>(db, sql`select * from edit_draft where id = ${id}`);
  return row && readDraft(row);
}

export function allDrafts(db: ReadableDb): Draft[] {
  return all<DraftRow>(db, sql`select * from edit_draft order by changed_at`).map(readDraft);
}

function readDraft({ base, content, changed_at, ...row }: DraftRow): Draft {
  return {
    ...row,
    content: JSON.parse(content) as DraftContent,
    base: recordIn(base),
    changedAt: changed_at,
  };
}

/** Writes a draft in place of the one that is there. */
export function putDraft(db: WritableDb, draft: Draft): void {
  const { id, kind, content, base, editor, stamp, changedAt } = draft;
  const [text, from] = [JSON.stringify(content), base === undefined ? null : JSON.stringify(base)];
  run(
    db,
    sql`insert into edit_draft (id, kind, content, base, base_version, editor, stamp, created_at, changed_at)
        values (${id}, ${kind}, ${text}, ${from}, ${base?.version ?? 0}, ${editor}, ${stamp}, ${changedAt}, ${changedAt})
        on conflict (id) do update set content = ${text}, base = ${from}, base_version = ${base?.version ?? 0},
          editor = ${editor}, stamp = ${stamp}, changed_at = ${changedAt}`,
  );
}

export function dropDraft(db: WritableDb, id: string): void {
  run(db, sql`delete from edit_draft where id = ${id}`);
}

/** A publication of this station, and how far it has come. */
export interface Version {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly operation: string;
  readonly action: EditAction['type'];
  readonly changes: readonly FieldChange[];
  readonly baseVersion: number;
  readonly before: ContentRecord | undefined;
  readonly after: ContentRecord | undefined;
  readonly restores: number | undefined;
  readonly editor: string;
  readonly editorName: string;
  readonly at: number;
  readonly state: EditState;
  /** Since when it has that state; undefined while it waits. */
  readonly stateAt: number | undefined;
  readonly outcome: Outcome;
}

/** What the district said of a publication, as far as it said something. */
export interface Outcome {
  readonly version?: number | undefined;
  readonly conflict?: string | undefined;
  readonly fields?: readonly FieldConflict[] | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

interface VersionRow {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly operation: string;
  readonly action: EditAction['type'];
  readonly changes: string;
  readonly base_version: number;
  readonly before: string | null;
  readonly after: string | null;
  readonly restores: number | null;
  readonly editor: string;
  readonly editor_name: string;
  readonly at: number;
  readonly state: EditState | null;
  readonly version: number | null;
  readonly conflict: string | null;
  readonly fields: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly state_at: number | null;
}

const VERSIONS = `select edit_version.*, state, version, conflict, fields, code, message, changed_at as state_at
  from edit_version left join edit_state using (operation)`;

/** All publications of a record, oldest first. */
export function versionsOf(db: ReadableDb, id: string): Version[] {
  return db.read
    .prepare<[string], VersionRow>(`${VERSIONS} where id = ? order by seq`)
    .all(id)
    .map(readVersion);
}

/** Publications that are not at rest: on their way, or for a person to decide. Oldest first. */
export function openVersions(db: ReadableDb): Version[] {
  return db.read
    .prepare<[], VersionRow>(
      `${VERSIONS} where coalesce(state, 'waiting') not in ('settled', 'closed') order by seq`,
    )
    .all()
    .map(readVersion);
}

function readVersion(row: VersionRow): Version {
  const { seq, id, kind, operation, action, editor, at } = row;
  return {
    ...{ seq, id, kind, operation, action, editor, at },
    changes: JSON.parse(row.changes) as FieldChange[],
    baseVersion: row.base_version,
    before: recordIn(row.before),
    after: recordIn(row.after),
    restores: row.restores ?? undefined,
    editorName: row.editor_name,
    state: row.state ?? 'waiting',
    stateAt: row.state_at ?? undefined,
    outcome: {
      version: row.version ?? undefined,
      conflict: row.conflict ?? undefined,
      fields: row.fields === null ? undefined : (JSON.parse(row.fields) as FieldConflict[]),
      code: row.code ?? undefined,
      message: row.message ?? undefined,
    },
  };
}

/** Writes a publication down; inside `commitOperation`. */
export function addVersion(
  db: WritableDb,
  version: Omit<Version, 'seq' | 'state' | 'stateAt' | 'outcome'>,
): void {
  const { id, kind, operation, action, changes, baseVersion, before, after, restores } = version;
  const { editor, editorName, at } = version;
  run(
    db,
    sql`insert into edit_version (id, kind, operation, action, changes, base_version, before, after, restores, editor, editor_name, at)
        values (${id}, ${kind}, ${operation}, ${action}, ${JSON.stringify(changes)}, ${baseVersion},
                ${textOf(before)}, ${textOf(after)}, ${restores ?? null}, ${editor}, ${editorName}, ${at})`,
  );
}

/** Notes how far a publication has come. */
export function setState(
  db: WritableDb,
  operation: string,
  state: Exclude<EditState, 'waiting'>,
  outcome: Outcome,
  now: number,
): void {
  const { version, conflict, fields, code, message } = outcome;
  run(
    db,
    sql`insert or replace into edit_state (operation, state, version, conflict, fields, code, message, changed_at)
        values (${operation}, ${state}, ${version ?? null}, ${conflict ?? null},
                ${fields === undefined ? null : JSON.stringify(fields)}, ${code ?? null}, ${message ?? null}, ${now})`,
  );
}

function recordIn(text: string | null): ContentRecord | undefined {
  return text === null ? undefined : (JSON.parse(text) as ContentRecord);
}

function textOf(record: ContentRecord | undefined): string | null {
  return record === undefined ? null : JSON.stringify(record);
}

/** A publication by its operation; undefined when that was none. */
export function versionBy(db: ReadableDb, operation: string): Version | undefined {
  const row = db.read
    .prepare<[string], VersionRow>(`${VERSIONS} where operation = ?`)
    .get(operation);
  return row && readVersion(row);
}

/**
 * Lets the publications of a record that came after one stand again: the district took that one anew, and what was laid over it
 * here must not vanish until it is there, too.
 */
export function standAgainAfter(db: WritableDb, { id, seq }: Version, now: number): void {
  run(
    db,
    sql`update edit_state set state = 'taken', changed_at = ${now} where state = 'settled'
        and operation in (select operation from edit_version where id = ${id} and seq > ${seq})`,
  );
}

/**
 * The version from which a record can be withdrawn: the newest of which all is known here. Undefined while there is none, or while
 * edits of this station are on their way, after which the version is not known. What the district merged with the words of others
 * counts only when the feed has brought it: nobody here has seen those words.
 */
export function withdrawalBase(
  db: ReadableDb,
  id: string,
  source: ContentRecord | undefined,
): number | undefined {
  const open = openVersions(db).filter((version) => version.id === id);
  if (open.some(({ state }) => state === 'waiting')) return undefined;
  const applied = new Set(
    all<{ id: string }>(
      db,
      sql`select outbox_answer.id from outbox_answer join edit_version on operation = outbox_answer.id
          where edit_version.id = ${id} and outbox_answer.status = 'applied'`,
    ).map((answer) => answer.id),
  );
  const taken = open.flatMap(({ operation, state, outcome }) =>
    state === 'taken' && applied.has(operation) ? (outcome.version ?? []) : [],
  );
  const newest = Math.max(0, source?.version ?? 0, ...taken);
  return newest === 0 ? undefined : newest;
}
