import { existsSync } from 'node:fs';
import { feedChain } from '#shared/feed/feed-index.ts';
import { packDigest } from '../packs/pack-digest.ts';
import type { PackFault } from '../packs/pack-file.ts';
import {
  type ProfileSettings,
  readProfilePack,
  readProfileSettings,
} from '../packs/profile-pack.ts';
import { StartError } from '../start-error.ts';
import type { WritableDb } from '../store/sql.ts';
import { releaseDivisions } from './feed-divisions.ts';
import { keepSettings, keptSettings } from './kept-settings.ts';
import { isLoaded, loadPack } from './load-pack.ts';

/** The settings that the content in the cache goes with. */
export interface BootContent extends ProfileSettings {
  readonly changed: boolean;
  /** The files are faulty, and what they last gave is shown instead; the sentence for the technician. */
  readonly fault?: string;
}

/**
 * Makes sure that the cache holds the deployment's content. Its files are read in full only when they are not those that
 * filled the cache: reading hundreds of records takes seconds, hashing them takes none. Faulty files do not keep a
 * terminal that has run before from showing its last good content (invariant 6); one that never ran throws `StartError`.
 */
export function bootContent(
  cache: WritableDb,
  folder: string,
  programVersion: string,
  now: number,
  station?: string,
  isEnrolled = false,
): BootContent {
  try {
    const content = contentOf(cache, folder, programVersion, now, station, isEnrolled);
    keepSettings(cache, folder, content);
    return content;
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    const kept = keptSettings(cache, folder);
    if (kept === undefined) throw error;
    return { ...kept, changed: false, fault: error.message };
  }
}

function contentOf(
  cache: WritableDb,
  folder: string,
  programVersion: string,
  now: number,
  station: string | undefined,
  isEnrolled: boolean,
): BootContent {
  if (!existsSync(folder))
    throw new StartError('broken-profile', `没有这个部署文件夹：${folder}。`);
  const cursor = packDigest(folder, programVersion);
  const settings = settingsOf(cache, folder, cursor);
  const { profile } = settings;
  const isFed = isEnrolled || profile.feed !== undefined;
  releaseDivisions(cache, isFed ? feedChain(station ?? profile.defaultStation) : []);
  if (isLoaded(cache, profile.id, cursor)) return { ...settings, changed: false };
  const read = readProfilePack(folder);
  if (read.pack === undefined) throw brokenProfile(folder, read.faults);
  loadPack(cache, read.pack, cursor, now);
  return { ...settings, changed: true };
}

/** The settings in the files; those kept with the cache's records while the files are the ones that filled it. */
function settingsOf(cache: WritableDb, folder: string, cursor: string): ProfileSettings {
  const kept = keptSettings(cache, folder);
  if (kept !== undefined && isLoaded(cache, kept.profile.id, cursor)) return kept;
  const { settings, faults } = readProfileSettings(folder);
  if (settings === undefined) throw brokenProfile(folder, faults);
  return settings;
}

function brokenProfile(profileDir: string, faults: readonly PackFault[]): StartError {
  const [first] = faults;
  const place =
    first === undefined
      ? ''
      : `，第一处是 ${first.file}${first.line === undefined ? '' : `:${first.line}`} ${first.field}(${first.fault})`;
  return new StartError(
    'broken-profile',
    `部署文件夹有 ${faults.length} 处错误${place}；用 npm run kiosk -- profile check ${profileDir} 逐条查看。`,
  );
}
