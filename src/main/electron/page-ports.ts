import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import type { SupervisedHost } from '../shell/supervised-host.ts';
import { IPC } from './ipc-names.ts';

/** Longest message of a page; contract inputs are small, anything larger is an attack or a mistake. */
const MAX_MESSAGE_CHARS = 256 * 1024;

/** Gives pages their ports to the host. */
export interface PagePorts {
  /** Answers a page's request now, or as soon as the host is up. The page's port before this one is closed. */
  readonly offer: (contents: WebContents) => void;
}

/**
 * Bridges each page's port to the host: every port has a number, and its messages travel in frames that name it. When
 * the host goes, all ports are closed, so that pages know at once and ask again.
 */
export function bridgePages(host: SupervisedHost): PagePorts {
  const bridge = new Bridge(host);
  host.onUp(() => bridge.hostIsUp());
  host.onDown(() => bridge.hostIsDown());
  host.onFrame((frame) => {
    if (frame.type === 'data') bridge.toPage(frame.page, frame.data);
  });
  return { offer: (contents) => bridge.offer(contents) };
}

class Bridge {
  readonly #host: SupervisedHost;
  readonly #ports = new Map<number, { port: MessagePortMain; contents: WebContents }>();
  readonly #waiting = new Set<WebContents>();
  #up = false;
  #lastNumber = 0;

  constructor(host: SupervisedHost) {
    this.#host = host;
  }

  offer(contents: WebContents): void {
    if (this.#up) this.#connect(contents);
    else this.#waiting.add(contents);
  }

  toPage(page: number, data: string): void {
    this.#ports.get(page)?.port.postMessage(data);
  }

  hostIsUp(): void {
    this.#up = true;
    for (const contents of this.#waiting) if (!contents.isDestroyed()) this.#connect(contents);
    this.#waiting.clear();
  }

  hostIsDown(): void {
    this.#up = false;
    for (const page of [...this.#ports.keys()]) this.#close(page);
  }

  #connect(contents: WebContents): void {
    for (const [page, open] of [...this.#ports]) if (open.contents === contents) this.#close(page);
    this.#lastNumber += 1;
    const page = this.#lastNumber;
    const { port1, port2 } = new MessageChannelMain();
    this.#ports.set(page, { port: port1, contents });
    port1.on('message', ({ data }) => this.#fromPage(page, data));
    port1.once('close', () => this.#close(page));
    this.#host.send({ type: 'open', page });
    port1.start();
    contents.mainFrame.postMessage(IPC.port, null, [port2]);
  }

  #fromPage(page: number, data: unknown): void {
    if (typeof data === 'string' && data.length <= MAX_MESSAGE_CHARS)
      this.#host.send({ type: 'data', page, data });
    else this.#close(page);
  }

  #close(page: number): void {
    const open = this.#ports.get(page);
    if (open === undefined) return;
    this.#ports.delete(page);
    open.port.close();
    this.#host.send({ type: 'close', page });
  }
}
