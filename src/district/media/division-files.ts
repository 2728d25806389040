import { divisionOf } from '#shared/content/scope.ts';
import { type NamedFile, namedFileSchema } from '#shared/feed/feed-media.ts';
import type { Draft } from '#shared/office/office-views.ts';
import { all, type Db, sql } from '../store/sql.ts';
import { divisionFault } from './file-limits.ts';

/** Drafts of others whose files count beside those that are published. */
type Counted = 'in-work' | 'handed-in' | 'none';
const STATES: Readonly<Record<Counted, readonly string[]>> = {
  'in-work': ['draft', 'in-review', 'approved'],
  'handed-in': ['in-review', 'approved'],
  none: [],
};

interface FileRow {
  readonly id: string;
  readonly scope: string;
  readonly body: unknown;
}

/**
 * A sentence when a draft's division would have more files, or larger ones, than it may, once the draft with this file and the
 * counted ones of others are published: several that each fit may be too much together. Of a record that is to have another file the
 * larger one counts, since nobody knows in which order they are let through.
 */
export async function fullDivision(
  db: Db,
  draft: Pick<Draft, 'id' | 'record'>,
  file: Pick<NamedFile, 'sha256' | 'bytes'>,
  counted: Counted,
): Promise<string | undefined> {
  const rows = await all<FileRow>(
    db,
    sql`select id, scope, record -> 'body' as body from content where kind = 'media' and state = 'published'
        union all select record_id, scope, record -> 'body' from draft
          where kind = 'media' and state = any(${STATES[counted]}) and id <> ${draft.id} and record is not null`,
  );
  const division = divisionOf(draft.record.scope);
  const own = { ...draft.record, file };
  const files = rows.flatMap(({ body, ...record }) => {
    const named = namedFileSchema.safeParse(body).data;
    return named === undefined || divisionOf(record.scope) !== division
      ? []
      : [{ ...record, file: named }];
  });
  const isOwn = ({ id, scope }: { readonly id: string; readonly scope: string }) =>
    id === own.id && scope === own.scope;
  // What is published now is replaced now.
  const others = counted === 'none' ? files.filter((one) => !isOwn(one)) : files;
  const byRecord = Map.groupBy([own, ...others], ({ id, scope }) => `${id} ${scope}`);
  const largest = [...byRecord.values()].map((of) =>
    of.map((one) => one.file).reduce((one, other) => (other.bytes > one.bytes ? other : one)),
  );
  const distinct = new Map(largest.map(({ sha256, bytes }) => [sha256, bytes]));
  const bytes = [...distinct.values()].reduce((sum, size) => sum + size, 0);
  return divisionFault(distinct.size, bytes);
}
