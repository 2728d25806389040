import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { keepEarly } from '#station/transport/early-visitors.ts';
import { listen } from '#station/transport/listening.ts';

test('who connected before the host could answer is answered as soon as it can, and so is who comes after', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const early = keepEarly(listener);
  const accepted = once(listener, 'connection');
  const ask = () => fetch(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
  const first = ask();
  await accepted;
  const server = createHttpServer((_request, response) => response.end('home'));
  await listen(server, early, '127.0.0.1');
  expect(await (await first).text()).toBe('home');
  expect(await (await ask()).text()).toBe('home');
  await new Promise((resolve) => server.close(resolve));
});
