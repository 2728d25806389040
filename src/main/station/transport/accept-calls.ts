import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import { RPC_PATH, VISITOR_RPC_PATH } from '#shared/contract/rpc-path.ts';
import type { CallContext } from '../access/caller.ts';
import type { StationRouter } from '../router.ts';
import type { Doors } from './doors.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

/** Calls are small; anything larger is an attack or a mistake. */
const MAX_MESSAGE_BYTES = 256 * 1024;

/** A browser answers pings by itself; one that has not until the next is gone: after 20 s at the most. */
const PING_EVERY_MS = 10_000;

/** What a server wants to know of its connections. */
export interface SocketWatch {
  /** A connection that was let in as somebody whom the doors know. */
  readonly admitted?: (socket: Socket) => void;
  readonly heard: (socket: WebSocket, context: CallContext, path: string) => void;
  readonly gone: (socket: WebSocket) => void;
}

/** Takes over a connection that wants something else than calls. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Takes calls over WebSocket at `/rpc`, from own pages only, as whoever the doors say that it is; `others` are further paths. */
export function acceptCalls(
  server: Server,
  router: StationRouter,
  doors: Doors,
  watch: SocketWatch,
  others: Readonly<Record<string, Upgrade>> = {},
): WebSocketServer {
  const handler = new RPCHandler(router);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const watchLife = endDeadSockets(server, sockets);
  server.on('upgrade', (request, socket, head) => {
    // Whoever breaks off in the middle must not end the host.
    socket.on('error', () => socket.destroy());
    const other = others[request.url ?? ''];
    if (other !== undefined && doors.isOwnHost(request)) {
      other(request, socket, head);
      return;
    }
    const context = admitted(request, doors, sockets.clients.size);
    if (context === undefined) {
      refuseUpgrade(socket);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      watch.admitted?.(request.socket);
      webSocket.on('error', () => webSocket.terminate());
      watchLife(webSocket);
      const heard = () => watch.heard(webSocket, context, request.url ?? '');
      webSocket.on('message', heard);
      webSocket.on('close', () => watch.gone(webSocket));
      heard();
      void handler.upgrade(webSocket, { context });
    });
  });
  return sockets;
}

/** A computer that was switched off or cut off says no farewell; without an answer to a ping its place is free for others. */
function endDeadSockets(server: Server, sockets: WebSocketServer): (socket: WebSocket) => void {
  const living = new WeakSet<WebSocket>();
  const timer = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!living.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }, PING_EVERY_MS);
  timer.unref();
  server.once('close', () => clearInterval(timer));
  return (socket) => {
    living.add(socket);
    socket.on('pong', () => living.add(socket));
  };
}

function admitted(
  request: IncomingMessage,
  doors: Doors,
  connections: number,
): CallContext | undefined {
  const open =
    (request.url === RPC_PATH || request.url === VISITOR_RPC_PATH) &&
    doors.isOwnHost(request) &&
    isOwnOrigin(request, doors) &&
    connections < doors.maxConnections;
  return open ? doors.callerOf(request) : undefined;
}

/** A page says where it is from; a program of the same machine says nothing. */
function isOwnOrigin({ headers }: IncomingMessage, doors: Doors): boolean {
  if (headers.origin === undefined) return !doors.originNeeded;
  return headers.origin === doors.originOf(headers.host ?? '');
}
