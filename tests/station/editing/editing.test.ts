import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WHOLE_RECORD } from '#shared/contract/editing.ts';
import type { DisclosureBoard } from '#shared/contract/views.ts';
import type { EditableKind } from '#shared/editing/forms.ts';
import { disclosureBoard } from '#station/board/disclosure-board.ts';
import { putRecord, sourceRecord, storedRecord } from '#station/content/content-store.ts';
import { takeResults } from '#station/district/outbox.ts';
import { setState, versionsOf } from '#station/editing/edit-store.ts';
import { getGuide } from '#station/guides/guides.ts';
import { openSearch } from '#station/search/search.ts';
import { all, first, sql } from '#station/store/sql.ts';
import { LI, sampleStation, WANG } from './sample-station.ts';

let at: ReturnType<typeof sampleStation>;
beforeEach(() => {
  at = sampleStation();
});
afterEach(() => at.close());

const TEXT = '十二月起每周三下午有律师坐班，请带上身份证。';
const NOTICE = { title: '律师坐班时间调整', text: TEXT, group: 'station', important: true };

/** Which state of its draft the host has. */
const stampOf = (id: string) => at.editing.open(id).draft?.stamp ?? 0;

/** A notice that is on show. */
function publishedNotice(body: object = NOTICE) {
  const { id } = at.editing.create(WANG, 'notice');
  const content = { effectiveFrom: '2026-11-23', validUntil: '2026-12-31', body };
  const saved = at.editing.save(WANG, { id, content, stamp: stampOf(id) });
  if (saved.state !== 'saved') expect.unreachable('the draft was not saved');
  expect(at.editing.publish(WANG, id, saved.stamp)).toEqual({ state: 'published', advice: [] });
  return id;
}

/** Publishes a change of one field of the body. */
function change(id: string, fields: object, who = WANG) {
  const record = at.editing.open(id);
  const from = record.draft?.content ?? record.shown ?? expect.unreachable('nothing to change');
  const content = { ...from, body: { ...(from.body as object), ...fields } };
  const saved = at.editing.save(who, {
    ...{ id, content, stamp: record.draft?.stamp ?? 0 },
    from: record.shown,
  });
  if (saved.state !== 'saved') expect.unreachable('the draft was not saved');
  return at.editing.publish(who, id, saved.stamp);
}

function savedAs(answer: ReturnType<typeof at.editing.save>) {
  if (answer.state !== 'saved') expect.unreachable(`the draft is ${answer.state}`);
  return answer;
}

/** What a matcher is to vitest, to the checker of types: nothing known. */
const containing = (items: unknown[]): unknown => expect.arrayContaining(items);
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const noticesOf = (board: unknown) =>
  (board as DisclosureBoard).notices.map(({ body }) => body.title);
const outbox = () =>
  all<{ id: string; type: string; payload: string }>(
    at.db,
    sql`select id, type, payload from outbox order by rowid`,
  );
const answer = (
  state: 'taken' | 'conflict' | 'refused',
  outcome: Parameters<typeof setState>[3],
) => {
  const id = outbox().at(-1)?.id ?? '';
  if (state === 'taken') takeResults(at.db, [{ id, status: 'applied', ...outcome }], 0);
  else setState(at.db, id, state, outcome, 0);
};
const shown = (id: string) => storedRecord(at.cache, { id, scope: at.station });

