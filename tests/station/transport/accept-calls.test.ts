import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { RPC_PATH } from '#shared/contract/rpc-path.ts';
import { terminalContext } from '#station/access/caller.ts';
import type { StationRouter } from '#station/router.ts';
import { acceptCalls } from '#station/transport/accept-calls.ts';
import type { Doors } from '#station/transport/doors.ts';

afterEach(() => vi.useRealTimers());

const DOORS: Doors = {
  isOwnHost: () => true,
  originOf: (host) => `http://${host}`,
  originNeeded: false,
  serves: () => false,
  home: '/',
  callerOf: terminalContext,
  maxConnections: 1,
  headers: {},
};

test('the place of a computer that answers no ping is free for others; one that answers keeps its own', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const none = {} as StationRouter;
  acceptCalls(server, none, DOORS, { heard: () => {}, gone: () => {} });
  const open = (autoPong: boolean) =>
    new WebSocket(`ws://127.0.0.1:${port}${RPC_PATH}`, { autoPong });

  const living = open(true);
  await once(living, 'open');
  for (let rounds = 0; rounds < 3; rounds += 1) {
    const pinged = once(living, 'ping');
    await vi.advanceTimersByTimeAsync(10_000);
    await pinged;
    // A round trip more: the answer has been read when this pong is back.
    living.ping();
    await once(living, 'pong');
  }
  expect(living.readyState).toBe(WebSocket.OPEN);
  living.close();
  await once(living, 'close');

  const dead = open(false);
  await once(dead, 'open');
  const closed = once(dead, 'close');
  await vi.advanceTimersByTimeAsync(20_000);
  await closed;
  const next = open(true);
  await once(next, 'open');
  next.terminate();
  server.close();
});
