import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { ownCertificate, type ServerCertificate } from '#station/lan/certificate.ts';
import {
  listTerminals,
  openJoining,
  pairTerminal,
  removeTerminal,
  type TerminalKey,
} from '#station/queue/terminals/terminal-keys.ts';
import {
  connectHub,
  type HubConnection,
  joinHost,
  openTerminalDoor,
  type TerminalDoor,
} from '#station/queue/terminals/terminal-link.ts';
import { DAY, type QueueStation, queueStation } from './queue-station.ts';
import { openTerminal, type Terminal } from './terminals.ts';

let station: QueueStation;
let terminal: Terminal;
let door: TerminalDoor;
let server: Server;
let address: string;
let key: TerminalKey;
let certificate: ServerCertificate;

const pairOne = () => pairTerminal(station.db, '2号取号机', station.now);
const stranger = () => {
  const socket = new WebSocket(`wss://${address}/queue`, { rejectUnauthorized: false });
  socket.on('error', () => {});
  return socket;
};
const spki = (pem: string) =>
  new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
const codeOf = (hostKey = spki(certificate.certificate)) =>
  openJoining(station.db, { name: '3号取号机', hostKey }, station.now) ??
  expect.unreachable('no room');

beforeEach(async () => {
  station = queueStation();
  door = openTerminalDoor({
    db: station.db,
    now: () => station.now,
    hubFor: (who) => station.queue.hubFor(who),
  });
  certificate = await ownCertificate(join(station.folder, 'lan'), ['127.0.0.1'], Date.now());
  server = createServer({ cert: certificate.certificate, key: certificate.key });
  server.on('upgrade', door.upgrade);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  key = pairOne() ?? expect.unreachable('no room');
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
    const connection = await connectHub(address, key);
    await terminal.exchange(connection.hub);
    const given = terminal.give('advice') ?? expect.unreachable('no number');
    expect(given.number).toBe('A001');
    await terminal.exchange(connection.hub);
    expect(terminal.stock.unreported()).toBe(0);
    expect(station.queue.visitor.ticket(given.id, 'zh-CN')).toMatchObject({ number: 'A001' });
    connection.close();
  });

  test('goes on with its block and then its reserve when the host cannot be reached', async () => {
    const connection = await connectHub(address, key);
    await terminal.exchange(connection.hub);
    connection.close();
    door.close();
    const numbers = Array.from({ length: 8 }, () => terminal.give('advice')?.number);
    expect(numbers.slice(4)).toEqual(['A005', 'A006', 'A600', 'A601']);
    await expect(terminal.exchange(connection.hub)).rejects.toThrow();
    expect(terminal.stock.unreported()).toBe(8);
  });

  test('is put out when it does not know the secret, and puts a false host out', async () => {
    await expect(connectHub(address, { ...key, secret: 'guessed' })).rejects.toThrow();
    await expect(connectHub(address, { ...key, id: 'stranger' })).rejects.toThrow();
  });

  test('cannot report a number that is not its own', async () => {
    const connection = await connectHub(address, key);
    const id = '00000000-0000-4000-8000-999999999999';
    const ticket = { id, day: '2026-11-23', line: 'advice', n: 5, issuedAt: station.now };
    expect(await connection.hub.report([ticket])).toEqual({ known: [], refused: [id] });
    connection.close();
  });

  test('there are four at most, each with numbers of its own', () => {
    const keys = Array.from({ length: 4 }, () => pairOne()?.ordinal);
    expect(keys).toEqual([2, 3, 4, undefined]);
  });

  test('hears with its next word that a technician removed it, gets no numbers, and what it gave is called', async () => {
    const connection = await connectHub(address, key);
    await terminal.exchange(connection.hub);
    const given = terminal.give('advice') ?? expect.unreachable('no number');
    removeTerminal(station.db, key.ordinal, station.now);
    expect((await connection.hub.overview([])).removed).toBe(true);
    const wish = { operation: given.id, day: given.day, line: 'advice', size: 6 };
    expect(await connection.hub.lease(wish)).toBeUndefined();
    connection.close();
    const again = await connectHub(address, key);
    await terminal.exchange(again.hub);
    expect(terminal.stock.unreported()).toBe(0);
    expect(station.queue.visitor.ticket(given.id, 'zh-CN').state).toBe('waiting');
    again.close();
  });

  test('is cut off when the host does not know it at all', async () => {
    const connection = await connectHub(address, key);
    station.db.write.exec('delete from queue_terminal');
    await expect(connection.hub.overview([])).rejects.toThrow();
    expect(connection.isOpen()).toBe(false);
  });

  test('leaves its numbers to rest for the day when it is removed', () => {
    removeTerminal(station.db, key.ordinal, station.now);
    expect(pairOne()?.ordinal).toBe(2);
    station.now += DAY;
    station.queue.turnDay();
    expect(pairOne()?.ordinal).toBe(1);
  });

  test('gets in and stays in while strangers hold connections and say nothing', async () => {
    const before = await connectHub(address, key);
    const strangers = Array.from({ length: 12 }, () => stranger());
    // One that is put out at once may hear nothing but that.
    await Promise.allSettled(strangers.map((socket) => once(socket, 'open')));
    const after = await connectHub(address, pairOne() ?? expect.unreachable('no room'));
    for (const { hub } of [before, after]) expect((await hub.overview([])).removed).toBe(false);
    const isOpen = (socket: WebSocket) => socket.readyState === WebSocket.OPEN;
    await expect.poll(() => strangers.filter(isOpen).length).toBeLessThanOrEqual(4);
    before.close();
    after.close();
  });

  test('that connects again and again keeps its last two connections, and takes no place of another', async () => {
    const other = await connectHub(address, pairOne() ?? expect.unreachable('no room'));
    const own: HubConnection[] = [];
    for (let times = 0; times < 12; times += 1) own.push(await connectHub(address, key));
    await expect.poll(() => own.filter(({ isOpen }) => isOpen()).length).toBe(2);
    expect([other, ...own.slice(-2)].map(({ isOpen }) => isOpen())).toEqual([true, true, true]);
  });

  test('no page of a browser gets in', async () => {
    const socket = new WebSocket(`wss://${address}/queue`, {
      rejectUnauthorized: false,
      origin: `https://${address}`,
    });
    const [error] = (await once(socket, 'error')) as [Error];
    expect(error.message).toContain('403');
  });
});

