import type { ContentRecord } from '#shared/content/envelope.ts';
import { completenessOf, formatCompleteness } from '#shared/content/kind.ts';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import type { ContentRow, ContentVersion } from '#shared/office/office-views.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { changesBetween } from '#shared/operations/field-change.ts';
import { timeText } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { all, type Db, sql } from '../store/sql.ts';
import { titleOf } from './drafts.ts';
import type { KeptRecord } from './published.ts';

const PAGE = 50;

/** What a list is narrowed to. */
export interface ContentFilter {
  readonly kind?: string | undefined;
  readonly scope?: string | undefined;
  readonly text?: string | undefined;
  readonly page: number;
  /** Divisions that the reader works on. */
  readonly divisions: readonly string[];
}

/** A page of records, newest change first. */
export async function listContent(
  db: Db,
  { kind, scope, text, page, divisions }: ContentFilter,
): Promise<{ rows: ContentRow[]; more: boolean }> {
  const rows = await all<KeptRecord>(
    db,
    sql`select id, scope, kind, state, version, record, changed_at as "changedAt" from content
        where (${kind ?? null}::text is null or kind = ${kind ?? null}::text)
          and (${scope ?? null}::text is null or scope = ${scope ?? null}::text)
          and (${text ?? null}::text is null or strpos(id, ${text ?? ''}) > 0 or strpos(record ->> 'body', ${text ?? ''}) > 0)
          and exists (select 1 from unnest(${divisions}::text[]) as division where starts_with(scope, division))
        order by changed_at desc, id, scope limit ${PAGE + 1} offset ${page * PAGE}`,
  );
  return { rows: rows.slice(0, PAGE).map(rowOf), more: rows.length > PAGE };
}

function rowOf({ id, scope, kind, state, version, record, changedAt }: KeptRecord): ContentRow {
  return {
    ...{ record: { id, kind, scope }, state, version, changedAt: timeText(changedAt) },
    title: titleOf(kind, record.body) ?? id,
    missing: missingOf(record),
    ...(record.validUntil === undefined ? {} : { validUntil: record.validUntil }),
  };
}

/** What a record lacks; empty when nothing does, or when this program cannot read it. */
function missingOf(record: ContentRecord): string {
  if (!isKindName(record.kind)) return '';
  const kind = kindNamed(record.kind);
  const body = kind.body.safeParse(record.body);
  if (!body.success) return '';
  const completeness = completenessOf(kind, { ...record, body: body.data });
  return completeness.missing.length === 0 ? '' : formatCompleteness(completeness);
}

/** Every state that was published, newest first. */
export async function contentHistory(
  db: Db,
  { id, scope }: { id: string; scope: string },
): Promise<ContentVersion[]> {
  const rows = await all<{
    version: number;
    at: number;
    actor: string;
    note: string;
    withdrawn: boolean;
  }>(
    db,
    sql`select version, at, coalesce(person.name, actor) as actor, note, record is null as withdrawn
        from content_version left join person on person.id = actor
        where content_version.id = ${id} and scope = ${scope} order by version desc limit 500`,
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: timeText(at) }));
}

/** One state, and how it differs from the one before; between the two numbers may be missing. Throws `not-found`. */
export async function contentVersion(
  db: Db,
  { id, scope, version }: { id: string; scope: string; version: number },
) {
  const [row, before] = await all<{ version: number; record: ContentRecord | null }>(
    db,
    sql`select version, record from content_version where id = ${id} and scope = ${scope} and version <= ${version}
        order by version desc limit 2`,
  );
  if (row?.version !== version) throw new DistrictFault('not-found');
  return {
    content: row.record,
    differences: changesBetween(partOf(before?.record), partOf(row.record)),
  };
}

function partOf(record: ContentRecord | null | undefined) {
  return record === null || record === undefined ? {} : editablePart(record);
}
