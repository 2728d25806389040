import type { StationBody } from '#shared/content/kinds/station.ts';
import type { Profile } from '#shared/profile/profile.ts';
import type { DivisionNames } from '#shared/stations/naming.ts';
import type { StationLog } from '../log/station-log.ts';
import { packDigest } from '../packs/pack-digest.ts';
import { type ProfilePack, readProfilePack } from '../packs/profile-pack.ts';
import type { WritableDb } from '../store/sql.ts';
import { keepSettings } from './kept-settings.ts';
import { isLoaded, loadPack } from './load-pack.ts';

/** A deployment's folder and the cache that holds its content. */
export interface PackWatch {
  readonly db: WritableDb;
  readonly profileDir: string;
  readonly station: string;
  /** What goes with the records; replaced when they are. */
  readonly settings: { profile: Profile; divisions: DivisionNames };
  readonly programVersion: string;
  readonly now: () => number;
  readonly log: StationLog;
  /** Digest of faulty files: to read them again takes seconds in which no page is answered, and the log fills up. */
  faulty?: string | undefined;
}

/**
 * Looks whether a deployment's files changed, and takes them in when they are sound. Faulty ones change nothing: the last
 * good content goes on being shown, and pages say that it is old. `same`: nothing has changed of what pages show or say of
 * it. Names of divisions and the profile change with the records that need them; the printer counts from the next start.
 */
export function reloadPack(watch: PackWatch): 'same' | 'changed' | 'faulty' {
  const cursor = packDigest(watch.profileDir, watch.programVersion);
  if (isLoaded(watch.db, watch.settings.profile.id, cursor)) {
    // Files put back as they were: what is shown is no longer old.
    const isMended = watch.faulty !== undefined;
    delete watch.faulty;
    return isMended ? 'changed' : 'same';
  }
  if (watch.faulty === cursor) return 'same';
  const { pack, faults } = readProfilePack(watch.profileDir);
  if (pack === undefined || !isForThisTerminal(pack, watch)) {
    watch.faulty = cursor;
    watch.log.event('changed-pack-is-faulty', { faults: faults.length });
    return 'faulty';
  }
  loadPack(watch.db, pack, cursor, watch.now());
  keepSettings(watch.db, watch.profileDir, pack);
  delete watch.faulty;
  watch.settings.profile = pack.profile;
  watch.settings.divisions = pack.divisions;
  watch.log.event('content-changed', { records: pack.records.length });
  return 'changed';
}

/** Another deployment, or one without this outlet, would leave the terminal with nothing to show. */
function isForThisTerminal({ profile, records }: ProfilePack, watch: PackWatch): boolean {
  return (
    profile.id === watch.settings.profile.id &&
    records.some(
      ({ record }) =>
        record.kind === 'station' && (record.body as StationBody).code === watch.station,
    )
  );
}
