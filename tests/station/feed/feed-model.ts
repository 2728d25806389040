import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type DivisionLog, openDivisionLog } from '#district/feed/division-log.ts';
import { planReading } from '#shared/feed/feed-plan.ts';
import { recordsOfDivision } from '#station/content/content-store.ts';
import { appliedDivision, noteApplied } from '#station/content/feed-divisions.ts';
import { applyDivision, type DivisionUpdate } from '#station/feed/apply-division.ts';
import { openDatabase } from '#station/store/open-database.ts';
import type { WritableDb } from '#station/store/sql.ts';
import { NOW, notice } from '../../district/feed/sample-feed.ts';

type Apply = (db: WritableDb, update: DivisionUpdate) => void;
type Feed = ReturnType<DivisionLog['feed']>;

type Step =
  | { readonly do: 'put' | 'remove'; readonly name: string }
  | { readonly do: 'cut' | 'read' | 'reread' | 'restore' | 'reset' | 'keep-copy' }
  | { readonly do: 'compact'; readonly keep: number }
  | { readonly do: 'crash'; readonly at: number };

const name = fc.constantFrom('a', 'b', 'c');
const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('put' as const), name }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), name }) },
  { weight: 4, arbitrary: fc.constant({ do: 'cut' } as const) },
  { weight: 4, arbitrary: fc.constant({ do: 'read' } as const) },
  fc.constantFrom<Step[]>(
    ...(['reread', 'restore', 'reset', 'keep-copy'] as const).map((what) => ({ do: what })),
  ),
  fc.record({ do: fc.constant('compact' as const), keep: fc.nat(2) }),
  fc.record({ do: fc.constant('crash' as const), at: fc.nat(3) }),
);

function update({ index, segments }: Feed, db: WritableDb, failAt?: number): DivisionUpdate {
  const texts = new Map(segments.map(({ path, text }) => [path, text]));
  let reads = 0;
  return {
    index,
    plan: planReading(index, appliedDivision(db, index.division)),
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

const rowsOf = (db: WritableDb) =>
  recordsOfDivision(db, '530102')
    .map(({ id, version }) => `${id}@${version}`)
    .sort();

/** What may happen to a district and its terminal, in any order. */
export const stepsArbitrary = fc.array(stepArbitrary, { maxLength: 30 });

/** Runs a district and a terminal through steps; throws at the first state that must not be. */
export function live(steps: readonly Step[], apply: Apply = applyDivision): void {
  const db = openDatabase(':memory:', 'cache');
  try {
    walk(db, steps, apply);
  } finally {
    db.write.close();
  }
}

function walk(db: WritableDb, steps: readonly Step[], apply: Apply): void {
  let epoch = 0;
  let version = 0;
  let log = openDivisionLog('530102', 'epoch000');
  const records = new Map<string, ReturnType<typeof notice>>();
  const states = new Map<string, string[]>();
  let last: Feed | undefined;
  let copy: ReturnType<typeof snapshotOf> | undefined;
  const note = () => {
    const { index } = log.feed();
    states.set(
      `${index.epoch} ${index.top}`,
      [...records.values()].map(({ id, version: of }) => `${id}@${of}`).sort(),
    );
  };
  const check = () => {
    const cursor = appliedDivision(db, '530102');
    // Rows are just what the cursor says: it is neither ahead of them nor behind.
    const told = cursor === undefined ? [] : states.get(`${cursor.epoch} ${cursor.sequence}`);
    expect(rowsOf(db)).toEqual(told);
  };
  const read = (feed: Feed, failAt?: number) => {
    const isNew = appliedDivision(db, '530102');
    if (isNew?.epoch === feed.index.epoch && isNew.sequence >= feed.index.top) return;
    apply(db, update(feed, db, failAt));
  };
  note();
  for (const now of [...steps, { do: 'cut' }, { do: 'read' }] as Step[]) {
    if (now.do === 'put') {
      version += 1;
      const record = notice(now.name, version);
      records.set(record.id, record);
      log.put(record);
    } else if (now.do === 'remove') {
      records.delete(`notice.${now.name}`);
      log.remove(`notice.${now.name}`, '530102');
    } else if (now.do === 'cut') {
      log.cut();
      note();
    } else if (now.do === 'compact') {
      log.cut();
      note();
      log.compact(now.keep);
    } else if (now.do === 'reset') {
      epoch += 1;
      log = openDivisionLog('530102', `epoch${String(epoch).padStart(3, '0')}`, [
        ...records.values(),
      ]);
      note();
    } else if (now.do === 'read') {
      last = log.feed();
      read(last);
    } else if (now.do === 'reread' && last !== undefined) {
      read(last);
    } else if (now.do === 'crash') {
      try {
        read(log.feed(), now.at);
      } catch (error) {
        if (!(error instanceof Error) || error.message !== 'crash') throw error;
      }
    } else if (now.do === 'keep-copy') copy = snapshotOf(db);
    else if (now.do === 'restore' && copy !== undefined) copy(db);
    check();
  }
  expect(appliedDivision(db, '530102')?.sequence).toBe(log.feed().index.top);
}

/** A copy of the cache, to be put back later. */
function snapshotOf(db: WritableDb) {
  const rows = db.read.prepare('select * from record').all() as Record<string, unknown>[];
  const cursor = appliedDivision(db, '530102');
  return (target: WritableDb) => {
    target.write.exec('delete from record; delete from feed_division');
    const insert = target.write.prepare(
      `insert into record values (@id, @scope, @kind, @version, @effective_from, @valid_until, @published_at, @envelope)`,
    );
    for (const row of rows) insert.run(row);
    if (cursor !== undefined) noteApplied(target, '530102', cursor, NOW);
  };
}

const cursorFirst: Apply = (db, given) => {
  const { epoch, top: sequence, digest } = given.index;
  noteApplied(db, '530102', { epoch, sequence, digest }, NOW);
  applyDivision(db, given);
};
/** As `applyDivision`, but with one thing wrong; the digest is copied from the index, as careless clients do. */
const careless =
  (
    wrong:
      | 'cursor-top'
      | 'no-transaction'
      | 'ignored-delete'
      | 'recreate-lost'
      | 'base-adds'
      | 'resync-loop',
  ): Apply =>
  (db, given) => {
    const work = () => {
      if (given.plan.isBase && wrong !== 'base-adds') db.write.exec('delete from record');
      const deleted = new Set<string>();
      const segments =
        wrong === 'cursor-top' ? given.plan.segments.slice(0, 1) : given.plan.segments;
      for (const segment of segments) applyCarelessly(db, given, segment, wrong, deleted);
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
/** Faults of other products, planted: each must be found. */
export const PLANTED: Readonly<Record<string, Apply>> = {
  'cursor before rows': cursorFirst,
  'cursor = top': careless('cursor-top'),
  'no transaction': careless('no-transaction'),
  'ignored delete': careless('ignored-delete'),
  'delete and recreate lost': careless('recreate-lost'),
  'base laid over old rows': careless('base-adds'),
  'resync loop': careless('resync-loop'),
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
