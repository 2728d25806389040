import { first, type ReadableDb, run, sql, type WritableDb } from './sql.ts';

/** A setting that a technician made on this terminal; undefined when it was never made. */
export function readSetting(db: ReadableDb, name: string): unknown {
  const row = first<{ value: string }>(
    db,
    sql`select value from station_setting where name = ${name}`,
  );
  return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
}

/** Makes or changes a setting. */
export function writeSetting(db: WritableDb, name: string, value: unknown, now: number): void {
  const text = JSON.stringify(value);
  run(
    db,
    sql`insert into station_setting (name, value, changed_at) values (${name}, ${text}, ${now})
        on conflict (name) do update set value = ${text}, changed_at = ${now}`,
  );
}
