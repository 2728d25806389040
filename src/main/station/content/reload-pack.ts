import type { StationLog } from '../log/station-log.ts';
import { packDigest } from '../packs/pack-digest.ts';
import { readProfilePack } from '../packs/profile-pack.ts';
import type { WritableDb } from '../store/sql.ts';
import { isLoaded, loadPack } from './load-pack.ts';

/** A deployment's folder and the cache that holds its content. */
export interface PackWatch {
  readonly db: WritableDb;
  readonly profileDir: string;
  readonly profile: string;
  readonly programVersion: string;
  readonly now: () => number;
  readonly log: StationLog;
}

/**
 * Looks whether a deployment's files changed, and takes them in when they are sound. Faulty ones change nothing: the last
 * good content goes on being shown. Settings in `profile.yaml` count from the next start.
 */
export function reloadPack(watch: PackWatch): 'same' | 'changed' | 'faulty' {
  const cursor = packDigest(watch.profileDir, watch.programVersion);
  if (isLoaded(watch.db, watch.profile, cursor)) return 'same';
  const { pack, faults } = readProfilePack(watch.profileDir);
  if (pack === undefined || pack.profile.id !== watch.profile) {
    watch.log.event('changed-pack-is-faulty', { faults: faults.length });
    return 'faulty';
  }
  loadPack(watch.db, pack, cursor, watch.now());
  watch.log.event('content-changed', { records: pack.records.length });
  return 'changed';
}
