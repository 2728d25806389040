import { zstdDecompressSync } from 'node:zlib';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { isMassDeletion } from '#shared/feed/deletion-brake.ts';
import type { FeedDelta, FeedIndex, FeedSegment } from '#shared/feed/feed-index.ts';
import type { FeedPlan } from '#shared/feed/feed-plan.ts';
import { type FeedRow, readRow, recordKey, rowKey } from '#shared/feed/feed-row.ts';
import {
  allOutlets,
  countOfDivision,
  hasRecord,
  putRecord,
  recordsOfDivision,
  removeRecord,
} from '../content/content-store.ts';
import { copyReady, withAttached } from '../content/copy-ready.ts';
import { reckonedDigest, standingDigest } from '../content/division-digest.ts';
import { appliedDivision, noteApplied } from '../content/feed-divisions.ts';
import { isUnreadable } from '../store/damage.ts';
import { foldLater } from '../store/fold-later.ts';
import { transaction, type WritableDb } from '../store/sql.ts';
import { FeedRefusal } from './feed-refusal.ts';

/** What is applied, to which terminal. */
export interface DivisionUpdate {
  readonly index: FeedIndex;
  readonly plan: FeedPlan;
  /** Proven ready-made files that hold the records of the base; the plan then names what follows it only. */
  readonly ready: readonly string[];
  /** The bytes of a segment as they were sent, verified. */
  readonly read: (segment: FeedSegment) => Buffer;
  /** The outlet that must not vanish from its own terminal. */
  readonly station: string;
  readonly now: number;
  /** Runs before the commit: what follows from the content, such as the search index. */
  readonly beforeCommit: () => void;
}

/**
 * Brings a division to the top of its index, rows and cursor in one transaction (invariant 3). Throws `FeedRefusal` and
 * leaves everything as it was when a segment cannot be read, when much would be deleted without a person's word, when the
 * terminal's outlet would be gone, or when the rows are not in the end those that the district has.
 */
export function applyDivision(db: WritableDb, update: DivisionUpdate): void {
  withAttached(db, update.ready, (ready) =>
    foldLater(db, () => transaction(db, () => applyInside(db, update, ready))),
  );
}

function applyInside(db: WritableDb, update: DivisionUpdate, ready: readonly string[]): void {
  const { index, plan } = update;
  const hadOutlet = hasOutlet(db, update.station);
  if (plan.isBase) standInPlace(db, update, ready);
  else for (const segment of plan.segments) applySegment(db, update, segment);
  if (hadOutlet && !hasOutlet(db, update.station))
    throw new FeedRefusal('own-outlet', `${update.station} would be gone`);
  // Reckoned from the rows, never copied from the index: only so can it tell that rows are missing. A base is the remedy when the
  // noted one is wrong, and so does not rest on it.
  const digest = (plan.isBase ? reckonedDigest : standingDigest)(db, index.division);
  if (digest !== index.digest)
    throw new FeedRefusal('digest', `the rows of ${index.division} are not the district's`);
  const { epoch, top } = index;
  noteApplied(db, index.division, { epoch, sequence: top, digest }, update.now);
  update.beforeCommit();
}

/** Puts a base, and what follows it, in place of all that the division has. */
function standInPlace(db: WritableDb, update: DivisionUpdate, ready: readonly string[]): void {
  const { index, plan } = update;
  const before = new Map(recordsOfDivision(db, index.division).map((one) => [recordKey(one), one]));
  const gone = new Map(before);
  for (const record of copied(db, index.division, ready)) {
    putRecord(db, record);
    gone.delete(recordKey(record));
  }
  for (const segment of plan.segments)
    applySegment(db, update, segment, (row) => {
      const stood = before.get(rowKey(row));
      if (stood === undefined) return;
      if (row.op === 'put') gone.delete(rowKey(row));
      else gone.set(rowKey(row), stood);
    });
  for (const record of gone.values()) removeRecord(db, record);
  // Below the floor of the same numbering much may be gone in steps, each of which the publisher let through.
  if (plan.goesOn) return;
  const cursor = appliedDivision(db, index.division);
  const from = cursor?.epoch === index.epoch ? cursor.sequence : 0;
  assertWanted(index, () => before.size, gone.size, from);
}

/** An error of reading in here is the ready-made file's, which is attached, and says nothing of the cache. */
function copied(db: WritableDb, division: string, ready: readonly string[]): ContentRecord[] {
  try {
    return copyReady(db, division, ready);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    throw new FeedRefusal('unreadable', `a ready-made file of ${division} cannot be read`, {
      cause: error,
    });
  }
}

/** Applies the rows of a segment; `hear` is told of each. */
function applySegment(
  db: WritableDb,
  { index, read }: DivisionUpdate,
  segment: FeedSegment | FeedDelta,
  hear: (row: FeedRow) => void = () => {},
): void {
  let came = 0;
  let gone = 0;
  for (const row of rowsOf(segment, read(segment), index.division)) {
    if (row.op === 'put') came += putRecord(db, row.record) ? 1 : 0;
    else {
      gone += hasRecord(db, row) ? 1 : 0;
      removeRecord(db, row);
    }
    hear(row);
  }
  const before = () => countOfDivision(db, index.division) + gone - came;
  if ('from' in segment) assertWanted(index, before, gone, segment.from);
}

function* rowsOf(segment: FeedSegment, packed: Buffer, division: string): Generator<FeedRow> {
  const lines = unpacked(segment, packed).split('\n');
  if (lines.pop() !== '' || lines.length !== segment.rows)
    throw new FeedRefusal('unreadable', `${segment.path} has other rows than its index says`);
  for (const line of lines) {
    const row = readRow(line, division);
    if (row === undefined)
      throw new FeedRefusal('unreadable', `${segment.path} has a row that cannot be read`);
    yield row;
  }
}

/** Unpacks no further than the index says: a small file may hold gigabytes of nothing. */
function unpacked({ path, bytes }: FeedSegment, packed: Buffer): string {
  try {
    // The limit must be one at least, also for a segment without rows.
    const text = zstdDecompressSync(packed, { maxOutputLength: Math.max(bytes, 1) });
    if (text.length === bytes) return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch (error) {
    throw new FeedRefusal('unreadable', `${path} cannot be unpacked`, { cause: error });
  }
  throw new FeedRefusal('unreadable', `${path} is not as long as its index says`);
}

/**
 * The brake on mass deletion. A delta is looked at by itself, as by a terminal that was there when it was published: one that was away
 * must not be held up for ever by what went little by little.
 */
function assertWanted(
  { confirmedDeletionsTo, top }: FeedIndex,
  before: () => number,
  gone: number,
  from: number,
): void {
  if (confirmedDeletionsTo > from || !isMassDeletion(before, gone)) return;
  const of = before();
  throw new FeedRefusal('mass-deletion', `${gone} of ${of} records would be gone`, {
    deletion: { gone, of, top },
  });
}

function hasOutlet(db: WritableDb, station: string): boolean {
  return allOutlets(db).some(({ body }) => body.code === station);
}