describe('joining', () => {
  test('trades a code for a key, once', async () => {
    const code = codeOf();
    const joining = await joinHost(address, code.toLowerCase());
    if (joining.state !== 'joined') return expect.unreachable();
    expect(joining.key.ordinal).toBe(2);
    expect(listTerminals(station.db).map(({ name }) => name)).toEqual(['2号取号机', '3号取号机']);
    (await connectHub(address, joining.key)).close();
    expect(await joinHost(address, code)).toEqual({ state: 'wrong' });
  });

  test('does not tell the code to a computer that did not make it', async () => {
    const other = await ownCertificate(join(station.folder, 'other'), ['127.0.0.1'], Date.now());
    const code = codeOf(spki(other.certificate));
    expect(await joinHost(address, code)).toEqual({ state: 'not-the-host' });
    expect(listTerminals(station.db)).toHaveLength(1);
  });

  test('a code ends after ten minutes, after five wrong ones, and whoever goes on guessing waits', async () => {
    const late = codeOf();
    station.now += 10 * 60_000;
    expect(await joinHost(address, late)).toEqual({ state: 'wrong' });
    const code = codeOf();
    const wrong = `${code.startsWith('0000') ? '1111-1111' : '0000-0000'}${code.slice(9)}`;
    for (let tries = 0; tries < 5; tries += 1) await joinHost(address, wrong);
    expect((await joinHost(address, code)).state).not.toBe('joined');
    const states = [];
    for (let tries = 0; tries < 8; tries += 1) states.push((await joinHost(address, wrong)).state);
    expect(states).toContain('wait');
  });
});
