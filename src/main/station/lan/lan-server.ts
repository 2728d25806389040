import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { type CallContext, deviceContext } from '../access/caller.ts';
import type { Queue } from '../queue/open-queue.ts';
import { openTerminalDoor, TERMINAL_PATH } from '../queue/terminals/terminal-link.ts';
import type { StationRouter } from '../router.ts';
import type { WritableDb } from '../store/sql.ts';
import { acceptCalls, type SocketWatch } from '../transport/accept-calls.ts';
import type { Doors } from '../transport/doors.ts';
import { closeServer, listen } from '../transport/listening.ts';
import { readPageFiles } from '../transport/page-files.ts';
import { refuseUpgrade } from '../transport/refuse-upgrade.ts';
import { pathOf, refuse, servePage } from '../transport/serve-page.ts';
import type { ServerCertificate } from './certificate.ts';
import { isOwnName } from './own-names.ts';
import { answerPairing, deviceOf, PAIR_PATH } from './pairing-requests.ts';

/** Ten windows, some displays, and each of them twice while it connects anew. */
const MAX_CALLERS = 64;
const MAX_CONNECTIONS = 256;
/**
 * A browser opens some seven beside the socket for its calls, and several office PCs may stand behind one address. Whoever takes more
 * must not shut the others out. Sockets of paired devices do not count: no more of them are let in than `MAX_CALLERS`.
 */
const MAX_FROM_ONE_ADDRESS = 64;
/**
 * So many connections of terminals from one address: two of its own, and one that joins. One fewer than may be about to prove
 * themselves: no computer alone puts a terminal out.
 */
const MAX_TERMINALS_FROM_ONE_ADDRESS = 3;
/** Who does not speak, or dawdles, holds a connection that others need. */
const HANDSHAKE_WITHIN_MS = 4000;
const HEADERS_WITHIN_MS = 6000;
const REQUEST_WITHIN_MS = 15_000;
const LOOK_FOR_SILENCE_MS = 1000;
/** A terminal asks the queue host every few seconds; one that is silent for so long has had its cable pulled. */
const TERMINAL_SILENT_MS = 60_000;
/** What the network may see: consoles, the station's own content after log-in, displays; the visitor's page is not among it. */
const SURFACES = /^\/(?:console|staff|display|assets)\//;

export interface LanServerOptions {
  readonly router: StationRouter;
  /** The queue, for further terminals of the station. */
  readonly hubFor: Queue['hubFor'];
  readonly pageDir: string;
  readonly db: WritableDb;
  readonly now: () => number;
  readonly bind: string;
  readonly port: number;
  /** Asked at each request: a computer gets and loses addresses while it serves. */
  readonly names: () => readonly string[];
  readonly certificate: ServerCertificate;
}

/** Pages and calls for paired devices of the station's network, over TLS only. */
export interface LanServer {
  readonly renew: (certificate: ServerCertificate) => void;
  /** Ends the connections of devices that are not paired any more. */
  readonly cutOff: (isPaired: (device: string) => boolean) => void;
  readonly close: () => Promise<void>;
}

