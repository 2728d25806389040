import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Host, startHost } from '#station/host.ts';
import { ownCertificate } from '#station/lan/certificate.ts';
import {
  changeLanSettings,
  type LanSettings,
  lanSettingsSchema,
} from '#station/lan/lan-settings.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { type TemporaryHost, temporaryHost } from '../temporary-host.ts';
import { OfficePc } from './paired-device.ts';

/** Office PCs judge by a clock of their own. */
const RIGHT = Date.now();
const WRONG = [
  ['2020, as after a dead battery', Date.parse('2020-01-01T00:00:00+08:00')],
  ['2099', Date.parse('2099-01-01T00:00:00+08:00')],
] as const;
const PATIENT = { timeout: 20_000, interval: 50 };
let temporary: TemporaryHost;
let host: Host | undefined;
let db: WritableDb;
let clock: number;
let settings: LanSettings;
let pageDir: string;

beforeEach(async () => {
  temporary = temporaryHost();
  const { dataDir } = temporary.options;
  pageDir = join(dataDir, 'pages');
  mkdirSync(join(pageDir, 'console'), { recursive: true });
  mkdirSync(join(pageDir, 'assets'));
  writeFileSync(join(pageDir, 'console/index.html'), '<title>console</title>');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' ? bound?.port : undefined;
  await new Promise((resolve) => server.close(resolve));
  settings = lanSettingsSchema.parse({ on: true, bind: '127.0.0.1', port });
  clock = RIGHT;
  await startAt(RIGHT);
  db = openDatabase(join(dataDir, 'station.sqlite'), 'station');
});
afterEach(async () => {
  closeDatabase(db);
  await host?.close();
  temporary.remove();
});

async function startAt(now: number): Promise<Host> {
  await host?.close();
  clock = now;
  const started = await startHost({ ...temporary.options, now: () => clock });
  host = started;
  await started.serveLan(pageDir);
  return started;
}

async function isServed(file: string): Promise<boolean> {
  const pc = new OfficePc(settings.port, readFileSync(file, 'utf8'));
  return (await pc.ask('GET', '/console/')).status === 200;
}

test.each(WRONG)(
  'a start in %s shows office PCs the certificate that they trust',
  async (_, wrong) => {
    changeLanSettings(db, settings, RIGHT);
    const { fingerprint } = (await startAt(RIGHT)).lan.status();
    const file = join(temporary.options.dataDir, 'lan/certificate.pem');
    const trusted = readFileSync(file, 'utf8');
    const started = await startAt(wrong);
    expect(started.lan.status()).toMatchObject({
      ...{ state: 'on', fingerprint, certificateOutOfDate: true },
    });
    expect((await startAt(RIGHT)).lan.status()).toMatchObject({
      ...{ state: 'on', fingerprint, certificateOutOfDate: false },
    });
    expect(readFileSync(file, 'utf8')).toBe(trusted);
  },
);

test('a given certificate that seems to have run out is served, and said to be out of date', async () => {
  const folder = join(temporary.options.dataDir, 'given');
  await ownCertificate(folder, ['127.0.0.1'], RIGHT);
  const files = { certificate: join(folder, 'certificate.pem'), key: join(folder, 'key.pem') };
  changeLanSettings(db, { ...settings, certificate: files }, RIGHT);
  const started = await startAt(Date.parse('2099-01-01T00:00:00+08:00'));
  expect(started.lan.status()).toMatchObject({ state: 'on', certificateOutOfDate: true });
  expect(await isServed(files.certificate)).toBe(true);
});

test('whoever switches the network off and on when its certificate has run out gets a new one', async () => {
  changeLanSettings(db, settings, RIGHT);
  const { fingerprint } = (await startAt(RIGHT)).lan.status();
  const started = await startAt(RIGHT + 900 * 86_400_000);
  expect(started.lan.status()).toMatchObject({ fingerprint, certificateOutOfDate: true });
  started.lan.serve('technician', false);
  await vi.waitFor(() => expect(started.lan.status().state).toBe('off'), PATIENT);
  started.lan.serve('technician', true);
  await vi.waitFor(() => expect(started.lan.status().state).toBe('on'), PATIENT);
  expect(started.lan.status().certificateOutOfDate).toBe(false);
  expect(started.lan.status().fingerprint).not.toBe(fingerprint);
});
