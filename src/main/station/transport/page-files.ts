import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { PAGE_FILE_TYPES } from '#shared/security/page-headers.ts';

/** One file of the built pages, ready to be sent. */
export interface PageFile {
  readonly body: Buffer;
  readonly type: string;
}

/**
 * The built pages by URL path. Only what was there at the start is ever served, so no path can lead anywhere else.
 * `/visitor/` answers with `visitor/index.html`.
 */
export function readPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const type = PAGE_FILE_TYPES[extname(name)];
    if (type === undefined) continue;
    const file = { body: readFileSync(join(folder, name)), type };
    const path = `/${name.split(sep).join('/')}`;
    files.set(path, file);
    if (path.endsWith('/index.html')) files.set(path.slice(0, -'index.html'.length), file);
  }
  return files;
}
