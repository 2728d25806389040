import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { all, type Database, first, lock, sql } from './sql.ts';

const FOLDER = fileURLToPath(new URL('./migrations', import.meta.url));

/** The database was written by a newer program; this one must not touch it. */
export class NewerDatabaseError extends Error {}

/**
 * Brings the database to the newest version. Each numbered file runs in one transaction together with its mark. Throws
 * `NewerDatabaseError` for a database of a newer program.
 */
export async function migrate(database: Database, upTo = Number.POSITIVE_INFINITY): Promise<void> {
  const files = migrationFiles();
  const found = await versionOf(database);
  if (found > files.length)
    throw new NewerDatabaseError(`database version ${found} is newer than ${files.length}`);
  for (const [at, file] of files.slice(0, upTo).entries()) {
    if (at < found) continue;
    const text = readFileSync(join(FOLDER, file), 'utf8');
    await database.script(text, sql`insert into schema_version (version) values (${at + 1})`);
  }
}

async function versionOf(database: Database): Promise<number> {
  return database.transaction(async (db) => {
    await lock(db, 'migrate');
    await all(db, sql`create table if not exists schema_version (version integer primary key)`);
    const row = await first<{ version: number }>(
      db,
      sql`select coalesce(max(version), 0) as version from schema_version`,
    );
    return row?.version ?? 0;
  });
}

/** Migration files in order; a gap or a double number is a fault of the program and stops it. */
function migrationFiles(): string[] {
  const files = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  for (const [at, file] of files.entries())
    if (Number(file.slice(0, 3)) !== at + 1)
      throw new Error(`migrations are not numbered without gaps: ${file}`);
  return files;
}
