import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { searchAnswerSchema } from '#shared/contract/search.ts';
import { fold, runsOf } from '#shared/search/fold-text.ts';
import { phraseOf } from '#shared/search/grams.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import { EVERYTHING } from '#station/search/document-number.ts';
import { openIndexReader } from '#station/search/index-reader.ts';
import { indexEverything } from '#station/search/indexing.ts';
import { openSearch, type Search } from '#station/search/search.ts';
import { catchUp, indexContext } from '#station/search/search-index.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { run, sql } from '#station/store/sql.ts';
import { shippedPack, stationOn } from '../../real-content.ts';
import { askAnything } from './counted-steps.ts';

const TIME = '2026-11-23 09:30';
const DAY = '2026-11-23';

let pack: ProfilePack;
let station: ReturnType<typeof stationOn>;
let search: Search;

beforeAll(() => {
  pack = shippedPack('wuhua');
  station = stationOn(pack, TIME);
  indexEverything(station.db, pack);
  search = openSearch(station.db, station.library);
});

const ids = (text: string) => search.row(text, 8).map(({ id }) => id);

describe('a question is read as people type it', () => {
  test.each([
    ['one character', '税', 'faq.work-social-insurance'],
    ['two characters', '离婚', 'form-sample.complaint-divorce'],
    ['full pinyin', 'laodongzhongcai', 'faq.work-arbitration-how'],
    ['pinyin with spaces', 'lao dong zhong cai', 'faq.work-arbitration-how'],
    ['unfinished pinyin', 'laodongzhongc', 'faq.work-arbitration-how'],
    ['unclear sounds', 'laodongzongcai', 'faq.work-arbitration-how'],
    ['initials', 'ldzc', 'faq.work-arbitration-how'],
    ['letters among characters', 'ld仲裁', 'faq.work-arbitration-how'],
    ['a wrong character of the same sound', '劳动仲才', 'faq.work-arbitration-how'],
    ['everyday words', '老板不给工资', 'faq.work-wages-unpaid'],
    ['words of a place', '娃他爸不掏抚育费', 'faq.child-maintenance-unpaid'],
    ['a letter too many', 'laodongzhonggcai', 'faq.work-arbitration-how'],
    ['letters beside characters, word by word', 'caili能退吗', 'faq.family-bride-price-divorce'],
    ['a sentence in letters, word by word', 'laobanpaolu', 'faq.work-boss-ran'],
    ['a letter left out', 'jiaotonsigu', 'faq.traffic-first'],
    ['whose number', '交警电话', 'hotline.122'],
    ['a number written out', '一二三四八', 'hotline.12348'],
    ['a phone number', '12348', 'hotline.12348'],
    ['a full-width phone number', '１２３４８', 'hotline.12348'],
  ])('%s', (_how, text, id) => {
    expect(ids(text)).toContain(id);
  });

  test('and says how it was read', () => {
    expect(search.query({ text: '劳动仲才', limit: 3 }).understood).toContainEqual({
      type: 'sound',
      said: '劳动仲才',
      read: '劳动仲裁',
    });
    expect(search.query({ text: '民法典第1079条', limit: 3 }).understood).toEqual(
      expect.arrayContaining([expect.objectContaining({ type: 'article', article: '1079' })]),
    );
  });

  test.each(['刷单被骗', '网贷还不上', '小孩上学'])(
    '%s is not said to have been read as what nobody says',
    (text) => {
      const { understood } = search.query({ text, limit: 3 });
      expect(understood.filter(({ type }) => type === 'sound')).toEqual([]);
    },
  );

  test.each([
    ['治安处罚法第43条', '43'],
    ['婚姻家庭 minfadian 1062 tiao', undefined],
    ['哪一条', undefined],
  ])('%s names the article that it names, or none', (text, article) => {
    const read = search.query({ text, limit: 3 }).understood.find(({ type }) => type === 'article');
    expect(read?.type === 'article' ? read.article : undefined).toBe(article);
  });

  test('a snippet begins with a sentence where one begins near, and has no signs of lists', () => {
    const snippets = ['老板不给工资', '离婚', '工伤', '借条'].flatMap((text) =>
      search.row(text, 30).flatMap(({ snippet }) => snippet?.text ?? []),
    );
    expect(snippets.length).toBeGreaterThan(20);
    expect(snippets.filter((text) => /\*\*|(?:^|[。；] ?)- /u.test(text))).toEqual([]);
    expect(snippets.some((text) => !text.startsWith('…'))).toBe(true);
  });

  test('the words that answer are marked', () => {
    const [hit] = search.row('劳动仲裁去哪里', 1);
    const { text, marks } = hit?.title ?? expect.unreachable('nothing was found');
    expect(marks.map(({ from, to }) => text.slice(from, to)).join()).toContain('劳动仲裁');
  });
});

