import { connect, type Socket } from 'node:net';
import type { SampleServer } from '../sample-server.ts';
import { chance, type FuzzFigures, fuzzDistrict } from './fuzz-district.ts';
import { delivering, exchange, MALFORMED, statusesIn } from './raw-http.ts';

/** So many callers have begun a request and never go on with it. */
const HALF_OPEN = 100;
const GOOD = Buffer.from('GET /health HTTP/1.0\r\n\r\n');
/** What a server may say of itself (protocol, 3.7): it has too much to do. */
const LATER = 503;

/**
 * The same requests over real connections, and as many that break HTTP itself, while others hold connections with half a request. After
 * each broken one the next good one is answered.
 */
export async function fuzzSockets(
  server: SampleServer,
  requests: number,
  seed: number,
): Promise<FuzzFigures> {
  await server.app.listen({ port: 0, host: '127.0.0.1' });
  const address = server.app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const slow = Array.from({ length: HALF_OPEN }, () => halfOpen(port));
  try {
    const figures = await fuzzDistrict(server, requests, seed, delivering(port));
    const broken = await breakHttp(port, requests, seed);
    return {
      ...figures,
      requests: 2 * requests,
      statuses: added(figures.statuses, broken.statuses),
      faults: [...figures.faults, ...broken.faults, ...server.faults.map(String)],
    };
  } finally {
    for (const socket of slow) socket.destroy();
  }
}

function halfOpen(port: number): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write('POST /v1/operations HTTP/1.1\r\nhost: d\r\ncontent-length: 100\r\n');
  return socket;
}

async function breakHttp(port: number, requests: number, seed: number) {
  const random = chance(seed);
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  for (let sent = 0; sent < requests && faults.length < 10; sent += 1) {
    const name = random.pick(Object.keys(MALFORMED));
    const bytes = MALFORMED[name]?.(random) ?? GOOD;
    const found = statusesIn(await exchange(port, bytes, true));
    for (const status of found) statuses[status] = (statuses[status] ?? 0) + 1;
    const wrong = found.find((status) => status >= 500 && status !== LATER);
    if (wrong !== undefined) faults.push(`${name}: status ${wrong}`);
    const [next] = statusesIn(await exchange(port, GOOD));
    // One address may ask so often only; to be told so is an answer, too.
    if (next !== 200 && next !== 429) faults.push(`after ${name} the server answers ${next}`);
  }
  return { statuses, faults };
}

function added(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) {
  const sum: Record<string, number> = { ...one };
  for (const [status, count] of Object.entries(other)) sum[status] = (sum[status] ?? 0) + count;
  return sum;
}
