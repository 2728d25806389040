import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  connectHub,
  openTerminalDoor,
  pairTerminal,
  type TerminalDoor,
  type TerminalKey,
} from '#station/queue/terminals/terminal-link.ts';
import { type QueueStation, queueStation } from './queue-station.ts';
import { openTerminal, type Terminal } from './terminals.ts';

let station: QueueStation;
let terminal: Terminal;
let door: TerminalDoor;
let server: Server;
let url: string;
let key: TerminalKey;

beforeEach(async () => {
  station = queueStation();
  door = openTerminalDoor(station.db, (who) => station.queue.hubFor(who));
  server = createServer();
  server.on('upgrade', door.upgrade);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  key = pairTerminal(station.db, station.now) ?? expect.unreachable('no room');
  terminal = openTerminal(key.ordinal, () => station.now);
});

afterEach(() => {
  door.close();
  server.close();
  terminal.remove();
  station.remove();
});

describe('another terminal on the network of the station', () => {
  test('leases numbers, and what it gives is on the host after the next exchange', async () => {
    const connection = await connectHub(url, key);
    await terminal.exchange(connection.hub);
    const given = terminal.give('advice') ?? expect.unreachable('no number');
    expect(given.number).toBe('A001');
    await terminal.exchange(connection.hub);
    expect(terminal.stock.unreported()).toBe(0);
    expect(station.queue.visitor.ticket(given.id, 'zh-CN')).toMatchObject({ number: 'A001' });
    connection.close();
  });

  test('goes on with its block and then its reserve when the host cannot be reached', async () => {
    const connection = await connectHub(url, key);
    await terminal.exchange(connection.hub);
    connection.close();
    door.close();
    const numbers = Array.from({ length: 8 }, () => terminal.give('advice')?.number);
    expect(numbers.slice(4)).toEqual(['A005', 'A006', 'A600', 'A601']);
    await expect(terminal.exchange(connection.hub)).rejects.toThrow();
    expect(terminal.stock.unreported()).toBe(8);
  });

  test('is put out when it does not know the secret, and puts a false host out', async () => {
    await expect(connectHub(url, { ...key, secret: 'guessed' })).rejects.toThrow();
    await expect(connectHub(url, { ...key, id: 'stranger' })).rejects.toThrow();
  });

  test('cannot report a number that is not its own', async () => {
    const connection = await connectHub(url, key);
    const id = '00000000-0000-4000-8000-999999999999';
    const ticket = { id, day: '2026-11-23', line: 'advice', n: 5, issuedAt: station.now };
    expect(await connection.hub.report([ticket])).toEqual({ known: [], refused: [id] });
    connection.close();
  });

  test('there are four at most, each with numbers of its own', () => {
    const keys = Array.from({ length: 4 }, () => pairTerminal(station.db, station.now)?.ordinal);
    expect(keys).toEqual([2, 3, 4, undefined]);
  });
});