describe('a publication', () => {
  test('is on show at once, found by search, and waits for the district', () => {
    at.index();
    const id = publishedNotice();
    expect(noticesOf(disclosureBoard(at.library, at.stations, 'zh-CN'))).toContain(NOTICE.title);
    const search = openSearch(at.cache, at.library);
    const found = search.query({ text: '律师坐班时间调整', language: 'zh-CN' } as never);
    expect(JSON.stringify(found)).toContain(id);
    expect(at.editing.open(id)).toMatchObject({ progress: 'waiting', isShown: true });
    expect(at.editing.overview().waiting).toBe(1);
    expect(at.changes()).toBe(1);
  });

  test('is written with its operation and its audit row', () => {
    const id = publishedNotice();
    const [operation] = outbox();
    expect(operation?.type).toBe('content-edit');
    expect(JSON.parse(operation?.payload ?? '')).toMatchObject({
      record: { id, kind: 'notice', scope: '530102001' },
      baseVersion: 0,
      editor: '王示例',
      changes: containing([{ field: '/body/title', to: NOTICE.title }]),
    });
    expect(first(at.db, sql`select actor, subject from audit`)).toEqual({
      actor: 'p-wang',
      subject: id,
    });
  });

  test.each(['edit_version', 'outbox', 'audit'])(
    'leaves nothing behind when writing %s fails, and the draft stays',
    (table) => {
      const { id } = at.editing.create(WANG, 'notice');
      const content = { effectiveFrom: '2026-11-23', validUntil: '2026-12-31', body: NOTICE };
      at.editing.save(WANG, { id, content, stamp: stampOf(id) });
      at.db.write.exec(
        `create trigger planted before insert on ${table} begin select raise(abort, 'planted'); end`,
      );
      expect(() => at.editing.publish(WANG, id, stampOf(id))).toThrow('planted');
      expect(outbox()).toEqual([]);
      expect(versionsOf(at.db, id)).toEqual([]);
      expect(shown(id)).toBeUndefined();
      expect(at.editing.open(id).draft?.content.body).toEqual(NOTICE);
    },
  );

  test('does not date all content: a clock that ran ahead must not stay ahead', () => {
    const day = at.library.contentDay();
    publishedNotice();
    expect(first(at.cache, sql`select max(published_at) as newest from record`)).toEqual({
      newest: matching(/^2026-1/),
    });
    expect(at.library.contentDay()).toBe(day);
  });

  test('is never changed or deleted afterwards', () => {
    publishedNotice();
    expect(() => at.db.write.exec("update edit_version set editor = 'x'")).toThrow('never changed');
    expect(() => at.db.write.exec('delete from edit_version')).toThrow('never deleted');
  });
});

describe('a check', () => {
  test('says each fault in one sentence, and nothing of the draft is lost', () => {
    const { id } = at.editing.create(WANG, 'notice');
    const body = { title: '短', text: '', group: 'station', important: false };
    const content = { effectiveFrom: '2026-11-23', validUntil: '2026-11-01', body };
    at.editing.save(WANG, { id, content, stamp: stampOf(id) });
    const result = at.editing.publish(WANG, id, stampOf(id));
    expect(result).toEqual({
      state: 'faults',
      faults: [
        { field: 'title', sentence: '标题：太短了，至少 4 个字。', isGrave: true },
        { field: 'text', sentence: '正文：还没有填。', isGrave: true },
        {
          field: 'validUntil',
          sentence: '最后一天早于开始的日期，请改正其中一个。',
          isGrave: true,
        },
      ],
    });
    expect(at.editing.open(id).draft?.content).toEqual(content);
    expect(outbox()).toEqual([]);
  });

  test('asks for a last day where there must be one, and warns of one that is near', () => {
    const { id } = at.editing.create(WANG, 'notice');
    const content = { effectiveFrom: '2026-11-23', body: NOTICE };
    const saved = at.editing.save(WANG, { id, content, stamp: stampOf(id) });
    expect(saved).toMatchObject({ faults: [{ field: 'validUntil', isGrave: true }] });
    const next = { ...content, validUntil: '2026-11-25' };
    expect(at.editing.save(WANG, { id, content: next, stamp: stampOf(id) })).toMatchObject({
      faults: [{ field: 'validUntil', isGrave: false, sentence: matching(/11 月 25 日/) }],
    });
  });

  test('finds a shift of somebody who is not there, at a window that is not there', () => {
    const { id } = at.editing.create(WANG, 'roster');
    const shift = { id: 's1', duty: 'leader', from: '09:00', to: '17:00', weekdays: [1] };
    const shifts = [{ ...shift, person: 'person.nobody', window: 'w99' }];
    const body = { station: at.station, title: '十二月值班表', shifts };
    const content = { effectiveFrom: '2026-12-01', validUntil: '2026-12-31', body };
    const saved = at.editing.save(WANG, { id, content, stamp: stampOf(id) });
    if (saved.state !== 'saved') expect.unreachable('not saved');
    expect(saved.faults.map(({ field }) => field)).toEqual([
      'shifts.0.person',
      'shifts.0.window',
      '',
    ]);
    expect(saved.faults.at(-1)).toMatchObject({ sentence: matching(/还缺值班人员/) });
  });
});

