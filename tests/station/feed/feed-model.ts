import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type DivisionLog, openDivisionLog } from '#district/feed/division-log.ts';
import { readyDatabase } from '#district/feed/ready-file.ts';
import { planAfterBase, planReading } from '#shared/feed/feed-plan.ts';
import { recordsOfDivision } from '#station/content/content-store.ts';
import { standingDigest } from '#station/content/division-digest.ts';
import { appliedDivision, noteApplied } from '#station/content/feed-divisions.ts';
import { applyDivision, type DivisionUpdate } from '#station/feed/apply-division.ts';
import { FeedRefusal } from '#station/feed/feed-refusal.ts';
import { openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { NOW, notice } from '../../district/feed/sample-feed.ts';

type Apply = (db: WritableDb, update: DivisionUpdate) => void;
type Feed = ReturnType<DivisionLog['feed']>;

/** What happens at the district. */
type DistrictStep =
  | { readonly do: 'put' | 'remove'; readonly name: string }
  | { readonly do: 'cut' | 'reset' }
  /** Many records more, and the terminal takes them. */
  | { readonly do: 'fill' }
  /** The server lost its database and begins anew with nothing; the terminal looks. */
  | { readonly do: 'emptied' }
  | { readonly do: 'compact'; readonly keep: number };

/** What happens at the terminal. */
type TerminalStep =
  | { readonly do: 'reread' | 'restore' | 'keep-copy' }
  | { readonly do: 'read'; readonly way: Way }
  /** A row vanishes by a fault of its own. */
  | { readonly do: 'damage' }
  | { readonly do: 'crash'; readonly at: number; readonly way: Way };

/** By which way a terminal fills a division for the first time. */
type Way = 'segments' | 'file';

type Step = DistrictStep | TerminalStep;

const name = fc.constantFrom('a', 'b', 'c');
const way = fc.constantFrom<Way[]>('segments', 'file');
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put' as const), name }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), name }) },
  { weight: 4, arbitrary: fc.constant({ do: 'cut' } as const) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), way }) },
  fc.constantFrom<Step[]>(
    ...(['reread', 'restore', 'reset', 'keep-copy'] as const).map((what) => ({ do: what })),
  ),
  fc.constantFrom<Step[]>(
    ...(['fill', 'emptied', 'damage'] as const).map((what) => ({ do: what })),
  ),
  fc.record({ do: fc.constant('compact' as const), keep: fc.nat(2) }),
  fc.record({ do: fc.constant('crash' as const), at: fc.nat(3), way }),
);

function update(feed: Feed, db: WritableDb, by: Way, failAt?: number): DivisionUpdate {
  const { index, segments } = feed;
  const texts = new Map(segments.map(({ path, text }) => [path, text]));
  const cursor = appliedDivision(db, index.division);
  const ready = by === 'file' && cursor === undefined ? readyFiles(feed) : [];
  let reads = 0;
  return {
    index,
    ready,
    plan: ready.length > 0 ? planAfterBase(index) : planReading(index, cursor),
    read: ({ path }) => {
      if (reads === failAt) throw new Error('crash');
      reads += 1;
      return zstdCompressSync(texts.get(path) ?? '');
    },
    station: '530102001',
    now: NOW,
    beforeCommit: () => {
      if (failAt !== undefined) throw new Error('crash');
    },
  };
}

/** The ready-made files of a base. */
function readyFiles({ index, segments }: Feed): string[] {
  const paths = new Set(index.base.segments.map(({ path }) => path));
  return segments.filter(({ path }) => paths.has(path)).map(({ text }) => readyFile(text));
}

const made = new Map<string, string>();
const MOST_KEPT = 100;

/** Runs are many and their bases few and small: a file is made once for all. */
function readyFile(text: string): string {
  const known = made.get(text);
  if (known !== undefined) return known;
  if (made.size >= MOST_KEPT) forgetFiles();
  const file = join(mkdtempSync(join(tmpdir(), 'feed-model-')), 'ready.sqlite');
  writeFileSync(file, readyDatabase({ path: '', text }, '530102'));
  made.set(text, file);
  return file;
}

