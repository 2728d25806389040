import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fetcher } from 'tuf-js';
import { DownloadHTTPError, DownloadLengthMismatchError } from 'tuf-js/dist/error.js';
import { type FeedSource, FeedUnreachable } from './feed-source.ts';

/** The address under which the updater speaks of the source's files; it leads nowhere. */
export const FEED_BASE = 'feed://source/';

/** Reads files of a source for `tuf-js`, and remembers whether the source failed: the updater wraps such errors. */
export interface FeedFetcher extends Fetcher {
  /** What the source itself failed with, if it did. */
  readonly unreachable: () => FeedUnreachable | undefined;
}

/**
 * Makes the fetcher; what passes through lies in `folder` for a moment. Unlike the library's own it lets go of a stream that
 * gives more than was signed, and reads folders as well as servers.
 */
export function feedFetcher(source: FeedSource, folder: string): FeedFetcher {
  let failed: FeedUnreachable | undefined;
  const downloadBytes = async (url: string, maxLength: number): Promise<Buffer> => {
    try {
      return await readUpTo(source, decodeURIComponent(url.slice(FEED_BASE.length)), maxLength);
    } catch (error) {
      if (error instanceof FeedUnreachable) failed = error;
      throw error;
    }
  };
  return {
    unreachable: () => failed,
    downloadBytes,
    downloadFile: async (url, maxLength, handler) => {
      const bytes = await downloadBytes(url, maxLength);
      const place = await mkdtemp(join(folder, 'download-'));
      try {
        const file = join(place, 'file');
        await writeFile(file, bytes);
        return await handler(file);
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
  };
}

async function readUpTo(source: FeedSource, path: string, maxLength: number): Promise<Buffer> {
  const stream = await source.read(path);
  if (stream === undefined) throw new DownloadHTTPError('no such file', 404);
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    // Leaving the loop early closes the stream.
    for await (const part of stream) {
      length += part.length;
      if (length > maxLength) throw new DownloadLengthMismatchError('more than was signed');
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof DownloadLengthMismatchError) throw error;
    throw new FeedUnreachable('the transfer broke off', { cause: error });
  }
  return Buffer.concat(parts);
}
