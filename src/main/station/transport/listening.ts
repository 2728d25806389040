import type { Server } from 'node:http';
import type { Server as Listener } from 'node:net';
import type { WebSocketServer } from 'ws';
import { portError } from '../start-error.ts';

/** Starts listening at a port of an address, or on a listener that is open already. Throws `StartError` when it cannot. */
export async function listen(
  server: Server,
  at: number | Listener,
  address: string,
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      if (typeof at === 'number') server.listen(at, address, resolve);
      else server.listen(at, resolve);
    });
  } catch (error) {
    throw typeof at === 'number' ? portError(error, at) : error;
  }
}

/** Ends all connections and the server. */
export function closeServer(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
