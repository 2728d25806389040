import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { starterBeside } from './profile-pack.ts';

/**
 * A digest of every file that a deployment's content comes from, and of the program that reads them: while it stays the
 * same, what is in the cache is what reading the files again would give.
 */
export function packDigest(folder: string, programVersion: string): string {
  const hash = createHash('sha256').update(programVersion);
  for (const file of [...filesBelow(starterBeside(folder)), ...filesBelow(folder)]) {
    hash.update(file.name).update('\0').update(file.read()).update('\0');
  }
  return hash.digest('hex');
}

/** A folder or file that cannot be read has a digest of its own; reading the pack then tells what is wrong with it. */
function filesBelow(folder: string): { name: string; read: () => Buffer | string }[] {
  if (!existsSync(folder)) return [];
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.ya?ml$/i.test(name))
      .sort()
      .map((name) => ({ name, read: () => bytesOf(join(folder, name)) }));
  } catch {
    return [{ name: folder, read: () => UNREADABLE }];
  }
}

function bytesOf(path: string): Buffer | string {
  try {
    return readFileSync(path);
  } catch {
    return UNREADABLE;
  }
}

const UNREADABLE = 'unreadable';
