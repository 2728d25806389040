import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/**
 * The version of this program, from the nearest `package.json` above this file: in an installed Electron program that one
 * is inside the archive, while `assets` stands beside it. Throws when the installation is incomplete.
 */
export function programVersion(from: string = import.meta.dirname): string {
  const file = join(from, 'package.json');
  if (existsSync(file)) {
    const text: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return z.object({ version: z.string() }).parse(text).version;
  }
  const parent = dirname(from);
  if (parent === from) throw new Error('package.json is missing');
  return programVersion(parent);
}
