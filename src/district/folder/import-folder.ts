import { setImmediate } from 'node:timers/promises';
import type { ContentRecord } from '#shared/content/envelope.ts';
import type { NamedFile } from '#shared/feed/feed-media.ts';
import { editablePart, editablePartSchema } from '#shared/operations/editable-part.ts';
import { changesBetween, mergeChanges } from '#shared/operations/field-change.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { type KeptRecord, keptRecords, publishRecord, soundRecord } from '../content/published.ts';
import { noteFile } from '../media/media-store.ts';
import { type Database, type Db, lock } from '../store/sql.ts';
import { type Bases, baseOf, baseRecords, isSame, keyOf } from './base-versions.ts';
import { assertDivisionsFit } from './folder-files.ts';

/** What an import did. */
export interface Imported {
  readonly published: number;
  readonly unchanged: number;
  /** Why nothing was taken in: a sentence for each record that would undo what others did meanwhile. */
  readonly clashes: readonly string[];
  /** From which versions the folder's records start now. */
  readonly bases: Bases;
}

/** How a folder meets what is published. */
export interface Meeting {
  /** What the records were when they were exported, or last imported. */
  readonly bases: Bases;
  /** Whether the folder counts where both changed the same, or a record was withdrawn. */
  readonly overwrites: boolean;
}

const ACTOR = 'server';

/**
 * Publishes what a folder has and the district has not, all or nothing, with the people whom the files name as editor and
 * reviewer, and notes the files that were taken in before. What the folder does not have stays as it is; what was changed since
 * the export, or the last import, is merged field by field, and nothing is taken in where that cannot be (invariant 5).
 */
export async function importFolder(
  database: Database,
  records: readonly ContentRecord[],
  at: number,
  files: readonly NamedFile[] = [],
  meeting: Meeting = { bases: new Map(), overwrites: false },
): Promise<Imported> {
  return database.transaction(async (db) => {
    await lock(db, 'feed');
    const met: Met[] = [];
    for await (const some of meetRecords(db, records, meeting)) met.push(...some);
    const clashes = met.flatMap(({ why }) => why ?? []);
    if (clashes.length > 0) return { published: 0, unchanged: 0, clashes, bases: meeting.bases };
    const next = met.flatMap(({ next: record }) => record ?? []);
    await assertDivisionsFit(db, next, files);
    for (const file of files) await noteFile(db, file, { actor: ACTOR, at });
    const bases = new Map(meeting.bases);
    for (const { inFolder, next: record, now, meets } of met) {
      const same = meets === 'same' ? now : undefined;
      const start = record === undefined ? same : await published(db, record, at);
      if (start !== undefined) bases.set(...baseOf(start, inFolder));
    }
    if (next.length > 0)
      await writeAct(db, {
        ...{ at, actor: ACTOR, action: 'folder-imported', subject: 'content' },
        detail: `${next.length} records`,
      });
    const counts = { published: next.length, unchanged: records.length - next.length };
    return { ...counts, clashes, bases };
  });
}

async function published(db: Db, record: ContentRecord, at: number): Promise<ContentRecord> {
  const version = await publishRecord(db, record, { actor: ACTOR, at, note: '从文件夹导入' });
  return { ...record, version };
}

/**
 * How a folder's record meets the district: unknown there; the same; as it was when it was exported; changed, by the folder alone or
 * so that both fit; withdrawn there since; changed there and here so that they do not fit, or nobody knows from what.
 */
export type Meets = 'new' | 'same' | 'left' | 'changed' | 'withdrawn' | 'clash';

/** A record of a folder beside what is published. */
export interface Met {
  readonly inFolder: ContentRecord;
  readonly meets: Meets;
  /** What is published now. */
  readonly now?: ContentRecord | undefined;
  /** What is to be published; absent where there is nothing to do, or it may not be. */
  readonly next?: ContentRecord | undefined;
  /** Why it may not be, in one sentence. */
  readonly why?: string | undefined;
}

/** So many are asked for at once. */
const AT_ONCE = 200;

/**
 * Looks how each record of a folder meets what is published, some at a time: others are answered between, and a caller who has seen
 * enough stops. Whoever is to act on it holds the lock `feed`.
 */
export async function* meetRecords(
  db: Db,
  records: readonly ContentRecord[],
  { bases, overwrites }: Meeting,
): AsyncGenerator<Met[]> {
  for (let from = 0; from < records.length; from += AT_ONCE) {
    const some = records.slice(from, from + AT_ONCE);
    const kept = new Map((await keptRecords(db, some)).map((one) => [keyOf(one), one]));
    const before = await baseRecords(db, bases, some);
    yield some.map((inFolder) => {
      const key = keyOf(inFolder);
      return { inFolder, ...meet(inFolder, kept.get(key), before.get(key), overwrites) };
    });
    await setImmediate();
  }
}

function meet(
  record: ContentRecord,
  known: KeptRecord | undefined,
  base: ContentRecord | undefined,
  overwrites: boolean,
): Omit<Met, 'inFolder'> {
  if (known === undefined) return { meets: 'new', next: record };
  const now = known.state === 'published' ? known.record : undefined;
  if (now !== undefined && isSame(now, record)) return { meets: 'same', now };
  const found = meetBase(record, base, { known: known.record, now });
  if (overwrites) return { meets: found.meets, now, next: record };
  const why = found.why && `${record.id}（${record.scope}）：${found.why}`;
  return { ...found, now, why };
}

function meetBase(
  record: ContentRecord,
  base: ContentRecord | undefined,
  { known, now }: { readonly known: ContentRecord; readonly now: ContentRecord | undefined },
): Pick<Met, 'meets' | 'next' | 'why'> {
  if (base !== undefined && isSame(base, record)) return { meets: 'left' };
  if (now === undefined) return { meets: 'withdrawn', why: '这一条已经撤下，导入会重新发布。' };
  if (base === undefined)
    return { meets: 'clash', why: '已经发布的和文件夹里的不一样，又不知道是从哪一版改的。' };
  const next = isSame(base, known) ? record : mergedRecord(record, base, known);
  return next === undefined
    ? { meets: 'clash', why: '导出以后，同一个地方又有别人改过。' }
    : { meets: 'changed', next };
}

/** What the folder changed, laid over what is published now; undefined where the two do not fit. */
function mergedRecord(
  record: ContentRecord,
  base: ContentRecord,
  now: ContentRecord,
): ContentRecord | undefined {
  const changes = changesBetween(editablePart(base), editablePart(record));
  const merge = mergeChanges(editablePart(now), changes);
  const part = merge.outcome === 'merged' ? editablePartSchema.safeParse(merge.value) : undefined;
  if (part?.success !== true) return undefined;
  const { validUntil: _, ...rest } = record;
  return soundRecord({ ...rest, ...part.data });
}
