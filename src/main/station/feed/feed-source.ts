import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a feed's files are read from: a web server or a folder. */
export interface FeedSource {
  /** The bytes of a file as they come, or undefined when there is none. Throws `FeedUnreachable`. */
  readonly read: (path: string) => Promise<AsyncIterable<Uint8Array> | undefined>;
}

/** A source of which large files are read on where a transfer broke off. */
export interface ResumableSource extends FeedSource {
  /** The same from a byte on; where the source knows no parts, from the beginning. */
  readonly readFrom: (path: string, from: number) => Promise<FeedPart | undefined>;
}

/** A file's bytes from `from` to its end. */
export interface FeedPart {
  readonly from: number;
  readonly bytes: AsyncIterable<Uint8Array>;
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
): ResumableSource {
  return url.startsWith('file:')
    ? folderSource(fileURLToPath(url))
    : webSource(url, stop, timeoutMs);
}

function webSource(base: string, stop: AbortSignal, timeoutMs: number): ResumableSource {
  const root = base.endsWith('/') ? base : `${base}/`;
  const readFrom: ResumableSource['readFrom'] = async (path, from) => {
    const response = await fetch(new URL(path, root), {
      // Whoever answers must be the one who was asked; a captive portal is not.
      redirect: 'error',
      signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]),
      ...(from === 0 ? {} : { headers: { range: `bytes=${from}-` } }),
    }).catch((error: unknown) => {
      throw new FeedUnreachable('the server does not answer', { cause: error });
    });
    const part = partOf(response, from);
    if (part !== undefined) return part;
    await response.body?.cancel();
    if (response.status === 404 || response.status === 403) return undefined;
    // It has no such part, or gives another: whatever lies here may not be the beginning of what it has.
    if ([206, 416].includes(response.status) && from > 0) return readFrom(path, 0);
    throw new FeedUnreachable(`the server answers ${response.status}`);
  };
  return { readFrom, read: async (path) => (await readFrom(path, 0))?.bytes };
}

/** What an answer holds of a file (RFC 9110, section 14.4); undefined where it holds nothing of it, or another part. */
function partOf({ status, ok, headers, body }: Response, wanted: number): FeedPart | undefined {
  if (!ok || body === null) return undefined;
  if (status !== 206) return { from: 0, bytes: body };
  const first = /^bytes (\d{1,15})-/.exec(headers.get('content-range') ?? '')?.[1];
  return Number(first) === wanted ? { from: wanted, bytes: body } : undefined;
}

/** A folder is as foreign as a server: nothing outside it is read, through whatever name or link, and only plain files. */
function folderSource(folder: string): ResumableSource {
  const readFrom: ResumableSource['readFrom'] = async (path, from) => {
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
      if ((await file.stat()).isFile())
        return { from, bytes: file.createReadStream({ start: from }) };
      await file.close();
      return undefined;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw new FeedUnreachable('the folder cannot be read', { cause: error });
    }
  };
  return { readFrom, read: async (path) => (await readFrom(path, 0))?.bytes };
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ENAMETOOLONG';
}
