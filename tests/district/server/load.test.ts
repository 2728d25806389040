import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#district/store/sql.ts';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { OFFICE_PREFIX } from '#shared/contract/office.ts';
import type { HeartbeatAnswer } from '#shared/operations/heartbeat.ts';
import type { OperationAnswer } from '#shared/operations/operation-result.ts';
import { onBothDatabases } from '../databases.ts';
import {
  enrolledTerminal,
  FakeTerminal,
  operation,
  type SampleServer,
  sampleServer,
} from '../sample-server.ts';

/** More than the server works on at a time. */
const MANY = 300;

const HALF = `POST ${OFFICE_PREFIX}/log-out HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a"`;

onBothDatabases((opened) => {
  let server: SampleServer;
  let gate: Promise<void> | undefined;
  beforeEach(async () => {
    gate = undefined;
    const query: Database['query'] = async (statement) => {
      await gate;
      return opened.database.query(statement);
    };
    server = await sampleServer({ ...opened.database, query });
  });
  afterEach(async () => {
    await server.close();
    expect(server.faults).toEqual([]);
  });

  describe('a server on a real socket', () => {
    let port: number;
    beforeEach(async () => {
      await server.app.listen({ port: 0, host: '127.0.0.1' });
      ({ port } = server.app.server.address() as AddressInfo);
    });

    /** Sends a text and hangs up when the server has taken it for a request; done when the server knows that. */
    const brokenOff = async (text: string) => {
      const taken = once(server.app.server, 'request');
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      const [request] = (await taken) as [IncomingMessage];
      const gone = new Promise((resolve) => request.socket.once('close', resolve));
      socket.destroy();
      await gone;
    };
    /** The status of a whole request. */
    const health = async () => (await fetch(`http://127.0.0.1:${port}/health`)).status;

    test('answers on after 300 requests that were broken off in their bodies', async () => {
      for (let sent = 0; sent < MANY; sent += 1) await brokenOff(HALF);
      expect(await health()).toBe(200);
    });

    test('answers on after 300 callers hung up before their answer', async () => {
      let open = () => {};
      for (let sent = 0; sent < MANY; sent += 1) {
        gate = new Promise((resolve) => {
          open = resolve;
        });
        await brokenOff('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
        open();
      }
      expect(await health()).toBe(200);
    });

    test('has at most 256 requests in hand, and is free again when they are answered', async () => {
      let open = () => {};
      gate = new Promise((resolve) => {
        open = resolve;
      });
      const first: Promise<number>[] = [];
      for (let sent = 0; sent < 256; sent += 1) {
        const taken = once(server.app.server, 'request');
        first.push(health());
        await taken;
      }
      expect(await health()).toBe(503);
      open();
      expect(new Set(await Promise.all(first))).toEqual(new Set([200]));
      expect(await health()).toBe(200);
    });
  });

  describe('a terminal', () => {
    test('is asked for more patience the more there is to do', async () => {
      const terminal = await enrolledTerminal(server);
      const beat = {
        ...{
          protocol: 1,
          terminal: terminal.id,
          at: '2026-11-22T09:00:00+08:00',
          program: '0.1.0',
        },
        ...{ content: [], outbox: { waiting: 0, refused: 0, conflicts: 0 }, alarms: [] },
      };
      const hints = async () => {
        const batch = terminal.batch(operation('health', {}));
        const pushed = await terminal.post(DISTRICT_PATHS.operations, batch);
        const beaten = await terminal.post(DISTRICT_PATHS.heartbeats, beat);
        const { waitSeconds = 0 } = pushed.json<OperationAnswer>();
        return [waitSeconds, beaten.json<HeartbeatAnswer>().nextSeconds];
      };
      await server.app.listen({ port: 0, host: '127.0.0.1' });
      const { port } = server.app.server.address() as AddressInfo;
      const sockets: Socket[] = [];
      /** Callers that have sent one half of their request. */
      const half = async (count: number) => {
        while (sockets.length < count) {
          const taken = once(server.app.server, 'request');
          const socket = connect(port, '127.0.0.1', () => socket.write(HALF));
          sockets.push(socket);
          await taken;
        }
      };
      const found = [];
      for (const count of [0, 100, 191, 255]) {
        await half(count);
        found.push(await hints());
      }
      for (const socket of sockets) socket.destroy();
      expect(found).toEqual([
        [0, 300],
        [0, 300],
        [60, 1_050],
        [120, 1_800],
      ]);
    });
  });

  describe('limits of requests', () => {
    test('are of an address too, whatever keys a caller makes up', async () => {
      const statuses = new Map<number, number>();
      const stranger = new FakeTerminal(server);
      for (let sent = 0; sent < 1_300; sent += 1) {
        stranger.id = `t-${String(sent).padStart(16, '0')}`;
        const { statusCode } = await stranger.get(DISTRICT_PATHS.conflicts);
        statuses.set(statusCode, (statuses.get(statusCode) ?? 0) + 1);
      }
      expect(Object.fromEntries(statuses)).toEqual({ 401: 1_200, 429: 100 });
    });

    test('of one terminal leave its neighbour behind the same address alone', async () => {
      const one = await enrolledTerminal(server);
      const other = await enrolledTerminal(server);
      for (let sent = 0; sent < 60; sent += 1) await one.get(DISTRICT_PATHS.conflicts);
      const answers = [
        await one.get(DISTRICT_PATHS.conflicts),
        await other.get(DISTRICT_PATHS.conflicts),
      ];
      expect(answers.map(({ statusCode }) => statusCode)).toEqual([429, 200]);
      expect(Number(answers[0]?.headers['retry-after'])).toBeGreaterThan(0);
    });
  });
});
