import { hash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keptRecord, publishRecord } from '#district/content/published.ts';
import { readOptions } from '#district/options.ts';
import { type RunningDistrict, runDistrict } from '#district/run-district.ts';
import { makeCode } from '#district/terminals/enrolment.ts';
import { allTerminals, revokeTerminal } from '#district/terminals/terminals.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { localDateTime } from '#shared/time/local-date.ts';
import { socketTransport } from '../../../src/renderer/station-client/socket-transport.ts';
import {
  connectStation,
  type StationClient,
} from '../../../src/renderer/station-client/station-client.ts';
import { runKiosk } from '../../cli/run-kiosk.ts';
import { fileOf, notice, pamphlet } from '../../district/feed/sample-feed.ts';
import { shippedPack } from '../../real-content.ts';
import { forkHost, readyUrl } from './forked-host.ts';

const OUTLET = '530102001';
const DAY = 86_400_000;
const OFFICE = { actor: 'office', note: '示例' };
/** Polls until it is so. */
const SOON = { timeout: 60_000, interval: 100 };

let folder: string;
let district: RunningDistrict;
let terminal: Awaited<ReturnType<typeof startTerminal>> | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'real-'));
  district = await runDistrict(
    readOptions(['--data', join(folder, 'district'), '--port', '0'], {}),
    {
      ...{ now: Date.now, log: () => {}, pages: undefined, version: 'test' },
    },
  );
});
afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
  await district.close();
  rmSync(folder, { recursive: true, force: true });
});

const data = () => join(folder, 'terminal');

/** The terminal's host as a process of its own, and a page that is open on it. */
async function startTerminal() {
  const pageDir = mkdtempSync(join(folder, 'pages'));
  const child = forkHost({ dataDir: data(), pageDir, station: OUTLET });
  const url = await readyUrl(child);
  const page = connectStation(socketTransport(`${url.replace('http', 'ws')}/rpc`));
  let shown: readonly string[] = [];
  const events = await page.client.system.events(undefined, { context: { timeoutMs: 0 } });
  const listening = (async () => {
    for await (const { type } of events)
      if (type === 'content-changed') shown = await titlesOn(page.client);
  })().catch(() => {});
  return {
    page: page.client,
    url,
    /** The notices on a page that reads anew only when it is told so, and is never loaded anew. */
    shown: () => shown,
    close: async () => {
      page.close();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await listening;
    },
  };
}

