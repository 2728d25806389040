import { createHash } from 'node:crypto';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { isMassDeletion } from '#shared/feed/deletion-brake.ts';
import {
  FEED_FORMAT,
  type FeedDelta,
  type FeedIndex,
  type FeedSegment,
} from '#shared/feed/feed-index.ts';
import { FEED_LIMITS } from '#shared/feed/feed-limits.ts';
import { fileNamedBy, type NamedFile } from '#shared/feed/feed-media.ts';
import { type FeedRow, readRow, recordKey } from '#shared/feed/feed-row.ts';
import { changedDigest, EMPTY_DIGEST } from '#shared/feed/rows-digest.ts';
import { mediaFileName } from '#shared/media/media-path.ts';

/** A segment before it is packed. */
export interface SegmentText {
  readonly path: string;
  readonly text: string;
}

/** What a division publishes: its index and every segment that it lists. */
export interface DivisionFeed {
  readonly index: FeedIndex;
  readonly segments: readonly SegmentText[];
  /** The files that its records name, each once. */
  readonly media: readonly NamedFile[];
}

/** The changes of one division, in their order, as segments. */
export interface DivisionLog {
  /** Throws `RefusedChange` when a terminal would refuse the record. */
  readonly put: (record: ContentRecord) => void;
  /** Nothing happens when there is no such record. */
  readonly remove: (id: string, scope: string) => void;
  /**
   * Closes what was changed into a delta. Many deletions need a person's word; without it `RefusedChange` is thrown and
   * the changes stay open.
   */
  readonly cut: (confirm?: { readonly massDeletion: boolean }) => void;
  /** Puts a base at the top and forgets all but the newest `keep` deltas; terminals further behind start from the base. */
  readonly compact: (keep: number) => void;
  /** What is cut so far; the same object until something is. */
  readonly feed: () => DivisionFeed;
}

/** A change that must not be published; the message names the record. */
export class RefusedChange extends Error {
  override readonly name = 'RefusedChange';
}

/** What a log keeps of a record. */
interface Live {
  readonly id: string;
  readonly scope: string;
  readonly version: number;
  /** Its row as segments have it. */
  readonly line: string;
}

