import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type * as Os from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type Host, startHost } from '#station/host.ts';
import { changeLanSettings, lanSettingsSchema } from '#station/lan/lan-settings.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { type TemporaryHost, temporaryHost } from '../temporary-host.ts';
import { knock, OfficePc } from './paired-device.ts';

const network = vi.hoisted(() => ({ addresses: ['127.0.0.1'] }));
vi.mock('node:os', async (original) => {
  const os = await original<typeof Os>();
  const networkInterfaces = () => ({
    eth0: network.addresses.map((address) => ({ address, family: 'IPv4' })),
  });
  const mocked = { ...os, networkInterfaces, hostname: () => 'kiosk' };
  return { ...mocked, default: mocked };
});

const ADDRESS = '10.9.8.7';
const PATIENT = { timeout: 20_000, interval: 50 };
let temporary: TemporaryHost;
let host: Host;
let port: number;
let pageDir: string;

beforeEach(async () => {
  temporary = temporaryHost();
  host = await startHost(temporary.options);
  pageDir = join(temporary.options.dataDir, 'pages');
  mkdirSync(join(pageDir, 'console'), { recursive: true });
  mkdirSync(join(pageDir, 'assets'));
  writeFileSync(join(pageDir, 'console/index.html'), '<title>console</title>');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  port = typeof bound === 'object' ? (bound?.port ?? 0) : 0;
  await new Promise((resolve) => server.close(resolve));
});
afterEach(async () => {
  await host.close();
  temporary.remove();
});

async function serve(addresses: string[], bind = '0.0.0.0'): Promise<void> {
  network.addresses = addresses;
  const db = openDatabase(join(temporary.options.dataDir, 'station.sqlite'), 'station');
  changeLanSettings(db, lanSettingsSchema.parse({ on: true, port, bind }), Date.now());
  closeDatabase(db);
  await host.serveLan(pageDir);
}

const certificate = () =>
  readFileSync(join(temporary.options.dataDir, 'lan/certificate.pem'), 'utf8');

async function statusBy(name: string): Promise<number> {
  const headers = { host: `${name}:${port}` };
  return (await new OfficePc(port, certificate()).ask('GET', '/console/', { headers })).status;
}

const knockOfTerminal = (name: string) =>
  knock(
    new WebSocket(`wss://127.0.0.1:${port}/queue`, {
      rejectUnauthorized: false,
      headers: { host: `${name}:${port}` },
    }),
  );

test('after a power cut, devices come in by an address that this computer got after the program had started', async () => {
  await serve(['127.0.0.1', ADDRESS]);
  const { fingerprint } = host.lan.status();
  await host.close();
  network.addresses = ['127.0.0.1'];
  host = await startHost(temporary.options);
  await host.serveLan(pageDir);
  expect(host.lan.status()).toMatchObject({ state: 'on', urls: [`https://kiosk:${port}`] });
  expect(await statusBy('kiosk')).toBe(200);
  expect(await statusBy(ADDRESS)).toBe(403);
  expect(await knockOfTerminal(ADDRESS)).toContain('403');

  network.addresses = ['127.0.0.1', ADDRESS];
  await vi.waitFor(async () => expect(await statusBy(ADDRESS)).toBe(200), PATIENT);
  expect(await knockOfTerminal(ADDRESS)).toBe('open');
  await vi.waitFor(() => expect(host.lan.status().urls).toHaveLength(2), PATIENT);
  expect(host.lan.status()).toMatchObject({ state: 'on', fingerprint });
});

test('an address that the certificate does not name is put on a new one, and nobody is cut off for that', async () => {
  await serve(['127.0.0.1']);
  const { fingerprint } = host.lan.status();
  const before = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(before, 'secureConnect');
  const ended = vi.fn();
  before.once('close', ended);
  before.on('error', ended);

  network.addresses = ['127.0.0.1', ADDRESS];
  await vi.waitFor(() => expect(host.lan.status().fingerprint).not.toBe(fingerprint), PATIENT);
  const after = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(after, 'secureConnect');
  expect(after.getPeerCertificate().subjectaltname).toContain(ADDRESS);
  expect(after.getPeerCertificate().fingerprint256).toBe(host.lan.status().fingerprint);
  expect(ended).not.toHaveBeenCalled();
  expect(await statusBy(ADDRESS)).toBe(200);
  before.destroy();
  after.destroy();
});

test('an address that this computer has lost is its own no more', async () => {
  await serve(['127.0.0.1', ADDRESS]);
  expect(await statusBy(ADDRESS)).toBe(200);
  network.addresses = ['127.0.0.1'];
  await vi.waitFor(async () => expect(await statusBy(ADDRESS)).toBe(403), PATIENT);
});

test('a start that failed is tried again as soon as the network is another, not when its pause is over', async () => {
  const blocking = createServer().listen(port, '0.0.0.0');
  await once(blocking, 'listening');
  await serve(['127.0.0.1']);
  expect(host.lan.status().state).toBe('failed');
  await new Promise((resolve) => blocking.close(resolve));
  const still = vi.spyOn(performance, 'now').mockReturnValue(performance.now());
  network.addresses = ['127.0.0.1', ADDRESS];
  await vi.waitFor(() => expect(host.lan.status().state).toBe('on'), PATIENT);
  still.mockRestore();
});
