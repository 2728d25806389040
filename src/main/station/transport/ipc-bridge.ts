import { RPCHandler } from '@orpc/server/ws';
import type { WebSocket } from 'ws';
import { type PageFrame, pageFrameSchema } from '#shared/contract/host-process.ts';
import { terminalContext } from '../access/caller.ts';
import type { StationRouter } from '../router.ts';

/** The two directions of a channel to the process that started the host. */
export interface ParentChannel {
  readonly send: (frame: PageFrame) => void;
}

/** Takes frames from the shell and answers them; see `PageFrame`. */
export interface IpcBridge {
  /** Whether the message was a page frame; anything else is for others. */
  readonly receive: (message: unknown) => boolean;
  readonly closeAll: () => void;
}

/**
 * Serves pages behind the Electron shell: the shell forwards what comes from a page's MessagePort in frames that name
 * the page, and each page gets a port of its own on this side.
 */
export function openIpcBridge(router: StationRouter, channel: ParentChannel): IpcBridge {
  const handler = new RPCHandler(router);
  const pages = new Map<number, FramedPort>();
  const close = (page: number) => {
    pages.get(page)?.close();
    pages.delete(page);
  };
  return {
    receive: (message) => {
      const parsed = pageFrameSchema.safeParse(message);
      if (!parsed.success) return false;
      const frame = parsed.data;
      if (frame.type === 'close') close(frame.page);
      else if (frame.type === 'data') pages.get(frame.page)?.deliver(frame.data);
      else {
        close(frame.page);
        const port = new FramedPort((data) =>
          channel.send({ type: 'data', page: frame.page, data }),
        );
        pages.set(frame.page, port);
        void handler.upgrade(port.asSocket(), { context: terminalContext() });
      }
      return true;
    },
    closeAll: () => {
      for (const page of [...pages.keys()]) close(page);
    },
  };
}

/**
 * A page's end of the channel, in the shape of a WebSocket: oRPC's handler for those survives messages that are no calls,
 * its handler for MessagePorts does not (an unhandled rejection ends the host). The messages are the same.
 */
class FramedPort {
  readonly #send: (data: string) => void;
  readonly #listeners = {
    message: [] as ((event: { data: string }) => void)[],
    close: [] as ((event: object) => void)[],
  };

  constructor(send: (data: string) => void) {
    this.#send = send;
  }

  /** As much of a WebSocket as the handler uses. */
  asSocket(): Pick<WebSocket, 'addEventListener' | 'send'> {
    const socket = {
      addEventListener: (event: 'message' | 'close', listener: (event: object) => void) => {
        this.#listeners[event].push(listener);
      },
      // oRPC encodes every message without a blob as text; the contract has no blobs.
      send: (data: unknown) => {
        if (typeof data === 'string') this.#send(data);
      },
    };
    // The full type has overloads for events that the handler never asks for.
    return socket as Pick<WebSocket, 'addEventListener' | 'send'>;
  }

  deliver(data: string): void {
    for (const listener of this.#listeners.message) listener({ data });
  }

  close(): void {
    for (const listener of this.#listeners.close) listener({});
  }
}
