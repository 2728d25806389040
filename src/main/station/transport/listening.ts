import type { Server } from 'node:http';
import type { WebSocketServer } from 'ws';
import { portError } from '../start-error.ts';
import type { EarlyListener } from './early-visitors.ts';

/** Starts listening at a port of an address, or on a listener that is open already. Throws `StartError` when it cannot. */
export async function listen(
  server: Server,
  at: number | EarlyListener,
  address: string,
): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      if (typeof at === 'number') server.listen(at, address, resolve);
      else server.listen(at.listener, resolve);
    });
  } catch (error) {
    throw typeof at === 'number' ? portError(error, at) : error;
  }
  if (typeof at !== 'number') for (const socket of at.take()) server.emit('connection', socket);
}

/** Ends all connections and the server. */
export function closeServer(server: Server, sockets: WebSocketServer): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
