import { closeSync, existsSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { spawnNodeHost } from '../../src/main/shell/host-child.ts';
import {
  type HostFault,
  type SupervisedHost,
  superviseHost,
} from '../../src/main/shell/supervised-host.ts';
import { socketTransport } from '../../src/renderer/station-client/socket-transport.ts';
import {
  connectStation,
  type StationConnection,
} from '../../src/renderer/station-client/station-client.ts';
import { type TemporaryHost, temporaryHost } from './temporary-host.ts';

const ENTRY = join(import.meta.dirname, '../../src/main/station/main.ts');
const WAIT = { timeout: 60_000, interval: 50 };

let temporary: TemporaryHost;
let host: SupervisedHost;
let connection: StationConnection;
let faults: HostFault[];
const inData = (name: string) => join(temporary.options.dataDir, name);

beforeEach(async () => {
  temporary = temporaryHost();
  faults = [];
  host = superviseHost((port) =>
    spawnNodeHost(process.execPath, ENTRY, {
      ...temporary.options,
      pageDir: import.meta.dirname,
      port: port ?? 0,
    }),
  );
  host.onFault((fault) => faults.push(fault));
  const { url = '' } = await host.ready;
  connection = connectStation(socketTransport(`${url.replace('http', 'ws')}/rpc`));
}, 60_000);
afterEach(async () => {
  connection.close();
  await host.stop();
  temporary.remove();
});

/** What lies in a file that another program has open is noise from now on, as on a disk that dies. */
function overwrite(name: string): void {
  if (!existsSync(inData(name))) return;
  const file = openSync(inData(name), 'r+');
  const noise = Buffer.alloc(statSync(inData(name)).size, 'no longer what was written ');
  writeSync(file, noise);
  closeSync(file);
}

function stationData(): unknown[] {
  const database = new Database(inData('station.sqlite'));
  try {
    return database.prepare('select subject from audit order by seq').pluck().all();
  } finally {
    database.close();
  }
}

test('the file overwritten under a running host: the page has home and search again by itself, and nothing of the station is lost', {
  timeout: 120_000,
}, async () => {
  const { client } = connection;
  const question = { text: '遗嘱公证', language: 'zh-CN', limit: 3 } as const;
  const home = await client.home.view({ language: 'zh-CN' });
  await vi.waitFor(async () => {
    expect((await client.search.query(question)).complete).toBe(true);
  }, WAIT);
  const found = await client.search.query(question);
  const database = new Database(inData('station.sqlite'));
  database.exec(
    `insert into audit (at, actor, action, subject) values (1, 'test', 'note', 'kept')`,
  );
  database.close();

  for (const name of ['cache.sqlite', 'cache.sqlite-wal']) overwrite(name);

  await vi.waitFor(async () => {
    expect(await client.search.query(question)).toEqual(found);
  }, WAIT);
  expect(faults).toEqual(['gone']);
  expect(await client.home.view({ language: 'zh-CN' })).toEqual(home);
  expect(existsSync(inData('cache.sqlite.doubtful'))).toBe(false);
  expect(stationData()).toContain('kept');
});
