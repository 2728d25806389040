import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { findCitations } from '#shared/laws/find-citations.ts';
import { parseLaw } from '#shared/laws/parse-law.ts';
import type { ParsedLaw } from '#shared/laws/parsed-law.ts';
import type { StationLog } from '../log/station-log.ts';
import {
  all,
  first,
  type ReadableDb,
  run,
  sql,
  transaction,
  type WritableDb,
} from '../store/sql.ts';
import { articleKey, keyBehind } from './article-key.ts';
import { type LawWriter, lawWriter } from './law-rows.ts';
import { DamagedSegmentError, type LawFile, readSegment, segmentNames } from './law-segments.ts';

/** Changes whenever the same text is read into other rows: what an older program wrote is then made anew. */
const READER = 'reader-1';

/** What filling met. */
export interface Filling {
  readonly changed: boolean;
  readonly damaged: readonly string[];
}

/** The texts, and which of their articles name which. Yields often, so that a host can answer pages between. */
function* fillLaws(db: WritableDb, folder: string): Generator<undefined, Filling> {
  const { changed, damaged } = yield* fillTexts(db, folder);
  const isLinkedAnew = yield* linkCitations(db);
  return { changed: changed || isLinkedAnew, damaged };
}

/**
 * Brings the cache to what the folder of law texts holds, a segment a transaction with its name (invariant 3). Yields after
 * each. A damaged segment is named and left out.
 */
function* fillTexts(db: WritableDb, folder: string): Generator<undefined, Filling> {
  const names = segmentNames(folder);
  const damaged: string[] = [];
  let changed = false;
  if (mustStartAnew(db, names)) {
    changed = true;
    transaction(db, () => clearLaws(db));
  }
  const known = appliedSegments(db);
  const writer = lawWriter(db);
  for (const name of names) {
    if (known.has(name)) continue;
    const files = filesOf(folder, name);
    if (files === undefined) damaged.push(name);
    else if (!applySegment(db, writer, name, readLaws(files))) return yield* refill(db, folder);
    else changed = true;
    yield;
  }
  return { changed, damaged };
}

/** Fills in one go; for a start, a command, a test. */
export function fillLawsNow(db: WritableDb, folder: string, log?: StationLog): Filling {
  const filling = inOneGo(fillLaws(db, folder));
  if (filling.damaged.length > 0)
    log?.event('law-segments-damaged', { segments: filling.damaged.length });
  return filling;
}

/** Only the texts, in one go: they can be read at once; their links and the search index are made by the host. */
export function fillTextsNow(db: WritableDb, folder: string): Filling {
  return inOneGo(fillTexts(db, folder));
}

