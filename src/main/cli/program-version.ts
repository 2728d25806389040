import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { appPaths } from '../shell/app-paths.ts';

/** The version of this program, from its `package.json`. */
export function programVersion(): string {
  const file = join(appPaths(import.meta.filename).root, 'package.json');
  const text: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return z.object({ version: z.string() }).parse(text).version;
}
