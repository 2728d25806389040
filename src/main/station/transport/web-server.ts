import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Server as Listener } from 'node:net';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import { PAGE_HEADERS } from '#shared/security/page-headers.ts';
import { terminalContext } from '../access/caller.ts';
import type { StationRouter } from '../router.ts';
import { portError } from '../start-error.ts';
import { countPages, type PageCount } from './page-count.ts';
import { type PageFile, readPageFiles } from './page-files.ts';

// An import would read all that the module offers, and so load Node's HTTP client: a fifth of the host's start.
const { createServer } = process.getBuiltinModule('node:http');

const LOOPBACK = '127.0.0.1';
/** Requests are small; anything larger is an attack or a mistake. */
const MAX_MESSAGE_BYTES = 256 * 1024;
const MAX_PAGES = 32;

/** Pages and calls over HTTP and WebSocket, on loopback only. */
export interface WebServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts serving the pages of a folder and the router, at a port (0 takes any free one) or on a listener that is open
 * already. Throws `StartError` when it cannot.
 * `onPages` hears how many pages are connected and alive, whenever that changes.
 */
export async function startWebServer(
  router: StationRouter,
  pageDir: string,
  at: number | Listener,
  onPages: (count: number) => void = () => {},
): Promise<WebServer> {
  const files = readPageFiles(pageDir);
  const server = createServer((request, response) => servePage(files, request, response));
  const pages = countPages(onPages);
  const sockets = acceptCalls(server, router, pages);
  await listen(server, at);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${address.port}`,
    close: () => {
      pages.stop();
      return closeServer(server, sockets);
    },
  };
}

function servePage(
  files: ReadonlyMap<string, PageFile>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const path = pathOf(request);
  const file = files.get(path);
  if (!isOwnHost(request) || (request.method !== 'GET' && request.method !== 'HEAD'))
    refuse(response, 403);
  else if (path === '/') redirect(response, '/visitor/');
  else if (file !== undefined) sendFile(file, path, request, response);
  else if (files.has(`${path}/`)) redirect(response, `${path}/`);
  else refuse(response, 404);
}

/** As it was written: built pages have plain names, so nothing needs to be decoded or tidied up. */
function pathOf(request: IncomingMessage): string {
  return request.url?.split('?', 1)[0] ?? '';
}

function sendFile(
  file: PageFile,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const body = bodyOf(file);
  if (body === undefined) {
    refuse(response, 404);
    return;
  }
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

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, PAGE_HEADERS);
  response.end();
}

function acceptCalls(server: Server, router: StationRouter, pages: PageCount): WebSocketServer {
  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  server.on('upgrade', (request, socket, head) => {
    // Whoever breaks off in the middle must not end the host.
    socket.on('error', () => socket.destroy());
    if (
      request.url !== '/rpc' ||
      !isOwnHost(request) ||
      !isOwnOrigin(request) ||
      sockets.clients.size >= MAX_PAGES
    ) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      webSocket.on('message', () => pages.heard(webSocket));
      webSocket.on('close', () => pages.gone(webSocket));
      pages.heard(webSocket);
      void handler.upgrade(webSocket, { context: terminalContext() });
    });
  });
  return sockets;
}

/** The Host header must name this machine, so that a foreign page cannot come in by a rebound name. */
function isOwnHost(request: IncomingMessage): boolean {
  return /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(request.headers.host ?? '');
}

function isOwnOrigin(request: IncomingMessage): boolean {
  const origin = request.headers.origin;
  return origin === undefined || origin === `http://${request.headers.host}`;
}

async function listen(server: Server, at: number | Listener): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      if (typeof at === 'number') server.listen(at, LOOPBACK, resolve);
      else server.listen(at, resolve);
    });
  } catch (error) {
    throw typeof at === 'number' ? portError(error, at) : error;
  }
}

function closeServer(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
