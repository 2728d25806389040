import { RPCLink } from '@orpc/client/websocket';
import type { CallContext, OpenTransport } from './transport.ts';

/** A page that has said nothing for long counts as hung (`page-count.ts`), so a quiet one says that it is there. */
const BEAT_MS = 10_000;

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
        () => {
          const link = new RPCLink<CallContext>({ websocket: socket });
          keepBeating(link, closed);
          resolve({ link, closed, close: () => socket.close() });
        },
        { once: true },
      );
      socket.addEventListener('error', () => reject(new Error('no connection')), { once: true });
    });
}

function keepBeating(link: RPCLink<CallContext>, closed: Promise<void>): void {
  const beat = setInterval(() => {
    link.call(['system', 'ping'], { echo: '' }, { context: {} }).catch(() => {});
  }, BEAT_MS);
  void closed.then(() => clearInterval(beat));
}