const kiosk = async (...args: readonly string[]) => {
  const ran = await runKiosk(...args, '--data', data(), '--json');
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

async function publish(record: ContentRecord): Promise<void> {
  const { database, contentChanged, now } = district.district;
  await database.transaction((db) => publishRecord(db, record, { ...OFFICE, at: now() }));
  contentChanged();
}

const kept = (record: { id: string; scope: string }) =>
  district.district.database.transaction((db) => keptRecord(db, record));

const running = () => terminal ?? expect.unreachable('no terminal runs');

async function titlesOn(page: StationClient): Promise<string[]> {
  const { notices } = await page.board.disclosure({ language: 'zh-CN' });
  return notices.map(({ body }) => body.title);
}

async function until(title: string): Promise<void> {
  await vi.waitFor(() => expect(running().shown()).toContain(title), SOON);
}

/** The district knows what the pack has of the district itself and of this outlet, and one notice more. */
async function fillDistrict(): Promise<void> {
  const { records } = shippedPack('wuhua');
  const own = records.filter(({ record }) => ['530102', OUTLET].includes(record.scope));
  for (const { record } of own) await publish(record);
  await publish(current('office', '区司法局的示例通知', '530102'));
}

/** Enrols by a code as a technician types it, and starts anew as the command asks. */
async function enrol(): Promise<void> {
  const { code } = await makeCode(district.district, OUTLET, 'typed', 'office');
  await kiosk('enrol', code, '--server', district.url, '--name', '大厅东侧', '--station', OUTLET);
  await running().close();
  terminal = await startTerminal();
}

/** Enrols as a technician does who stands at the terminal with a code. */
async function enrolAtScreen() {
  const { code } = await makeCode(district.district, OUTLET, 'typed', 'office');
  const typed = { server: district.url, code: code.toLowerCase(), name: '大厅东侧' };
  return await running().page.enrolment.enrol(typed);
}

async function logIn(account: string, pin: string): Promise<void> {
  const { page } = running();
  await page.staff.logIn({ account, secret: pin });
  const chosen = await page.staff.changeSecret({ current: pin, next: '284913' });
  expect(chosen.state).toBe('in');
}

/** Writes a title on the terminal and publishes it. */
async function write(id: string, title: string): Promise<void> {
  const { page } = running();
  const { shown, draft } = await page.editing.open({ id });
  const from = draft?.content ?? shown ?? expect.unreachable('nothing to change');
  const { effectiveFrom, validUntil, body } = current('x', title, OUTLET);
  const content = { ...from, effectiveFrom, validUntil, body: { ...(body as object), title } };
  const saved = await page.editing.save({
    ...{ id, content, stamp: draft?.stamp ?? 0 },
    ...(shown && { from: shown }),
  });
  if (saved.state !== 'saved') expect.unreachable('the draft was not saved');
  const published = await page.editing.publish({ id, stamp: saved.stamp });
  expect(published).toMatchObject({ state: 'published' });
}

const titleAtDistrict = async (id: string) =>
  ((await kept({ id, scope: OUTLET }))?.record.body as { title?: string } | undefined)?.title;

test('a terminal joins a district, both change content, meet in a conflict, and part', {
  timeout: 180_000,
}, async () => {
  await fillDistrict();
  terminal = await startTerminal();
  const added = await kiosk('staff', 'add', 'wang01', '--name', '王示例', '--role', '编辑');
  await enrol();

  // The first fill, seen by a page that was open before it.
  await until('区司法局的示例通知');
  await vi.waitFor(async () => {
    const [known] = await allTerminals(district.district.database);
    expect(known?.heartbeat).toMatchObject({ program: '0.0.0-test', outbox: { waiting: 0 } });
  }, SOON);

  // Both sides write; each gets the other's, and no page is loaded anew.
  await logIn('wang01', added.oneTimePin ?? '');
  const { page } = running();
  const { id } = await page.editing.create({ kind: 'notice' });
  await publish(current('second', '区司法局的第二个示例通知', '530102'));
  await write(id, '本站的示例通知');
  await until('本站的示例通知');
  await vi.waitFor(async () => expect(await titleAtDistrict(id)).toBe('本站的示例通知'), SOON);
  await until('区司法局的第二个示例通知');
  await vi.waitFor(
    async () => expect((await page.editing.open({ id })).progress).toBe('none'),
    SOON,
  );

  // The same field from both sides: the published one stays, and a person at the terminal decides.
  const { record } = (await kept({ id, scope: OUTLET })) ?? expect.unreachable('not kept');
  await publish({ ...record, body: { ...(record.body as object), title: '区里改过的示例通知' } });
  await write(id, '本站又改的示例通知');
  await vi.waitFor(
    async () => expect((await page.editing.open({ id })).decision?.type).toBe('conflict'),
    SOON,
  );
  await until('区里改过的示例通知');
  const { decision } = await page.editing.open({ id });
  if (decision?.type !== 'conflict') expect.unreachable('no conflict');
  expect(decision.fields).toMatchObject([
    { field: '/body/title', before: '区里改过的示例通知', after: '本站又改的示例通知' },
  ]);
  await page.editing.decide({ id, seq: decision.seq, own: ['/body/title'] });
  await vi.waitFor(async () => expect(await titleAtDistrict(id)).toBe('本站又改的示例通知'), SOON);

  // Taken out of service: said plainly, nothing lost.
  const [known] = await allTerminals(district.district.database);
  await revokeTerminal(district.district, known?.id ?? '', 'office');
  await write(id, '停用以后写的示例通知');
  await vi.waitFor(
    async () =>
      expect(await page.editing.overview()).toMatchObject({
        ...{ district: { isRevoked: true }, waiting: 1 },
      }),
    SOON,
  );
  await until('停用以后写的示例通知');
  expect(await titleAtDistrict(id)).toBe('本站又改的示例通知');

  // A technician brings it back at its own screen; what waited goes out without a start.
  const technician = await kiosk('staff', 'add', 'ji01', '--name', '技示例', '--role', '技术');
  await logIn('ji01', technician.oneTimePin ?? '');
  expect(await page.enrolment.view()).toMatchObject({ state: 'revoked', waiting: 1 });
  expect(await enrolAtScreen()).toMatchObject({ state: 'enrolled' });
  await vi.waitFor(
    async () => expect(await titleAtDistrict(id)).toBe('停用以后写的示例通知'),
    SOON,
  );
});

test('a pamphlet that the office publishes is shown by a running terminal as soon as it is there', {
  timeout: 180_000,
}, async () => {
  const file = fileOf('r', 300_000);
  const { mediaFolder, feedFolder } = district.district.settings;
  const name = `${hash('sha256', file)}.pdf`;
  const { effectiveFrom } = current('x', '示例', OUTLET);
  const record = { ...pamphlet('leaflet', file), effectiveFrom };
  const path = async () => {
    const shown = await running().page.media.get({ id: record.id, language: 'zh-CN' });
    return shown.path;
  };
  await fillDistrict();
  // The record before its file: the page says so in a sentence of its own, and nothing is broken.
  await publish(record);
  terminal = await startTerminal();
  await enrol();
  await until('区司法局的示例通知');
  expect(await path()).toBeUndefined();
  mkdirSync(mediaFolder, { recursive: true });
  writeFileSync(join(mediaFolder, name), file);
  await publish(current('with', '和宣传册一起的通知', '530102'));
  await vi.waitFor(
    () => expect(existsSync(join(feedFolder, 'targets', 'media', '530102'))).toBe(true),
    SOON,
  );
  await running().close();
  terminal = await startTerminal();
  await vi.waitFor(async () => expect(await path()).toBe(`/media/${name}`), SOON);
  expect(readFileSync(join(data(), 'media', name))).toEqual(file);
  const answer = await fetch(`${running().url}/media/${name}`, { headers: { range: 'bytes=0-4' } });
  expect([answer.status, await answer.text()]).toEqual([206, '%PDF-']);
});

test('a new terminal is enrolled at its own screen, and shows the district without a start', {
  timeout: 180_000,
}, async () => {
  await fillDistrict();
  terminal = await startTerminal();
  const technician = await kiosk('staff', 'add', 'ji01', '--name', '技示例', '--role', '技术');
  await logIn('ji01', technician.oneTimePin ?? '');
  const { page } = running();
  const typed = { server: district.url, code: 'ABCD-EFGH-JKMN', name: '大厅东侧' };
  expect(await page.enrolment.view()).toEqual({ state: 'none' });
  expect(await page.enrolment.enrol({ ...typed, server: '五华区' })).toEqual({
    state: 'bad-address',
  });
  expect(await page.enrolment.enrol(typed)).toEqual({ state: 'code' });
  expect(await enrolAtScreen()).toMatchObject({ state: 'enrolled' });
  await until('区司法局的示例通知');
  const view = await page.enrolment.view();
  expect(view).toMatchObject({ state: 'enrolled', waiting: 0, refused: 0 });
  expect(await page.enrolment.enrol(typed)).toEqual({ state: 'enrolled-before' });
});
