import { performance } from 'node:perf_hooks';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import { indexEverything } from '#station/search/indexing.ts';
import { openSearch } from '#station/search/search.ts';
import { run, sql, transaction, type WritableDb } from '#station/store/sql.ts';
import { shippedPack, stationOn } from '../real-content.ts';

const RECORDS = 100_000;
const TYPED = 300;
const SEED = 20_261_123;

/**
 * As-you-type search at 100,000 records, made from the shipped ones by putting other names and numbers into their texts,
 * against SQLite's own way in the same run: FTS5's trigram index, and LIKE for less than three characters.
 */
export function searchSpeed(records = RECORDS): Record<string, unknown>[] {
  const pack = shippedPack('wuhua');
  const station = stationOn(pack, '2026-11-23 09:30');
  const chance = seeded(SEED);
  const findable = pack.records
    .map(({ record }) => record)
    .filter(({ kind }) => FINDABLE.has(kind));
  transaction(station.db, () => {
    for (let at = 0; at < records; at += 1) {
      const source = findable[at % findable.length];
      if (source !== undefined) put(station.db, varied(source, at, chance));
    }
  });
  indexEverything(station.db, pack);
  const search = openSearch(station.db, station.library);
  const baseline = trigram(station.db);
  const typed = typedTexts(findable, chance);
  for (const text of typed.slice(0, 40)) search.query({ text, limit: 5 });
  const ours: number[] = [];
  const theirs: number[] = [];
  for (const text of typed) {
    ours.push(timed(() => search.query({ text, limit: 5 })));
    theirs.push(timed(() => baseline(text)));
  }
  station.db.write.close();
  const p99 = quantile(ours, 0.99);
  const baselineP99 = quantile(theirs, 0.99);
  return [
    {
      bench: 'search as you type',
      records,
      queries: typed.length,
      p50Ms: round(quantile(ours, 0.5)),
      p99Ms: round(p99),
      baselineP50Ms: round(quantile(theirs, 0.5)),
      baselineP99Ms: round(baselineP99),
      ratioOfP99: round(p99 / baselineP99),
      goalP99Ms: 15,
      goalRatio: 0.5,
      met: p99 <= 15 && p99 <= 0.5 * baselineP99,
    },
  ];
}

const FINDABLE = new Set([
  'service',
  'faq',
  'person',
  'station',
  'form-sample',
  'notice',
  'hotline',
]);
const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜';
const PLACES = ['青山', '白沙', '红旗', '长风', '东湖', '西关', '南岸', '北坡', '新桥', '古城'];

/** The same record for another place and person, so that texts differ as real ones of a province do. */
function varied(record: ContentRecord, at: number, chance: () => number): ContentRecord {
  const place = PLACES[Math.floor(chance() * PLACES.length)] ?? '';
  const surname = SURNAMES[Math.floor(chance() * SURNAMES.length)] ?? '';
  const text = JSON.stringify(record.body)
    .replaceAll('示例', `${surname}${place}`)
    .replaceAll(/(?<=[，。；])(?=[\u4e00-\u9fff])/gu, () => (chance() < 0.1 ? place : ''));
  return { ...record, id: `${record.id}-v${at}`, body: JSON.parse(text) as unknown };
}

function put(db: WritableDb, record: ContentRecord): void {
  run(
    db,
    sql`insert into record (id, scope, kind, version, effective_from, valid_until, published_at, envelope)
        values (${record.id}, ${record.scope}, ${record.kind}, ${record.version}, ${record.effectiveFrom}, ${record.validUntil ?? null}, ${record.publishedAt}, ${JSON.stringify(record)})`,
  );
}

/** What stands in the box while titles and words are typed, one to eight characters, a tenth of it letters. */
function typedTexts(records: readonly ContentRecord[], chance: () => number): string[] {
  const words = records.flatMap(({ kind, body }) => {
    if (!isKindName(kind)) return [];
    const { title, words: said } = kindNamed(kind).search(body);
    return [title, ...said];
  });
  return Array.from({ length: TYPED }, (_, at) => {
    if (at % 10 === 0) return LETTERS[(at / 10) % LETTERS.length] ?? '';
    const word = words[Math.floor(chance() * words.length)] ?? '';
    return Array.from(word)
      .slice(0, 1 + Math.floor(chance() * 8))
      .join('');
  });
}

const LETTERS = [
  'ld',
  'ldzc',
  'lihun',
  'laodongh',
  'flyz',
  'ld仲裁',
  'yizhu',
  'gong',
  'gongsh',
  'jtbl',
];

function trigram(db: WritableDb): (text: string) => unknown[] {
  db.write.exec(`create virtual table baseline using fts5 (title, words, body, tokenize = 'trigram');
    insert into baseline (rowid, title, words, body) select doc, title, words, body from search_doc`);
  const match = db.read.prepare<[string]>(
    'select rowid, title from baseline where baseline match ? order by rank limit 20',
  );
  const like = db.read.prepare<[string, string, string]>(
    'select doc, title from search_doc where title like ? or words like ? or body like ? limit 20',
  );
  return (text) => {
    if (Array.from(text).length > 2) return match.all(`"${text.replaceAll('"', '')}"`);
    const part = `%${text}%`;
    return like.all(part, part, part);
  };
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}

/** Mulberry32: the same numbers in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
