import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { publishRecord, withdrawRecord } from '#district/content/published.ts';
import { readOptions } from '#district/options.ts';
import { type RunningDistrict, runDistrict } from '#district/run-district.ts';
import { all, first, sql } from '#district/store/sql.ts';
import { makeCode } from '#district/terminals/enrolment.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { localDateTime } from '#shared/time/local-date.ts';
import { recordsOfDivision } from '#station/content/content-store.ts';
import { outboxState } from '#station/district/outbox.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { socketTransport } from '../../../src/renderer/station-client/socket-transport.ts';
import {
  connectStation,
  type StationClient,
} from '../../../src/renderer/station-client/station-client.ts';
import { chanceFrom } from '../../bench/sync/sample-records.ts';
import { runKiosk } from '../../cli/run-kiosk.ts';
import { notice } from '../../district/feed/sample-feed.ts';
import { shippedPack } from '../../real-content.ts';
import { forkHost, readyUrl } from '../../station/district/forked-host.ts';
import { checkKilled, type Known, rowsText } from './check-killed.ts';

const KIOSK = join(import.meta.dirname, '../../../src/main/cli/kiosk.ts');
const OUTLET = '530102001';
const DISTRICT = '530102';
const DIVISIONS = [DISTRICT, OUTLET];
const ACCOUNT = 'wang01';
const SECRET = '284913';
const DAY = 86_400_000;
/** After the last kill everything is home within so many looks at what is there. */
const MOST_LOOKS = 400;
const BETWEEN_LOOKS_MS = 500;
/** So long at most a terminal works before it dies. */
const WORKING_MS = 2_000;
/** A page gives up after seconds; here other work may keep the computer busy. */
const PATIENT = { context: { timeoutMs: 120_000 } };

/** What came of it. */
export interface SyncKillFigures {
  readonly kills: number;
  /** Kills before the terminal answered its page, and after it had published something. */
  readonly whileStarting: number;
  readonly whileWriting: number;
  /** Kills that left operations which the district had not answered, or the terminal did not know of it. */
  readonly withWaiting: number;
  /** Kills of a command that took in a stick, beside the running terminal. */
  readonly importsKilled: number;
  readonly importsDone: number;
  /** Changes that the terminal said it has published. */
  readonly said: number;
  readonly published: number;
  /** What must not be. */
  readonly faults: readonly string[];
}

/**
 * Kills (`SIGKILL`) the host of an enrolled terminal `kills` times, at any moment from its start on, while it pulls what a real server
 * publishes, staff publish on it, it sends that, and a command takes in a stick. After each kill what is left is looked through; after the last one
 * everything has to come home, once.
 */
export async function syncKills(kills: number, seed: number): Promise<SyncKillFigures> {
  const place = mkdtempSync(join(tmpdir(), 'sync-kills-'));
  const district = await runDistrict(
    readOptions(['--data', join(place, 'district'), '--port', '0'], {}),
    { now: Date.now, log: () => {}, pages: undefined, version: 'test' },
  );
  try {
    const run: Run = {
      ...{ place, data: join(place, 'terminal'), district, chance: chanceFrom(seed) },
      ...{ said: [], states: new Map(), serial: 0, faults: [] },
      tally: {
        whileStarting: 0,
        whileWriting: 0,
        withWaiting: 0,
        importsKilled: 0,
        importsDone: 0,
      },
    };
    const { record, span } = await settleIn(run);
    for (let kill = 0; kill < kills && run.faults.length === 0; kill += 1) {
      await change(run);
      await liveAndDie(run, record, span);
      await checkLeft(run, kill);
    }
    if (run.faults.length === 0) await comeHome(run, record);
    return {
      kills,
      ...run.tally,
      said: run.said.length,
      published: run.serial,
      faults: run.faults,
    };
  } finally {
    await district.close();
    rmSync(place, { recursive: true, force: true });
  }
}

interface Run {
  readonly place: string;
  readonly data: string;
  readonly district: RunningDistrict;
  readonly chance: () => number;
  readonly said: string[];
  readonly states: Map<number, string>;
  /** Changes of the district and titles of the terminal, none of them like another. */
  serial: number;
  readonly faults: string[];
  readonly tally: Record<
    'whileStarting' | 'whileWriting' | 'withWaiting' | 'importsKilled' | 'importsDone',
    number
  >;
}

const kiosk = async ({ data }: Run, ...args: readonly string[]) => {
  const ran = await runKiosk(...args, '--data', data, '--json');
  if (ran.status !== 0) throw new Error(ran.errors);
  return JSON.parse(ran.out) as Record<string, string>;
};

/** A notice that is in force today, whatever day it is. */
function current(name: string, title: string, scope: string): ContentRecord {
  const record = notice(name, 1, scope);
  const day = (at: number) => localDateTime(at).slice(0, 10);
  const [effectiveFrom, validUntil] = [day(Date.now() - DAY), day(Date.now() + 60 * DAY)];
  return { ...record, effectiveFrom, validUntil, body: { ...record.body, title } };
}