describe('one box finds all that a visitor can open', () => {
  test.each([
    ['guides', 'service', '申请法律援助'],
    ['questions', 'faq', '劳动仲裁'],
    ['graphs of questions', 'triage', '噪音'],
    ['cases', 'legal-case', '押金'],
    ['articles for reading', 'article', '老人'],
    ['lectures', 'event', '讲座'],
    ['outlets', 'station', '司法所'],
    ['forms', 'form-sample', '离婚'],
    ['notices', 'notice', '通知'],
    ['hotlines', 'hotline', '12348'],
  ])('%s', (_what, kind, text) => {
    const { groups } = search.query({ text, limit: 3 });
    expect(groups.map((group) => group.kind)).toContain(kind);
  });
});

describe('who does not find it is led to the questions that fit', () => {
  test.each([
    ['老板不给工资', 'triage.wages'],
    ['楼上漏水', 'triage.neighbours'],
    ['收到传票', 'triage.court'],
  ])('%s', (text, id) => {
    const step = search.query({ text, limit: 3 }).next.find(({ type }) => type === 'triage');
    expect(step).toMatchObject({ triage: { id } });
  });

  test('or to all of them when nothing says which', () => {
    expect(search.query({ text: '#¥%', limit: 3 }).next).toContainEqual({ type: 'triage' });
  });
});

test('nothing found still leads on', () => {
  const answer = search.query({ text: '#¥%', limit: 5 });
  expect(answer.groups).toEqual([]);
  expect(answer.next.map(({ type }) => type)).toEqual(expect.arrayContaining(['call', 'staff']));
});

test('any text of up to 200 characters is answered as the contract promises', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 100 }),
    fc.string({
      unit: fc.constantFrom(
        ...Array.from('劳动仲裁离婚的第条一0123abcld"*():^- 　，《》\u0000𠮷ü'),
      ),
      maxLength: 200,
    }),
  );
  fc.assert(
    fc.property(text, (typed) => {
      const cut = typed.slice(0, 200);
      const answer = searchAnswerSchema.parse(search.query({ text: cut, limit: 5 }));
      for (const { hits } of answer.groups)
        for (const { title, snippet } of hits)
          for (const { text: shown, marks } of [title, ...(snippet ? [snippet] : [])])
            for (const { from, to } of marks) expect(from < to && to <= shown.length).toBe(true);
      search.suggest(cut, 8);
    }),
    { numRuns: 200 },
  );
});

test('no text of up to 200 characters takes ten times the steps of what people ask', () => {
  const figures = askAnything(station.db, station.library, { texts: 60, seed: 20_261_123 });
  expect(figures.fault).toBeUndefined();
});

