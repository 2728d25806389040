import type { ReadStream } from 'node:fs';
import { readRange } from '#shared/media/byte-range.ts';
import { isMediaPath, readMediaPath } from '#shared/media/media-path.ts';
import { PAGE_HEADERS } from '#shared/security/page-headers.ts';
import type { MediaFiles } from './media-files.ts';

/** What a shell answers to a request for a media file, over HTTP and over its own scheme alike. */
export interface MediaAnswer {
  readonly status: 200 | 206 | 404 | 416;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: ReadStream;
}

/**
 * Answers a request for a path below `/media/`, whole or in part (RFC 9110, section 14); undefined for every other path.
 * A player asks for parts, so a film of any length starts at once and never lies in memory.
 */
export function answerMedia(
  files: MediaFiles,
  path: string,
  { method, range }: { readonly method: string; readonly range?: string | null | undefined },
): MediaAnswer | undefined {
  if (!isMediaPath(path)) return undefined;
  const named = readMediaPath(path);
  const file = named && files.find(named.name);
  if (named === undefined || file === undefined) return { status: 404, headers: PAGE_HEADERS };
  const { size } = file;
  const part = readRange(range, size);
  const headers = {
    ...PAGE_HEADERS,
    'content-type': named.mime,
    'accept-ranges': 'bytes',
    'cache-control': 'no-store',
  };
  if (part === 'outside')
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } };
  const { first, last } = part === 'whole' ? { first: 0, last: size - 1 } : part;
  const isPart = part !== 'whole';
  const answer = {
    status: isPart ? (206 as const) : (200 as const),
    headers: {
      ...headers,
      'content-length': String(last - first + 1),
      ...(isPart ? { 'content-range': `bytes ${first}-${last}/${size}` } : {}),
    },
  };
  return method === 'HEAD' || size === 0 ? answer : { ...answer, body: file.open(first, last) };
}
