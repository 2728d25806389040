import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DeskAnswer } from '#shared/contract/queue.ts';
import { type Host, startHost } from '#station/host.ts';
import { addPerson } from '#station/staff/people.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { startWebServer, type WebServer } from '#station/transport/web-server.ts';
import { socketTransport } from '../../../src/renderer/station-client/socket-transport.ts';
import {
  connectStation,
  type StationConnection,
} from '../../../src/renderer/station-client/station-client.ts';
import { profileOfTenWindows, TEN_WINDOWS } from './ten-windows.ts';

const NOW = Date.parse('2026-11-23T10:24:00+08:00');
const WINDOWS = TEN_WINDOWS;
const TICKETS = 40;
const SECRET = '773920';

let parent: string;
let host: Host;
let web: WebServer;
let consoles: StationConnection[];
let told: number[];

async function openConsole(url: string, account: string, oneTimePin: string) {
  const connection = connectStation(socketTransport(`${url.replace('http', 'ws')}/rpc`), {
    timeoutMs: 60_000,
  });
  const { staff } = connection.client;
  await staff.logIn({ account, secret: oneTimePin });
  expect(await staff.changeSecret({ current: oneTimePin, next: SECRET })).toMatchObject({
    state: 'in',
  });
  return connection;
}

/** Counts the calls that a console hears. */
async function listen({ client }: StationConnection, at: number): Promise<void> {
  const events = await client.hall.events(undefined, {
    context: { timeoutMs: 0 },
  });
  void (async () => {
    for await (const event of events) if (event.type === 'called') told[at] = (told[at] ?? 0) + 1;
  })().catch(() => {});
}

beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'ten-consoles-'));
  const dataDir = join(parent, 'data');
  host = await startHost({
    dataDir,
    profileDir: profileOfTenWindows(parent),
    station: '530102',
    programVersion: '0.0.0-test',
    now: () => NOW,
  });
  web = await startWebServer(host, import.meta.dirname, 0);
  const db = openDatabase(join(dataDir, 'station.sqlite'), 'station');
  const people = [];
  for (const window of WINDOWS) {
    const account = `clerk${window}`;
    const person = {
      account,
      name: `示例${window}`,
      roles: ['window-clerk'] as const,
    };
    const { oneTimePin } = await addPerson({ db, actor: 'technician', now: NOW }, person);
    people.push({ account, oneTimePin });
  }
  closeDatabase(db);
  consoles = [];
  for (const { account, oneTimePin } of people)
    consoles.push(await openConsole(web.url, account, oneTimePin));
  told = consoles.map(() => 0);
  await Promise.all(consoles.map(listen));
}, 300_000);
afterAll(async () => {
  for (const connection of consoles) connection.close();
  await web.close();
  await host.close();
  rmSync(parent, { recursive: true, force: true });
});

const order = (window: string) => ({ operation: randomUUID(), window });

/** Every console gives its order at the same moment. */
function together<Answer>(
  give: (client: StationConnection['client'], window: string) => Promise<Answer>,
): Promise<Answer[]> {
  return Promise.all(consoles.map(({ client }, at) => give(client, WINDOWS[at] ?? '')));
}

const numberOf = (answer: DeskAnswer) =>
  answer.outcome === 'done' ? answer.ticket.number : answer.outcome;

test('ten consoles at once call every visitor once, and each of them hears every call', {
  timeout: 300_000,
}, async () => {
  await together((client, window) => client.desk.openWindow(order(window)));
  const [first] = consoles;
  if (first === undefined) return expect.unreachable();
  for (let count = 0; count < TICKETS; count += 1)
    await first.client.queue.take({
      operation: randomUUID(),
      line: 'reception',
      language: 'zh-CN',
    });
  const called: string[] = [];
  for (let round = 0; round < TICKETS / WINDOWS.length; round += 1) {
    const answers = await together((client, window) => client.desk.callNext(order(window)));
    called.push(...answers.map(numberOf));
    await together((client, window) =>
      client.desk.view({ window }).then(({ current }) => {
        if (current === undefined) return expect.unreachable();
        return client.desk.finish({ ...order(window), ticket: current.id });
      }),
    );
  }
  expect(new Set(called).size).toBe(TICKETS);
  expect(await together((client, window) => client.desk.callNext(order(window)))).toEqual(
    WINDOWS.map(() => ({ outcome: 'nobody' })),
  );
  await expect.poll(() => told, { timeout: 60_000 }).toEqual(WINDOWS.map(() => TICKETS));
});

test('of ten consoles that want the same visitor one gets it, and nine are told who did', {
  timeout: 300_000,
}, async () => {
  const [first] = consoles;
  if (first === undefined) return expect.unreachable();
  const taken = await first.client.queue.take({
    operation: randomUUID(),
    line: 'reception',
    language: 'zh-CN',
  });
  if (taken.outcome !== 'issued') return expect.unreachable();
  const ticket = taken.ticket.id;
  const answers = await together((client, window) =>
    client.desk.callThis({ ...order(window), ticket }),
  );
  const winner = WINDOWS[answers.findIndex(({ outcome }) => outcome === 'done')];
  expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
  const losers = answers.filter((answer) => answer.outcome === 'taken');
  expect(losers).toHaveLength(9);
  for (const { by } of losers) expect(by.id).toBe(winner);
});