test('700 parts of the content are found wherever LIKE finds them, and nowhere else', () => {
  const reader = openIndexReader(station.db, pack.profile.defaultStation);
  const rows = station.db.read
    .prepare<[string, string], { doc: number; title: string; words: string; body: string }>(
      `select doc, title, words, body from search_text join search_shown using (doc)
       where effective_from <= ? and (valid_until is null or valid_until >= ?)`,
    )
    .all(DAY, DAY);
  const visible = new Set(
    station.db.read
      .prepare<[], number>(
        `select doc from search_shown where shown_in in ('00','53','5301','530102','530102001','${pack.profile.defaultStation}')`,
      )
      .pluck()
      .all(),
  );
  const texts = rows
    .filter(({ doc }) => visible.has(doc))
    .map((row) => ({
      doc: row.doc,
      head: ` ${fold(`${row.title} | ${(JSON.parse(row.words) as string[]).join(' | ')}`)} `,
      body: fold(row.body),
    }));
  const queries = texts
    .flatMap(({ head, body, doc }) =>
      [...runsOf(head), ...runsOf(body)].map((one, at) => {
        const characters = Array.from(one);
        const length = 1 + ((doc + at) % 6);
        const from = (doc * 7 + at) % Math.max(1, characters.length - length);
        return characters.slice(from, from + length).join('');
      }),
    )
    .filter((text) => text !== '');
  const chosen = queries.filter(
    (_, at) => at % Math.max(1, Math.floor(queries.length / 750)) === 0,
  );
  expect(chosen.length).toBeGreaterThanOrEqual(700);
  for (const query of chosen) {
    const phrase = phraseOf(query) ?? expect.unreachable(query);
    const like = (part: 'head' | 'body') =>
      texts.filter((text) => text[part].includes(query)).map(({ doc }) => doc);
    const look = { query: phrase, day: DAY, limit: 9999, slots: EVERYTHING };
    expect([query, reader.inHead(look)]).toEqual([query, like('head')]);
    expect([query, reader.inBody(look)]).toEqual([query, like('body')]);
  }
});

test('after any row of puts and deletes the index holds just what a fresh one does', () => {
  const base = pack.records
    .map(({ record }) => record)
    .filter(({ kind }) => kind === 'faq')
    .slice(0, 4);
  const step = fc.record({
    at: fc.nat(3),
    version: fc.nat(3),
    gone: fc.boolean(),
    index: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const db = openDatabase(':memory:', 'cache');
      const context = indexContext(pack);
      for (const { at, version, gone, index } of steps) {
        const record = base[at] ?? expect.unreachable();
        run(db, sql`delete from record where id = ${record.id}`);
        if (!gone)
          put(db, {
            ...record,
            body: {
              ...(record.body as object),
              question: `第${'一二三四'[version] ?? ''}次问法怎么写`,
            },
          });
        if (index) while (!catchUp(db, context, 3));
      }
      while (!catchUp(db, context, 3));
      const fresh = openDatabase(':memory:', 'cache');
      for (const row of db.read
        .prepare<[], { envelope: string }>('select envelope from record')
        .all())
        put(fresh, JSON.parse(row.envelope) as ContentRecord);
      while (!catchUp(fresh, context, 3));
      for (const text of ['一次', '二次', '三次问法', '怎么写', '问'])
        expect(found(db, text)).toEqual(found(fresh, text));
      expect(contents(db)).toEqual(contents(fresh));
    }),
    { numRuns: 30 },
  );
});

type Db = ReturnType<typeof openDatabase>;

function put(db: Db, record: ContentRecord): void {
  run(
    db,
    sql`insert into record (id, scope, kind, version, effective_from, valid_until, published_at, envelope)
        values (${record.id}, ${record.scope}, ${record.kind}, ${record.version}, ${record.effectiveFrom}, ${record.validUntil ?? null}, ${record.publishedAt}, ${JSON.stringify(record)})`,
  );
}

function found(db: Db, text: string): string[] {
  const reader = openIndexReader(db, '530102001');
  return reader
    .inHead({ query: phraseOf(text) ?? '', day: DAY, limit: 99, slots: EVERYTHING })
    .map((doc) => `${reader.load(doc)?.id} ${reader.load(doc)?.title}`)
    .sort();
}

function contents(db: Db): unknown[] {
  return db.read
    .prepare('select owner, scope, title, words, body, standing from search_doc order by 1, 2')
    .all();
}

