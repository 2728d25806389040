import { crc32 } from 'node:zlib';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { RottenRow } from '../store/damage.ts';
import { all, type ReadableDb, run, sql, transaction, type WritableDb } from '../store/sql.ts';

/** So many records are read at a time, a few hundred kilobytes and some milliseconds. */
const AT_A_TIME = 100;

interface SummedRow {
  readonly at: number;
  readonly id: string;
  readonly scope: string;
  readonly kind: string;
  readonly version: number;
  readonly effectiveFrom: string;
  readonly validUntil: string | null;
  readonly publishedAt: string;
  readonly envelope: string;
  /** As it was noted; null for what was written since. */
  readonly sum: number | null;
}

/**
 * Reads all records on show and gives, step by step, those that are not what was written, by their noted sums: the file was
 * damaged beneath SQLite. Of a record without a sum the columns must say what its text says.
 */
export function* rottenRecords(db: ReadableDb): Iterable<readonly RottenRow[]> {
  for (const rows of stepsOf(db)) yield rows.filter((row) => !isAsWritten(row));
}

/** The same, and notes the sums of what was written since the last time. */
export function* proveRecords(db: WritableDb): Iterable<readonly RottenRow[]> {
  for (const rows of stepsOf(db)) {
    const rotten = rows.filter((row) => !isAsWritten(row));
    const fresh = rows.filter((row) => row.sum === null && !rotten.includes(row));
    if (fresh.length > 0) noteSums(db, fresh);
    yield rotten;
  }
}

function* stepsOf(db: ReadableDb): Iterable<readonly SummedRow[]> {
  // By their place in the file: a stick reads one after the other.
  for (let rows = rowsAfter(db, 0); rows.length > 0; rows = rowsAfter(db, rows.at(-1)?.at ?? 0))
    yield rows;
}

function rowsAfter(db: ReadableDb, at: number): SummedRow[] {
  return all<SummedRow>(
    db,
    sql`select record.rowid as at, record.id, record.scope, kind, version, effective_from as effectiveFrom,
          valid_until as validUntil, published_at as publishedAt, envelope, sum
        from record left join record_sum on record_sum.id = record.id and record_sum.scope = record.scope
        where record.rowid > ${at} order by record.rowid limit ${AT_A_TIME}`,
  );
}

function noteSums(db: WritableDb, rows: readonly SummedRow[]): void {
  transaction(db, () => {
    for (const row of rows)
      run(
        db,
        sql`insert into record_sum (id, scope, sum) values (${row.id}, ${row.scope}, ${sumOf(row)})`,
      );
  });
}

function isAsWritten(row: SummedRow): boolean {
  return row.sum === null ? agrees(row) : row.sum === sumOf(row);
}

function sumOf(row: SummedRow): number {
  const { kind, version, effectiveFrom, validUntil, publishedAt, envelope } = row;
  return crc32(envelope, crc32([kind, version, effectiveFrom, validUntil, publishedAt].join(' ')));
}

/** The day of publication is not compared: what the station itself changed goes by its source's. */
function agrees(row: SummedRow): boolean {
  try {
    const record = JSON.parse(row.envelope) as ContentRecord;
    return (
      record.id === row.id &&
      record.scope === row.scope &&
      record.kind === row.kind &&
      record.version === row.version &&
      record.effectiveFrom === row.effectiveFrom &&
      (record.validUntil ?? null) === row.validUntil
    );
  } catch {
    return false;
  }
}