/** Removes the files that runs have left. */
export function forgetFiles(): void {
  for (const file of made.values()) rmSync(dirname(file), { recursive: true });
  made.clear();
}

const rowsOf = (db: WritableDb) =>
  recordsOfDivision(db, '530102')
    .map(({ id, version }) => `${id}@${version}`)
    .sort();

/** What may happen to a district and its terminal, in any order. */
export const stepsArbitrary = fc.array(stepArbitrary, { maxLength: 30 });

let template: Buffer | undefined;

/** Opening and migrating a database for each of 20,000 runs would take hours: it is copied from a fresh one. */
function freshCache(): WritableDb {
  if (template === undefined) {
    const db = openDatabase(':memory:', 'cache');
    template = db.write.serialize();
    db.write.close();
  }
  const database = new Database(template);
  return { read: database, write: database };
}

/** Runs a district and a terminal through steps; throws at the first state that must not be. */
export function live(steps: readonly Step[], bug: PlantedBug = { apply: applyDivision }): void {
  const db = freshCache();
  try {
    const world = new World(db, bug.apply);
    for (const step of steps) {
      // A terminal that believes any digest is wrong as soon as its rows are; only one bug is to be found by that.
      if (step.do === 'damage' && bug.isFoundByDamage === false) continue;
      world.take(step);
      world.check();
    }
    world.rest();
  } finally {
    db.write.close();
  }
}

type Records = Map<string, ReturnType<typeof notice>>;
const MANY = Array.from({ length: 24 }, (_, at) => `n${at}`);

class World {
  readonly #db: WritableDb;
  readonly #apply: Apply;
  #epoch = 0;
  #version = 0;
  #log = openDivisionLog('530102', 'epoch000');
  #records: Records = new Map();
  /** What an emptied server had; it comes back when the server begins anew with all it has. */
  #lost: Records = new Map();
  /** The rows at each top of each epoch. */
  readonly #states = new Map<string, string[]>();
  #last: Feed | undefined;
  #copy:
    | { readonly putBack: (target: WritableDb) => void; readonly isDamaged: boolean }
    | undefined;
  #isDamaged = false;

  constructor(db: WritableDb, apply: Apply) {
    this.#db = db;
    this.#apply = apply;
    this.#note();
  }

  take(step: Step): void {
    switch (step.do) {
      case 'put':
        this.#put(step.name);
        break;
      case 'fill':
        for (const one of MANY) this.#put(one);
        this.#cut();
        this.#read(this.#log.feed(), 'segments');
        break;
      case 'remove':
        this.#records.delete(`notice.${step.name}`);
        this.#log.remove(`notice.${step.name}`, '530102');
        break;
      case 'cut':
        this.#cut();
        break;
      case 'compact':
        this.#cut();
        this.#log.compact(step.keep);
        break;
      case 'reset':
        this.#beginAnew(new Map([...this.#lost, ...this.#records]), new Map());
        break;
      case 'emptied':
        this.#beginAnew(new Map(), new Map([...this.#lost, ...this.#records]));
        this.#read(this.#log.feed(), 'segments');
        break;
      default:
        this.#atTerminal(step);
    }
  }

  #atTerminal(step: TerminalStep): void {
    switch (step.do) {
      case 'read':
        this.#last = this.#log.feed();
        this.#read(this.#last, step.way);
        break;
      case 'reread':
        if (this.#last !== undefined) this.#read(this.#last, 'segments');
        break;
      case 'crash':
        this.#crash(step.at, step.way);
        break;
      case 'damage':
        this.#damage();
        break;
      case 'keep-copy':
        this.#copy = { putBack: snapshotOf(this.#db), isDamaged: this.#isDamaged };
        break;
      case 'restore':
        this.#copy?.putBack(this.#db);
        this.#isDamaged = this.#copy?.isDamaged ?? this.#isDamaged;
    }
  }

