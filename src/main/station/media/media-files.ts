import { createHash } from 'node:crypto';
import { createReadStream, type ReadStream, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A media file that lies on this terminal. */
export interface MediaFile {
  readonly size: number;
  /** Opens a part of it, both ends inclusive; closed when it is read or destroyed. */
  readonly open: (first: number, last: number) => ReadStream;
}

/** Films, pamphlets and pictures of the content, found by their hash alone. */
export interface MediaFiles {
  /** The file of a name that `mediaFileName` gave. */
  readonly find: (name: string) => MediaFile | undefined;
  /** Whether the file is there and is, byte for byte, what its record says; looked at once as long as it stays the same. */
  readonly isSound: (name: string, expected: { sha256: string; bytes: number }) => Promise<boolean>;
}

/** Where what the district sent lies, and what a technician copied. */
export function ownMediaFolder(dataDir: string): string {
  return join(dataDir, 'media');
}

/**
 * Folders in which media lie: what the district sent or a technician copied, then the deployment's own, then what every
 * deployment has. Names are hashes, so it does not matter which is looked at first.
 */
export function mediaFolders(dataDir: string, profileDir: string): readonly string[] {
  return [
    ownMediaFolder(dataDir),
    join(profileDir, 'media'),
    join(dirname(dirname(profileDir)), 'starter', 'media'),
  ];
}

/** Media of some folders; a folder that is not there has none. */
export function openMediaFiles(folders: readonly string[]): MediaFiles {
  const verdicts = new Map<string, Promise<boolean>>();
  return {
    find: (name) => {
      const found = lookFor(folders, name);
      return (
        found && {
          size: found.size,
          open: (first, last) => createReadStream(found.path, { start: first, end: last }),
        }
      );
    },
    isSound: async (name, { sha256, bytes }) => {
      const found = lookFor(folders, name);
      if (found === undefined || found.size !== bytes) return false;
      const key = `${found.path} ${found.size} ${found.changed}`;
      const verdict = verdicts.get(key) ?? hasHash(found.path, sha256);
      verdicts.set(key, verdict);
      return verdict;
    },
  };
}

function lookFor(folders: readonly string[], name: string) {
  for (const folder of folders) {
    const path = join(folder, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isFile() === true) return { path, size: stat.size, changed: stat.mtimeMs };
  }
  return undefined;
}

/** A film of hundreds of megabytes is read in pieces, so that other visitors' calls are answered between them. */
async function hasHash(path: string, sha256: string): Promise<boolean> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  } catch {
    return false;
  }
  return hash.digest('hex') === sha256;
}
