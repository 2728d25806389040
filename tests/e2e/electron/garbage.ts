import { PORT_OFFER, PORT_REQUEST } from '#shared/contract/page-port.ts';

/** A port beside the client's own, for messages that no client would send. */
function rawPort(): Promise<MessagePort> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.data !== PORT_OFFER || port === undefined) return;
      window.removeEventListener('message', receive);
      // The client beside it must not take the same port.
      event.stopImmediatePropagation();
      resolve(port);
    };
    window.addEventListener('message', receive);
    window.postMessage(PORT_REQUEST, window.origin);
  });
}

/** Sends each text to the host as it is, past the page's client. Runs in a page. */
export async function sendGarbage(frames: readonly unknown[]): Promise<void> {
  const port = await rawPort();
  for (const frame of frames) port.postMessage(frame);
  port.close();
}
