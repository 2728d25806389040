import { readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
    join(dirname(profilesFolder), 'starter'),
    ...profiles.map((profile) => join(profilesFolder, profile)),
  ];
  for (const pack of packs) {
    const path = join(pack, 'media', name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isFile() === true) return { path, bytes: found.size };
  }
  return undefined;
}
