import {
  EXIT_CANNOT_START,
  type HostProcessOptions,
  hostOptionsSchema,
  hostOrderSchema,
} from '#shared/contract/host-process.ts';
import { firstAnswers } from './home/first-answers.ts';
import { type Host, startHost } from './host.ts';
import { leanProcess } from './lean-process.ts';
import { parentPort } from './parent-port.ts';
import { StartError } from './start-error.ts';
import { openIpcBridge } from './transport/ipc-bridge.ts';
import { startWebServer, type WebServer } from './transport/web-server.ts';

const REST_EVERY_MS = 60_000;
/** A host that ends by itself has nobody who would end it when closing takes too long. */
const CLOSE_WITHIN_MS = 10_000;

/**
 * The host as a process of its own. It lives as long as the shell that started it: an order to stop, a signal, or the
 * end of the channel closes it cleanly.
 */
async function main(): Promise<void> {
  leanProcess();
  const options = hostOptionsSchema.parse(JSON.parse(process.env.KIOSK_HOST_OPTIONS ?? '{}'));
  const host = await startHost({ ...options, now: clockFrom(options.startAt) });
  const web = await serveWeb(host, options);
  const bridge = openIpcBridge(host.router, parentPort);
  const stop = stopper(host, web);
  parentPort.onMessage((message) => {
    if (bridge.receive(message)) return;
    const order = hostOrderSchema.safeParse(message);
    if (!order.success) return;
    if (order.data.type === 'ping') parentPort.send({ type: 'pong', n: order.data.n });
    else stop();
  });
  parentPort.onGone(stop);
  void host.mustEnd.then(() => {
    setTimeout(() => process.exit(1), CLOSE_WITHIN_MS).unref();
    stop();
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  parentPort.send({ type: 'ready', url: web?.url, station: host.card, warning: host.warning });
  setImmediate(() => void firstAnswers(host.router));
  if (options.pageDir !== undefined) void host.serveLan(options.pageDir);
  setInterval(
    () => parentPort.send({ type: 'rest', isAtRest: host.isAtRest() }),
    REST_EVERY_MS,
  ).unref();
}

async function serveWeb(host: Host, options: HostProcessOptions): Promise<WebServer | undefined> {
  const at = options.listenerHanded ? await parentPort.listener : options.port;
  if (at === undefined || options.pageDir === undefined) return undefined;
  try {
    return await startWebServer(host, options.pageDir, at, (count) =>
      parentPort.send({ type: 'pages', count }),
    );
  } catch (error) {
    await host.close();
    throw error;
  }
}

function stopper(host: Host, web: WebServer | undefined): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    void (web?.close() ?? Promise.resolve())
      .then(() => host.close())
      .finally(() => process.exit(0));
  };
}

/** The computer's clock, or one that starts at a given moment and runs on, for pictures and tests. */
function clockFrom(startAt: string | undefined): () => number {
  if (startAt === undefined) return Date.now;
  const shift = Date.parse(startAt) - Date.now();
  return () => Date.now() + shift;
}

try {
  await main();
} catch (error) {
  const known = error instanceof StartError;
  const sentence = known ? error.message : '程序内部出错，请把日志和这行文字发给维护人员。';
  if (!known) console.error(error);
  parentPort.send({ type: 'failed', kind: known ? error.kind : 'internal', sentence });
  process.exitCode = known ? EXIT_CANNOT_START : 1;
  parentPort.close();
}