interface Segment<About extends FeedSegment> extends SegmentText {
  readonly about: About;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Where a log of this epoch stood before. */
export interface LogPlace {
  /** Its sequence number. */
  readonly at: number;
  /** Up to where a person confirmed deletions. */
  readonly confirmedDeletionsTo?: number;
}

/** Opens the log of a division with the records that it starts from: in a new epoch, or where the log stood at `place`. */
export function openDivisionLog(
  division: string,
  epoch: string,
  records: readonly ContentRecord[] = [],
  place?: LogPlace,
): DivisionLog {
  const live = new Map<string, Live>();
  const versions = new Map<string, number>();
  /** Changes since the last cut, by record: the row, and whether it takes the record away. */
  const open = new Map<string, { readonly line: string; readonly isGone: boolean }>();
  const files = new Map<string, NamedFile>();
  let sequence = 0;
  let top = 0;
  let rowsAtTop = 0;
  let digest = EMPTY_DIGEST;
  let confirmedDeletionsTo = place?.confirmedDeletionsTo ?? 0;
  let baseTo = 0;
  let base: Segment<FeedSegment>[] = [];
  let deltas: Segment<FeedDelta>[] = [];
  let published = { top, digest };
  let media: readonly NamedFile[] = [];
  let made: DivisionFeed | undefined;

  const forget = (known: Live) => {
    live.delete(recordKey(known));
    files.delete(recordKey(known));
    digest = changedDigest(digest, 'remove', known, sha256);
  };
  const change = (key: string, line: string, isGone: boolean) => {
    sequence += 1;
    open.set(key, { line, isGone });
  };
  const put = (record: ContentRecord) => {
    const line = lineOf({ op: 'put', record });
    if (readRow(line, division) === undefined)
      throw new RefusedChange(`${record.id} is no sound record of ${division}`);
    const key = recordKey(record);
    if (record.version <= (versions.get(key) ?? 0))
      throw new RefusedChange(`${record.id} needs a version above ${versions.get(key)}`);
    const known = live.get(key);
    if (known !== undefined) forget(known);
    const { id, scope, version } = record;
    live.set(key, { id, scope, version, line });
    const file = fileNamedBy(record);
    if (file !== undefined) files.set(key, file);
    versions.set(key, record.version);
    digest = changedDigest(digest, 'add', record, sha256);
    change(key, line, false);
  };
  const close = () => {
    top = sequence;
    rowsAtTop = live.size;
    published = { top, digest };
    media = eachOnce(files.values());
    open.clear();
    made = undefined;
  };
  const setBase = () => {
    // In the order of names: as a terminal writes them, its index grows at its end only.
    const inOrder = [...live].sort(([one], [two]) => (one < two ? -1 : 1));
    baseTo = top;
    base = partsOf(inOrder.map(([, { line }]) => line)).map((part, at) =>
      segment(`content/${division}/${epoch}.base-${top}-${at}.ndjson.zst`, part),
    );
    made = undefined;
  };
  for (const record of records) put(record);
  sequence = place?.at ?? sequence;
  close();
  setBase();
  let floor = top;

  return {
    put,
    remove: (id, scope) => {
      const known = live.get(recordKey({ id, scope }));
      if (known === undefined) return;
      forget(known);
      change(recordKey(known), lineOf({ op: 'delete', id, scope }), true);
    },
    cut: (confirm) => {
      const isConfirmed = confirm?.massDeletion === true;
      if (isConfirmed && confirmedDeletionsTo !== sequence) {
        confirmedDeletionsTo = sequence;
        made = undefined;
      }
      if (sequence === top) return;
      const rows = [...open.values()];
      const gone = rows.filter(({ isGone }) => isGone).length;
      if (isMassDeletion(() => rowsAtTop, gone) && !isConfirmed)
        throw new RefusedChange(`${gone} of ${rowsAtTop} records of ${division} would go`);
      const lines = rows.map(({ line }) => line);
      if (partsOf(lines).length > 1) {
        // More than a segment may hold: a base says it in parts, and costs about as much.
        close();
        setBase();
        deltas = [];
        floor = top;
        return;
      }
      const delta = segment(`content/${division}/${epoch}.${top}-${sequence}.ndjson.zst`, lines);
      deltas.push({ ...delta, about: { ...delta.about, from: top, to: sequence } });
      close();
    },
    compact: (keep) => {
      if (sequence !== top) throw new RefusedChange(`${division} has changes that are not cut`);
      setBase();
      deltas = keep === 0 ? [] : deltas.slice(-keep);
      floor = deltas[0]?.about.from ?? top;
    },
    feed: () => {
      made ??= {
        index: {
          format: FEED_FORMAT,
          division,
          epoch,
          ...published,
          floor,
          confirmedDeletionsTo,
          base: { to: baseTo, segments: base.map(({ about }) => about) },
          deltas: deltas.map(({ about }) => about),
        },
        segments: [...base, ...deltas],
        media,
      };
      return made;
    },
  };
}

/** In the order of their names, so that the list of the same files is the same list. */
function eachOnce(files: Iterable<NamedFile>): NamedFile[] {
  const byName = new Map([...files].map((file) => [mediaFileName(file), file]));
  return [...byName].sort(([one], [two]) => (one < two ? -1 : 1)).map(([, file]) => file);
}

const lineOf = (row: FeedRow) => `${JSON.stringify(row)}\n`;

function segment(path: string, lines: readonly string[]): Segment<FeedSegment> {
  const text = lines.join('');
  return { path, text, about: { path, rows: lines.length, bytes: Buffer.byteLength(text) } };
}

/** Parts that keep all limits, whatever the rows are: as few as possible, since every look at a change reads their list. */
function partsOf(lines: readonly string[]): string[][] {
  const parts: string[][] = [];
  let part: string[] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = Buffer.byteLength(line);
    if (part.length > 0 && bytes + size > FEED_LIMITS.baseBytes) {
      parts.push(part);
      part = [];
      bytes = 0;
    }
    part.push(line);
    bytes += size;
  }
  return part.length === 0 ? parts : [...parts, part];
}
