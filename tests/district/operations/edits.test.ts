import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkTrail } from '#district/audit/audit-trail.ts';
import { keptRecord, publishRecord, withdrawRecord } from '#district/content/published.ts';
import { decideConflict, decidedAmong } from '#district/operations/conflicts.ts';
import { all, run, sql } from '#district/store/sql.ts';
import { revokeTerminal } from '#district/terminals/terminals.ts';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { DISTRICT_PATHS } from '#shared/contract/district.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { changesBetween } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { onBothDatabases } from '../databases.ts';
import { notice } from '../feed/sample-feed.ts';
import {
  enrolledTerminal,
  type FakeTerminal,
  operation,
  type SampleServer,
  sampleServer,
} from '../sample-server.ts';

const OUTLET = '530102001';
const people = { editor: '甲', reviewer: '乙' };
const by = { actor: 'office', at: 1, note: '测试' };
const own = (name = 'hall') => notice(name, 1, OUTLET);
const ref = ({ id, kind, scope }: ContentRecord) => ({ id, kind, scope });

/** A record with other values in its body. */
const withBody = (record: ContentRecord, change: object): ContentRecord => ({
  ...record,
  body: { ...(record.body as object), ...change },
});

onBothDatabases((opened) => {
  let server: SampleServer;
  let terminal: FakeTerminal;
  beforeEach(async () => {
    server = await sampleServer(opened.database);
    terminal = await enrolledTerminal(server, OUTLET);
  });
  afterEach(async () => {
    await server.close();
    expect(server.faults).toEqual([]);
    expect((await checkTrail(opened.database, [])).brokenAt).toBeUndefined();
  });

  const publish = (record: ContentRecord) =>
    opened.database.transaction((db) => publishRecord(db, record, by));
  const kept = (record: ContentRecord) =>
    opened.database.transaction((db) => keptRecord(db, record));
  const title = async (record: ContentRecord) =>
    ((await kept(record))?.record.body as { title: string } | undefined)?.title;

  /** An edit that leads from one state of a record to another. */
  const edit = (
    from: ContentRecord | undefined,
    to: ContentRecord,
    baseVersion: number,
    more: { resolves?: string } = {},
  ) =>
    operation('content-edit', {
      ...{ record: ref(to), baseVersion, ...people, ...more },
      changes: changesBetween(
        from === undefined ? {} : editablePart(from),
        editablePart(to),
      ) as unknown as JsonValue,
    });

  describe('a station’s edit', () => {
    test('makes a new record, which goes into history, feed and trail', async () => {
      const [result] = await terminal.push(edit(undefined, own(), 0));
      expect(result).toMatchObject({ status: 'applied', version: 1 });
      expect((await kept(own()))?.record).toMatchObject({
        ...own(),
        publishedAt: '2026-11-22T09:00:00+08:00',
      });
      const rows = await all(opened.database, sql`select division, seq, id from feed_row`);
      expect(rows).toEqual([{ division: OUTLET, seq: 1, id: 'notice.hall' }]);
      const versions = await all(opened.database, sql`select version, actor from content_version`);
      expect(versions).toEqual([{ version: 1, actor: terminal.id }]);
      expect(server.changes()).toBe(1);
    });

    test('for a whole district, in which nobody published that an outlet is, is refused', async () => {
      await run(
        opened.database,
        sql`update terminal set outlet = '530102' where id = ${terminal.id}`,
      );
      const results = await terminal.push(
        edit(undefined, notice('hall'), 0),
        operation('content-withdraw', { record: ref(notice('hall')), baseVersion: 1, ...people }),
      );
      expect(results).toMatchObject([{ code: 'foreign-scope' }, { code: 'foreign-scope' }]);
      expect(await kept(notice('hall'))).toBeUndefined();
    });

    test('is merged with another of different fields', async () => {
      await publish(own());
      await publish(withBody(own(), { title: '窗口搬到二楼' }));
      const mine = withBody(own(), { text: '每周六上午有律师坐班，请先取号。' });
      const [result] = await terminal.push(edit(own(), mine, 1));
      expect(result).toMatchObject({ status: 'merged', version: 3 });
      expect((await kept(own()))?.record.body).toMatchObject({
        title: '窗口搬到二楼',
        text: '每周六上午有律师坐班，请先取号。',
      });
    });

    test('that adds to a list to which the office added too keeps both items', async () => {
      const [first, office, station] = ['first', 'office', 'station'].map((id) => ({
        id,
        text: `承诺的第一句话，${id}`,
      }));
      const pledge = (...items: unknown[]): ContentRecord => {
        const { validUntil: _, ...rest } = own();
        const body = { title: '服务承诺', items, remedy: '', order: 100 };
        return { ...rest, id: 'pledge.hall', kind: 'pledge', body };
      };
      await publish(pledge(first));
      await publish(pledge(first, office));
      const [result] = await terminal.push(edit(pledge(first), pledge(first, station), 1));
      expect(result).toMatchObject({ status: 'merged', version: 3 });
      expect((await kept(pledge()))?.record.body).toMatchObject({
        items: [first, office, station],
      });
    });

    test('of a field that the office changed is kept beside what is published', async () => {
      await publish(own());
      await publish(withBody(own(), { title: '窗口搬到二楼' }));
      const [result] = await terminal.push(
        edit(own(), withBody(own(), { title: '窗口搬到三楼' }), 1),
      );
      expect(result).toMatchObject({
        ...{ status: 'conflict', version: 2 },
        fields: [{ field: '/body/title', published: '窗口搬到二楼', wanted: '窗口搬到三楼' }],
      });
      expect(await title(own())).toBe('窗口搬到二楼');
      const list = (await terminal.get(DISTRICT_PATHS.conflicts)).json<{ conflicts: object[] }>();
      expect(list.conflicts).toMatchObject([
        { editor: '甲', fields: [{ published: '窗口搬到二楼', wanted: '窗口搬到三楼' }] },
      ]);
    });

    test.each([
      ['wanted', '窗口搬到三楼'],
      ['published', '窗口搬到二楼'],
      ['other', '窗口搬到四楼'],
    ])('can decide a conflict: %s', async (outcome, chosen) => {
      await publish(own());
      const published = withBody(own(), { title: '窗口搬到二楼' });
      await publish(published);
      const [first] = await terminal.push(
        edit(own(), withBody(own(), { title: '窗口搬到三楼' }), 1),
      );
      const resolves = first?.status === 'conflict' ? first.conflict : '';
      const changes = [{ field: '/body/title', from: '窗口搬到二楼', to: chosen }];
      const decision = { record: ref(own()), baseVersion: 2, changes, ...people, resolves };
      const [result] = await terminal.push(operation('content-edit', decision));
      expect(result).toMatchObject({ status: 'applied', version: outcome === 'published' ? 2 : 3 });
      expect(await title(own())).toBe(chosen);
      const list = (await terminal.get(DISTRICT_PATHS.conflicts)).json<{ conflicts: object[] }>();
      expect(list.conflicts).toMatchObject([{ outcome, decidedBy: '甲' }]);
      const [again] = await terminal.push(operation('content-edit', decision));
      expect(again).toMatchObject({ status: 'refused', code: 'not-there' });
    });

    test('sent again after the answer got lost changes nothing', async () => {
      const change = edit(undefined, own(), 0);
      const [once] = await terminal.push(change);
      await publish(withBody(own(), { title: '窗口搬到二楼' }));
      const [again] = await terminal.push(change);
      expect(again).toEqual(once);
      expect((await kept(own()))?.version).toBe(2);
    });

    test('that the district forgot when it was restored is merged into itself', async () => {
      const change = edit(undefined, own(), 0);
      await terminal.push(change);
      await run(opened.database, sql`delete from operation`);
      const [again] = await terminal.push(change);
      expect(again).toMatchObject({ status: 'applied', version: 1 });
    });

    test('of a record that the office withdrew is a conflict with nothing', async () => {
      await publish(own());
      await opened.database.transaction((db) => withdrawRecord(db, own(), by));
      const [result] = await terminal.push(
        edit(own(), withBody(own(), { title: '窗口搬到三楼' }), 1),
      );
      expect(result).toMatchObject({
        ...{ status: 'conflict', version: 0 },
        fields: [{ field: '/body/title', wanted: '窗口搬到三楼' }],
      });
    });

    test('cannot leave its own outlet, touch statutes, or break a record', async () => {
      const elsewhere = notice('hall', 1, '530102002');
      const law = {
        record: { id: 'law.a', kind: 'law', scope: OUTLET },
        baseVersion: 0,
        ...people,
      };
      const results = await terminal.push(
        edit(undefined, elsewhere, 0),
        operation('content-edit', { ...law, changes: [{ field: '/body/title', to: '法' }] }),
        edit(undefined, withBody(own(), { title: '短' }), 0),
        edit(undefined, { ...own(), id: 'pledge.hall' }, 0),
        operation('content-edit', { nonsense: true }),
      );
      expect(results.map((result) => (result.status === 'refused' ? result.code : ''))).toEqual([
        ...['foreign-scope', 'locked-field', 'unsound', 'bad-body', 'bad-body'],
      ]);
      expect(await all(opened.database, sql`select 1 from content`)).toEqual([]);
    });
  });

  describe('a record that the district gives to all', () => {
    test('gets a station’s own values in its place, and locked fields stay locked', async () => {
      const wide = notice('all', 1, '530102');
      await publish(wide);
      const mine = { ...withBody(wide, { title: '本所的安排' }), scope: OUTLET };
      const [result] = await terminal.push(edit(wide, mine, 0));
      expect(result).toMatchObject({ status: 'applied', version: 1 });
      expect(await title(wide)).toBe('值班安排 1');
      expect(await title(mine)).toBe('本所的安排');
      const guide = { id: 'service.aid', kind: 'service', scope: OUTLET };
      const changes = [{ field: '/body/highlight', to: '不查经济困难状况' }];
      const [locked] = await terminal.push(
        operation('content-edit', { record: guide, baseVersion: 0, changes, ...people }),
      );
      expect(locked).toMatchObject({ status: 'refused', code: 'locked-field' });
    });
  });

  describe('a withdrawal', () => {
    const withdraw = (record: ContentRecord, baseVersion: number) =>
      operation('content-withdraw', { record: ref(record), baseVersion, ...people });

    test('takes the record out of the feed, and twice is harmless', async () => {
      await publish(own());
      expect(await terminal.push(withdraw(own(), 1))).toMatchObject([
        { status: 'applied', version: 2 },
      ]);
      expect(await terminal.push(withdraw(own(), 1))).toMatchObject([{ status: 'applied' }]);
      const rows = await all(
        opened.database,
        sql`select seq, record is null as gone from feed_row`,
      );
      expect(rows).toEqual([
        { seq: 1, gone: false },
        { seq: 2, gone: true },
      ]);
    });

    test('of a record that was changed meanwhile waits for a person', async () => {
      await publish(own());
      await publish(withBody(own(), { title: '窗口搬到二楼' }));
      expect(await terminal.push(withdraw(own(), 1))).toMatchObject([
        { status: 'conflict', version: 2 },
      ]);
      expect(await terminal.push(withdraw(own('none'), 1))).toMatchObject([
        { status: 'refused', code: 'not-there' },
      ]);
    });

    test('a record made again under the same id has a higher version than ever before', async () => {
      await terminal.push(edit(undefined, own(), 0), withdraw(own(), 1));
      expect(await terminal.push(edit(undefined, own(), 0))).toMatchObject([
        { status: 'applied', version: 3 },
      ]);
    });
  });

  test('a terminal that was enrolled anew is answered as under its former name, and decides what that left', async () => {
    await publish(own());
    await publish(withBody(own(), { title: '窗口搬到二楼' }));
    const met = edit(own(), withBody(own(), { title: '窗口搬到三楼' }), 1);
    const day = operation('health', {});
    const before = await terminal.push(met, day);
    await revokeTerminal(server.district, terminal.id, 'office');
    const anew = await enrolledTerminal(server, OUTLET);
    expect(await anew.push(met, day)).toEqual(before);
    const elsewhere = await enrolledTerminal(server, '530102002');
    expect(await elsewhere.push(day)).toMatchObject([{ code: 'reused-id' }]);
    const list = (await anew.get(DISTRICT_PATHS.conflicts)).json<{ conflicts: object[] }>();
    expect(list.conflicts).toHaveLength(1);
    const resolves = before[0]?.status === 'conflict' ? before[0].conflict : '';
    expect(await decidedAmong(opened.database, OUTLET, [resolves])).toEqual([]);
    const leave = { record: ref(own()), baseVersion: 2, changes: [], ...people, resolves };
    expect(await anew.push(operation('content-edit', leave))).toMatchObject([
      { status: 'applied', version: 2 },
    ]);
    expect(await decidedAmong(opened.database, OUTLET, [resolves])).toEqual([resolves]);
    expect(await decidedAmong(opened.database, '530102002', [resolves])).toEqual([]);
  });

  test('a terminal sees neither conflicts nor records of another', async () => {
    const other = await enrolledTerminal(server, '530102002');
    await publish(own());
    await publish(withBody(own(), { title: '窗口搬到二楼' }));
    const [result] = await terminal.push(
      edit(own(), withBody(own(), { title: '窗口搬到三楼' }), 1),
    );
    const conflict = result?.status === 'conflict' ? result.conflict : randomUUID();
    expect((await other.get(DISTRICT_PATHS.conflicts)).json()).toEqual({ conflicts: [] });
    const theft = notice('hall', 1, '530102002');
    expect(await other.push(edit(undefined, theft, 0, { resolves: conflict }))).toMatchObject([
      { status: 'refused', code: 'not-there' },
    ]);
    await decideConflict(opened.database, conflict, 'published', '局里', server.clock.now);
    const list = (await terminal.get(DISTRICT_PATHS.conflicts)).json<{ conflicts: object[] }>();
    expect(list.conflicts).toMatchObject([{ outcome: 'published', decidedBy: '局里' }]);
  });

  test('a trail that somebody changed, cut or reordered says where', async () => {
    await terminal.push(edit(undefined, own(), 0), edit(undefined, own('two'), 0));
    const { rows, head } = await checkTrail(opened.database, []);
    expect(rows).toBeGreaterThan(3);
    expect(head).toMatch(/^[0-9a-f]{64}$/);
    const change = async (statement: ReturnType<typeof sql>) => {
      const spoilt = opened.database.transaction(async (db) => {
        await run(db, statement);
        throw Object.assign(new Error('undo'), { check: await checkTrail(db, []) });
      });
      return spoilt.catch((error: { check: unknown }) => error.check);
    };
    expect(await change(sql`update audit set detail = 'version 9' where seq = 3`)).toMatchObject({
      brokenAt: 3,
    });
    expect(await change(sql`delete from audit where seq = 2`)).toMatchObject({ brokenAt: 2 });
    expect(await change(sql`delete from audit where seq = ${rows}`)).not.toMatchObject({ head });
  });
});
