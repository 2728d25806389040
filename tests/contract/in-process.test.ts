import { RPCLink } from '@orpc/client/message-port';
import { startHost } from '#station/host.ts';
import { type IpcBridge, openIpcBridge } from '#station/transport/ipc-bridge.ts';
import { connectStation } from '../../src/renderer/station-client/station-client.ts';
import type { CallContext, OpenTransport } from '../../src/renderer/station-client/transport.ts';
import { temporaryHost } from '../station/temporary-host.ts';
import { stationCaller } from './station-caller.ts';
import { type ContractSubject, contractSuite } from './station-contract.suite.ts';

/**
 * Page and host in one process: each page on a MessageChannel whose other end speaks to the bridge for shells. A host
 * that dies closes them all.
 */
async function openInProcess(): Promise<ContractSubject> {
  const temporary = temporaryHost();
  const host = await startHost(temporary.options);
  const shell = new Shell();
  const bridge = openIpcBridge(host.router, {
    send: (frame) => {
      if (frame.type === 'data') shell.toPage(frame.page, frame.data);
    },
  });
  const open: OpenTransport = async () => {
    const port = shell.openPage(bridge);
    const closed = new Promise<void>((resolve) => {
      port.addEventListener('close', () => resolve());
    });
    port.start();
    return { link: new RPCLink<CallContext>({ port }), closed, close: () => port.close() };
  };
  const connection = connectStation(open);
  return {
    ...stationCaller(connection),
    sendGarbage: async (frames) => {
      bridge.receive({ type: 'open', page: 0 });
      for (const data of frames) bridge.receive({ type: 'data', page: 0, data });
      for (const data of frames) bridge.receive(data);
    },
    hangHost: async () => shell.hang(true),
    resumeHost: async () => shell.hang(false),
    killHost: async () => {
      bridge.closeAll();
      shell.closePages();
    },
    close: async () => {
      connection.close();
      shell.closePages();
      await host.close();
      temporary.remove();
    },
  };
}

/** What a shell does between a page's port and the host's channel. */
class Shell {
  readonly #ports = new Map<number, MessagePort>();
  #lastPage = 0;
  #hanging = false;

  openPage(bridge: IpcBridge): MessagePort {
    const { port1, port2 } = new MessageChannel();
    this.#lastPage += 1;
    const page = this.#lastPage;
    this.#ports.set(page, port2);
    bridge.receive({ type: 'open', page });
    port2.onmessage = (event) => {
      if (!this.#hanging) bridge.receive({ type: 'data', page, data: event.data as unknown });
    };
    port2.addEventListener('close', () => bridge.receive({ type: 'close', page }));
    return port1;
  }

  toPage(page: number, data: string): void {
    this.#ports.get(page)?.postMessage(data);
  }

  /** What pages say to a host that hangs gets nowhere. */
  hang(hanging: boolean): void {
    this.#hanging = hanging;
  }

  closePages(): void {
    this.#hanging = false;
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }
}

contractSuite('a channel in the process', openInProcess);