  /** Rows are just what the cursor says: it is neither ahead of them nor behind. */
  check(): void {
    if (this.#isDamaged) return;
    const cursor = appliedDivision(this.#db, '530102');
    const told = cursor === undefined ? [] : this.#states.get(`${cursor.epoch} ${cursor.sequence}`);
    expect(rowsOf(this.#db)).toEqual(told);
  }

  /** After the last fault one look at one more change brings everything. */
  rest(): void {
    if (this.#lost.size > 0) this.take({ do: 'reset' });
    this.take({ do: 'put', name: 'a' });
    this.take({ do: 'cut' });
    this.take({ do: 'read', way: 'segments' });
    expect(this.#isDamaged).toBe(false);
    this.check();
    expect(appliedDivision(this.#db, '530102')?.sequence).toBe(this.#log.feed().index.top);
  }

  #note(): void {
    const { index } = this.#log.feed();
    this.#states.set(
      `${index.epoch} ${index.top}`,
      [...this.#records.values()].map(({ id, version: of }) => `${id}@${of}`).sort(),
    );
  }

  #put(of: string): void {
    this.#version += 1;
    const record = notice(of, this.#version);
    this.#records.set(record.id, record);
    this.#log.put(record);
  }

  #cut(): void {
    this.#log.cut();
    this.#note();
  }

  #beginAnew(records: Records, lost: Records): void {
    this.#epoch += 1;
    this.#records = records;
    this.#lost = lost;
    const epoch = `epoch${String(this.#epoch).padStart(3, '0')}`;
    this.#log = openDivisionLog('530102', epoch, [...records.values()]);
    this.#note();
  }

  /** One look, as `pullFeed` takes it: rows that are not the district's are mended from the base. */
  #read(feed: Feed, by: Way, failAt?: number): void {
    if (this.#isCurrent(feed)) return;
    const before = rowsOf(this.#db);
    const attempt = update(feed, this.#db, by, failAt);
    try {
      this.#apply(this.#db, attempt);
    } catch (error) {
      if (!(error instanceof FeedRefusal)) throw error;
      if (error.reason === 'mass-deletion') return;
      if (error.reason !== 'digest' || attempt.plan.isBase) throw error;
      this.#apply(this.#db, { ...attempt, plan: planReading(feed.index, undefined) });
    }
    this.#isDamaged = false;
    assertNotEmptied(before, rowsOf(this.#db));
  }

  /** Nothing is newer, and the rows are the district's; older feeds do not get this far. */
  #isCurrent({ index }: Feed): boolean {
    const cursor = appliedDivision(this.#db, '530102');
    if (cursor?.epoch !== index.epoch || cursor.sequence < index.top) return false;
    return cursor.sequence > index.top || standingDigest(this.#db, '530102') === index.digest;
  }

  #crash(at: number, by: Way): void {
    try {
      this.#read(this.#log.feed(), by, at);
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'crash') throw error;
    }
  }

  #damage(): void {
    const { changes } = this.#db.write
      .prepare('delete from record where id = (select min(id) from record)')
      .run();
    this.#isDamaged ||= changes > 0;
  }
}

/** No district of this model ever takes many records away, so that a terminal must not lose many. */
function assertNotEmptied(before: readonly string[], after: readonly string[]): void {
  const left = new Set(after.map((row) => row.split('@')[0]));
  const gone = before.filter((row) => !left.has(row.split('@')[0])).length;
  if (gone > 20) throw new Error(`${gone} of ${before.length} records went unasked`);
}

/** A copy of the cache, to be put back later. */
function snapshotOf(db: WritableDb) {
  const rows = db.read.prepare('select * from record').all() as Record<string, unknown>[];
  const changed = db.read.prepare('select * from digest_change').all();
  const cursor = appliedDivision(db, '530102');
  return (target: WritableDb) => {
    target.write.exec('delete from record; delete from feed_division');
    const insert = target.write.prepare(
      `insert into record values (@id, @scope, @kind, @version, @effective_from, @valid_until, @published_at, @envelope)`,
    );
    for (const row of rows) insert.run(row);
    if (cursor !== undefined) noteApplied(target, '530102', cursor, NOW);
    const note = target.write.prepare('insert into digest_change values (@id, @scope, @was)');
    for (const row of changed) note.run(row);
  };
}

const cursorFirst: Apply = (db, given) => {
  const { epoch, top: sequence, digest } = given.index;
  noteApplied(db, '530102', { epoch, sequence, digest }, NOW);
  applyDivision(db, given);
};

/** The planted bug: the digest is carried on by what a delta says, whatever became of the other rows meanwhile. */
const onlyByDeltas: Apply = (db, given) => {
  db.write.exec('delete from digest_change');
  applyDivision(db, given);
};

type Wrong =
  | 'cursor-top'
  | 'no-transaction'
  | 'ignored-delete'
  | 'recreate-lost'
  | 'base-adds'
  | 'base-alone'
  | 'resync-loop'
  | 'epoch-ignored'
  | 'no-brake'
  | 'digest-copied';

/** As `applyDivision`, but with one thing wrong; the digest is copied from the index, as careless clients do. */
const careless =
  (wrong: Wrong): Apply =>
  (db, update) => {
    const whole = bySegments(update);
    const given = wrong === 'epoch-ignored' ? withoutEpoch(db, whole) : whole;
    const work = () => {
      if (wrong !== 'no-brake') brake(db, given);
      if (given.plan.isBase && wrong !== 'base-adds') db.write.exec('delete from record');
      const deleted = new Set<string>();
      for (const segment of segmentsRead(given, wrong))
        applyCarelessly(db, given, segment, wrong, deleted);
      given.beforeCommit();
      const { epoch, top, floor, digest } = given.index;
      // One that starts from the base stays behind the floor, and so starts from the base for ever.
      const isLooping = wrong === 'resync-loop' && given.plan.isBase && floor > 0;
      const sequence = isLooping ? floor - 1 : top;
      noteApplied(db, '530102', { epoch, sequence, digest }, NOW);
    };
    if (wrong === 'no-transaction') work();
    else db.write.transaction(work).immediate();
  };

/** Whoever is careless with segments takes no files. */
function bySegments(given: DivisionUpdate): DivisionUpdate {
  if (given.ready.length === 0) return given;
  return { ...given, ready: [], plan: planReading(given.index, undefined) };
}

/** Is careless with ready-made files only, so that nothing else can give it away. */
const byFile =
  (apply: Apply): Apply =>
  (db, given) =>
    (given.ready.length > 0 ? apply : applyDivision)(db, given);

/** The planted bug: the file's records stand there before the cursor is written with them. */
const inSteps: Apply = (db, given) => {
  for (const file of given.ready) copyCarelessly(db, file);
  given.beforeCommit();
  applyDivision(db, bySegments(given));
};

/** The planted bug: the file is taken for the newest state, whatever came after it. */
const fileAlone: Apply = (db, given) =>
  db.write
    .transaction(() => {
      for (const file of given.ready) copyCarelessly(db, file);
      given.beforeCommit();
      const { epoch, top: sequence, digest } = given.index;
      noteApplied(db, '530102', { epoch, sequence, digest }, NOW);
    })
    .immediate();

/** The planted bug: a record of the file is lost on the way, and the index's digest is believed. */
const recordLost: Apply = (db, given) => {
  applyDivision(db, given);
  db.write.exec('delete from record where rowid = (select min(rowid) from record)');
};

function copyCarelessly(db: WritableDb, file: string): void {
  const database = new Database(file, { readonly: true });
  const texts = database.prepare<[], string>('select envelope from record').pluck().all();
  database.close();
  for (const text of texts) {
    const { id, scope, version } = JSON.parse(text) as ReturnType<typeof notice>;
    db.write
      .prepare(`insert into record values (?, ?, 'notice', ?, '2026-11-01', null, '', '{}')`)
      .run(id, scope, version);
  }
}

/** The planted bug: a number of another life of the numbering is taken for one of this. */
function withoutEpoch(db: WritableDb, given: DivisionUpdate): DivisionUpdate {
  const cursor = appliedDivision(db, '530102');
  const { index } = given;
  return { ...given, plan: planReading(index, cursor && { ...cursor, epoch: index.epoch }) };
}

function segmentsRead({ plan }: DivisionUpdate, wrong: Wrong): DivisionUpdate['plan']['segments'] {
  if (wrong === 'cursor-top') return plan.segments.slice(0, 1);
  if (wrong === 'base-alone' && plan.isBase)
    return plan.segments.filter((segment) => !('from' in segment));
  return plan.segments;
}

/** A brake of the careless: what a base of another numbering does not name would be gone. */
function brake(db: WritableDb, given: DivisionUpdate): void {
  if (given.plan.goesOn) return;
  const rows = given.plan.segments.flatMap((segment) => rowsIn(given, segment));
  const named = new Set(rows.flatMap((row) => (row.op === 'put' ? row.record.id : [])));
  const gone = recordsOfDivision(db, '530102').filter(({ id }) => !named.has(id)).length;
  if (gone > 20) throw new FeedRefusal('mass-deletion', `${gone} records would be gone`);
}

/** A way in which a terminal can be built wrongly. */
export interface PlantedBug {
  readonly apply: Apply;
  /** False: rows that vanish by themselves are left out, since they would show the bug without its own fault. */
  readonly isFoundByDamage?: boolean;
}

const of = (wrong: Wrong): PlantedBug => ({ apply: careless(wrong), isFoundByDamage: false });

/** Faults of other products, planted: each must be found. */
export const PLANTED: Readonly<Record<string, PlantedBug>> = {
  'cursor before rows': { apply: cursorFirst },
  'cursor = top': of('cursor-top'),
  'no transaction': of('no-transaction'),
  'ignored delete': of('ignored-delete'),
  'delete and recreate lost': of('recreate-lost'),
  'base laid over old rows': of('base-adds'),
  'base without what came after it': of('base-alone'),
  'resync loop': of('resync-loop'),
  'another epoch taken for this one': of('epoch-ignored'),
  'an empty server empties the terminal': of('no-brake'),
  'digest copied instead of reckoned': { apply: careless('digest-copied') },
  'digest carried on over missing rows': { apply: onlyByDeltas },
  'by file: cursor before rows': { apply: byFile(cursorFirst) },
  'by file: rows before the cursor': { apply: byFile(inSteps) },
  'by file: what came after it is left out': { apply: byFile(fileAlone), isFoundByDamage: false },
  'by file: a record is lost': { apply: byFile(recordLost), isFoundByDamage: false },
};

function applyCarelessly(
  db: WritableDb,
  given: DivisionUpdate,
  segment: { readonly path: string; readonly rows: number; readonly bytes: number },
  wrong: string,
  deleted: Set<string>,
): void {
  for (const row of rowsIn(given, segment)) {
    if (row.op === 'delete') {
      if (wrong !== 'ignored-delete')
        db.write.prepare('delete from record where id = ?').run(row.id);
      deleted.add(row.id);
      continue;
    }
    const { record } = row;
    if (wrong === 'recreate-lost' && deleted.has(record.id)) continue;
    db.write.prepare('delete from record where id = ?').run(record.id);
    db.write
      .prepare(`insert into record values (?, ?, 'notice', ?, '2026-11-01', null, '', '{}')`)
      .run(record.id, record.scope, record.version);
  }
}

type Row =
  | { op: 'delete'; id: string }
  | { op: 'put'; record: { id: string; scope: string; version: number } };

function rowsIn(given: DivisionUpdate, segment: Parameters<DivisionUpdate['read']>[0]): Row[] {
  const text = zstdDecompressSync(given.read(segment)).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
}