describe("the district's records", () => {
  test('are shown locked, and can be taken over for the station where that makes sense', () => {
    const pledges = at.editing.list('pledge');
    const wide = pledges.find(({ id }) => id === 'pledge.wuhua-adviser');
    expect(wide?.locked).toMatch(/不能直接修改/);
    const record = at.editing.adopt(WANG, 'pledge.wuhua-adviser');
    expect(record.locked).toBeUndefined();
    expect(change(record.id, { remedy: '请告诉华山司法所。' })).toMatchObject({
      state: 'published',
    });
    expect(at.library.record('pledge', 'pledge.wuhua-adviser')?.body.remedy).toBe(
      '请告诉华山司法所。',
    );
  });

  test('cannot be saved over without that', () => {
    const content = { effectiveFrom: '2026-11-23', body: {} };
    expect(() => at.editing.save(WANG, { id: 'pledge.wuhua-adviser', content, stamp: 0 })).toThrow(
      'not-found',
    );
    expect(() => at.editing.create(WANG, 'station')).toThrow('not-allowed');
  });

  test('keep the fields that a form locks, whatever a page sends', () => {
    const [outlet] = at.editing.list('station');
    const id = outlet?.id ?? expect.unreachable('no outlet');
    const before = shown(id)?.body as object;
    expect(
      change(id, { code: '530102', level: 'centre', serves: ['53'], phone: '0871-0000-9999' }),
    ).toMatchObject({
      state: 'published',
    });
    expect(shown(id)?.body).toEqual({ ...before, phone: '0871-0000-9999' });
    expect(at.stations.current('zh-CN').phone).toBe('0871-0000-9999');
  });
});

test("what a station says about a guide stands beside it, and the guide stays the district's", () => {
  const guide = at.library.records('service')[0] ?? expect.unreachable('no guide');
  const { id } = at.editing.create(WANG, 'service-local');
  expect(
    change(id, { service: guide.id, where: '二楼 3 号窗口', phone: '0871-0000-0001' }),
  ).toMatchObject({
    state: 'published',
  });
  expect(getGuide(at.library, at.stations, guide.id, 'zh-CN')).toMatchObject({
    body: guide.body,
    local: { where: '二楼 3 号窗口' },
  });
});

