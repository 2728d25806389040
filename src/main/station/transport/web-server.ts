import type { AddressInfo } from 'node:net';
import { VISITOR_RPC_PATH } from '#shared/contract/rpc-path.ts';
import { isMediaPath } from '#shared/media/media-path.ts';
import { terminalContext } from '../access/caller.ts';
import { firstAnswers, pageWithAnswers } from '../home/first-answers.ts';
import type { MediaFiles } from '../media/media-files.ts';
import type { StationRouter } from '../router.ts';
import { acceptCalls } from './accept-calls.ts';
import type { Doors } from './doors.ts';
import type { EarlyListener } from './early-visitors.ts';
import { closeServer, listen } from './listening.ts';
import { countPages } from './page-count.ts';
import { readPageFiles } from './page-files.ts';
import { serveMedia } from './serve-media.ts';
import { pathOf, servePage } from './serve-page.ts';

// An import would read all that the module offers, and so load Node's HTTP client: a fifth of the host's start.
const { createServer } = process.getBuiltinModule('node:http');

const LOOPBACK = '127.0.0.1';
const VISITOR_PAGES: ReadonlySet<string> = new Set(['/visitor/', '/visitor/index.html']);

/** The terminal itself and programs of this machine. */
const LOOPBACK_DOORS: Doors = {
  isOwnHost: ({ headers }) => /^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(headers.host ?? ''),
  originOf: (host) => `http://${host}`,
  originNeeded: false,
  serves: () => true,
  home: '/visitor/',
  callerOf: () => terminalContext(),
  maxConnections: 32,
  headers: {},
};

/** Pages and calls over HTTP and WebSocket, on loopback only. */
export interface WebServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts serving the pages of a folder, media and the router, at a port (0 takes any free one) or on a listener that is open
 * already. Throws `StartError` when it cannot.
 * `onPages` hears how many visitors' pages are connected and alive, whenever that changes.
 */
export async function startWebServer(
  { router, media }: { readonly router: StationRouter; readonly media: MediaFiles },
  pageDir: string,
  at: number | EarlyListener,
  onPages: (count: number) => void = () => {},
): Promise<WebServer> {
  const files = readPageFiles(pageDir);
  const begun = async (path: string, body: Buffer) => {
    const answers = VISITOR_PAGES.has(path) ? await firstAnswers(router) : undefined;
    return answers === undefined ? body : Buffer.from(pageWithAnswers(body.toString(), answers));
  };
  const server = createServer((request, response) =>
    isMediaPath(pathOf(request))
      ? serveMedia(LOOPBACK_DOORS, media, request, response)
      : servePage(LOOPBACK_DOORS, files, request, response, begun),
  );
  const pages = countPages(onPages);
  const sockets = acceptCalls(server, router, LOOPBACK_DOORS, {
    heard: (socket, _context, path) => {
      if (path === VISITOR_RPC_PATH) pages.heard(socket);
    },
    gone: (socket) => pages.gone(socket),
  });
  await listen(server, at, LOOPBACK);
  const address = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${address.port}`,
    close: () => {
      pages.stop();
      return closeServer(server, sockets);
    },
  };
}
