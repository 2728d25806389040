import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { newestPublication } from '#station/content/content-store.ts';
import { openLibrary } from '#station/content/library.ts';
import { loadPack } from '#station/content/load-pack.ts';
import { fillLawsNow } from '#station/laws/law-cache.ts';
import { lawFolder } from '#station/laws/law-segments.ts';
import { openLaws } from '#station/laws/laws.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import { openStations } from '#station/stations/stations.ts';
import { openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { CliError } from './cli-error.ts';

/**
 * One station of a profile as its terminal would show it, read from a database in memory that ends with the command, or
 * from the cache of a terminal's data folder, with the laws
 * that were imported there. Throws `CliError` when the profile has no such station.
 */
export function openStation(
  pack: ProfilePack,
  code: string | undefined,
  now: () => number,
  dataDir?: string,
) {
  const station = code ?? pack.profile.defaultStation;
  const db = dataDir === undefined ? openDatabase(':memory:', 'cache') : openCache(dataDir);
  if (dataDir !== undefined) fillLawsNow(db, lawFolder(dataDir));
  if (newestPublication(db) === undefined) loadPack(db, pack, 'one-shot', now());
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
      `部署"${pack.profile.title}"里没有代码为 ${station} 的网点，请用 --station 写对代码。`,
    );
  return {
    db,
    library,
    stations,
    laws: openLaws(db, library),
    close: () => db.write.close(),
  };
}

function openCache(dataDir: string): WritableDb {
  try {
    mkdirSync(dataDir, { recursive: true });
    return openDatabase(join(dataDir, 'cache.sqlite'), 'cache');
  } catch (error) {
    throw new CliError(
      `${dataDir} 里的 cache.sqlite 打不开：文件夹不能写，文件损坏，或是更新的程序写的；重新启动终端会重建损坏的。`,
      { cause: error },
    );
  }
}
