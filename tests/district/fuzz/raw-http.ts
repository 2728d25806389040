import { connect } from 'node:net';
import type { Chance } from './fuzz-district.ts';

/** A request as `inject` takes it. */
interface MadeRequest {
  readonly method: string;
  readonly url: string;
  readonly payload?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly remoteAddress: string;
}

/** Writes bytes to a port as they are and gives all that comes back; whoever `hangsUp` does not wait for an answer to what is not whole. */
export async function exchange(port: number, bytes: Buffer, hangsUp = false): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk as Buffer));
  // Whoever sends nonsense is cut off; that is an answer, too.
  socket.on('error', () => {});
  socket.write(bytes);
  if (hangsUp) socket.end();
  await new Promise((resolve) => socket.once('close', resolve));
  return Buffer.concat(chunks).toString('utf8');
}

/** The statuses of all answers that came back over one connection. */
export function statusesIn(text: string): number[] {
  return [...text.matchAll(/^HTTP\/1\.[01] (\d{3}) /gm)].map(([, status]) => Number(status));
}

/** A request over a real connection, one for each, whose answer ends with it. */
export function delivering(port: number) {
  return async ({ method, url, payload = '', headers, remoteAddress }: MadeRequest) => {
    const body = Buffer.from(payload);
    const lines = Object.entries({
      ...headers,
      host: 'district.example',
      'x-forwarded-for': remoteAddress,
      ...(method === 'GET' ? {} : { 'content-length': String(body.length) }),
    }).map(([name, value]) => `${name}: ${value}`);
    const head = [`${method} ${url} HTTP/1.0`, ...lines, '', ''].join('\r\n');
    const text = await exchange(port, Buffer.concat([Buffer.from(head), body]));
    const end = text.indexOf('\r\n\r\n');
    return { statusCode: statusesIn(text)[0] ?? 0, body: end === -1 ? '' : text.slice(end + 4) };
  };
}

const HEAD = 'POST /v1/operations HTTP/1.1\r\nhost: d\r\ncontent-type: application/json\r\n';

/** What no honest program sends: requests that break HTTP itself, by name. */
export const MALFORMED: Readonly<Record<string, (chance: Chance) => Buffer>> = {
  'a chunk without a size': () =>
    text(`${HEAD}transfer-encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n`),
  'a chunk without end': () => text(`${HEAD}transfer-encoding: chunked\r\n\r\nfffffff\r\n{}`),
  'a chunk of a negative size': () => text(`${HEAD}transfer-encoding: chunked\r\n\r\n-1\r\n{}`),
  'a body shorter than said': ({ below }) =>
    text(`${HEAD}content-length: ${10 + below(1e6)}\r\n\r\n{}`),
  'a body longer than said': () => text(`${HEAD}content-length: 1\r\n\r\n{}{}{}{}\r\n\r\n`),
  'two lengths': () => text(`${HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n{} `),
  'a length and chunks': () =>
    text(`${HEAD}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
  'a negative length': () => text(`${HEAD}content-length: -5\r\n\r\n{}`),
  'a length that is no number': ({ pick }) =>
    text(`${HEAD}content-length: ${pick(['x', '1e3', '0x10', '', '9'.repeat(40)])}\r\n\r\n{}`),
  'a header of 100 kB': ({ pick }) =>
    text(`GET /health HTTP/1.1\r\nhost: d\r\nx: ${pick(['a', '\t', 'é']).repeat(100_000)}\r\n\r\n`),
  '3,000 headers': () => text(`GET /health HTTP/1.1\r\nhost: d\r\n${'x: y\r\n'.repeat(3_000)}\r\n`),
  'an address of 100 kB': () => text(`GET /${'a'.repeat(100_000)} HTTP/1.1\r\nhost: d\r\n\r\n`),
  'a header without a colon': () => text('GET /health HTTP/1.1\r\nhost: d\r\nnonsense\r\n\r\n'),
  'NUL in an address': () => text('GET /he\0alth HTTP/1.1\r\nhost: d\r\n\r\n'),
  'no host': () => text('GET /health HTTP/1.1\r\n\r\n'),
  'another protocol': ({ pick }) =>
    text(`${pick(['GET / HTTP/9.9', 'SSH-2.0-x', '\x16\x03\x01\x02\x00'])}\r\n\r\n`),
  'half a request': ({ below }) => text(HEAD).subarray(0, 1 + below(HEAD.length - 1)),
  'a whole address': () => text('GET http://other.example/health HTTP/1.1\r\nhost: d\r\n\r\n'),
  'lines without returns': () => text('GET /health HTTP/1.1\nhost: d\n\n'),
  'many at once': () => text('GET /health HTTP/1.1\r\nhost: d\r\n\r\n'.repeat(60)),
  noise: ({ below }) => Buffer.from(Array.from({ length: 1 + below(400) }, () => below(256))),
};

const text = (content: string) => Buffer.from(content, 'utf8');
