import { randomUUID } from 'node:crypto';
import type { DraftContent, Me } from '#shared/office/office-views.ts';
import type { RecordRef } from '#shared/operations/operation.ts';
import { all, type Db, run, sql } from '../store/sql.ts';

/** What came in whole from a file, and waits for a second person. */
export interface ReadyDraft {
  readonly record: RecordRef;
  readonly content: DraftContent;
  /** Of what is published now; 0 where nothing is. */
  readonly baseVersion: number;
}

/** So many come from one file: a second person reads each. */
export const MOST_READY_DRAFTS = 500;

/** Hands drafts in that were looked at already. */
export async function handInReady(
  db: Db,
  drafts: readonly ReadyDraft[],
  { by, at, note }: { readonly by: Me; readonly at: number; readonly note: string },
): Promise<void> {
  for (const { record, content, baseVersion } of drafts)
    await run(
      db,
      sql`insert into draft (id, record_id, scope, kind, record, base_version, state, revision, author, writers, note, changed_at)
          values (${randomUUID()}, ${record.id}, ${record.scope}, ${record.kind}, ${JSON.stringify(content)}::jsonb,
                  ${baseVersion}, 'in-review', 1, ${by.id}, ${[by.id]}, ${note}, ${at})`,
    );
}

/** Which of these records have a draft that was handed in and waits for a second person, or for its day; as `id scope`. */
export async function waitingFor(
  db: Db,
  refs: readonly { readonly id: string; readonly scope: string }[],
): Promise<ReadonlySet<string>> {
  const rows = await all<{ key: string }>(
    db,
    sql`select distinct record_id || ' ' || scope as key from draft
        join unnest(${refs.map(({ id }) => id)}::text[], ${refs.map(({ scope }) => scope)}::text[])
          as named (record_id, scope) using (record_id, scope)
        where state in ('in-review', 'approved')`,
  );
  return new Set(rows.map(({ key }) => key));
}