async function publish(run: Run, record: ContentRecord): Promise<void> {
  const { database, contentChanged, now } = run.district.district;
  const by = { actor: 'office', note: '示例', at: now() };
  await database.transaction((db) => publishRecord(db, record, by));
  await noteState(run);
  contentChanged();
}

/** Every top of the district's own division with its rows; the office alone changes that one. */
async function noteState({ district: { district }, states }: Run): Promise<void> {
  const row = await first<{ top: number }>(
    district.database,
    sql`select top from feed_division where division = ${DISTRICT}`,
  );
  if (row !== undefined) states.set(row.top, rowsText(await published(district, [DISTRICT])));
}

const published = ({ database }: RunningDistrict['district'], divisions: readonly string[]) =>
  all<{ id: string; version: number }>(
    database,
    sql`select id, version from content
        where state = 'published' and split_part(scope, '-', 1) = any(${divisions})`,
  );

/** One to three records of a few are written anew or taken away. */
async function change(run: Run): Promise<void> {
  const { chance, district } = run;
  const { database, contentChanged, now } = district.district;
  const count = 1 + Math.floor(chance() * 3);
  for (let at = 0; at < count; at += 1) {
    run.serial += 1;
    const record = current(
      `office-${Math.floor(chance() * 6)}`,
      `区司法局的示例通知 ${run.serial}`,
      DISTRICT,
    );
    if (chance() < 0.7) await publish(run, record);
    else {
      const by = { actor: 'office', note: '示例', at: now() };
      await database.transaction((db) => withdrawRecord(db, record, by));
      await noteState(run);
      contentChanged();
    }
  }
}

/** A whole day of a terminal: it is enrolled, a person makes a notice. Gives that, and how long a life takes until something is published. */
async function settleIn(run: Run): Promise<{ record: string; span: number }> {
  for (const { record } of shippedPack('wuhua').records)
    if (DIVISIONS.includes(record.scope)) await publish(run, record);
  const { database } = run.district.district;
  const newborn = await startHost(run);
  const added = await kiosk(run, 'staff', 'add', ACCOUNT, '--name', '王示例', '--role', '编辑');
  const { code } = await makeCode(run.district.district, OUTLET, 'typed', 'office');
  const at = ['--server', run.district.url, '--name', '大厅东侧', '--station', OUTLET];
  await kiosk(run, 'enrol', code, ...at);
  await newborn.end('SIGTERM');
  const began = performance.now();
  const host = await startHost(run);
  const { client } = host;
  await client.staff.logIn({ account: ACCOUNT, secret: added.oneTimePin ?? '' }, PATIENT);
  await client.staff.changeSecret({ current: added.oneTimePin ?? '', next: SECRET }, PATIENT);
  const { id } = await client.editing.create({ kind: 'notice' }, PATIENT);
  await write(run, client, id);
  for (let looks = 0; (await titles(database, id)).length === 0; looks += 1) {
    if (looks > MOST_LOOKS) throw new Error('the first edit does not arrive');
    await pause(BETWEEN_LOOKS_MS);
  }
  const span = performance.now() - began;
  await host.end('SIGTERM');
  return { record: id, span };
}

/** The titles that a record ever had at the district, one for each of its versions. */
const titles = (database: RunningDistrict['district']['database'], id: string) =>
  all<{ title: string }>(
    database,
    sql`select record -> 'body' ->> 'title' as title from content_version
        where id = ${id} and scope = ${OUTLET} and record is not null`,
  );

async function startHost(run: Run) {
  const child = forkHost({
    dataDir: run.data,
    pageDir: mkdtempSync(join(run.place, 'pages-')),
    station: OUTLET,
  });
  const page = connectStation(
    socketTransport(`${(await readyUrl(child)).replace('http', 'ws')}/rpc`),
  );
  return {
    client: page.client,
    end: async (signal: 'SIGTERM' | 'SIGKILL') => {
      page.close();
      await ended(child, signal);
    },
  };
}

function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

/** Publishes a new title on the terminal, which says that it did. */
async function write(run: Run, client: StationClient, id: string): Promise<void> {
  run.serial += 1;
  const title = `本站的示例通知 ${run.serial} 号`;
  const { shown, draft } = await client.editing.open({ id }, PATIENT);
  const from = draft?.content ?? shown;
  if (from === undefined) throw new Error('nothing to change');
  const { effectiveFrom, validUntil, body } = current('x', title, OUTLET);
  const content = { ...from, effectiveFrom, validUntil, body: { ...(body as object), title } };
  const saved = await client.editing.save(
    { id, content, stamp: draft?.stamp ?? 0, ...(shown && { from: shown }) },
    PATIENT,
  );
  if (saved.state !== 'saved') throw new Error(`the draft is ${saved.state}`);
  const { state } = await client.editing.publish({ id, stamp: saved.stamp }, PATIENT);
  if (state !== 'published') throw new Error(`the publication is ${state}`);
  run.said.push(title);
}

