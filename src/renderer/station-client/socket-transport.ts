import { RPCLink } from '@orpc/client/websocket';
import type { CallContext, OpenTransport } from './transport.ts';

/** A connection over WebSocket: for the browser shell, office PCs and hall displays. */
export function socketTransport(url: string): OpenTransport {
  return () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      const closed = new Promise<void>((close) => {
        socket.addEventListener('close', () => close(), { once: true });
      });
      socket.addEventListener(
        'open',
        () =>
          resolve({
            link: new RPCLink<CallContext>({ websocket: socket }),
            closed,
            close: () => socket.close(),
          }),
        { once: true },
      );
      socket.addEventListener('error', () => reject(new Error('no connection')), { once: true });
    });
}
