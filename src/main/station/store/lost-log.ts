import { existsSync } from 'node:fs';
import type Database from 'better-sqlite3';

/**
 * Folds the write-ahead log into the database when somebody deleted it under the running process, as programs that clean up do
 * (better-sqlite3 #1237): all that was committed since the last fold lies in a file without a name then, and the next power cut
 * would take it. Called after each commit, it costs one look at the folder.
 */
export function foldLostLog(database: Database.Database): void {
  const isLost = !database.memory && !existsSync(`${database.name}-wal`);
  if (isLost) database.pragma('wal_checkpoint(FULL)');
}