describe('two people', () => {
  test('do not write over each other unseen', () => {
    const { id } = at.editing.create(WANG, 'notice');
    const content = { effectiveFrom: '2026-11-23', body: NOTICE };
    const stamp = stampOf(id);
    expect(at.editing.save(LI, { id, content, stamp })).toMatchObject({ state: 'saved' });
    expect(at.editing.save(WANG, { id, content: { ...content, body: {} }, stamp })).toMatchObject({
      state: 'newer',
      draft: { editor: '李示例', content: { body: NOTICE } },
    });
    expect(() => at.editing.publish(WANG, id, stamp)).toThrow('taken');
  });

  test('keep both changes when the district changed another field meanwhile', () => {
    const id = publishedNotice();
    answer('taken', { version: 1 });
    const base = shown(id) ?? expect.unreachable('not shown');
    putRecord(at.cache, { ...base, version: 1 });
    at.editing.lay();
    const record = at.editing.open(id);
    const content = {
      ...(record.shown ?? expect.unreachable()),
      body: { ...NOTICE, important: false },
    };
    at.editing.save(WANG, { id, content, stamp: 0, from: record.shown });
    putRecord(at.cache, { ...base, version: 2, body: { ...NOTICE, title: '律师坐班改到周四' } });
    at.editing.lay();
    expect(at.editing.publish(WANG, id, stampOf(id))).toMatchObject({ state: 'published' });
    expect(shown(id)?.body).toEqual({ ...NOTICE, title: '律师坐班改到周四', important: false });
  });

  test('decide field by field when both changed the same one', () => {
    const id = publishedNotice();
    answer('taken', { version: 1 });
    const base = shown(id) ?? expect.unreachable('not shown');
    putRecord(at.cache, { ...base, version: 1 });
    at.editing.lay();
    const content = { effectiveFrom: '2026-11-23', validUntil: '2026-12-31' };
    at.editing.save(WANG, {
      ...{ id, from: at.editing.open(id).shown },
      content: { ...content, body: { ...NOTICE, title: '律师坐班改到周五' } },
      stamp: 0,
    });
    putRecord(at.cache, { ...base, version: 2, body: { ...NOTICE, title: '律师坐班改到周四' } });
    at.editing.lay();
    expect(at.editing.publish(WANG, id, stampOf(id))).toEqual({
      state: 'changed',
      fields: [
        {
          field: '/body/title',
          label: '标题',
          before: '律师坐班改到周四',
          after: '律师坐班改到周五',
        },
      ],
    });
    expect(at.editing.rebase(WANG, id, ['/body/title']).draft?.content.body).toMatchObject({
      title: '律师坐班改到周五',
    });
    expect(at.editing.publish(WANG, id, stampOf(id))).toMatchObject({ state: 'published' });
    expect(JSON.parse(outbox().at(-1)?.payload ?? '')).toMatchObject({
      baseVersion: 2,
      changes: [{ field: '/body/title', from: '律师坐班改到周四', to: '律师坐班改到周五' }],
    });
  });
});

