import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a feed's files are read from: a web server or a folder. */
export interface FeedSource {
  /** The bytes of a file as they come, or undefined when there is none. Throws `FeedUnreachable`. */
  readonly read: (path: string) => Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** The source does not answer or cannot be read: no word on whether its content is sound. */
export class FeedUnreachable extends Error {
  override readonly name = 'FeedUnreachable';
}

/** A file that takes longer is given up, however slowly it trickles. */
const FILE_TIMEOUT_MS = 100_000;

/**
 * Opens the source that a profile names: `https://…`, `http://…`, or `file:///…` for a stick. `stop` breaks off what is
 * being read; a file of the web that takes longer than `timeoutMs` is given up.
 */
export function openFeedSource(
  url: string,
  stop: AbortSignal,
  timeoutMs = FILE_TIMEOUT_MS,
): FeedSource {
  return url.startsWith('file:')
    ? folderSource(fileURLToPath(url))
    : webSource(url, stop, timeoutMs);
}

function webSource(base: string, stop: AbortSignal, timeoutMs: number): FeedSource {
  const root = base.endsWith('/') ? base : `${base}/`;
  return {
    read: async (path) => {
      const response = await fetch(new URL(path, root), {
        // Whoever answers must be the one who was asked; a captive portal is not.
        redirect: 'error',
        signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]),
      }).catch((error: unknown) => {
        throw new FeedUnreachable('the server does not answer', { cause: error });
      });
      if (response.ok) return response.body ?? undefined;
      await response.body?.cancel();
      if (response.status === 404 || response.status === 403) return undefined;
      throw new FeedUnreachable(`the server answers ${response.status}`);
    },
  };
}

/** A folder is as foreign as a server: nothing outside it is read, through whatever name or link, and only plain files. */
function folderSource(folder: string): FeedSource {
  return {
    read: async (path) => {
      const root = await realpath(folder).catch((error: unknown) => {
        throw new FeedUnreachable('the folder is not there', { cause: error });
      });
      try {
        const inside = relative(root, join(root, path));
        const real = await realpath(join(root, inside));
        if (inside.startsWith('..') || isAbsolute(inside) || real !== join(root, inside))
          return undefined;
        const file = await open(
          real,
          constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
        );
        if ((await file.stat()).isFile()) return file.createReadStream();
        await file.close();
        return undefined;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw new FeedUnreachable('the folder cannot be read', { cause: error });
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG';
}
