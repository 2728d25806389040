import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';

/** The database was written by a newer program; this one must not touch it. */
export class NewerDatabaseError extends Error {
  readonly found: number;
  readonly known: number;
  constructor(found: number, known: number) {
    super(`database version ${found} is newer than ${known}`);
    this.name = 'NewerDatabaseError';
    this.found = found;
    this.known = known;
  }
}

/**
 * Brings a database to the newest version: each numbered file `001-name.sql` runs in one transaction together with the
 * version mark (`user_version`). Throws `NewerDatabaseError` for a database from a newer program.
 */
export function migrate(
  database: Database.Database,
  folder: string,
  upTo = Number.POSITIVE_INFINITY,
): void {
  assertKnownVersion(database, folder);
  const migrations = migrationsIn(folder).slice(0, upTo);
  const found = versionOf(database);
  for (const [at, file] of migrations.entries()) {
    if (at < found) continue;
    database
      .transaction(() => {
        database.exec(readFileSync(join(folder, file), 'utf8'));
        database.pragma(`user_version = ${at + 1}`);
      })
      .immediate();
  }
}

/** Throws `NewerDatabaseError` for a database from a newer program, before anything is written to it. */
export function assertKnownVersion(database: Database.Database, folder: string): void {
  const found = versionOf(database);
  const known = migrationsIn(folder).length;
  if (found > known) throw new NewerDatabaseError(found, known);
}

function versionOf(database: Database.Database): number {
  return database.pragma('user_version', { simple: true }) as number;
}

/** Migration files in order; a gap or a double number is a fault of the program and stops it. */
export function migrationsIn(folder: string): string[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  for (const [at, file] of files.entries()) {
    if (Number(file.slice(0, 3)) !== at + 1)
      throw new Error(`migrations in ${folder} are not numbered without gaps: ${file}`);
  }
  return files;
}