/** Starts serving. Throws `StartError` when the port cannot be had. */
export async function startLanServer(options: LanServerOptions): Promise<LanServer> {
  const files = readPageFiles(options.pageDir);
  const doors = lanDoors(options);
  const server = createServer(
    {
      ...tlsOf(options.certificate),
      minVersion: 'TLSv1.2',
      handshakeTimeout: HANDSHAKE_WITHIN_MS,
      headersTimeout: HEADERS_WITHIN_MS,
      requestTimeout: REQUEST_WITHIN_MS,
      connectionsCheckingInterval: LOOK_FOR_SILENCE_MS,
    },
    (request, response) => {
      if (pathOf(request) === PAIR_PATH) void answerOrRefuse(options, doors, request, response);
      else servePage(doors, files, request, response);
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  const fromAddress = countByAddress();
  // A request knows the connection over TLS only, not the one below it that was counted.
  const waiting = new Map<string, () => void>();
  server.on('connection', (socket) => {
    if (!(socket instanceof Socket)) return;
    const leave = fromAddress.admit(socket, MAX_FROM_ONE_ADDRESS);
    if (leave === undefined) {
      socket.destroy();
      return;
    }
    const end = farEndOf(socket);
    waiting.set(end, leave);
    socket.once('close', () => waiting.delete(end));
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  const callers = new Map<WebSocket, CallContext>();
  const terminals = openTerminalDoor(options);
  const terminalsFrom = countByAddress();
  const watch: SocketWatch = {
    admitted: (socket) => waiting.get(farEndOf(socket))?.(),
    heard: (socket, context) => void callers.set(socket, context),
    gone: (socket) => void callers.delete(socket),
  };
  const sockets = acceptCalls(server, options.router, doors, watch, {
    [TERMINAL_PATH]: (request, socket, head) => {
      if (terminalsFrom.admit(request.socket, MAX_TERMINALS_FROM_ONE_ADDRESS) === undefined) {
        refuseUpgrade(socket);
        return;
      }
      terminals.upgrade(request, socket, head);
      request.socket.setTimeout(TERMINAL_SILENT_MS, () => socket.destroy());
    },
  });
  await listen(server, options.port, options.bind);
  return {
    renew: (certificate) => server.setSecureContext(tlsOf(certificate)),
    cutOff: (isPaired) => {
      for (const [socket, { caller }] of callers)
        if (!isPaired(caller.origin.replace(/^device:/, ''))) socket.terminate();
    },
    close: () => {
      terminals.close();
      return closeServer(server, sockets);
    },
  };
}

/** Counts open connections by the address they come from. */
function countByAddress() {
  const open = new Map<string, number>();
  return {
    /** Counts it until it closes, or until what is returned is called; undefined when that address has so many already. */
    admit: (socket: Socket, most: number): (() => void) | undefined => {
      const address = socket.remoteAddress ?? '';
      const others = open.get(address) ?? 0;
      if (others >= most) return undefined;
      open.set(address, others + 1);
      let isCounted = true;
      const leave = () => {
        if (!isCounted) return;
        isCounted = false;
        const left = (open.get(address) ?? 1) - 1;
        if (left > 0) open.set(address, left);
        else open.delete(address);
      };
      socket.once('close', leave);
      return leave;
    },
  };
}

/** Where a connection comes from; over TLS the same as below it. */
function farEndOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

function lanDoors({ db, now, names, port, certificate }: LanServerOptions): Doors {
  return {
    isOwnHost: ({ headers }) => isOwnName(headers.host, names(), port),
    originOf: (host) => `https://${host}`,
    originNeeded: true,
    serves: (path) => SURFACES.test(path),
    home: '/console/',
    callerOf: (request) => {
      const device = deviceOf(db, request, now());
      return device && deviceContext(device.kind, device.id);
    },
    maxConnections: MAX_CALLERS,
    // A certificate that was trusted by hand must stay replaceable: browsers refuse that under HSTS.
    headers: certificate.given ? { 'strict-transport-security': 'max-age=31536000' } : {},
  };
}

async function answerOrRefuse(
  { db, now }: LanServerOptions,
  doors: Doors,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { host = '', origin } = request.headers;
  if (!doors.isOwnHost(request)) {
    refuse(response, 403);
    return;
  }
  try {
    const isOwnOrigin = origin === doors.originOf(host);
    await answerPairing({ db, now, isOwnOrigin }, request, response);
  } catch {
    // Whoever broke off in the middle waits for no answer; a full disk is told by the next call.
    if (response.headersSent) response.destroy();
    else refuse(response, 503);
  }
}

function tlsOf({ certificate, key }: ServerCertificate) {
  return { cert: certificate, key };
}
