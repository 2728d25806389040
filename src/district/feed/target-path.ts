import { dirname, join, posix } from 'node:path';

/** Where a target lies in a feed's folder: with consistent snapshots its name begins with its hash. */
export function targetPath(folder: string, path: string, sha256: string): string {
  return join(folder, 'targets', dirname(path), `${sha256}.${posix.basename(path)}`);
}
