import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const targetsSchema = z.array(
  z.object({
    id: z.string(),
    type: z.string(),
    url: z.string(),
    webSocketDebuggerUrl: z.string().optional(),
  }),
);
const answerSchema = z.object({
  id: z.number().optional(),
  error: z.object({ message: z.string() }).optional(),
  result: z.unknown().optional(),
});
const evaluatedSchema = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z
    .object({ text: z.string(), exception: z.object({ description: z.string() }).optional() })
    .optional(),
});

export type Target = z.infer<typeof targetsSchema>[number];

/** No page of ours takes so long to answer, however busy the machine. */
const ANSWER_MS = 15_000;

/** What there is to look at in a browser that has its debugging port open. */
export async function targetsAt(port: number): Promise<Target[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`, {
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  return targetsSchema.parse(await answer.json());
}

/**
 * A wire to a page by Chromium's debugging protocol. It enables no domain, so that the page and its dialogs go on as if nobody
 * looked.
 */
export class PageWire {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#take(String(data)));
    socket.addEventListener('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the page is gone'));
      this.#waiting.clear();
    });
  }

  static async open(address: string): Promise<PageWire> {
    const socket = new WebSocket(address);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('the page does not answer')));
    await promise;
    return new PageWire(socket);
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  async send(method: string, params: object = {}): Promise<unknown> {
    if (!this.isOpen) throw new Error('the page is gone');
    this.#lastId += 1;
    const id = this.#lastId;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    this.#socket.send(JSON.stringify({ id, method, params }));
    const late = pause(ANSWER_MS, undefined, { ref: false }).then(() => {
      throw new Error(`${method} was not answered`);
    });
    try {
      return await Promise.race([waiting.promise, late]);
    } finally {
      this.#waiting.delete(id);
    }
  }

  /** Runs an expression as if a visitor had just touched the page. */
  async run(expression: string): Promise<unknown> {
    const params = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = evaluatedSchema.parse(
      await this.send('Runtime.evaluate', params),
    );
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  close(): void {
    this.#socket.close();
  }

  #take(text: string): void {
    const { id, error, result } = answerSchema.parse(JSON.parse(text));
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error.message));
  }
}
