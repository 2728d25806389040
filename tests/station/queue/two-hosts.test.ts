import { execFile } from 'node:child_process';
import { randomUUID, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { changeLanSettings, lanSettingsSchema } from '#station/lan/lan-settings.ts';
import { openJoining } from '#station/queue/terminals/terminal-keys.ts';
import { addPerson } from '#station/staff/people.ts';
import { openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { spawnNodeHost } from '../../../src/main/shell/host-child.ts';
import { type SupervisedHost, superviseHost } from '../../../src/main/shell/supervised-host.ts';
import { socketTransport } from '../../../src/renderer/station-client/socket-transport.ts';
import {
  connectStation,
  type StationConnection,
} from '../../../src/renderer/station-client/station-client.ts';
import { type TemporaryHost, temporaryHost } from '../temporary-host.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** A Monday morning on which the station is open. */
const START_AT = '2026-11-23T10:00:00+08:00';
const PATIENT = { timeout: 60_000, interval: 100 };

/** A terminal as it runs at a station: a process of its own, its pages' calls, and a technician's way into its data. */
interface Terminal {
  readonly temporary: TemporaryHost;
  readonly supervised: SupervisedHost;
  /** `SIGKILL`, as a power cut does it; the shell starts it anew. */
  readonly kill: () => Promise<void>;
  readonly connection: StationConnection;
  readonly db: WritableDb;
  readonly now: () => number;
}

let host: Terminal;
let second: Terminal;
let port: number;

beforeAll(async () => {
  port = await freePort();
  [host, second] = [await start(), await start()];
}, 120_000);
afterAll(async () => {
  for (const terminal of [host, second]) {
    terminal.connection.close();
    terminal.db.write.close();
    await terminal.supervised.stop();
    terminal.temporary.remove();
  }
});

async function start(): Promise<Terminal> {
  const temporary = temporaryHost();
  const shift = Date.parse(START_AT) - Date.now();
  const supervised = superviseHost(
    (again) =>
      spawnNodeHost(process.execPath, join(ROOT, 'src/main/station/main.ts'), {
        ...temporary.options,
        pageDir: import.meta.dirname,
        port: again ?? 0,
        startAt: START_AT,
      }),
    { pongWithinMs: 600_000 },
  );
  const { url = '' } = await supervised.ready;
  const connection = connectStation(socketTransport(`${url.replace('http', 'ws')}/rpc`));
  const db = openDatabase(join(temporary.options.dataDir, 'station.sqlite'), 'station');
  const kill = async () => {
    const before = supervised.restarts();
    const up = new Promise<void>((resolve) => {
      const end = supervised.onUp(() => {
        end();
        resolve();
      });
    });
    process.kill(supervised.pid() ?? 0, 'SIGKILL');
    await up;
    expect(supervised.restarts()).toBe(before + 1);
  };
  return { temporary, supervised, kill, connection, db, now: () => Date.now() + shift };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
  return taken;
}

/** Opens or cuts the host's network; the link to the second terminal goes with it. */
const cable = (on: boolean) =>
  changeLanSettings(host.db, lanSettingsSchema.parse({ on, bind: '127.0.0.1', port }), host.now());
/** Throws until the host answers at its port. */
async function listening(): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}
const connected = async (wanted: boolean) =>
  vi.waitFor(
    async () =>
      expect(await second.connection.client.queue.state({ language: 'zh-CN' })).toMatchObject({
        connected: wanted,
      }),
    PATIENT,
  );

/** A command at a terminal, by the terminals' clock: a day's numbers are held back on that day alone. */
function kiosk(...args: string[]): Promise<{ status: number; out: string; errors: string }> {
  const shift = host.now() - Date.now();
  const clock = `const real = Date.now; Date.now = () => real() + ${shift};`;
  return new Promise((resolve) => {
    const file = join(ROOT, 'src/main/cli/kiosk.ts');
    const clocked = ['--import', `data:text/javascript,${encodeURIComponent(clock)}`];
    execFile(process.execPath, [...clocked, file, ...args], (error, out, errors) =>
      resolve({ status: error === null ? 0 : Number(error.code), out, errors }),
    );
  });
}

async function take({ connection }: Terminal) {
  const order = { operation: randomUUID(), line: 'reception', language: 'zh-CN' as const };
  const answer = await connection.client.queue.take(order);
  if (answer.outcome !== 'issued') return expect.unreachable(answer.because);
  // Asked again, as after a lost answer, it is the same number.
  expect(await connection.client.queue.take(order)).toMatchObject({
    ticket: { number: answer.ticket.number },
  });
  return answer.ticket;
}

/** Logs the head of the station in at window 1 of the host. */
async function openWindow(): Promise<void> {
  const { client } = host.connection;
  const { oneTimePin } = await addPerson(
    { db: host.db, actor: 'technician', now: host.now() },
    { account: 'li01', name: '示例李', roles: ['station-head'] },
  );
  await client.staff.logIn({ account: 'li01', secret: oneTimePin });
  await client.staff.changeSecret({ current: oneTimePin, next: '284913' });
  await client.desk.openWindow({ operation: randomUUID(), window: 'w1' });
}

/** As the page does it: asked again under the same id until there is an answer. */
async function takeThrough({ connection }: Terminal, kill: () => Promise<void>) {
  const order = { operation: randomUUID(), line: 'reception', language: 'zh-CN' as const };
  const asked = connection.client.queue.take(order).catch(() => undefined);
  await kill();
  await asked;
  const answer = await vi.waitFor(() => connection.client.queue.take(order), PATIENT);
  return answer.outcome === 'issued' ? answer.ticket : expect.unreachable(answer.because);
}

const modeOf = async ({ connection }: Terminal) =>
  (await connection.client.queue.state({ language: 'zh-CN' })).mode;

/** Calls and finishes until nobody waits; the numbers in the order in which they were called. */
async function callAll(): Promise<string[]> {
  const { desk } = host.connection.client;
  const numbers: string[] = [];
  for (;;) {
    const called = await desk.callNext({ operation: randomUUID(), window: 'w1' });
    if (called.outcome !== 'done') return numbers;
    numbers.push(called.ticket.number);
    await desk.finish({ operation: randomUUID(), window: 'w1', ticket: called.ticket.id });
  }
}

test('two terminals give numbers with the cable cut; joined again, one window calls every number once', async () => {
  cable(true);
  await vi.waitFor(listening, PATIENT);
  const pem = readFileSync(join(host.temporary.options.dataDir, 'lan/certificate.pem'));
  const hostKey = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });
  const code = openJoining(host.db, { name: '2号取号机', hostKey }, host.now() - 120_000) ?? '';
  const data = ['--data', second.temporary.options.dataDir];
  const joined = await kiosk('queue-host', 'join', `127.0.0.1:${port}`, code, ...data);
  expect(joined).toMatchObject({ status: 0, errors: '' });
  await connected(true);

  const together = [await take(host), await take(second), await take(host), await take(second)];
  const [, first] = together;
  await vi.waitFor(
    async () =>
      expect(
        await second.connection.client.queue.ticket({ id: first?.id ?? '', language: 'zh-CN' }),
      ).toHaveProperty('before'),
    PATIENT,
  );

  await openWindow();
  const estimatedLines = async () =>
    (await second.connection.client.queue.state({ language: 'zh-CN' })).lines.filter(
      (line) => line.estimateMinutes !== undefined,
    );
  await vi.waitFor(async () => expect(await estimatedLines()).not.toEqual([]), PATIENT);

  cable(false);
  await connected(false);
  expect(await estimatedLines()).toEqual([]);
  const apart = [];
  for (let turn = 0; turn < 9; turn += 1) apart.push(await take(second), await take(host));
  const alone = apart[0] ?? expect.unreachable();
  expect(alone.before).toBeUndefined();
  expect(alone.estimateMinutes).toBeUndefined();
  const status = await kiosk('queue-host', 'status', '--json', ...data);
  expect(JSON.parse(status.out)).toMatchObject({ ordinal: 1, unreported: 9 });
  const left = await kiosk('queue-host', 'leave', ...data);
  expect(left.status).toBe(1);
  expect(left.errors).toContain('还有 9 个号');

  cable(true);
  await connected(true);
  await vi.waitFor(
    async () =>
      expect(
        JSON.parse((await kiosk('queue-host', 'status', '--json', ...data)).out),
      ).toMatchObject({
        unreported: 0,
      }),
    PATIENT,
  );
  const given = [...together, ...apart].map((ticket) => ticket.number);
  expect(new Set(given).size).toBe(22);
  const called = await callAll();
  expect(called.toSorted()).toEqual(given.toSorted());
  const file = join(host.temporary.options.dataDir, 'statistics.csv');
  const period = ['--from', '2026-11-23', '--to', '2026-11-23'];
  const where = ['--data', host.temporary.options.dataDir];
  const counted = await kiosk('queue-statistics', ...period, '--csv', file, ...where);
  expect(counted.status).toBe(0);
  expect(counted.out).toContain('共取号 22 个');
  expect(readFileSync(file, 'utf8')).toContain('合计,,22,0,22,0,0,0');
}, 240_000);