describe('whoever writes while others publish', () => {
  /** What a page has in hand that was opened now. */
  const opened = (id: string) => {
    const { shown: from, draft } = at.editing.open(id);
    return { id, from, stamp: draft?.stamp ?? 0 };
  };
  const typed = (page: ReturnType<typeof opened>, fields: object) => {
    const from = page.from ?? expect.unreachable('nothing was shown');
    return { ...page, content: { ...from, body: { ...(from.body as object), ...fields } } };
  };
  const outlet = () => at.editing.list('station')[0]?.id ?? expect.unreachable('no outlet');

  test('does not set back what they changed: each keeps the own fields', () => {
    const id = outlet();
    const page = opened(id);
    change(id, { phone: '0871-0000-9999' }, LI);
    const { stamp } = savedAs(at.editing.save(WANG, typed(page, { address: '华山南路示例 1 号' })));
    expect(at.editing.publish(WANG, id, stamp)).toMatchObject({ state: 'published' });
    expect(shown(id)?.body).toMatchObject({
      phone: '0871-0000-9999',
      address: '华山南路示例 1 号',
    });
    expect(
      (JSON.parse(outbox().at(-1)?.payload ?? '') as { changes: object[] }).changes,
    ).toHaveLength(1);
  });

  test('is asked where both changed the same field', () => {
    const id = outlet();
    const page = opened(id);
    change(id, { phone: '0871-0000-9999' }, LI);
    const { stamp } = savedAs(at.editing.save(WANG, typed(page, { phone: '0871-0000-1111' })));
    expect(at.editing.publish(WANG, id, stamp)).toMatchObject({
      state: 'changed',
      fields: [{ before: '0871-0000-9999', after: '0871-0000-1111' }],
    });
  });

  test('is asked where another terminal of the station published what was begun here, too', () => {
    const { id, draft } = at.editing.adopt(WANG, 'pledge.wuhua-adviser');
    const wide = at.library.record('pledge', id) ?? expect.unreachable('no pledge');
    const body = { ...wide.body, remedy: '请告诉华山司法所。' };
    putRecord(at.cache, { ...wide, scope: at.station, version: 1, body });
    at.editing.lay();
    const content = draft?.content ?? expect.unreachable('no draft');
    const own = { ...content, body: { ...(content.body as object), remedy: '请打示例电话。' } };
    const { stamp } = savedAs(
      at.editing.save(WANG, { id, content: own, stamp: draft?.stamp ?? 0 }),
    );
    expect(at.editing.publish(WANG, id, stamp)).toMatchObject({
      state: 'changed',
      fields: [{ before: '请告诉华山司法所。', after: '请打示例电话。' }],
    });
    const field = '/body/remedy';
    const { draft: chosen } = at.editing.rebase(WANG, id, [field]);
    expect(at.editing.publish(WANG, id, chosen?.stamp ?? 0)).toMatchObject({ state: 'published' });
    expect(shown(id)?.body).toMatchObject({ remedy: '请打示例电话。' });
  });

  test('is told when the draft was published or thrown away, and nothing is written', () => {
    const id = publishedNotice();
    const before = opened(id);
    savedAs(at.editing.save(WANG, typed(before, { title: '律师坐班改到周四' })));
    const page = { ...opened(id), from: before.from };
    at.editing.publish(LI, id, page.stamp);
    expect(at.editing.save(WANG, typed(page, { title: '律师坐班改到周五' }))).toEqual({
      state: 'newer',
      shown: at.editing.open(id).shown,
    });
    expect(at.editing.open(id).draft).toBeUndefined();
    const next = { ...page, stamp: 0, from: at.editing.open(id).shown };
    const { stamp } = savedAs(at.editing.save(WANG, typed(next, { title: '律师坐班改到周五' })));
    expect(at.editing.publish(WANG, id, stamp)).toMatchObject({ state: 'published' });
    const { id: begun } = at.editing.create(WANG, 'notice');
    const stale = stampOf(begun);
    at.editing.discard(LI, begun, stale);
    const content = { effectiveFrom: '2026-11-23', validUntil: '2026-12-31', body: NOTICE };
    expect(at.editing.save(WANG, { id: begun, content, stamp: stale })).toEqual({ state: 'newer' });
    savedAs(at.editing.save(WANG, { id: begun, content, stamp: 0 }));
  });

  test('does not write over the next draft by the stamp of the one that was published', () => {
    const id = publishedNotice();
    savedAs(at.editing.save(WANG, typed(opened(id), { title: '律师坐班改到周四' })));
    const page = { ...opened(id), from: opened(id).from };
    at.editing.publish(LI, id, page.stamp);
    savedAs(at.editing.save(LI, typed(opened(id), { title: '律师坐班改到周五' })));
    expect(at.editing.save(WANG, typed(page, { text: '请先打电话。' }))).toMatchObject({
      state: 'newer',
      draft: { editor: LI.name, content: { body: { title: '律师坐班改到周五' } } },
    });
  });

  test('is not told of another when only the answer to the save got lost', () => {
    const id = publishedNotice();
    const page = opened(id);
    const { stamp } = savedAs(at.editing.save(WANG, typed(page, { title: '律师坐班改到周四' })));
    expect(at.editing.save(WANG, typed(page, { title: '律师坐班改到周四' }))).toMatchObject({
      ...{ state: 'saved', stamp },
    });
  });

  test('keeps what is typed when the record was withdrawn, and is asked before it comes back', () => {
    const id = publishedNotice();
    const page = opened(id);
    answer('taken', { version: 3 });
    at.editing.withdraw(LI, id);
    const { stamp } = savedAs(at.editing.save(WANG, typed(page, { title: '律师坐班改到周四' })));
    expect(at.editing.publish(WANG, id, stamp)).toEqual({ state: 'gone' });
    expect(shown(id)).toBeUndefined();
    const { draft } = at.editing.rebase(WANG, id, [WHOLE_RECORD]);
    expect(at.editing.publish(WANG, id, draft?.stamp ?? 0)).toMatchObject({ state: 'published' });
    expect(shown(id)?.body).toMatchObject({ title: '律师坐班改到周四' });
  });
});

