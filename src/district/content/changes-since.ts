import type { ContentRecord } from '#shared/content/envelope.ts';
import { type ContentChange, changeCursorSchema } from '#shared/contract/services.ts';
import { DistrictFault } from '../district-fault.ts';
import { all, type Db, first, sql } from '../store/sql.ts';
import { soundRecord } from './published.ts';
import { serverEpoch } from './server-epoch.ts';

/** What a program asks for. */
export interface ChangesAsked {
  /** Where the answer before ended; absent to begin. */
  readonly since?: string | undefined;
  readonly kind?: string | undefined;
  /** A division with all that lies below it; a grid or an outlet is itself only. */
  readonly scope?: string | undefined;
  readonly limit: number;
  /** Divisions that the program may ask about. */
  readonly divisions: readonly string[];
}

interface Row {
  readonly id: string;
  readonly kind: string;
  readonly scope: string;
  readonly version: number;
  readonly change: number;
  /** Null: withdrawn. */
  readonly record: ContentRecord | null;
  /** Rows that the page would have if it could be of any length. */
  readonly found: number;
}

/** So long the texts of a page may become before another record is put on it: one alone may be of a million characters. */
const PAGE_CHARACTERS = 2_000_000;

const BEGIN_ANEW = '服务器换了数据，原来的位置不能用了。请不带 since 从头读取。';

/**
 * The newest state of each record that changed, in the order of the changes. A record that changed again meanwhile stands at its newest
 * place only, so whoever follows `next` meets no state twice and ends with what is published. What the program of the feed finds unsound is left
 * out here, too, until it is published anew. Throws `changed` for a place in another life of the database.
 */
export async function changesSince(db: Db, asked: ChangesAsked) {
  const epoch = await serverEpoch(db);
  const since = placeOf(asked.since, epoch);
  // Before the rows: what is not on the page then has a higher number.
  const newest = await first<{ top: number | null }>(
    db,
    sql`select max(change) as top from content`,
  );
  const top = Math.max(newest?.top ?? 0, since);
  const rows = await readRows(db, asked, since, top);
  const more = rows.length < (rows[0]?.found ?? 0);
  return {
    changes: rows.flatMap(changeOf),
    next: `${epoch}-${more ? (rows.at(-1)?.change ?? since) : top}`,
    more,
  };
}

function placeOf(cursor: string | undefined, epoch: string): number {
  if (cursor === undefined) return 0;
  const [life, place] = changeCursorSchema.parse(cursor).split('-');
  if (life !== epoch) throw new DistrictFault('changed', BEGIN_ANEW);
  return Number(place);
}

function readRows(
  db: Db,
  { kind, scope, limit, divisions }: ChangesAsked,
  since: number,
  top: number,
): Promise<Row[]> {
  // Below a division lies what begins with its code; an outlet's is no beginning of another's (`A01`, `A011`).
  const [division, alone] = scope?.includes('-') ? [null, scope] : [scope ?? '', null];
  return all<Row>(
    db,
    sql`select id, kind, scope, version, change, record, found from (
          select *, count(*) over () as found,
                 coalesce(sum(length(record::text)) over (order by change rows between unbounded preceding and 1 preceding), 0) as before
          from (select id, kind, scope, version, change, case when state = 'published' then record end as record from content
                where change > ${since} and change <= ${top}
                  and (${kind ?? null}::text is null or kind = ${kind ?? null}::text)
                  and (starts_with(scope, ${division}) or scope = ${alone})
                  and exists (select 1 from unnest(${divisions}::text[]) as division where starts_with(scope, division))
                order by change limit ${limit + 1}) as page) as measured
        where before < ${PAGE_CHARACTERS} order by change limit ${limit}`,
  );
}

function changeOf({ id, kind, scope, version, record }: Row): ContentChange[] {
  const named = { id, kind, scope, version };
  if (record === null) return [{ state: 'withdrawn', ...named }];
  const sound = soundRecord(record);
  return sound === undefined ? [] : [{ state: 'published', ...named, record: sound }];
}
