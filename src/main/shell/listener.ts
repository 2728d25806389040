import { type AddressInfo, createServer, type Server } from 'node:net';
import { portError } from '#station/start-error.ts';

/** A port on loopback that is kept from the start of the shell on, so that a browser can be sent there at once. */
export interface Listener {
  readonly port: number;
  /** The open listener, for the first host; the ones after it listen on the port themselves. */
  readonly handOver: () => Server | undefined;
}

/**
 * Listens for a host that is still to be started: whoever connects from now on waits in the system's queue until the
 * host takes over. Port 0 takes any free one. Throws `StartError` when the port cannot be had.
 */
export async function openListener(port: number): Promise<Listener> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    throw portError(error, port);
  }
  let open: Server | undefined = server;
  return {
    port: (server.address() as AddressInfo).port,
    handOver: () => {
      const first = open;
      open = undefined;
      return first;
    },
  };
}
