import { existsSync, statSync } from 'node:fs';
import { copyFile, link, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mediaTargetPath, type NamedFile } from '#shared/feed/feed-media.ts';
import { MEDIA_LIMITS } from '#shared/media/media-limits.ts';
import { mediaFileName } from '#shared/media/media-path.ts';
import { targetPath } from './target-path.ts';

/** Targets of a role by their path, as metadata has them. */
export type Targets = Readonly<
  Record<string, { readonly length: number; readonly hashes: { readonly sha256: string } }>
>;

/**
 * Lays a division's files into the feed's folder, from the folder in which the district keeps them. Nobody is told of them there
 * before they are signed. Those that the district does not have (terminals may have them from their deployment) are left out.
 */
export async function layOutMedia(
  store: string,
  folder: string,
  division: string,
  files: readonly NamedFile[],
): Promise<void> {
  for (const file of files) {
    const from = join(store, mediaFileName(file));
    const to = fileInFeed(folder, division, file);
    if (existsSync(to) || sizeOf(from) !== file.bytes) continue;
    await mkdir(dirname(to), { recursive: true });
    // The same bytes under another name take no room; between two disks they have to be copied.
    await link(from, to).catch(() => copyWhole(from, to));
  }
}

async function copyWhole(from: string, to: string): Promise<void> {
  await copyFile(from, `${to}.partial`);
  await rename(`${to}.partial`, to);
}

/** Targets for those of a division's files that lie in the feed's folder as they should. */
export function signedFiles(
  folder: string,
  division: string,
  files: readonly NamedFile[],
): Targets {
  const there = files
    .filter((file) => sizeOf(fileInFeed(folder, division, file)) === file.bytes)
    .slice(0, MEDIA_LIMITS.divisionFiles);
  return Object.fromEntries(
    there.map((file) => {
      const { sha256, bytes: length } = file;
      return [mediaTargetPath(division, file), { length, hashes: { sha256 } }];
    }),
  );
}

const fileInFeed = (folder: string, division: string, file: NamedFile) =>
  targetPath(folder, mediaTargetPath(division, file), file.sha256);

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}
