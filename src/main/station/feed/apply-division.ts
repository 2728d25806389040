import { hash } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { isMassDeletion } from '#shared/feed/deletion-brake.ts';
import type { FeedIndex, FeedSegment } from '#shared/feed/feed-index.ts';
import type { FeedPlan } from '#shared/feed/feed-plan.ts';
import { type FeedRow, readRow, recordKey } from '#shared/feed/feed-row.ts';
import { digestOf } from '#shared/feed/rows-digest.ts';
import {
  allOutlets,
  eachOfDivision,
  putRecord,
  type RecordState,
  recordsOfDivision,
  removeRecord,
} from '../content/content-store.ts';
import { copyReady, withAttached } from '../content/copy-ready.ts';
import { appliedDivision, noteApplied } from '../content/feed-divisions.ts';
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

const sha256 = (text: string) => hash('sha256', text);

/**
 * Brings a division to the top of its index, rows and cursor in one transaction (invariant 3). Throws `FeedRefusal` and
 * leaves everything as it was when a segment cannot be read, when much would be deleted without a person's word, when the
 * terminal's outlet would be gone, or when the rows are not in the end those that the district has.
 */
export function applyDivision(db: WritableDb, update: DivisionUpdate): void {
  withAttached(db, update.ready, (ready) => transaction(db, () => applyInside(db, update, ready)));
}

function applyInside(db: WritableDb, update: DivisionUpdate, ready: readonly string[]): void {
  const { index, plan } = update;
  const hadOutlet = hasOutlet(db, update.station);
  const rows = openRows(db, index.division);
  const kept = new Set(rows.copy(ready, plan.segments.length > 0));
  for (const segment of plan.segments) {
    const before = rows.count();
    let gone = 0;
    for (const row of rowsOf(segment, update.read(segment), index.division)) {
      if (row.op === 'put') kept.add(rows.put(row.record));
      else {
        gone += rows.has(row) ? 1 : 0;
        kept.delete(rows.remove(row));
      }
    }
    if ('from' in segment) assertWanted(index, before, gone, segment.from);
  }
  // A base stands in place of all that was there.
  if (plan.isBase) rows.keepOnly(kept);
  // Below the floor of the same numbering much may be gone in steps, each of which the publisher let through.
  if (!plan.goesOn) {
    const cursor = appliedDivision(db, index.division);
    const from = cursor?.epoch === index.epoch ? cursor.sequence : 0;
    assertWanted(index, rows.before, rows.gone(), from);
  }
  if (hadOutlet && !hasOutlet(db, update.station))
    throw new FeedRefusal('own-outlet', `${update.station} would be gone`);
  // Reckoned from the rows, never copied from the index: only so can it tell that rows are missing.
  const digest = rows.digest();
  if (digest !== index.digest)
    throw new FeedRefusal('digest', `the rows of ${index.division} are not the district's`);
  const { epoch, top } = index;
  noteApplied(db, index.division, { epoch, sequence: top, digest }, update.now);
  update.beforeCommit();
}

/** The rows of a division while they change. */
interface Rows {
  readonly before: number;
  /** How many there are now. */
  readonly count: () => number;
  readonly has: (record: { readonly id: string; readonly scope: string }) => boolean;
  readonly put: (record: ContentRecord) => string;
  /**
   * Puts the records of ready-made files, attached under these names. Gives their keys, and counts them from now on; where nothing
   * follows, only of those that stood there before: a list of all would be the largest thing in memory.
   */
  readonly copy: (ready: readonly string[], isFollowed: boolean) => string[];
  readonly remove: (known: { readonly id: string; readonly scope: string }) => string;
  readonly keepOnly: (keys: ReadonlySet<string>) => void;
  readonly digest: () => string;
  /** How many of the rows that were there at first are gone. */
  readonly gone: () => number;
}

function openRows(db: WritableDb, division: string): Rows {
  const known = new Map<string, RecordState>();
  for (const record of recordsOfDivision(db, division)) known.set(recordKey(record), record);
  const first = [...known.keys()];
  const remove: Rows['remove'] = (record) => {
    removeRecord(db, record);
    known.delete(recordKey(record));
    return recordKey(record);
  };
  const put: Rows['put'] = (record) => {
    putRecord(db, record);
    const { id, scope, version } = record;
    known.set(recordKey(record), { id, scope, version });
    return recordKey(record);
  };
  return {
    before: first.length,
    count: () => known.size,
    has: (record) => known.has(recordKey(record)),
    put,
    copy: (ready, isFollowed) => {
      if (ready.length === 0) return [];
      const met = copyReady(db, division, ready);
      if (!isFollowed) return met.map(put);
      const copied = recordsOfDivision(db, division).filter((one) => !known.has(recordKey(one)));
      for (const record of copied) known.set(recordKey(record), record);
      return [...copied.map(recordKey), ...met.map(put)];
    },
    remove,
    keepOnly: (keys) => {
      for (const [key, record] of [...known]) if (!keys.has(key)) remove(record);
    },
    digest: () => digestOf(eachOfDivision(db, division), sha256),
    gone: () => first.filter((key) => !known.has(key)).length,
  };
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
  { confirmedDeletionsTo }: FeedIndex,
  before: number,
  gone: number,
  from: number,
): void {
  if (isMassDeletion(before, gone) && confirmedDeletionsTo <= from)
    throw new FeedRefusal('mass-deletion', `${gone} of ${before} records would be gone`, {
      deletion: { gone, of: before },
    });
}

function hasOutlet(db: WritableDb, station: string): boolean {
  return allOutlets(db).some(({ body }) => body.code === station);
}
