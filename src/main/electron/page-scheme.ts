import { protocol, type Session } from 'electron';
import { PAGE_HEADERS } from '#shared/security/page-headers.ts';
import type { PageFile } from '#station/transport/page-files.ts';
import { isOwnPage, PAGE_SCHEME } from './page-address.ts';

/** Tells Chromium what kind of scheme ours is. Must run before Electron is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: PAGE_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Answers the pages' requests in a session from a fixed set of files, each with the headers of every page. */
export function servePages(session: Session, files: ReadonlyMap<string, PageFile>): void {
  session.protocol.handle(PAGE_SCHEME, (request) => answerPage(files, request));
}

/** The answer to one request: a file of the set, or nothing. */
export function answerPage(
  files: ReadonlyMap<string, PageFile>,
  request: { readonly method: string; readonly url: string },
): Response {
  if (!isOwnPage(request.url) || (request.method !== 'GET' && request.method !== 'HEAD'))
    return new Response(null, { status: 403, headers: PAGE_HEADERS });
  const file = files.get(new URL(request.url).pathname);
  if (file === undefined) return new Response(null, { status: 404, headers: PAGE_HEADERS });
  return new Response(request.method === 'HEAD' ? null : new Uint8Array(file.body), {
    headers: { ...PAGE_HEADERS, 'content-type': file.type, 'cache-control': 'no-cache' },
  });
}