describe('a draft', () => {
  const half = '写了一半的标题';
  const drafted = () => {
    const id = publishedNotice();
    answer('taken', { version: 3 });
    const { shown: from } = at.editing.open(id);
    const content = { ...(from ?? expect.unreachable()), body: { ...NOTICE, title: half } };
    savedAs(at.editing.save(LI, { id, content, stamp: 0, from }));
    return id;
  };
  const isThere = (id: string) =>
    expect(at.editing.open(id).draft).toMatchObject({
      editor: '李示例',
      content: { body: { title: half } },
    });

  test('is not thrown away by whoever undoes, brings back or withdraws', () => {
    const id = drafted();
    const count = outbox().length;
    const seq = versionsOf(at.db, id)[0]?.seq ?? 0;
    for (const side of ['before', 'after'] as const)
      expect(() => at.editing.restore(WANG, { id, seq, side })).toThrow('taken');
    expect(() => at.editing.withdraw(WANG, id)).toThrow('taken');
    isThere(id);
    expect(outbox()).toHaveLength(count);
  });

  test('of a copy is opened, not begun again, by whoever has not seen it', () => {
    const { id } = at.editing.adopt(LI, 'pledge.wuhua-adviser');
    change(id, { remedy: '请告诉华山司法所。' }, LI);
    const other = at.editing.list('pledge').find(({ locked }) => locked !== undefined);
    const { id: second, draft } = at.editing.adopt(LI, other?.id ?? '');
    const { content } = draft ?? expect.unreachable('no draft');
    const body = { ...(content.body as object), remedy: '请告诉李示例。' };
    savedAs(
      at.editing.save(LI, { id: second, content: { ...content, body }, stamp: stampOf(second) }),
    );
    expect(at.editing.adopt(WANG, second).draft).toMatchObject({
      editor: '李示例',
      content: { body: { remedy: '请告诉李示例。' } },
    });
  });

  test('is thrown away only by whoever has seen it as it is', () => {
    const id = drafted();
    expect(() => at.editing.discard(WANG, id, 0)).toThrow('taken');
    isThere(id);
    at.editing.discard(WANG, id, stampOf(id));
    expect(at.editing.open(id).draft).toBeUndefined();
  });

  test('is not replaced by a refused publication that is taken up again', () => {
    const id = publishedNotice();
    answer('refused', { code: 'locked-field', message: '这一类由区县发布。' });
    at.editing.lay();
    const { decision } = at.editing.open(id);
    const content = { effectiveFrom: '2026-11-23', body: { ...NOTICE, title: half } };
    savedAs(at.editing.save(LI, { id, content, stamp: 0 }));
    const seq = decision?.seq ?? 0;
    expect(() => at.editing.takeBack(WANG, id, seq, true)).toThrow('taken');
    expect(at.editing.open(id).decision).toMatchObject({ type: 'refused' });
    isThere(id);
  });
});

describe('history', () => {
  test('tells who changed what, newest first', () => {
    const id = publishedNotice();
    change(id, { important: false }, LI);
    expect(at.editing.open(id).versions).toMatchObject([
      {
        editor: '李示例',
        action: 'change',
        changes: [{ label: '重要，放在最前面', before: '是', after: '否' }],
      },
      { editor: '王示例', action: 'create' },
    ]);
  });

  test('undoes to any version, also to nothing and back', () => {
    const id = publishedNotice();
    change(id, { title: '律师坐班改到周四' });
    const seqs = versionsOf(at.db, id).map(({ seq }) => seq);
    const [made = 0, changed = 0] = seqs;
    expect(at.editing.restore(WANG, { id, seq: changed, side: 'before' })).toMatchObject({
      state: 'published',
    });
    expect(shown(id)?.body).toMatchObject({ title: NOTICE.title });
    at.editing.restore(WANG, { id, seq: made, side: 'before' });
    // As long as the district has not answered it is ended; no version of it is known that could be withdrawn.
    expect(shown(id)?.validUntil).toBe('2026-11-22');
    expect(at.library.record('notice', id)).toBeUndefined();
    at.editing.restore(WANG, { id, seq: changed, side: 'after' });
    expect(shown(id)?.body).toMatchObject({ title: '律师坐班改到周四' });
    expect(outbox().map(({ type }) => type)).toEqual([
      'content-edit',
      'content-edit',
      'content-edit',
      'content-edit',
      'content-edit',
    ]);
  });

  test('a version that has run out becomes a draft with its faults, not an error', () => {
    const id = publishedNotice();
    at.db.write.exec('drop trigger edit_version_stays');
    at.db.write.exec(`update edit_version set after = replace(after, '2026-12-31', '2026-11-23')`);
    at.db.write.exec(
      `update edit_version set after = replace(after, '"validUntil":"2026-11-23"', '"validUntil":"2026-11-22"')`,
    );
    at.db.write.exec(
      `update edit_version set after = replace(after, '"effectiveFrom":"2026-11-23"', '"effectiveFrom":"2026-11-01"')`,
    );
    const [version] = versionsOf(at.db, id);
    expect(at.editing.restore(WANG, { id, seq: version?.seq ?? 0, side: 'after' })).toMatchObject({
      state: 'faults',
    });
    expect(at.editing.open(id).draft?.content.validUntil).toBe('2026-11-22');
  });
});