interface Life {
  isKilled: boolean;
  isReady: boolean;
  /** Settled when the terminal has said that something is published. */
  readonly written: PromiseWithResolvers<true>;
}

async function liveAndDie(run: Run, record: string, span: number): Promise<void> {
  const { chance, tally } = run;
  const child = forkHost({
    dataDir: run.data,
    pageDir: mkdtempSync(join(run.place, 'pages-')),
    station: OUTLET,
  });
  const life: Life = { isKilled: false, isReady: false, written: Promise.withResolvers<true>() };
  const living = workAt(run, child, record, life);
  const stick = chance() < 0.5 ? importing(run, chance() * span) : undefined;
  // One in three dies at any moment of its start, the others after they have published something.
  const isYoung = chance() < 1 / 3;
  if (!isYoung) await Promise.race([life.written.promise, living]);
  await pause(chance() * (isYoung ? span : WORKING_MS));
  life.isKilled = true;
  if (!life.isReady) tally.whileStarting += 1;
  if (!isYoung) tally.whileWriting += 1;
  await ended(child, 'SIGKILL');
  await living;
  await stick;
}

/** Staff at a terminal: logs in and publishes until the terminal is killed. What fails before that is a fault. */
async function workAt(run: Run, child: ChildProcess, record: string, life: Life): Promise<void> {
  let close = () => {};
  try {
    const url = await readyUrl(child);
    life.isReady = true;
    const page = connectStation(socketTransport(`${url.replace('http', 'ws')}/rpc`));
    close = page.close;
    const { client } = page;
    await client.staff.logIn({ account: ACCOUNT, secret: SECRET }, PATIENT);
    while (!life.isKilled) {
      await write(run, client, record);
      life.written.resolve(true);
      // A request each second is what the district grants a terminal.
      await pause(run.chance() * 1_000);
    }
  } catch (error) {
    if (!life.isKilled)
      run.faults.push(`a living terminal: ${error instanceof Error ? error.message : 'unknown'}`);
  } finally {
    close();
  }
}

/** Takes the feed in from a stick while the terminal runs, and is killed after a while. */
async function importing({ place, data, tally }: Run, afterMs: number): Promise<void> {
  const stick = join(place, 'stick');
  rmSync(stick, { recursive: true, force: true });
  mkdirSync(stick);
  cpSync(join(place, 'district/feed'), stick, { recursive: true });
  const child = spawn(process.execPath, [KIOSK, 'import', stick, '--data', data, '--json'], {
    stdio: 'ignore',
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await Promise.race([gone, pause(afterMs)]);
  const isDone = child.exitCode !== null;
  tally[isDone ? 'importsDone' : 'importsKilled'] += 1;
  await ended(child, 'SIGKILL');
}

async function knownOf({ said, states, district }: Run): Promise<Known> {
  const rows = await all<{ id: string }>(district.district.database, sql`select id from operation`);
  const answered = new Set(rows.map(({ id }) => id));
  return { said, states, answered, district: DISTRICT, divisions: DIVISIONS };
}

async function checkLeft(run: Run, kill: number | 'the last'): Promise<void> {
  try {
    if (checkKilled(run.data, await knownOf(run)) > 0) run.tally.withWaiting += 1;
  } catch (error) {
    run.faults.push(`after kill ${kill}: ${error instanceof Error ? error.message : 'unknown'}`);
  }
}

/** The terminal lives on undisturbed until nothing waits and it holds what the district publishes; each title arrived once. */
async function comeHome(run: Run, record: string): Promise<void> {
  const host = await startHost(run);
  try {
    for (let looks = 0; !(await isHome(run)); looks += 1) {
      if (looks === MOST_LOOKS) run.faults.push('it does not come to rest');
      if (looks >= MOST_LOOKS) return;
      await pause(BETWEEN_LOOKS_MS);
    }
  } finally {
    await host.end('SIGTERM');
  }
  await checkLeft(run, 'the last');
  const arrived = (await titles(run.district.district.database, record)).map(({ title }) => title);
  for (const title of run.said) {
    const times = arrived.filter((one) => one === title).length;
    if (times !== 1) run.faults.push(`${title} arrived ${times} times`);
  }
  if (new Set(arrived).size !== arrived.length) run.faults.push('a title arrived twice');
}

/** Looks into the databases of the running terminal, as a technician's command does. */
async function isHome({ data, district }: Run): Promise<boolean> {
  const wanted = rowsText(await published(district.district, DIVISIONS));
  const station = openDatabase(join(data, 'station.sqlite'), 'station');
  const cache = openDatabase(join(data, 'cache.sqlite'), 'cache');
  try {
    const held = DIVISIONS.flatMap((division) => recordsOfDivision(cache, division));
    return outboxState(station).waiting === 0 && rowsText(held) === wanted;
  } finally {
    station.write.close();
    cache.write.close();
  }
}
