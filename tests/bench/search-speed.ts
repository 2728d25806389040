import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import { openLibrary } from '#station/content/library.ts';
import { loadPack } from '#station/content/load-pack.ts';
import { importLaws } from '#station/laws/import-laws.ts';
import { fillLawsNow } from '#station/laws/law-cache.ts';
import { lawFolder } from '#station/laws/law-segments.ts';
import type { ProfilePack } from '#station/packs/profile-pack.ts';
import { indexEverything } from '#station/search/indexing.ts';
import { openSearch } from '#station/search/search.ts';
import { closeDatabase, openDatabase } from '#station/store/open-database.ts';
import { run, sql, transaction, type WritableDb } from '#station/store/sql.ts';
import { chinaTime, shippedPack } from '../real-content.ts';
import { judgedQueries } from '../search/judged/judged-set.ts';

const TYPED = 600;
const WARMED = 40;
const SEED = 20_261_123;
const TIME = '2026-11-23 09:30';

/**
 * As-you-type search among so many documents: the shipped records, the statutes where there is a copy of them, and for the
 * rest shipped records with other names and numbers put into their texts. Typed is what stands in the box at some moment
 * while titles, words that people say, and the judged queries are typed. In the same run SQLite's own way, which need not
 * care what is shown where: FTS5's trigram index with its own order, and LIKE for less than three characters.
 */
export async function searchSpeed(
  lawsFolder: string,
  records: number,
): Promise<Record<string, unknown>[]> {
  const folder = mkdtempSync(join(tmpdir(), 'search-speed-'));
  try {
    const db = openDatabase(join(folder, 'cache.sqlite'), 'cache');
    const pack = shippedPack('wuhua');
    const documents = await fill(db, pack, { folder, lawsFolder, records });
    const station = pack.profile.defaultStation;
    const library = openLibrary({ db, ...pack, station, now: () => chinaTime(TIME) });
    const search = openSearch(db, library);
    const baseline = trigram(db);
    const texts = typedTexts(findableOf(pack), seeded(SEED));
    for (const text of texts.slice(0, WARMED)) search.query({ text, limit: 5 });
    const ours: Taken[] = [];
    const theirs: Taken[] = [];
    for (const text of texts) {
      ours.push(taken(() => search.query({ text, limit: 5 })));
      theirs.push(taken(() => baseline(text)));
    }
    closeDatabase(db);
    return [report(documents, ours, theirs)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function fill(
  db: WritableDb,
  pack: ProfilePack,
  at: { folder: string; lawsFolder: string; records: number },
): Promise<number> {
  if (existsSync(at.lawsFolder)) {
    await importLaws({ from: at.lawsFolder, dataDir: at.folder, onProgress: () => {} });
    fillLawsNow(db, lawFolder(at.folder));
  }
  loadPack(db, pack, 'bench', chinaTime(TIME));
  const waiting = db.read
    .prepare<[], number>(
      'select (select count(*) from record) + (select count(*) from law) + (select count(*) from law_article)',
    )
    .pluck();
  const chance = seeded(SEED);
  const sources = findableOf(pack);
  transaction(db, () => {
    for (let number = waiting.get() ?? 0; number < at.records; number += 1) {
      const source = sources[number % sources.length];
      if (source !== undefined) put(db, varied(source, number, chance));
    }
  });
  indexEverything(db, pack);
  return db.read.prepare<[], number>('select count(*) from search_doc').pluck().get() ?? 0;
}

function report(documents: number, ours: readonly Taken[], theirs: readonly Taken[]) {
  const wall = ours.map(({ ms }) => ms);
  const baseline = theirs.map(({ ms }) => ms);
  const p99 = quantile(wall, 0.99);
  const ratio = p99 / quantile(baseline, 0.99);
  return {
    bench: 'search as you type',
    documents,
    queries: ours.length,
    p50Ms: round(quantile(wall, 0.5)),
    p99Ms: round(p99),
    /** Without what other programs took meanwhile. */
    p99CpuMs: round(
      quantile(
        ours.map(({ cpuMs }) => cpuMs),
        0.99,
      ),
    ),
    baseline: 'FTS5 trigram by rank, LIKE for less than three characters',
    baselineP50Ms: round(quantile(baseline, 0.5)),
    baselineP99Ms: round(quantile(baseline, 0.99)),
    ratioOfP99: round(ratio),
    goalP99Ms: 15,
    goalRatio: 0.5,
    met: p99 <= 15 && ratio <= 0.5,
  };
}

const findableOf = (pack: ProfilePack) =>
  pack.records.map(({ record }) => record).filter(({ kind }) => FINDABLE.has(kind));

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

function typedTexts(records: readonly ContentRecord[], chance: () => number): string[] {
  const words = records.flatMap(({ kind, body }) => {
    if (!isKindName(kind)) return [];
    const { title, words: said } = kindNamed(kind).search(body);
    return [title, ...said];
  });
  const queries = judgedQueries().map(({ query }) => query);
  return Array.from({ length: TYPED }, (_, at) => {
    const source = at % 2 === 0 ? words : queries;
    const characters = Array.from(source[Math.floor(chance() * source.length)] ?? '');
    return characters.slice(0, 1 + Math.floor(chance() * characters.length)).join('');
  });
}

function trigram(db: WritableDb): (text: string) => unknown[] {
  db.write.exec(`create virtual table baseline using fts5 (title, words, body, tokenize = 'trigram');
    insert into baseline (rowid, title, words, body) select doc, title, words, body from search_text;
    insert into baseline (baseline) values ('optimize')`);
  const match = db.read.prepare<[string]>(
    'select rowid, title from baseline where baseline match ? order by rank limit 20',
  );
  const like = db.read.prepare<[string, string, string]>(
    'select doc, title from search_text where title like ? or words like ? or body like ? limit 20',
  );
  return (text) => {
    if (Array.from(text).length > 2) return match.all(`"${text.replaceAll('"', '')}"`);
    const part = `%${text}%`;
    return like.all(part, part, part);
  };
}

interface Taken {
  readonly ms: number;
  readonly cpuMs: number;
}

function taken(work: () => unknown): Taken {
  const cpu = process.cpuUsage();
  const began = performance.now();
  work();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000 };
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