test('what the district has not answered yet is ended once, however often it is withdrawn', () => {
  const id = publishedNotice();
  at.editing.withdraw(WANG, id);
  const count = outbox().length;
  at.editing.withdraw(WANG, id);
  expect(outbox()).toHaveLength(count);
});

test('what the district merged with the words of others is not withdrawn over them unseen', () => {
  const id = publishedNotice();
  const operation = outbox().at(-1)?.id ?? '';
  takeResults(at.db, [{ id: operation, status: 'merged', version: 3 }], 0);
  at.editing.withdraw(WANG, id);
  expect(outbox().at(-1)?.type).toBe('content-edit');
});

test('what the district has is withdrawn from the version that it has', () => {
  const id = publishedNotice();
  answer('taken', { version: 3 });
  at.editing.withdraw(WANG, id);
  expect(shown(id)).toBeUndefined();
  expect(outbox().at(-1)?.type).toBe('content-withdraw');
  expect(JSON.parse(outbox().at(-1)?.payload ?? '')).toMatchObject({ baseVersion: 3 });
});

describe('the word of the district', () => {
  test("taken: stays on show until the feed brings it, then the feed's is shown", () => {
    const id = publishedNotice();
    answer('taken', { version: 7 });
    at.editing.lay();
    expect(at.editing.open(id).progress).toBe('taken');
    expect(shown(id)).toBeDefined();
    putRecord(at.cache, { ...(shown(id) ?? expect.unreachable()), version: 7, editor: '区县' });
    at.editing.lay();
    expect(at.editing.open(id).progress).toBe('none');
    expect(shown(id)?.editor).toBe('区县');
    expect(all(at.cache, sql`select * from local_record`)).toEqual([]);
  });

  test('conflict: what is published stays, both values are shown, and a choice goes back', () => {
    const [outlet] = at.editing.list('station');
    const id = outlet?.id ?? expect.unreachable('no outlet');
    const source = sourceRecord(at.cache, { id, scope: at.station });
    const { phone } = (source ?? expect.unreachable()).body as { phone: string };
    change(id, { phone: '0871-0000-9999', address: '华山南路示例 1 号' });
    const conflict = '00000000-0000-4000-8000-000000000001';
    const fields = [
      { field: '/body/phone', published: '0871-0000-1111', wanted: '0871-0000-9999' },
    ];
    answer('conflict', { version: 4, conflict, fields });
    at.editing.lay();
    expect(at.stations.current('zh-CN').phone).toBe(phone);
    const body = { ...(source?.body as object), phone: '0871-0000-1111' };
    putRecord(at.cache, { ...(source ?? expect.unreachable()), version: 4, body });
    at.editing.lay();
    const { decision, progress } = at.editing.open(id);
    expect(progress).toBe('conflict');
    if (decision?.type !== 'conflict') expect.unreachable('no conflict');
    expect(decision.fields).toEqual([
      { field: '/body/phone', label: '电话', before: '0871-0000-1111', after: '0871-0000-9999' },
    ]);
    at.editing.decide(LI, { id, seq: decision.seq, own: ['/body/phone'] });
    expect(JSON.parse(outbox().at(-1)?.payload ?? '')).toMatchObject({
      resolves: conflict,
      baseVersion: 4,
      changes: containing([{ field: '/body/phone', from: '0871-0000-1111', to: '0871-0000-9999' }]),
    });
    expect(at.stations.current('zh-CN')).toMatchObject({
      phone: '0871-0000-9999',
      address: '华山南路示例 1 号',
    });
    expect(at.editing.open(id).decision).toBeUndefined();
  });

  test('conflict: whoever keeps what is published tells the district so, and keeps the other fields', () => {
    const [outlet] = at.editing.list('station');
    const id = outlet?.id ?? expect.unreachable('no outlet');
    change(id, { phone: '0871-0000-9999', address: '华山南路示例 1 号' });
    const conflict = '00000000-0000-4000-8000-000000000002';
    const source = sourceRecord(at.cache, { id, scope: at.station }) ?? expect.unreachable();
    const body = { ...(source.body as object), phone: '0871-0000-1111' };
    putRecord(at.cache, { ...source, version: 4, body });
    const fields = [
      { field: '/body/phone', published: '0871-0000-1111', wanted: '0871-0000-9999' },
    ];
    answer('conflict', { version: 4, conflict, fields });
    at.editing.lay();
    const seq = versionsOf(at.db, id).at(-1)?.seq ?? 0;
    at.editing.decide(LI, { id, seq, own: [] });
    expect(JSON.parse(outbox().at(-1)?.payload ?? '')).toMatchObject({
      resolves: conflict,
      changes: containing([{ field: '/body/phone', from: '0871-0000-1111', to: '0871-0000-1111' }]),
    });
    expect(at.stations.current('zh-CN')).toMatchObject({
      phone: '0871-0000-1111',
      address: '华山南路示例 1 号',
    });
  });

  test('refused: is not shown any more, kept with its reason, and can be written again', () => {
    const id = publishedNotice();
    answer('refused', { code: 'locked-field', message: '这一类由区县发布。' });
    at.editing.lay();
    expect(shown(id)).toBeUndefined();
    const record = at.editing.open(id);
    expect(record).toMatchObject({
      progress: 'refused',
      decision: { type: 'refused', message: '这一类由区县发布。' },
    });
    at.editing.takeBack(WANG, id, record.decision?.seq ?? 0, true);
    expect(at.editing.open(id)).toMatchObject({
      progress: 'none',
      draft: { content: { body: NOTICE } },
    });
    expect(at.editing.open(id).decision).toBeUndefined();
  });
});

