import { randomBytes } from 'node:crypto';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { divisionOf, scopeChain } from '#shared/content/scope.ts';
import { readRow } from '#shared/feed/feed-row.ts';
import { CHINA_UTC_OFFSET_MINUTES } from '#shared/time/local-date.ts';
import { all, type Db, first, lock, run, sql } from '../store/sql.ts';

/** A record as the district keeps it. */
export interface KeptRecord {
  readonly id: string;
  readonly scope: string;
  readonly kind: string;
  readonly state: 'published' | 'withdrawn';
  /** The last version that was given; a withdrawal counts as one. */
  readonly version: number;
  readonly record: ContentRecord;
  readonly changedAt: number;
}

/** Who publishes, when, and what a reader of the history should know. */
export interface Publication {
  readonly actor: string;
  readonly at: number;
  readonly note: string;
}

/** Reads a record and keeps others from changing it until the transaction ends. */
export async function keptRecord(
  db: Db,
  { id, scope }: { readonly id: string; readonly scope: string },
): Promise<KeptRecord | undefined> {
  return first<KeptRecord>(
    db,
    sql`select id, scope, kind, state, version, record, changed_at as "changedAt"
        from content where id = ${id} and scope = ${scope} for update`,
  );
}

/** Reads records as they are kept, those that are; others may change them, unless the caller holds the lock `feed`. */
export async function keptRecords(
  db: Db,
  refs: readonly { readonly id: string; readonly scope: string }[],
): Promise<KeptRecord[]> {
  return all<KeptRecord>(
    db,
    sql`select distinct on (id, scope) id, scope, kind, state, version, record, changed_at as "changedAt" from content
        join unnest(${refs.map(({ id }) => id)}::text[], ${refs.map(({ scope }) => scope)}::text[])
          as named (id, scope) using (id, scope)`,
  );
}

/** The published record of this id that an outlet would see without one of its own, if any. */
export async function widerRecord(
  db: Db,
  { id, scope }: { readonly id: string; readonly scope: string },
): Promise<ContentRecord | undefined> {
  const wider = scopeChain(scope).slice(0, -1);
  const rows = await all<{ record: ContentRecord }>(
    db,
    sql`select record from content where id = ${id} and state = 'published' and scope = any(${wider})
        order by length(scope) desc, scope desc`,
  );
  return rows.toSorted(
    (one, two) => wider.indexOf(two.record.scope) - wider.indexOf(one.record.scope),
  )[0]?.record;
}

/** The record as it would be published, with its body read by its kind's schema; undefined when it would not be sound. */
export function soundRecord(record: ContentRecord): ContentRecord | undefined {
  const row = readRow(JSON.stringify({ op: 'put', record }), divisionOf(record.scope));
  return row?.op === 'put' ? row.record : undefined;
}

/** An instant as records carry it: with the zone in which people read it. */
export function publishedAtText(at: number): string {
  const local = new Date(at + CHINA_UTC_OFFSET_MINUTES * 60_000).toISOString();
  return `${local.slice(0, 19)}+08:00`;
}

/** Publishes a sound record under the next version, into the history and the feed. Gives the version. */
export async function publishRecord(
  db: Db,
  record: ContentRecord,
  { actor, at, note }: Publication,
): Promise<number> {
  await lock(db, 'feed');
  const known = await keptRecord(db, record);
  const version = await nextVersion(db, known);
  const text = JSON.stringify({ ...record, version });
  const division = divisionOf(record.scope);
  await run(
    db,
    sql`insert into content (id, scope, kind, division, state, version, record, changed_at)
        values (${record.id}, ${record.scope}, ${record.kind}, ${division}, 'published', ${version}, ${text}::jsonb, ${at})
        on conflict (id, scope) do update set state = 'published', version = ${version}, record = ${text}::jsonb,
          changed_at = ${at}, change = excluded.change`,
  );
  await keepVersion(db, record, version, text, { actor, at, note });
  await appendRow(db, record, text);
  return version;
}

/** Takes a published record back. Gives the version of the withdrawal; undefined when there is nothing to withdraw. */
export async function withdrawRecord(
  db: Db,
  ref: { readonly id: string; readonly scope: string },
  { actor, at, note }: Publication,
): Promise<number | undefined> {
  await lock(db, 'feed');
  const known = await keptRecord(db, ref);
  if (known?.state !== 'published') return undefined;
  const version = await nextVersion(db, known);
  await run(
    db,
    sql`update content set state = 'withdrawn', version = ${version}, changed_at = ${at}, change = default
        where id = ${ref.id} and scope = ${ref.scope}`,
  );
  await keepVersion(db, ref, version, null, { actor, at, note });
  await appendRow(db, ref, null);
  return version;
}

const LEAST_VERSION = 'least-version';
/** Versions after a restore are minutes since then: nobody changes one record more often than once a minute for long. */
const FIRST_MINUTE = Date.UTC(2026, 0) / 60_000;

/** From now on no record takes a version that it may have had in a time that a restored backup knows nothing of. */
export async function raiseVersions(db: Db, now: number): Promise<void> {
  const least = Math.max(1, Math.floor(now / 60_000) - FIRST_MINUTE);
  await run(
    db,
    sql`insert into setting (name, value) values (${LEAST_VERSION}, ${String(least)}::jsonb)
        on conflict (name) do update set value = ${String(least)}::jsonb`,
  );
}

async function nextVersion(db: Db, known: KeptRecord | undefined): Promise<number> {
  const least = await first<{ value: number }>(
    db,
    sql`select value from setting where name = ${LEAST_VERSION}`,
  );
  return Math.max((known?.version ?? 0) + 1, least?.value ?? 1);
}

async function keepVersion(
  db: Db,
  { id, scope }: { readonly id: string; readonly scope: string },
  version: number,
  record: string | null,
  { actor, at, note }: Publication,
): Promise<void> {
  await run(
    db,
    sql`insert into content_version (id, scope, version, record, at, actor, note)
        values (${id}, ${scope}, ${version}, ${record}::jsonb, ${at}, ${actor}, ${note})`,
  );
}

/** Numbers a change of the feed. The caller holds the lock, so that no number is seen before one below it. */
export async function appendRow(
  db: Db,
  { id, scope }: { readonly id: string; readonly scope: string },
  record: string | null,
): Promise<void> {
  const division = divisionOf(scope);
  const row = await first<{ top: number }>(
    db,
    sql`insert into feed_division (division, epoch, floor, base, top, confirmed)
        values (${division}, ${newEpoch()}, 0, 0, 1, 0)
        on conflict (division) do update set top = feed_division.top + 1 returning top`,
  );
  await run(
    db,
    sql`insert into feed_row (division, seq, id, scope, record)
        values (${division}, ${row?.top ?? 0}, ${id}, ${scope}, ${record}::jsonb)`,
  );
}

/** A name for one life of a division's numbering. */
export function newEpoch(): string {
  return randomBytes(8).toString('hex');
}
