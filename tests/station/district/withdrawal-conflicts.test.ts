import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  keptRecord,
  publishRecord,
  raiseVersions,
  withdrawRecord,
} from '#district/content/published.ts';
import { listConflicts } from '#district/operations/conflicts.ts';
import { migrate } from '#district/store/migrate.ts';
import { openPglite } from '#district/store/open-pglite.ts';
import { type Database, sql as districtSql, run } from '#district/store/sql.ts';
import { makeCode } from '#district/terminals/enrolment.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { WHOLE_RECORD } from '#shared/contract/editing.ts';
import { putRecord, removeRecord, storedRecord } from '#station/content/content-store.ts';
import { reckonedDigest } from '#station/content/division-digest.ts';
import { noteApplied } from '#station/content/feed-divisions.ts';
import type { DistrictLink } from '#station/district/district-link.ts';
import { enrolAt } from '#station/district/enrol.ts';
import { sendAgain } from '#station/district/outbox.ts';
import { freshPace, pushOnce } from '#station/district/push-outbox.ts';
import { terminalKey } from '#station/district/terminal-key.ts';
import { all, sql } from '#station/store/sql.ts';
import { NOW } from '../../district/feed/sample-feed.ts';
import { type SampleServer, sampleServer } from '../../district/sample-server.ts';
import { LI, sampleStation, WANG } from '../editing/sample-station.ts';

const OFFICE = { actor: 'office', at: 1, note: '示例' };
const TEXT = '十二月起每周三下午有律师坐班，请带上身份证。';
const NOTICE = { title: '律师坐班时间调整', text: TEXT, group: 'station', important: true };

