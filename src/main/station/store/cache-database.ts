import { rmSync } from 'node:fs';
import type { StationLog } from '../log/station-log.ts';
import { NewerDatabaseError } from './migrate.ts';
import { DamagedDatabaseError, openDatabase } from './open-database.ts';
import type { WritableDb } from './sql.ts';

/**
 * Opens `cache.sqlite`. It only holds what can be had again, so a damaged or foreign one is thrown away and an empty one
 * takes its place; the caller fills it (invariant 2).
 */
export function openCacheDatabase(path: string, log: StationLog): WritableDb {
  try {
    return openDatabase(path, 'cache');
  } catch (error) {
    if (!(error instanceof DamagedDatabaseError || error instanceof NewerDatabaseError))
      throw error;
    log.event('cache-dropped', { reason: error.name });
    for (const suffix of ['', '-wal', '-shm', '-journal'])
      rmSync(`${path}${suffix}`, { force: true });
    return openDatabase(path, 'cache');
  }
}