test('a terminal that dies in the middle of a number answers the visitor, and the number is called once', async () => {
  const given = [];
  for (const terminal of [host, second, host, second])
    given.push(await takeThrough(terminal, terminal.kill));
  const numbers = given.map((ticket) => ticket.number);
  expect(new Set(numbers).size).toBe(4);
  await host.connection.client.staff.logIn({ account: 'li01', secret: '284913' });
  await connected(true);
  const status = async () =>
    JSON.parse(
      (await kiosk('queue-host', 'status', '--json', '--data', second.temporary.options.dataDir))
        .out,
    ) as { unreported: number };
  await vi.waitFor(async () => expect(await status()).toMatchObject({ unreported: 0 }), PATIENT);
  expect((await callAll()).toSorted()).toEqual(numbers.toSorted());
}, 240_000);

test('numbers that the head ended for today stay ended on the other terminal, cut off and started anew', async () => {
  const order = { operation: randomUUID(), window: 'w1', farewell: '今天停电，请明天来。' };
  await host.connection.client.desk.closeEarly(order);
  const ended = { state: 'early-close', farewell: '今天停电，请明天来。' };
  await vi.waitFor(async () => expect(await modeOf(second)).toEqual(ended), PATIENT);
  cable(false);
  await connected(false);
  await second.kill();
  await vi.waitFor(async () => expect(await modeOf(second)).toEqual(ended), PATIENT);
  const late = { operation: randomUUID(), line: 'reception', language: 'zh-CN' as const };
  expect(await second.connection.client.queue.take(late)).toEqual({
    outcome: 'refused',
    because: 'early-close',
  });
  await host.connection.client.desk.reopen({ operation: randomUUID(), window: 'w1' });
  cable(true);
  await vi.waitFor(async () => expect((await modeOf(second)).state).toBe('open'), PATIENT);
  expect((await take(second)).number).toMatch(/^A\d{3}$/);
}, 240_000);