test('a preview shows a draft where it will stand and leaves no trace', () => {
  const { id } = at.editing.create(WANG, 'notice');
  const content = { effectiveFrom: '2026-12-01', validUntil: '2026-12-31', body: NOTICE };
  at.editing.save(WANG, { id, content, stamp: stampOf(id) });
  const before = all(at.cache, sql`select * from record order by id, scope`);
  const seen = at.preview(at.editing.drafted(id), 'board.disclosure', { language: 'zh-CN' });
  expect(noticesOf(seen)).toContain(NOTICE.title);
  expect(all(at.cache, sql`select * from record order by id, scope`)).toEqual(before);
  expect(noticesOf(disclosureBoard(at.library, at.stations, 'zh-CN'))).not.toContain(NOTICE.title);
  expect(() => at.preview(at.editing.drafted(id), 'papers.print', {})).toThrow('bad-input');
});

test('what is shown is laid anew after a cache was dropped', () => {
  const id = publishedNotice();
  at.cache.write.exec("delete from record where id like 'notice.at-%'; delete from local_record");
  expect(shown(id)).toBeUndefined();
  at.editing.lay();
  expect(shown(id)?.body).toEqual(NOTICE);
});

test.each([
  'roster',
  'hours',
  'notice',
  'pledge',
  'station',
  'hotline',
  'person',
  'service-local',
] as EditableKind[])('the list of %s can be read, and each row opened', (kind) => {
  for (const { id } of at.editing.list(kind)) expect(at.editing.open(id).kind).toBe(kind);
});
