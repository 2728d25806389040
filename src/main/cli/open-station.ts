import { openLibrary } from '#station/content/library.ts';
import { loadPack } from '#station/content/load-pack.ts';
import { openLaws } from '#station/laws/laws.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import { openStations } from '#station/stations/stations.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { CliError } from './cli-error.ts';

/**
 * One station of a profile as its terminal would show it, read from a database in memory that ends with the command.
 * Throws `CliError` when the profile has no such station.
 */
export function openStation(pack: ProfilePack, code: string | undefined, now: () => number) {
  const station = code ?? pack.profile.defaultStation;
  const db = openDatabase(':memory:', 'cache');
  loadPack(db, pack, 'one-shot', now());
  const library = openLibrary({
    db,
    profile: pack.profile,
    divisions: pack.divisions,
    station,
    now,
  });
  const stations = openStations(db, library);
  if (!stations.list().some((outlet) => outlet.code === station))
    throw new CliError(
      `部署"${pack.profile.title}"里没有代码为 ${station} 的网点,请用 --station 写对代码。`,
    );
  return { library, stations, laws: openLaws(db, library), close: () => db.write.close() };
}
