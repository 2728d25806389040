import { Readable } from 'node:stream';
import { protocol, type Session } from 'electron';
import { PAGE_HEADERS } from '#shared/security/page-headers.ts';
import { answerMedia, type MediaAnswer } from '#station/media/media-answer.ts';
import type { MediaFiles } from '#station/media/media-files.ts';
import type { PageFile } from '#station/transport/page-files.ts';
import { isOwnPage, PAGE_SCHEME } from './page-address.ts';

/** Tells Chromium what kind of scheme ours is. Must run before Electron is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: PAGE_SCHEME,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        codeCache: true,
      },
    },
  ]);
}

/** What a page may ask for. */
export interface PageSources {
  /** The built pages, by path. */
  readonly files: ReadonlyMap<string, PageFile>;
  readonly media: MediaFiles;
}

/** Answers the pages' requests in a session, each with the headers of every page. */
export function servePages(session: Session, sources: PageSources): void {
  session.protocol.handle(PAGE_SCHEME, (request) => answerPage(sources, request));
}

/** The answer to one request: a file of the set, a film or pamphlet whole or in part, or nothing. */
export function answerPage(
  { files, media }: PageSources,
  request: { readonly method: string; readonly url: string; readonly headers?: Headers },
): Response {
  if (!isOwnPage(request.url) || (request.method !== 'GET' && request.method !== 'HEAD'))
    return new Response(null, { status: 403, headers: PAGE_HEADERS });
  const path = new URL(request.url).pathname;
  const { method } = request;
  const answer = answerMedia(media, path, { method, range: request.headers?.get('range') });
  if (answer !== undefined) return mediaResponse(answer);
  const file = files.get(path);
  if (file === undefined) return new Response(null, { status: 404, headers: PAGE_HEADERS });
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(file.body), {
    headers: { ...PAGE_HEADERS, 'content-type': file.type, 'cache-control': 'no-cache' },
  });
}

function mediaResponse({ status, headers, body }: MediaAnswer): Response {
  // A part of a film that nobody reads on is given back as soon as the page breaks off.
  const stream = body === undefined ? null : (Readable.toWeb(body) as ReadableStream<Uint8Array>);
  return new Response(stream, { status, headers });
}
