import { PORT_OFFER, PORT_REQUEST } from '#shared/contract/page-port.ts';
import { portTransport } from '../../../../../src/renderer/station-client/port-transport.ts';
import { connectStation } from '../../../../../src/renderer/station-client/station-client.ts';
import { stationCaller } from '../../../../contract/station-caller.ts';

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

const kioskTest = {
  ...stationCaller(connectStation(portTransport(window))),
  sendGarbage: async (frames: readonly unknown[]) => {
    const port = await rawPort();
    for (const frame of frames) port.postMessage(frame);
    port.close();
  },
};
export type KioskTest = typeof kioskTest;

Object.assign(window, { kioskTest });
