import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NamedFile } from '#shared/feed/feed-media.ts';
import { mediaFileName } from '#shared/media/media-path.ts';
import type { District } from '../district.ts';

/** A file that terminals have from their deployment. */
export interface DeployedFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * A file of the starter pack or of a deployment, by the name that `mediaFileName` gave: previews show records of theirs, too. Names
 * are hashes, so it does not matter whose it is; all of it was made for the public.
 */
export function deployedFile(
  { settings: { profilesFolder } }: Pick<District, 'settings'>,
  name: string,
): DeployedFile | undefined {
  const profiles = statSync(profilesFolder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(profilesFolder)
    : [];
  const packs = [
    starterPack(profilesFolder),
    ...profiles.map((profile) => join(profilesFolder, profile)),
  ];
  for (const pack of packs) {
    const file = fileIn(pack, name);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** Whether every terminal has a file, since it is one of the starter pack. */
export function isStarterFile(
  { settings: { profilesFolder } }: Pick<District, 'settings'>,
  file: NamedFile,
): boolean {
  return fileIn(starterPack(profilesFolder), mediaFileName(file))?.bytes === file.bytes;
}

const starterPack = (profilesFolder: string) => join(dirname(profilesFolder), 'starter');

function fileIn(pack: string, name: string): DeployedFile | undefined {
  const path = join(pack, 'media', name);
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true ? { path, bytes: found.size } : undefined;
}
