import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A file as the district or a technician brings it, and one on its way. */
const FILE = /^([0-9a-f]{64}\.[a-z0-9]{3,4})(\.partial|\.stick)?$/;
/** A technician may bring a file before the record that names it. */
const KEPT_MS = 2 * 86_400_000;

/**
 * Deletes the files of the data folder's `media` that no record names any more, and what is left of their transfers. Call it only
 * when the content is whole. Gives the number of files that went. Folders of the deployment and the starter pack are not its business.
 */
export function removeUnnamed(folder: string, named: ReadonlySet<string>, now: number): number {
  const gone = namesIn(folder).filter((name) => {
    const [, file, ending] = FILE.exec(name) ?? [];
    if (file === undefined || named.has(file)) return false;
    const stat = statSync(join(folder, name), { throwIfNoEntry: false });
    if (stat?.isFile() !== true) return false;
    // When it was put there, whatever time the file itself bears.
    return ending !== undefined || stat.ctimeMs < now - KEPT_MS;
  });
  for (const name of gone) rmSync(join(folder, name), { force: true });
  return gone.length;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