describe("a district's own words", () => {
  const SAYING = '遭机子啃到';
  const ownWords = (): ContentRecord => ({
    ...(pack.records.find(({ record }) => record.kind === 'synonym') ?? expect.unreachable())
      .record,
    id: 'synonym.wuhua-own-1',
    scope: pack.profile.district,
    body: { everyday: [SAYING], legal: ['工伤认定'] },
  });

  test('change what is found, in their district', () => {
    const titles = (one: Search) => one.row(SAYING, 5).map(({ title }) => title.text);
    expect(titles(search).join()).not.toContain('工伤');
    const own = stationOn(
      { ...pack, records: [...pack.records, { ...pack.records[0], record: ownWords() } as never] },
      TIME,
    );
    indexEverything(own.db, pack);
    const its = openSearch(own.db, own.library);
    expect(titles(its).join()).toContain('工伤');
    expect(titles(its)).not.toEqual(titles(search));
    const found = its.query({ text: SAYING, limit: 5 });
    expect(found.understood).toContainEqual({
      type: 'synonym',
      said: SAYING,
      meant: ['工伤认定'],
    });
    own.db.write.close();
  });
});

describe('the best answer', () => {
  test.each(['离婚', '老板不给工资', '12348', 'ldzc', '调解'])(
    'to %s stands first in the first group, and no group has an answer of another kind',
    (text) => {
      const { best, groups } = search.query({ text, limit: 4 });
      expect(best).toBeDefined();
      expect(best).toEqual(groups[0]?.hits[0]);
      expect(new Set(groups.map(({ kind }) => kind)).size).toBe(groups.length);
      for (const { kind, hits } of groups) {
        expect(hits.length).toBeGreaterThan(0);
        expect(hits.length).toBeLessThanOrEqual(4);
        expect(hits.every((hit) => hit.kind === kind)).toBe(true);
      }
    },
  );

  test('is the one that the mixed row begins with', () => {
    for (const text of ['离婚', '老板不给工资', 'ldzc'])
      expect(search.row(text, 1)[0]?.id).toBe(search.query({ text, limit: 4 }).best?.id);
  });

  test('says that a group has more than are shown', () => {
    const { groups } = search.query({ text: '调解', limit: 1 });
    expect(groups.some(({ more }) => more)).toBe(true);
  });
});

describe('numbers of articles', () => {
  test.each(['民法典1079条', '民法典第1079条', '第1079条', '民法典1079'])(
    "%s is nobody's telephone number, also where no law is loaded",
    (text) => {
      // A workroom's telephone begins so.
      const kinds = search.row(text, 5).map(({ kind }) => kind);
      expect(kinds.filter((kind) => ['station', 'person', 'hotline'].includes(kind))).toEqual([]);
    },
  );
});

describe('a story in words that no text has', () => {
  test.each([['皮夹子连身份证都掉了', 'faq.daily-lost-id']])(
    '%s is known by its characters',
    (text, wanted) => {
      expect(ids(text)).toContain(wanted);
    },
  );
});

test.each(['上访', '信访', '去北京告状'])('%s is answered', (text) => {
  expect(ids(text)[0]).toBe('faq.procedure-petition');
});

test('便民警务站 is explained where there are such posts', () => {
  const bozhou = shippedPack('bozhou');
  const its = stationOn(bozhou, TIME);
  indexEverything(its.db, bozhou);
  const found = openSearch(its.db, its.library).query({ text: '便民警务站', limit: 4 });
  expect(found.groups.find(({ kind }) => kind === 'faq')?.hits[0]?.id).toBe(
    'faq.bozhou-police-post',
  );
  expect(found.groups.map(({ kind }) => kind)).toContain('station');
  its.db.write.close();
});

test.each([
  ['530102001', '司法所所长', 'person.wuhua-leader-huashan'],
  ['530102008', '司法所所长', 'person.wuhua-leader-heilinpu'],
  ['530102009', '人民调解员', 'person.wuhua-530102009-mediator'],
])('at %s who asks for %s is shown first who sits there', (code, text, id) => {
  const { db, library } = station;
  const there = openSearch(db, { ...library, station: code });
  const people = there.query({ text, limit: 5 }).groups.find(({ kind }) => kind === 'person');
  expect(people?.hits[0]?.id).toBe(id);
});

test('initials that stand in no title are those of a word that people say or of the legal word for it', () => {
  expect(search.query({ text: 'lhxy', limit: 5 }).understood).toContainEqual({
    type: 'sound',
    said: 'lhxy',
    read: '离婚协议',
  });
});