function inOneGo<Result>(work: Generator<undefined, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/**
 * The same while pages are served: they are answered between the steps. True when something changed; false also when the
 * database was closed meanwhile.
 */
export async function fillLawsInSteps(db: WritableDb, folder: string): Promise<boolean> {
  if (areLawsFilled(db, folder)) return false;
  const filling = fillLaws(db, folder);
  while (db.write.open) {
    const step = filling.next();
    if (step.done) return step.value.changed;
    await nextTurn();
  }
  return false;
}

/** Whether the folder holds what the cache does not, or the other way round. */
function areLawsFilled(db: ReadableDb, folder: string): boolean {
  const known = appliedSegments(db);
  const names = segmentNames(folder);
  return (
    names.length === known.size - (known.has(READER) ? 1 : 0) &&
    names.every((name) => known.has(name)) &&
    areLinked(db)
  );
}

/** A digest of all that pages can be told of laws, in an order of its own: the same texts give the same. */
export function lawDigest(db: ReadableDb): string {
  const hash = createHash('sha256');
  const laws = db.read
    .prepare(
      'select id, title, genre, category, version_date, in_force_from, history, notes, repeals, outline, articles from law order by id',
    )
    .raw()
    .iterate();
  for (const row of laws) hash.update(JSON.stringify(row));
  const articles = db.read
    .prepare(
      'select l.id, a.position, a.label, a.number, a.inserted, a.text from law_article a join law l on l.n = a.law order by l.id, a.position',
    )
    .raw()
    .iterate();
  for (const row of articles) hash.update(JSON.stringify(row));
  const links = db.read
    .prepare(
      'select l.id, c.position, c.to_family, c.number, c.inserted from law_citation c join law l on l.n = c.law order by 1, 2, 3, 4, 5',
    )
    .raw()
    .iterate();
  for (const row of links) hash.update(JSON.stringify(row));
  return hash.digest('hex');
}

function appliedSegments(db: ReadableDb): Set<string> {
  return new Set(
    all<{ name: string }>(db, sql`select name from law_segment`).map(({ name }) => name),
  );
}

/** Rows of an older reader, or of a segment that is gone, cannot be taken back one by one. */
function mustStartAnew(db: ReadableDb, names: readonly string[]): boolean {
  const known = appliedSegments(db);
  if (known.size === 0) return true;
  const gone = [...known].filter((name) => name !== READER && !names.includes(name));
  return !known.has(READER) || gone.length > 0;
}

function clearLaws(db: WritableDb): void {
  for (const table of [
    'law_article',
    'law_citation',
    'law_file',
    'law',
    'law_segment',
    'law_links',
  ])
    db.write.exec(`delete from ${table}`);
  run(db, sql`insert into law_segment (name) values (${READER})`);
}

function filesOf(folder: string, name: string): LawFile[] | undefined {
  try {
    return readSegment(folder, name);
  } catch (error) {
    if (error instanceof DamagedSegmentError) return undefined;
    throw error;
  }
}

/**
 * Writes a segment's laws with its name, in one transaction. False when a file of it replaces one that is already in: then
 * nothing is written, and all has to be made anew in the order of the segments.
 */
function applySegment(
  db: WritableDb,
  writer: LawWriter,
  name: string,
  laws: readonly ReadLaw[],
): boolean {
  return transaction(db, () => {
    const paths = laws.map(({ path }) => path);
    const known = first(db, sql`select 1 from law_file where path in (${paths}) limit 1`);
    if (known !== undefined) return false;
    writeLaws(writer, laws);
    run(db, sql`insert into law_segment (name) values (${name})`);
    return true;
  });
}

/** A file with its text read. */
interface ReadLaw {
  readonly path: string;
  readonly law: ParsedLaw;
}

function readLaws(files: readonly LawFile[]): ReadLaw[] {
  return files.flatMap(({ path, text }) => {
    const law = parseLaw(text, path);
    return 'unreadable' in law ? [] : [{ path, law }];
  });
}

function writeLaws(writer: LawWriter, laws: readonly ReadLaw[]): void {
  for (const { path, law } of laws) writer.write(path, law);
}

/** All segments anew, where a later one holds a newer text of the same file: the last text of each path counts. */
function* refill(db: WritableDb, folder: string): Generator<undefined, Filling> {
  const names = segmentNames(folder);
  const lastIn = new Map<string, string>();
  const damaged: string[] = [];
  for (const name of names)
    for (const { path } of filesOf(folder, name) ?? []) lastIn.set(path, name);
  transaction(db, () => clearLaws(db));
  const writer = lawWriter(db);
  for (const name of names) {
    const files = filesOf(folder, name);
    if (files === undefined) damaged.push(name);
    else
      transaction(db, () => {
        writeLaws(writer, readLaws(files.filter(({ path }) => lastIn.get(path) === name)));
        run(db, sql`insert into law_segment (name) values (${name})`);
      });
    yield;
  }
  return { changed: true, damaged };
}

/** Letters in which citations are looked for in one go. */
const LETTERS_A_STEP = 300_000;

/** Finds which articles name which, once all laws are known, and yields on the way; false when nothing changed since. */
function* linkCitations(db: WritableDb): Generator<undefined, boolean> {
  if (areLinked(db)) return false;
  const state = stateOfTexts(db);
  const laws = all<{ n: number; family: string }>(db, sql`select n, family from law`);
  const families = new Set(laws.map(({ family }) => family));
  const isKnown = (family: string) => families.has(family);
  const articles = db.read.prepare<[number, number], { position: number; text: string }>(
    'select position, text from law_article where n >= ? and n < ?',
  );
  const found: (readonly [law: number, position: number, ...Target])[] = [];
  let letters = 0;
  for (const { n, family } of laws) {
    for (const { position, text } of articles.all(articleKey(n, 0), keyBehind(n))) {
      letters += text.length;
      for (const target of targetsIn(text, family, isKnown)) found.push([n, position, ...target]);
    }
    if (letters < LETTERS_A_STEP) continue;
    letters = 0;
    yield;
  }
  transaction(db, () => {
    const insert = db.write.prepare(
      'insert into law_citation (law, position, to_family, number, inserted) values (?, ?, ?, ?, ?)',
    );
    run(db, sql`delete from law_citation`);
    for (const row of found) insert.run(...row);
    run(
      db,
      sql`insert into law_links (only, state) values (1, ${state}) on conflict (only) do update set state = excluded.state`,
    );
  });
  return true;
}

function areLinked(db: ReadableDb): boolean {
  return first<{ state: string }>(db, sql`select state from law_links`)?.state === stateOfTexts(db);
}

function stateOfTexts(db: ReadableDb): string {
  return createHash('sha256')
    .update([...appliedSegments(db)].sort().join(' '))
    .digest('hex');
}

type Target = readonly [family: string, number: number, inserted: number];

/** Each law and article that a text names, once. */
function targetsIn(text: string, family: string, isKnown: (family: string) => boolean): Target[] {
  const targets = findCitations(text, family, isKnown).flatMap(({ law, articles }) =>
    articles.length === 0
      ? [[law, 0, 0] as const]
      : articles.map(({ number, inserted }) => [law, number, inserted] as const),
  );
  return [...new Map(targets.map((target) => [target.join(' '), target])).values()];
}
