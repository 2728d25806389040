import { createServer } from 'node:net';

/** A page of a browser that was started with `--remote-debugging-port`. */
export interface DebuggedPage {
  /** The value of an expression in the page, after its promise. */
  readonly evaluate: <Value>(expression: string) => Promise<Value>;
  /** A finger that comes down and leaves. */
  readonly tap: (x: number, y: number) => Promise<void>;
  readonly close: () => void;
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const LOOK_EVERY_MS = 10;
const PATIENCE_MS = 60_000;

/** Connects to the first page whose address begins as given, as soon as there is one. */
export async function debugPage(port: number, address: string): Promise<DebuggedPage> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const target = (await targetsOn(port)).find(
      ({ type, url }) => type === 'page' && url.startsWith(address),
    );
    if (target !== undefined) return connect(target.webSocketDebuggerUrl);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`no page at ${address} came up`);
}

interface Target {
  readonly type: string;
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

async function targetsOn(port: number): Promise<Target[]> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    return (await answer.json()) as Target[];
  } catch {
    return [];
  }
}

interface Reply {
  readonly id: number;
  readonly result?: { readonly result?: { readonly value?: unknown } };
  readonly error?: { readonly message: string };
}

async function connect(url: string): Promise<DebuggedPage> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, (reply: Reply) => void>();
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('no connection to the page')), {
      once: true,
    });
  });
  let count = 0;
  const send = (method: string, params: object): Promise<Reply> =>
    new Promise((resolve, reject) => {
      count += 1;
      waiting.set(count, (reply) =>
        reply.error ? reject(new Error(`${method}: ${reply.error.message}`)) : resolve(reply),
      );
      socket.send(JSON.stringify({ id: count, method, params }));
    });
  const touch = (type: string, touchPoints: object[]) =>
    send('Input.dispatchTouchEvent', { type, touchPoints });
  return {
    evaluate: async <Value>(expression: string) => {
      const options = { expression, awaitPromise: true, returnByValue: true };
      for (;;) {
        try {
          return (await send('Runtime.evaluate', options)).result?.result?.value as Value;
        } catch (error) {
          // A page that is just being opened has nothing to evaluate in yet.
          if (!/context|navigated/.test(String(error))) throw error;
        }
      }
    },
    tap: async (x, y) => {
      await touch('touchStart', [{ x, y }]);
      await touch('touchEnd', []);
    },
    close: () => socket.close(),
  };
}
