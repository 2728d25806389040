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
    hash.update(file.name).update('\0').update(readFileSync(file.path)).update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(folder: string): { name: string; path: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name, path: join(folder, name) }));
}
