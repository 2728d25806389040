import type { IncomingMessage, ServerResponse } from 'node:http';
import { PAGE_HEADERS } from '#shared/security/page-headers.ts';
import type { Doors } from './doors.ts';
import type { PageFile } from './page-files.ts';

/** What a file is sent as, when that is more than what it holds. */
export type Completed = (path: string, body: Buffer) => Buffer | Promise<Buffer>;

/** Answers a request for a page or one of its files. */
export function servePage(
  doors: Doors,
  files: ReadonlyMap<string, PageFile>,
  request: IncomingMessage,
  response: ServerResponse,
  completed: Completed = (_path, body) => body,
): void {
  const path = pathOf(request);
  const file = doors.serves(path) ? files.get(path) : undefined;
  for (const [name, value] of Object.entries(doors.headers)) response.setHeader(name, value);
  if (!doors.isOwnHost(request) || (request.method !== 'GET' && request.method !== 'HEAD'))
    refuse(response, 403);
  else if (path === '/') redirect(response, doors.home);
  else if (file !== undefined) void sendFile(file, path, request, response, completed);
  else if (doors.serves(`${path}/`) && files.has(`${path}/`)) redirect(response, `${path}/`);
  else refuse(response, 404);
}

/** As it was written: built pages have plain names, so nothing needs to be decoded or tidied up. */
export function pathOf(request: IncomingMessage): string {
  return request.url?.split('?', 1)[0] ?? '';
}

async function sendFile(
  file: PageFile,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  completed: Completed,
): Promise<void> {
  const held = bodyOf(file);
  if (held === undefined) {
    refuse(response, 404);
    return;
  }
  const body = await completed(path, held);
  response.writeHead(200, {
    ...PAGE_HEADERS,
    'content-type': file.type,
    'content-length': body.length,
    'cache-control': cacheRule(path),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Undefined for a file that has gone from the disk: a missing font must not end the host. */
function bodyOf(file: PageFile): Buffer | undefined {
  try {
    return file.body;
  } catch {
    return undefined;
  }
}

/** Built assets carry a hash in their name; the pages themselves must always be asked for again. */
function cacheRule(path: string): string {
  return path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
}

function redirect(response: ServerResponse, to: string): void {
  response.writeHead(308, { ...PAGE_HEADERS, location: to });
  response.end();
}

/** Answers with a status and nothing else. */
export function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, PAGE_HEADERS);
  response.end();
}
