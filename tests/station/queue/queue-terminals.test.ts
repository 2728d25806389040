import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { CHECKS } from '#station/doctor/checks/index.ts';
import { examine } from '#station/doctor/examine.ts';
import { runDoctor } from '#station/doctor/run-doctor.ts';
import { type Host, startHost } from '#station/host.ts';
import { changeLanSettings, lanSettingsSchema } from '#station/lan/lan-settings.ts';
import {
  openQueueTerminals,
  type QueueTerminals,
} from '#station/queue/terminals/queue-terminals.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { all, sql, type WritableDb } from '#station/store/sql.ts';
import { type TemporaryHost, temporaryHost } from '../temporary-host.ts';

const PATIENT = { timeout: 30_000, interval: 50 };
const NOW = Date.parse('2026-11-23T10:24:00+08:00');

/** A terminal as its technician has it: the running host, and its data. */
interface Terminal {
  readonly temporary: TemporaryHost;
  readonly host: Host;
  readonly db: WritableDb;
  readonly terminals: QueueTerminals;
}

let first: Terminal;
let second: Terminal;
let third: Terminal;
/** It runs for another outlet. */
let stray: Terminal;
let port: number;
beforeAll(async () => {
  port = await freePort();
  [first, second, third] = [await start(), await start(), await start()];
  stray = await start('530102008');
}, 120_000);
afterAll(async () => {
  for (const { host, db, temporary } of [first, second, third, stray]) {
    closeDatabase(db);
    await host.close();
    temporary.remove();
  }
});

async function start(station?: string): Promise<Terminal> {
  const temporary = temporaryHost();
  const { dataDir } = temporary.options;
  const host = await startHost({ ...temporary.options, station, now: () => NOW });
  const db = openDatabase(join(dataDir, 'station.sqlite'), 'station');
  return { temporary, host, db, terminals: openQueueTerminals({ db, dataDir, now: () => NOW }) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
  return taken;
}

async function codeFor(name: string): Promise<string> {
  const opened = await first.terminals.openJoining('p1', name);
  return opened.state === 'open' ? opened.code : expect.unreachable(opened.state);
}

const address = () => `127.0.0.1:${port}`;
const audited = ({ db }: Terminal, action: string) =>
  all<{ actor: string }>(db, sql`select actor from audit where action = ${action}`).map(
    (row) => row.actor,
  );

test('while the network is off there is no code to be had, and an address that is none is told at once', async () => {
  expect(await first.terminals.openJoining('p1', '2号取号机')).toEqual({ state: 'lan-off' });
  expect(await second.terminals.join('p2', 'not an address!', 'x')).toEqual({
    state: 'bad-address',
  });
  expect(await second.terminals.join('p2', address(), 'x')).toEqual({ state: 'unreachable' });
});

test('a technician joins a terminal with address and code, as a person, and it is seen on both sides', async () => {
  const lan = { on: true, bind: '127.0.0.1', port };
  changeLanSettings(first.db, lanSettingsSchema.parse(lan), NOW);
  await first.host.serveLan(import.meta.dirname);
  const code = await codeFor('2号取号机');
  expect(await second.terminals.join('p2', address(), 'ABCD-EFGH')).toEqual({
    state: 'not-the-host',
  });
  const joined = await second.terminals.join('p2', ` https://${address()}/console/ `, code);
  expect(joined).toMatchObject({ state: 'joined', address: address(), ordinal: 1 });
  expect(second.terminals.overview()).toMatchObject({
    host: { address: address(), ordinal: 1 },
    unreported: 0,
  });
  expect(first.terminals.overview().terminals).toMatchObject([{ ordinal: 1, name: '2号取号机' }]);
  expect(audited(first, 'queue-joining-opened')).toEqual(['p1']);
  expect(audited(second, 'queue-host-joined')).toEqual(['p2']);
});

test('a code is good once', async () => {
  const code = await codeFor('3号取号机');
  expect(await third.terminals.join('p3', address(), code)).toMatchObject({ state: 'joined' });
  expect(third.terminals.leave('p3')).toMatchObject({ state: 'left' });
  expect(await third.terminals.join('p3', address(), code)).toMatchObject({ state: 'wrong' });
});

test('a terminal of another outlet does not join, says which it is, and costs neither the code nor a place', async () => {
  const code = await codeFor('3号取号机');
  const before = first.terminals.overview().terminals;
  expect(await stray.terminals.join('p4', address(), code)).toEqual({
    ...{ state: 'other-station', station: '530102001', own: '530102008' },
  });
  expect(stray.terminals.overview().host).toBeUndefined();
  expect(audited(stray, 'queue-host-joined')).toEqual([]);
  expect(first.terminals.overview().terminals).toEqual(before);
  expect(await third.terminals.join('p3', address(), code)).toMatchObject({ state: 'joined' });
  expect(third.terminals.leave('p3')).toMatchObject({ state: 'left' });
});

test('a terminal that is started for another outlet after it joined says so, until it is of the same one', async () => {
  const code = await codeFor('3号取号机');
  expect(await third.terminals.join('p3', address(), code)).toMatchObject({ state: 'joined' });
  const restart = async (station?: string) => {
    await third.host.close();
    third = {
      ...third,
      host: await startHost({ ...third.temporary.options, station, now: () => NOW }),
    };
  };
  const verdict = async () => {
    const { dataDir } = third.temporary.options;
    const { premises, close } = examine({ dataDir, now: NOW });
    const report = await runDoctor(
      premises,
      '0',
      CHECKS.filter(({ id }) => id === 'queue'),
    );
    close();
    return report.findings;
  };
  await restart('530102008');
  await vi.waitFor(
    () => expect(third.terminals.overview().otherStation).toBe('530102001'),
    PATIENT,
  );
  expect(third.terminals.overview().host).toBeDefined();
  expect(await verdict()).toMatchObject([{ verdict: 'fault' }]);
  await restart();
  await vi.waitFor(() => expect(third.terminals.overview().otherStation).toBeUndefined(), PATIENT);
  expect(await verdict()).toMatchObject([{ verdict: 'ok' }]);
  expect(third.terminals.leave('p3')).toMatchObject({ state: 'left' });
});

test('a further terminal gives no codes, and one from which others take numbers goes nowhere', async () => {
  expect(await second.terminals.openJoining('p2', '4号取号机')).toEqual({ state: 'further' });
  expect(await first.terminals.join('p1', address(), 'x')).toEqual({ state: 'has-terminals' });
  expect(first.terminals.leave('p1')).toEqual({ state: 'has-terminals' });
  first.terminals.remove('p1', 1);
  first.terminals.remove('p1', 2);
  first.terminals.remove('p1', 3);
  first.terminals.remove('p1', 4);
  expect(() => first.terminals.remove('p1', 1)).toThrow('not-found');
  expect(first.terminals.leave('p1')).toEqual({ state: 'left', resting: false });
});
