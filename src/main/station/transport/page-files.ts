import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { PAGE_FILE_TYPES } from '#shared/security/page-headers.ts';
import { StartError } from '../start-error.ts';

/** One file of the built pages, ready to be sent. */
export interface PageFile {
  /** Read from the disk each time; throws when the file has gone since the start. */
  readonly body: Buffer;
  readonly type: string;
}

/** Pages of the district's server, built with the others; no terminal serves them. */
const DISTRICTS = `office${sep}`;

/**
 * The built pages by URL path. Only what was there at the start is ever served, so no path can lead anywhere else.
 * `/visitor/` answers with `visitor/index.html`. Throws `StartError` when there is no such folder.
 */
export function readPageFiles(folder: string): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const name of namesIn(folder)) {
    const type = PAGE_FILE_TYPES[extname(name)];
    if (type === undefined || name.startsWith(DISTRICTS)) continue;
    const file = pageFile(join(folder, name), type);
    const path = `/${name.split(sep).join('/')}`;
    files.set(path, file);
    if (path.endsWith('/index.html')) files.set(path.slice(0, -'index.html'.length), file);
  }
  return files;
}

/** Each is asked for once a visit of a browser: what the disk keeps need not be kept here too. */
function pageFile(path: string, type: string): PageFile {
  return {
    type,
    get body() {
      return readFileSync(path);
    },
  };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    throw new StartError(
      'no-page',
      `页面文件夹 ${folder} 不在，请用 npm start 启动（它会先生成页面）。`,
      {
        cause: error,
      },
    );
  }
}
