import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';

/** What file systems without links answer. */
const NO_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/**
 * Gives a finished file its name and never replaces another (`EEXIST`). Sticks (FAT, exFAT) know no links: there the name is taken
 * first.
 */
export function giveName(unfinished: string, file: string): void {
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if (!NO_LINKS.includes(String((error as NodeJS.ErrnoException).code))) throw error;
    closeSync(openSync(file, 'wx', 0o600));
    try {
      renameSync(unfinished, file);
    } catch (failed) {
      rmSync(file, { force: true });
      throw failed;
    }
  }
}

/** Writes a small file that appears whole or not at all; one that is there is never replaced (`EEXIST`). */
export function writeNewFile(file: string, bytes: Buffer): void {
  const unfinished = `${file}.part`;
  try {
    const descriptor = openSync(unfinished, 'wx', 0o600);
    try {
      writeFileSync(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    giveName(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
}
