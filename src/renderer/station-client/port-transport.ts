import { RPCLink } from '@orpc/client/message-port';
import { PORT_OFFER, PORT_REQUEST } from '#shared/contract/page-port.ts';
import type { CallContext, OpenTransport } from './transport.ts';

/**
 * A connection over the MessagePort that the Electron shell hands the page. The page asks, the shell answers with a new
 * port; a port is closed by the shell when the host behind it is gone.
 */
export function portTransport(page: Window): OpenTransport {
  return (signal) =>
    new Promise((resolve) => {
      const receive = (event: MessageEvent) => {
        const [port] = event.ports;
        if (event.source !== page || event.data !== PORT_OFFER || port === undefined) return;
        page.removeEventListener('message', receive);
        // A port has one owner: two that took it would close it under each other's hands, without either being told.
        event.stopImmediatePropagation();
        const closed = new Promise<void>((close) => {
          port.addEventListener('close', () => close(), { once: true });
        });
        port.start();
        resolve({ link: new RPCLink<CallContext>({ port }), closed, close: () => port.close() });
      };
      page.addEventListener('message', receive, { signal });
      page.postMessage(PORT_REQUEST, page.origin);
    });
}