let database: Database;
let server: SampleServer;
let at: ReturnType<typeof sampleStation>;
let folder: string;
let pace: ReturnType<typeof freshPace>;
let send: () => Promise<unknown>;
beforeAll(async () => {
  database = await openPglite();
  await migrate(database);
});
afterAll(() => database.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'withdrawals-'));
  server = await sampleServer(database);
  at = sampleStation();
  const key = terminalKey(folder);
  const { code } = await makeCode(server.district, at.station, 'typed', 'office');
  const enrolled = await enrolAt(link, { code, name: '大厅', key, station: at.station });
  if (typeof enrolled === 'string') expect.unreachable(enrolled);
  const signer = { terminal: enrolled.terminal, key, now: () => NOW };
  pace = freshPace();
  send = () =>
    pushOnce({
      db: at.db,
      link,
      signer,
      pace,
      heed: () => {},
      answered: () => void at.editing.lay(),
    });
});
afterEach(async () => {
  at.close();
  await server.close();
  expect(server.faults).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

/** The real server, without a wire. */
const link: DistrictLink = {
  request: async ({ method, path, body, headers }) => {
    const answer = await server.app.inject({
      ...{ method, url: path, payload: body },
      headers: { ...headers, 'content-type': 'application/json' },
    });
    if (answer.statusCode !== 200) return { state: 'unreachable' };
    return { state: 'answered', body: answer.json<unknown>() };
  },
};

const key = (id: string) => ({ id, scope: at.station });
const kept = (id: string) => database.transaction((db) => keptRecord(db, key(id)));
const shown = (id: string) => storedRecord(at.cache, key(id));
const publishedTitle = async (id: string) => {
  const known = await kept(id);
  return known?.state === 'published' ? (known.record.body as { title: string }).title : undefined;
};
const openAtDistrict = async () =>
  (await listConflicts(database, NOW)).filter(({ outcome }) => outcome === null).length;
const outcomes = async () => (await listConflicts(database, NOW)).map(({ outcome }) => outcome);

/** The feed brings what the district has of a record. */
async function pull(id: string): Promise<void> {
  const known = await kept(id);
  if (known?.state === 'published') putRecord(at.cache, known.record);
  else removeRecord(at.cache, key(id));
  const digest = reckonedDigest(at.cache, at.station);
  noteApplied(at.cache, at.station, { epoch: 'epoch0001', sequence: 1, digest }, NOW);
  at.editing.lay();
}

async function settled(id: string): Promise<void> {
  await send();
  await pull(id);
}

/** A notice of the station that both sides have. */
async function sharedNotice(): Promise<string> {
  const { id, draft } = at.editing.create(WANG, 'notice');
  const content = { effectiveFrom: '2026-11-23', validUntil: '2026-12-31', body: NOTICE };
  const saved = at.editing.save(WANG, { id, content, stamp: draft?.stamp ?? 0 });
  if (saved.state !== 'saved') expect.unreachable('the draft was not saved');
  at.editing.publish(WANG, id, saved.stamp);
  await settled(id);
  expect(at.editing.open(id).progress).toBe('none');
  return id;
}

function retitle(id: string, title: string): void {
  const from = at.editing.open(id).shown ?? expect.unreachable('nothing is shown');
  const content = { ...from, body: { ...(from.body as object), title } };
  const saved = at.editing.save(WANG, { id, content, stamp: 0, from });
  if (saved.state !== 'saved') expect.unreachable('the draft was not saved');
  expect(at.editing.publish(WANG, id, saved.stamp)).toMatchObject({ state: 'published' });
}

const officeWithdraws = (id: string) =>
  database.transaction((db) => withdrawRecord(db, key(id), OFFICE));
async function officeRetitles(id: string, title: string): Promise<void> {
  const { record } = (await kept(id)) ?? expect.unreachable('not kept');
  const next: ContentRecord = { ...record, body: { ...(record.body as object), title } };
  await database.transaction((db) => publishRecord(db, next, OFFICE));
}

function decide(id: string, own: readonly string[]): void {
  const { decision } = at.editing.open(id);
  at.editing.decide(LI, { id, seq: decision?.seq ?? 0, own });
}

/** After the last answer both sides have and show the same, and nobody is asked anything any more. */
async function atRest(id: string): Promise<void> {
  await settled(id);
  expect(at.editing.open(id)).toMatchObject({ progress: 'none' });
  expect(at.editing.open(id).decision).toBeUndefined();
  expect(await openAtDistrict()).toBe(0);
  expect((shown(id)?.body as { title?: string } | undefined)?.title).toBe(await publishedTitle(id));
}

describe('a record that the district took away while the station changed it', () => {
  test.each(['before', 'after'])(
    'stays away when staff leave it so; the withdrawal comes %s the choice',
    async (when) => {
      const id = await sharedNotice();
      await officeWithdraws(id);
      retitle(id, '律师坐班时间再调整');
      await send();
      if (when === 'before') await pull(id);
      expect(at.editing.open(id).decision).toMatchObject({ over: 'gone', mayOwn: true });
      decide(id, []);
      await atRest(id);
      expect(shown(id)).toBeUndefined();
      expect(await outcomes()).toEqual(['published']);
    },
  );

  test.each(['before', 'after'])(
    'comes back whole when staff want it; the withdrawal comes %s the choice',
    async (when) => {
      const id = await sharedNotice();
      await officeWithdraws(id);
      retitle(id, '律师坐班时间再调整');
      await send();
      if (when === 'before') await pull(id);
      decide(id, [WHOLE_RECORD]);
      await atRest(id);
      expect(shown(id)?.body).toEqual({ ...NOTICE, title: '律师坐班时间再调整' });
      expect(await outcomes()).toEqual(['wanted']);
    },
  );

  test('meets a person again when the office has written it anew meanwhile', async () => {
    const id = await sharedNotice();
    await officeWithdraws(id);
    retitle(id, '律师坐班时间再调整');
    await settled(id);
    await officeRetitles(id, '区县重新写的通知');
    decide(id, [WHOLE_RECORD]);
    await settled(id);
    expect(shown(id)?.body).toMatchObject({ title: '区县重新写的通知' });
    expect(at.editing.open(id).decision).toMatchObject({ over: 'fields' });
    decide(id, ['/body/title']);
    await atRest(id);
    expect(shown(id)?.body).toMatchObject({ title: '律师坐班时间再调整' });
  });
});

describe('a record that the station took away while the district changed it', () => {
  const meet = async () => {
    const id = await sharedNotice();
    await officeRetitles(id, '区县改过的通知');
    at.editing.withdraw(WANG, id);
    await send();
    return id;
  };

  test('stays as the district has it when staff leave it so', async () => {
    const id = await meet();
    await pull(id);
    expect(at.editing.open(id).decision).toMatchObject({ over: 'withdrawal', mayOwn: true });
    decide(id, []);
    await atRest(id);
    expect(shown(id)?.body).toMatchObject({ title: '区县改过的通知' });
    expect(await outcomes()).toEqual(['published']);
  });

  test('goes when staff want it gone all the same', async () => {
    const id = await meet();
    await pull(id);
    decide(id, [WHOLE_RECORD]);
    expect(shown(id)).toBeUndefined();
    await atRest(id);
    expect(await publishedTitle(id)).toBeUndefined();
    expect(await outcomes()).toEqual(['wanted']);
  });

  test('does not go unseen: before the change has arrived here the question comes again', async () => {
    const id = await meet();
    decide(id, [WHOLE_RECORD]);
    await settled(id);
    expect(await publishedTitle(id)).toBe('区县改过的通知');
    expect(at.editing.open(id).decision).toMatchObject({ over: 'withdrawal' });
    expect(await openAtDistrict()).toBe(1);
    decide(id, [WHOLE_RECORD]);
    await atRest(id);
  });

  test('is gone already when the district took it away, too', async () => {
    const id = await meet();
    await officeWithdraws(id);
    await pull(id);
    decide(id, [WHOLE_RECORD]);
    await atRest(id);
    expect(shown(id)).toBeUndefined();
  });
});

const lastSeq = (id: string) => at.editing.open(id).versions[0]?.seq ?? 0;

describe('a withdrawal that is undone', () => {
  test.each([
    ['before the district has heard of either', []],
    ['before the feed has brought it', ['send']],
    ['after the feed has brought it', ['send', 'pull']],
  ])('%s brings the record back, and meets nobody', async (_, steps) => {
    const id = await sharedNotice();
    at.editing.withdraw(WANG, id);
    if (steps.includes('send')) await send();
    if (steps.includes('pull')) await pull(id);
    at.editing.restore(WANG, { id, seq: lastSeq(id), side: 'before' });
    expect(shown(id)?.body).toEqual(NOTICE);
    await send();
    expect(shown(id)?.body).toEqual(NOTICE);
    await atRest(id);
    expect(shown(id)?.body).toEqual(NOTICE);
    expect(await listConflicts(database, NOW)).toEqual([]);
  });
});

describe('after the district was restored from a backup', () => {
  /** It knows nothing any more of these days, and gives no version twice. */
  const losesAll = async (id: string) => {
    await run(database, districtSql`delete from operation`);
    await run(database, districtSql`delete from content_version where id = ${id}`);
    await run(database, districtSql`delete from content where id = ${id}`);
    await database.transaction((db) => raiseVersions(db, NOW));
  };

  test.each(['what was sent', 'nothing of it'])(
    'that knows %s, a withdrawn notice does not come back to visitors',
    async (known) => {
      const id = await sharedNotice();
      at.editing.withdraw(WANG, id);
      await settled(id);
      if (known === 'nothing of it') await losesAll(id);
      await pull(id);
      sendAgain(at.db);
      // One by one: what has gone must not be seen while the rest is on its way.
      for (const size of [1, 1]) {
        pace.size = size;
        await send();
        expect(shown(id)).toBeUndefined();
      }
      await pull(id);
      expect(shown(id)).toBeUndefined();
    },
  );

  test.each(['what was sent', 'nothing of it'])(
    'that knows %s, a notice that was brought back stays on show',
    async (known) => {
      const id = await sharedNotice();
      at.editing.withdraw(WANG, id);
      await settled(id);
      at.editing.restore(WANG, { id, seq: lastSeq(id), side: 'before' });
      await settled(id);
      if (known === 'nothing of it') await losesAll(id);
      sendAgain(at.db);
      for (const size of [1, 1, 1]) {
        pace.size = size;
        await send();
        expect(shown(id)?.body).toEqual(NOTICE);
      }
      await atRest(id);
      expect(shown(id)?.body).toEqual(NOTICE);
    },
  );

  /** A title from both sides, which a person is to decide here; of which the district then knows nothing. */
  const forgottenConflict = async () => {
    const id = await sharedNotice();
    await officeRetitles(id, '区县改过的通知');
    retitle(id, '律师坐班时间再调整');
    await settled(id);
    await run(database, districtSql`delete from operation where result ->> 'status' = 'conflict'`);
    await run(database, districtSql`delete from conflict`);
    await database.transaction((db) => raiseVersions(db, NOW));
    return id;
  };

  test('a conflict that it knows nothing of is made anew, and can be decided', async () => {
    const id = await forgottenConflict();
    sendAgain(at.db);
    await settled(id);
    expect(await openAtDistrict()).toBe(1);
    decide(id, ['/body/title']);
    await atRest(id);
    expect(shown(id)?.body).toMatchObject({ title: '律师坐班时间再调整' });
  });

  test.each([[[]], [['/body/title']]])(
    'a decision over a conflict that it knows nothing of counts all the same: %j',
    async (own) => {
      const id = await forgottenConflict();
      sendAgain(at.db);
      decide(id, own);
      await atRest(id);
      const title = own.length > 0 ? '律师坐班时间再调整' : '区县改过的通知';
      expect(shown(id)?.body).toMatchObject({ title });
    },
  );
});

test('whoever decides what the office has decided already is told so', async () => {
  const id = await sharedNotice();
  await officeRetitles(id, '区县改过的通知');
  retitle(id, '律师坐班时间再调整');
  await settled(id);
  await run(database, districtSql`update conflict set outcome = 'published', decided_at = 1`);
  decide(id, ['/body/title']);
  await settled(id);
  expect(at.editing.open(id).decision).toMatchObject({
    type: 'refused',
    message: expect.stringContaining('已经有人处理过') as unknown,
  });
});

test('a record that breaks its kind’s rules is not put on show, whatever was decided', async () => {
  const id = await sharedNotice();
  removeRecord(at.cache, key(id));
  at.db.write.exec(`
    insert into edit_version (id, kind, operation, action, changes, base_version, before, after, editor, editor_name, at)
      select id, kind, '00000000-0000-4000-8000-000000000009', 'create', changes, 0, null,
             json_remove(after, '$.body.title'), editor, editor_name, at from edit_version limit 1`);
  at.editing.lay();
  expect(shown(id)).toBeUndefined();
  expect(all(at.db, sql`select 1 from edit_version`)).toHaveLength(2);
});
