import type { ContentRecord } from '#shared/content/envelope.ts';
import type { BodyOf, KindName } from '#shared/content/kinds/index.ts';
import { divisionOf, NATIONAL_SCOPE, type Scope, scopeChain } from '#shared/content/scope.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { tellRotten } from '../store/damage.ts';
import {
  all,
  each,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../store/sql.ts';
import { feedDivisions } from './feed-divisions.ts';

/** Whose content is asked for, and on which day. */
export interface Audience {
  readonly station: Scope;
  readonly today: LocalDate;
}

type RecordOf<Kind extends KindName> = ContentRecord<BodyOf<Kind>>;

/**
 * Records of a kind that a station shows on a day: within their dates, of its scope chain, and where two scopes have the
 * same id the narrower one (invariant 6). In the order of their ids. The country's scope is as long as a province's, so it
 * is named: length alone does not tell which is wider.
 */
export function visibleRecords<Kind extends KindName>(
  db: ReadableDb,
  kind: Kind,
  audience: Audience,
): RecordOf<Kind>[] {
  const rows = all<StoredRow>(
    db,
    sql`select id, scope, envelope from record where kind = ${kind} and scope in (${scopeChain(audience.station)})
        and effective_from <= ${audience.today} and (valid_until is null or valid_until >= ${audience.today})
        order by id, scope <> ${NATIONAL_SCOPE}, length(scope)`,
  );
  const narrowest = new Map(recordsIn<Kind>(db, rows).map((record) => [record.id, record]));
  return [...narrowest.values()];
}

/** One record as a station shows it on a day, or undefined when it is not there, not in force or not for this station. */
export function visibleRecord<Kind extends KindName>(
  db: ReadableDb,
  kind: Kind,
  id: string,
  audience: Audience,
): RecordOf<Kind> | undefined {
  // The + keeps SQLite from walking all records of the kind instead of looking the id up.
  const row = first<StoredRow>(
    db,
    sql`select id, scope, envelope from record where id = ${id} and +kind = ${kind} and scope in (${scopeChain(audience.station)})
        and effective_from <= ${audience.today} and (valid_until is null or valid_until >= ${audience.today})
        order by scope <> ${NATIONAL_SCOPE} desc, length(scope) desc limit 1`,
  );
  return recordIn<Kind>(db, row);
}

/** All outlets, whatever their scope: a visitor may ask for any of them. */
export function allOutlets(db: ReadableDb): RecordOf<'station'>[] {
  return allRecords(db, 'station');
}

/** All records of a kind, whatever their scope and dates, in the order of their ids. */
export function allRecords<Kind extends KindName>(db: ReadableDb, kind: Kind): RecordOf<Kind>[] {
  return recordsIn<Kind>(
    db,
    all<StoredRow>(
      db,
      sql`select id, scope, envelope from record where kind = ${kind} order by id`,
    ),
  );
}

/** How far a source has been applied, if ever. */
export function appliedCursor(db: ReadableDb, source: string): string | undefined {
  return first<{ cursor: string }>(db, sql`select cursor from applied where source = ${source}`)
    ?.cursor;
}

/**
 * Makes a pack's records all content there is outside the divisions of the feed, with the cursor that says so, in one
 * transaction: pages see the old content or the new, never a half (invariant 3). Rows that stay the same are not written;
 * `beforeCommit` sees the changes.
 */
export function replaceContent(
  db: WritableDb,
  source: string,
  cursor: string,
  records: readonly ContentRecord[],
  now: number,
  beforeCommit: () => void = () => {},
): void {
  transaction(db, () => {
    const fromFeed = feedDivisions(db);
    const isOfPack = ({ scope }: { readonly scope: string }) => !fromFeed.has(divisionOf(scope));
    const gone = knownEnvelopes(db, isOfPack);
    const seen = new Set<string>();
    for (const record of records.filter(isOfPack)) {
      const key = `${record.id} ${record.scope}`;
      if (seen.has(key)) throw new Error(`${key} is in the pack twice`);
      seen.add(key);
      const known = gone.get(key);
      gone.delete(key);
      if (known?.envelope !== JSON.stringify(record)) putRecord(db, record);
    }
    for (const known of gone.values()) removeRecord(db, known);
    // Cursors of other sources speak of rows that are gone.
    run(db, sql`delete from applied`);
    run(
      db,
      sql`insert into applied (source, cursor, applied_at) values (${source}, ${cursor}, ${now})`,
    );
    beforeCommit();
  });
}

interface KnownRecord {
  readonly id: string;
  readonly scope: string;
  readonly envelope: string;
}

function knownEnvelopes(
  db: ReadableDb,
  isMeant: (known: KnownRecord) => boolean,
): Map<string, KnownRecord> {
  const rows = all<KnownRecord>(db, sql`select id, scope, envelope from source_record`);
  return new Map(rows.filter(isMeant).map((row) => [`${row.id} ${row.scope}`, row]));
}

/** The newest publication among the records in the cache: "content as of". */
export function newestPublication(db: ReadableDb): string | undefined {
  return (
    first<{ newest: string | null }>(db, sql`select max(published_at) as newest from record`)
      ?.newest ?? undefined
  );
}

/** What is kept of a record beside its envelope. */
export interface RecordState {
  readonly id: string;
  readonly scope: string;
  readonly version: number;
}

/** The records of one division as their source has them, its outlets and grids included. */
export function recordsOfDivision(db: ReadableDb, division: string): RecordState[] {
  return [...eachOfDivision(db, division)];
}

/** The same one by one. */
export function eachOfDivision(db: ReadableDb, division: string): Iterable<RecordState> {
  return each<RecordState>(
    db,
    sql`select id, scope, version from source_record where scope = ${division} or scope glob ${`${division}-*`}`,
  );
}

/** Up to so many of them that follow on a name, in the order of id, then scope. */
export function nextOfDivision(
  db: ReadableDb,
  division: string,
  after: RecordName,
  limit: number,
): RecordState[] {
  return all<RecordState>(
    db,
    sql`select id, scope, version from source_record
        where (id, scope) > (${after.id}, ${after.scope}) and (scope = ${division} or scope glob ${`${division}-*`})
        order by id, scope limit ${limit}`,
  );
}

/** How many there are. */
export function countOfDivision(db: ReadableDb, division: string): number {
  const row = first<{ count: number }>(
    db,
    sql`select count(*) as count from source_record where scope = ${division} or scope glob ${`${division}-*`}`,
  );
  return row?.count ?? 0;
}

/** Whether a source has a record of this name. */
export function hasRecord(db: ReadableDb, name: RecordName): boolean {
  return sourceEnvelope(db, name) !== undefined;
}

/**
 * Writes one record of a source in place of the one of the same id and scope; true when there was none. Where the station
 * shows its own state, that stays on show (`layLocal` brings it up to date).
 */
export function putRecord(db: WritableDb, record: ContentRecord): boolean {
  const { id, scope, version } = record;
  const envelope = JSON.stringify(record);
  const known = sourceEnvelope(db, record);
  if (known === envelope) return false;
  const isBeneath =
    run(
      db,
      sql`update local_record set version = ${version}, beneath = ${envelope} where id = ${id} and scope = ${scope}`,
    ) > 0;
  if (isBeneath) return known === undefined;
  if (known !== undefined) removeRecord(db, record);
  insertRecord(db, record);
  return known === undefined;
}

/** Takes one record of a source away. */
export function removeRecord(db: WritableDb, { id, scope }: RecordName): void {
  const isBeneath =
    run(
      db,
      sql`update local_record set version = null, beneath = null where id = ${id} and scope = ${scope}`,
    ) > 0;
  if (!isBeneath) run(db, sql`delete from record where id = ${id} and scope = ${scope}`);
}

/** By what a record is known. */
export interface RecordName {
  readonly id: string;
  readonly scope: string;
}

/** A record as its source has it, whatever the station shows. */
export function sourceRecord(db: ReadableDb, name: RecordName): ContentRecord | undefined {
  const envelope = sourceEnvelope(db, name);
  return envelope === undefined ? undefined : recordIn(db, { ...name, envelope });
}

/** A record as it is shown, whatever its dates. */
export function storedRecord(db: ReadableDb, { id, scope }: RecordName): ContentRecord | undefined {
  const row = first<StoredRow>(
    db,
    sql`select id, scope, envelope from record where id = ${id} and scope = ${scope}`,
  );
  return recordIn(db, row);
}

function sourceEnvelope(db: ReadableDb, { id, scope }: RecordName): string | undefined {
  return first<{ envelope: string }>(
    db,
    sql`select envelope from source_record where id = ${id} and scope = ${scope}`,
  )?.envelope;
}

/** What a station shows of one of its records in place of what the source has; nothing at all without `shown`. */
export interface LocalRecord extends RecordName {
  readonly shown: ContentRecord | undefined;
}

/**
 * Makes these the records of which the station shows its own state; of all others the source's is shown again. Call it in a
 * transaction. True when something on show changed.
 */
export function layLocal(db: WritableDb, records: readonly LocalRecord[]): boolean {
  const named = new Set(records.map(({ id, scope }) => `${id} ${scope}`));
  const before = all<RecordName>(db, sql`select id, scope from local_record`);
  const released = before
    .filter(({ id, scope }) => !named.has(`${id} ${scope}`))
    .map((name) => {
      const source = sourceRecord(db, name);
      run(db, sql`delete from local_record where id = ${name.id} and scope = ${name.scope}`);
      return showRecord(db, name, source, source?.publishedAt ?? '');
    });
  const laid = records.map(({ id, scope, shown }) => {
    const source = sourceRecord(db, { id, scope });
    run(
      db,
      sql`insert or ignore into local_record (id, scope, version, beneath)
          values (${id}, ${scope}, ${source?.version ?? null}, ${source === undefined ? null : JSON.stringify(source)})`,
    );
    // Not the station's own time: a terminal whose clock once ran ahead must not date all content for ever.
    return showRecord(db, { id, scope }, shown, source?.publishedAt ?? '');
  });
  return [...released, ...laid].some(Boolean);
}

/** Puts a record on show in place of what is, without touching what its source says; true when it differs. */
export function showRecord(
  db: WritableDb,
  { id, scope }: RecordName,
  record: ContentRecord | undefined,
  publishedAt: string,
): boolean {
  const known = storedRecord(db, { id, scope });
  if (JSON.stringify(known) === JSON.stringify(record)) return false;
  run(db, sql`delete from record where id = ${id} and scope = ${scope}`);
  if (record !== undefined) insertRecord(db, record, publishedAt);
  return true;
}

function insertRecord(
  db: WritableDb,
  record: ContentRecord,
  publishedAt = record.publishedAt,
): void {
  run(
    db,
    sql`insert into record (id, scope, kind, version, effective_from, valid_until, published_at, envelope)
              values (${record.id}, ${record.scope}, ${record.kind}, ${record.version}, ${record.effectiveFrom}, ${record.validUntil ?? null},
                      ${publishedAt}, ${JSON.stringify(record)})`,
  );
}

interface StoredRow extends RecordName {
  readonly envelope: string;
}

/**
 * What a row holds, which was checked against the schema of its kind before it was written. One that has rotted is as if it were not
 * there: a list is not lost for a record, and whoever watches over the database hears of it.
 */
function recordIn<Kind extends KindName>(
  db: ReadableDb,
  row: StoredRow | undefined,
): RecordOf<Kind> | undefined {
  if (row === undefined) return undefined;
  try {
    return JSON.parse(row.envelope) as RecordOf<Kind>;
  } catch {
    tellRotten(db.read, row);
    return undefined;
  }
}

function recordsIn<Kind extends KindName>(
  db: ReadableDb,
  rows: readonly StoredRow[],
): RecordOf<Kind>[] {
  return rows
    .map((row) => recordIn<Kind>(db, row))
    .filter((record): record is RecordOf<Kind> => record !== undefined);
}
