import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#station/store/open-database.ts';
import { all, sql, type WritableDb } from '#station/store/sql.ts';

/** A station database in a folder of its own. */
export interface TemporaryStation {
  readonly db: WritableDb;
  readonly remove: () => void;
}

export function temporaryStation(): TemporaryStation {
  const folder = mkdtempSync(join(tmpdir(), 'papers-'));
  const db = openDatabase(join(folder, 'station.sqlite'), 'station');
  return {
    db,
    remove: () => {
      if (db.write.open) db.write.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function jobsOf(db: WritableDb) {
  return all<{ id: string; paper: string; state: string; reason: string }>(
    db,
    sql`select id, paper, state, reason from print_job order by created_at`,
  );
}

/** How many rows a table has. */
export function countOf(db: WritableDb, table: 'print_job' | 'outbox' | 'audit'): number {
  return (
    db.read.prepare<[], { count: number }>(`select count(*) as count from ${table}`).get()?.count ??
    0
  );
}
