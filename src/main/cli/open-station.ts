import { join } from 'node:path';
import { newestPublication } from '#station/content/content-store.ts';
import { newestAppliedAt } from '#station/content/feed-divisions.ts';
import { keepSettings, keptSettings } from '#station/content/kept-settings.ts';
import { openLibrary } from '#station/content/library.ts';
import { isLoaded, loadPack } from '#station/content/load-pack.ts';
import { fillLawsNow } from '#station/laws/law-cache.ts';
import { lawFolder } from '#station/laws/law-segments.ts';
import { openLaws } from '#station/laws/laws.ts';
import { packDigest } from '#station/packs/pack-digest.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import { openStations } from '#station/stations/stations.ts';
import { makeFolder } from '#station/store/make-folder.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { programVersion } from '../shell/program-version.ts';
import { CliError } from './cli-error.ts';

/** A terminal's own data, and the folder of the deployment that is asked for. */
export interface TerminalFolders {
  readonly dataDir: string;
  readonly profileDir: string;
}

/**
 * One station of a profile as its terminal would show it: from a database in memory that ends with the command, or with what a
 * terminal's data folder has, its laws and what it got from the district. Throws `CliError` when the profile has no such station.
 */
export function openStation(
  pack: ProfilePack,
  code: string | undefined,
  now: () => number,
  terminal?: TerminalFolders,
) {
  const station = code ?? pack.profile.defaultStation;
  const db = (terminal && cacheOf(terminal, pack, now())) ?? inMemory(pack, now());
  if (terminal !== undefined) fillLawsNow(db, lawFolder(terminal.dataDir));
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

function inMemory(pack: ProfilePack, now: number): WritableDb {
  const db = openDatabase(':memory:', 'cache');
  loadPack(db, pack, 'one-shot', now);
  return db;
}

/**
 * The cache of a data folder, filled if nothing is in it yet. Undefined when it holds another deployment's content, or what other
 * files gave: that is a terminal's own, and not what was asked for.
 */
function cacheOf(
  { dataDir, profileDir }: TerminalFolders,
  pack: ProfilePack,
  now: number,
): WritableDb | undefined {
  const db = openCache(dataDir);
  const cursor = packDigest(profileDir, programVersion());
  if (newestPublication(db) === undefined) {
    loadPack(db, pack, cursor, now);
    keepSettings(db, profileDir, pack);
  }
  const isOfFolder = keptSettings(db, profileDir)?.profile.id === pack.profile.id;
  if (isOfFolder && (newestAppliedAt(db) !== undefined || isLoaded(db, pack.profile.id, cursor)))
    return db;
  closeDatabase(db);
  return undefined;
}

function openCache(dataDir: string): WritableDb {
  try {
    makeFolder(dataDir);
    return openDatabase(join(dataDir, 'cache.sqlite'), 'cache');
  } catch (error) {
    throw new CliError(
      `${dataDir} 里的 cache.sqlite 打不开：文件夹不能写，文件损坏，或是更新的程序写的；重新启动终端会重建损坏的。`,
      { cause: error },
    );
  }
}
