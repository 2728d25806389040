import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { isKindName, kindNamed } from '#shared/content/kinds/index.ts';
import { type NamedFile, namedFileSchema } from '#shared/feed/feed-media.ts';
import {
  type Draft,
  type DraftContent,
  draftContentSchema,
  type draftStateSchema,
  type Me,
} from '#shared/office/office-views.ts';
import { editablePart, editablePartSchema } from '#shared/operations/editable-part.ts';
import { changesBetween, laidOver, mergeChanges } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import type { RecordRef } from '#shared/operations/operation.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { type District, timeText } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { isStarterFile } from '../media/deployed-file.ts';
import { fullDivision } from '../media/division-files.ts';
import { all, type Db, first, lock, run, type Sql, sql } from '../store/sql.ts';
import { draftFaults } from './draft-faults.ts';
import {
  keptRecord,
  publishedAtText,
  publishRecord,
  soundRecord,
  withdrawRecord,
} from './published.ts';

export type DraftState = z.infer<typeof draftStateSchema>;

interface DraftRow {
  readonly id: string;
  readonly recordId: string;
  readonly scope: string;
  readonly kind: string;
  readonly content: DraftContent | null;
  readonly baseVersion: number;
  readonly state: DraftState;
  readonly revision: number;
  readonly author: string;
  readonly authorName: string;
  readonly writers: string[];
  readonly reviewer: string | null;
  readonly reviewerName: string | null;
  readonly note: string;
  readonly publishAt: number | null;
  readonly changedAt: number;
  readonly published: ContentRecord | null;
  /** Whether the district keeps the file that it names. */
  readonly hasFile: boolean;
}

/** As many as a table may bring at once, and what else is being written. */
const MOST = 1_000;

/** What drafts are looked at with. */
type Viewing = Pick<District, 'settings' | 'now'>;

/** The draft as it stands, with what is wrong with it and how it differs from what is published. */
function viewOf(district: Viewing, row: DraftRow): Draft {
  const record = { id: row.recordId, kind: row.kind, scope: row.scope };
  const before = row.published === null ? {} : editablePart(row.published);
  const after = (row.content ?? {}) as unknown as JsonValue;
  return {
    ...{ id: row.id, record, content: row.content, baseVersion: row.baseVersion },
    title: titleOf(record.kind, row.content?.body ?? row.published?.body ?? {}) ?? record.id,
    ...{ state: row.state, revision: row.revision, note: row.note },
    ...{ author: row.authorName, writerIds: row.writers, changedAt: timeText(row.changedAt) },
    ...(row.reviewerName === null ? {} : { reviewer: row.reviewerName }),
    ...(row.publishAt === null ? {} : { publishAt: timeText(row.publishAt) }),
    faults:
      row.content === null
        ? []
        : draftFaults(
            ...([record, row.content, localMoment(district.now()).date] as const),
            hasItsFile(district, row),
          ),
    differences: changesBetween(before, after),
  };
}

/**
 * Whether terminals will find the file: it is here, or in the starter pack, or what is published names it already, since terminals may
 * have it from their deployment.
 */
function hasItsFile(district: Viewing, { content, published, hasFile }: DraftRow): boolean {
  const file = fileOf(content);
  return (
    hasFile ||
    (file !== undefined &&
      (isStarterFile(district, file) || isDeepStrictEqual(file, fileOf(published))))
  );
}

function fileOf(named: { readonly body: unknown } | null): NamedFile | undefined {
  return namedFileSchema.safeParse(named?.body).data;
}

/** The title of a body that may not be whole yet. */
export function titleOf(kind: string, body: unknown): string | undefined {
  if (!isKindName(kind)) return undefined;
  const known = kindNamed(kind);
  const parsed = known.body.safeParse(body);
  return parsed.success ? known.title(parsed.data) : undefined;
}

function select(where: Sql): Sql {
  return {
    text: `select draft.id, record_id as "recordId", draft.scope, draft.kind, draft.record as content,
             base_version as "baseVersion", draft.state, revision, author, writer.name as "authorName", writers, reviewer,
             second.name as "reviewerName", note, publish_at as "publishAt", draft.changed_at as "changedAt",
             case when content.state = 'published' then content.record end as published,
             exists (select 1 from media_file as file where file.sha256 = draft.record #>> '{body,sha256}'
               and file.mime = draft.record #>> '{body,mime}' and file.bytes::text = draft.record #>> '{body,bytes}') as "hasFile"
           from draft join person writer on writer.id = author left join person second on second.id = reviewer
             left join content on content.id = record_id and content.scope = draft.scope ${where.text}`,
    values: where.values,
  };
}

/** Drafts of a state in the divisions that somebody works on, newest first; without a state, all that are not done with. */
export async function listDrafts(
  district: Viewing & Pick<District, 'database'>,
  { state, divisions }: { state: DraftState | undefined; divisions: readonly string[] },
): Promise<Draft[]> {
  const wanted = state === undefined ? ['draft', 'in-review', 'approved'] : [state];
  const rows = await all<DraftRow>(
    district.database,
    select(sql`where draft.state = any(${wanted})
          and exists (select 1 from unnest(${divisions}::text[]) as division where starts_with(draft.scope, division))
        order by draft.changed_at desc limit ${MOST}`),
  );
  return rows.map((row) => viewOf(district, row));
}

/** One draft. Throws `not-found`. */
export async function readDraft(
  district: Viewing & Pick<District, 'database'>,
  id: string,
  db: Db = district.database,
): Promise<Draft> {
  const row = await first<DraftRow>(db, select(sql`where draft.id = ${id}`));
  if (row === undefined) throw new DistrictFault('not-found');
  return viewOf(district, row);
}

/** Starts a draft: from what is published, from an older version, or from nothing. */
export async function startDraft(
  district: District,
  { record, from, withdraw }: { record: RecordRef; from?: number | undefined; withdraw: boolean },
  author: Me,
): Promise<Draft> {
  if (!isKindName(record.kind) || !record.id.startsWith(`${record.kind}.`))
    throw new DistrictFault('bad-input', '编号要以内容种类开头。');
  const id = randomUUID();
  const at = district.now();
  return district.database.transaction(async (db) => {
    await lock(db, 'feed');
    const known = await keptRecord(db, record);
    const isPublished = known?.state === 'published';
    if (withdraw && !isPublished) throw new DistrictFault('not-found');
    const content = withdraw ? null : await firstContent(db, record, from, known?.record, at);
    await run(
      db,
      sql`insert into draft (id, record_id, scope, kind, record, base_version, state, revision, author, writers, note, changed_at)
          values (${id}, ${record.id}, ${record.scope}, ${record.kind}, ${content === null ? null : JSON.stringify(content)}::jsonb,
                  ${isPublished ? known.version : 0}, 'draft', 1, ${author.id}, ${[author.id]}, '', ${at})`,
    );
    return readDraft(district, id, db);
  });
}

async function firstContent(
  db: Db,
  { id, scope }: RecordRef,
  from: number | undefined,
  known: ContentRecord | undefined,
  at: number,
): Promise<DraftContent> {
  const row =
    from === undefined
      ? undefined
      : await first<{ record: ContentRecord | null }>(
          db,
          sql`select record from content_version where id = ${id} and scope = ${scope} and version = ${from}`,
        );
  if (from !== undefined && !row?.record) throw new DistrictFault('not-found');
  const record = row?.record ?? known;
  return record === undefined
    ? {
        ...{ effectiveFrom: localMoment(at).date, source: '', responsibleBody: '' },
        ...{ confirm: [], translations: {}, body: {} },
      }
    : draftContentSchema.parse(editablePart(record));
}

/** What somebody does to a draft, and in which states it may be done. */
interface Move {
  readonly id: string;
  readonly revision: number;
  readonly from: readonly DraftState[];
  readonly by: Me;
  readonly action: string;
}

/**
 * Changes a draft in one transaction with its trail. Throws `changed` when somebody else was there meanwhile, or when the
 * draft is in a state in which this cannot be done.
 */
async function moveDraft(
  district: District,
  { id, revision, from, by, action }: Move,
  change: (db: Db, draft: Draft, at: number) => Promise<Sql>,
): Promise<Draft> {
  const at = district.now();
  return district.database.transaction(async (db) => {
    await lock(db, 'feed');
    await run(db, sql`select 1 from draft where id = ${id} for update`);
    const draft = await readDraft(district, id, db);
    if (draft.revision !== revision || !from.includes(draft.state))
      throw new DistrictFault('changed');
    const set = await change(db, draft, at);
    const place = set.values.length;
    await db.query({
      text: `update draft set revision = revision + 1, changed_at = $${place + 1}, ${set.text} where id = $${place + 2}`,
      values: [...set.values, at, id],
    });
    const subject = `${draft.record.id} ${draft.record.scope}`;
    await writeAct(db, { at, actor: by.id, action, subject, detail: `revision ${revision + 1}` });
    return readDraft(district, id, db);
  });
}

/** Keeps what an editor wrote. Who wrote last is named as the author; nobody who wrote any of it may let it through. */
export function saveDraft(
  district: District,
  { id, revision, content }: { id: string; revision: number; content: DraftContent },
  by: Me,
): Promise<Draft> {
  const move: Move = { id, revision, from: ['draft'], by, action: 'draft-saved' };
  return moveDraft(district, move, async (_db, draft) => {
    if (draft.content === null) throw new DistrictFault('bad-input');
    const writers = [...new Set([...draft.writerIds, by.id])];
    return sql`record = ${JSON.stringify(content)}::jsonb, author = ${by.id}, writers = ${writers}`;
  });
}

/** Hands a draft in; its author stays who wrote it. Throws `bad-input` while something is wrong with it. */
export function submitDraft(
  district: District,
  {
    id,
    revision,
    note,
    publishAt,
  }: { id: string; revision: number; note: string; publishAt?: string | undefined },
  by: Me,
): Promise<Draft> {
  const move: Move = { id, revision, from: ['draft'], by, action: 'draft-submitted' };
  return moveDraft(district, move, async (db, draft) => {
    const [fault] = draft.faults;
    if (fault !== undefined) throw new DistrictFault('bad-input', fault.fault);
    const file = draft.record.kind === 'media' ? fileOf(draft.content) : undefined;
    const full = file && (await fullDivision(db, draft, file, 'handed-in'));
    if (full !== undefined) throw new DistrictFault('bad-input', full);
    const when = publishAt === undefined ? null : Date.parse(publishAt);
    const lastDay = draft.content?.validUntil;
    if (when !== null && lastDay !== undefined && localMoment(when).date > lastDay)
      throw new DistrictFault(
        'bad-input',
        `定的发布时间在最后一天（${lastDay}）以后，发布了也看不到。请改发布时间，或者改最后一天。`,
      );
    return sql`state = 'in-review', note = ${note}, publish_at = ${when}`;
  });
}

/** Lets a draft through: published at once, or when its time comes. Throws `not-allowed` to whoever wrote any of it. */
export async function approveDraft(
  district: District,
  { id, revision }: { id: string; revision: number },
  by: Me,
): Promise<Draft> {
  const move: Move = { id, revision, from: ['in-review'], by, action: 'draft-approved' };
  const draft = await moveDraft(district, move, async (_db, { writerIds }) => {
    if (writerIds.includes(by.id))
      throw new DistrictFault('not-allowed', '自己写的内容要由另一个人审核。');
    return sql`state = 'approved', reviewer = ${by.id}`;
  });
  await publishDue(district);
  return readDraft(district, draft.id);
}

/** Gives a draft back to its author, with the reason. */
export function rejectDraft(
  district: District,
  { id, revision, note }: { id: string; revision: number; note: string },
  by: Me,
): Promise<Draft> {
  const from: DraftState[] = ['in-review', 'approved'];
  const move: Move = { id, revision, from, by, action: 'draft-rejected' };
  return moveDraft(
    district,
    move,
    async () => sql`state = 'draft', note = ${note}, reviewer = null`,
  );
}

/** Throws a draft away. */
export async function discardDraft(
  district: District,
  { id, revision }: { id: string; revision: number },
  by: Me,
): Promise<void> {
  const from: DraftState[] = ['draft', 'in-review', 'approved'];
  const move: Move = { id, revision, from, by, action: 'draft-discarded' };
  await moveDraft(district, move, async () => sql`state = 'discarded'`);
}

/** Publishes what was let through and whose time has come. What does not fit any more goes back to its author. */
export async function publishDue(district: District): Promise<void> {
  const now = district.now();
  const due = await all<{ id: string }>(
    district.database,
    sql`select id from draft where state = 'approved' and (publish_at is null or publish_at <= ${now})
        order by publish_at, changed_at`,
  );
  for (const { id } of due)
    await district.database.transaction(async (db) => {
      await lock(db, 'feed');
      const row = await first<DraftRow>(
        db,
        select(sql`where draft.id = ${id} and draft.state = 'approved' for update of draft`),
      );
      if (row !== undefined) await publishDraft(district, db, row);
    });
  if (due.length > 0) district.contentChanged();
}

async function publishDraft({ now }: District, db: Db, row: DraftRow): Promise<void> {
  const at = now();
  const ref = { id: row.recordId, scope: row.scope };
  const publication = {
    ...{ actor: row.author, at },
    note: `${row.authorName}编辑，${row.reviewerName ?? ''}审核${row.note === '' ? '' : `：${row.note}`}`,
  };
  const file = row.kind === 'media' ? fileOf(row.content) : undefined;
  const record = { ...ref, kind: row.kind };
  const full = file && (await fullDivision(db, { id: row.id, record }, file, 'none'));
  if (full !== undefined) return giveBack(db, row, at, `没有发布：${full}`);
  const next = row.content === null ? null : await mergedRecord(db, row, at);
  const version =
    next === undefined || isWithdrawnBlindly(row)
      ? undefined
      : next === null
        ? await withdrawRecord(db, ref, publication)
        : await publishRecord(db, next, publication);
  if (version === undefined) return giveBack(db, row, at, changedNote(row));
  await run(
    db,
    sql`update draft set state = 'published', revision = revision + 1, changed_at = ${at} where id = ${row.id}`,
  );
  const action = next === null ? 'content-withdrawn' : 'content-published';
  await writeAct(db, {
    ...{ at, actor: row.reviewer ?? row.author, action, subject: `${ref.id} ${ref.scope}` },
    detail: `version ${version}`,
  });
}

/** Whether a withdrawal would take away what somebody changed after it was asked for. */
function isWithdrawnBlindly({ content, published, baseVersion }: DraftRow): boolean {
  return content === null && published !== null && published.version !== baseVersion;
}

const changedNote = ({ content }: DraftRow) =>
  content === null
    ? '撤下之前这条内容又被修改过，请看过现在的内容；确实要撤下的，请重新提交。'
    : '发布前这条内容又被修改过。草稿已并入现在发布的内容，两边都改了的地方保留草稿写的；请核对差异后重新提交。';

/**
 * Back to its author, from then on against the version that is published now: measured by an older one it would meet the same
 * change again each time. What it leads to two people look at.
 */
async function giveBack(db: Db, row: DraftRow, at: number, note: string) {
  const content = row.content === null ? null : await laidOverPublished(db, row, row.content);
  await run(
    db,
    sql`update draft set state = 'draft', revision = revision + 1, note = ${note}, reviewer = null, changed_at = ${at},
        record = ${content === null ? null : JSON.stringify(content)}::jsonb, base_version = ${row.published?.version ?? 0}
        where id = ${row.id}`,
  );
}

/** A draft with what changed beside it; what was withdrawn meanwhile would come back as the draft has it. */
async function laidOverPublished(
  db: Db,
  row: DraftRow,
  content: DraftContent,
): Promise<DraftContent> {
  if (row.published === null) return content;
  const written = content as unknown as JsonValue;
  const laid = laidOver(editablePart(row.published), await baseOf(db, row), written);
  return draftContentSchema.safeParse(laid).data ?? content;
}

/** What a draft was begun from. */
async function baseOf(db: Db, { recordId, scope, baseVersion }: DraftRow): Promise<JsonValue> {
  const base = await first<{ record: ContentRecord | null }>(
    db,
    sql`select record from content_version
        where id = ${recordId} and scope = ${scope} and version = ${baseVersion}`,
  );
  return base?.record ? editablePart(base.record) : {};
}

/**
 * The record as it would stand if a draft were published now; null where it withdraws. Throws `not-found`, and `bad-input` when
 * it could not be published.
 */
export async function draftAsPublished(db: Db, id: string, at: number) {
  const row = await first<DraftRow>(db, select(sql`where draft.id = ${id}`));
  if (row === undefined) throw new DistrictFault('not-found');
  const record = row.content === null ? null : await mergedRecord(db, row, at);
  if (record === undefined)
    throw new DistrictFault('bad-input', '请先把草稿里的问题改好、保存，再看预览。');
  return { id: row.recordId, scope: row.scope, revision: row.revision, record };
}

/** The draft laid over what is published now; undefined when both changed the same, or the whole is not sound. */
async function mergedRecord(db: Db, row: DraftRow, at: number): Promise<ContentRecord | undefined> {
  const before = await baseOf(db, row);
  const current = row.published === null ? {} : editablePart(row.published);
  const merge = mergeChanges(current, changesBetween(before, row.content as unknown as JsonValue));
  if (merge.outcome === 'conflict') return undefined;
  const part = editablePartSchema.safeParse(merge.value);
  if (!part.success) return undefined;
  return soundRecord({
    ...{ id: row.recordId, kind: row.kind, scope: row.scope, version: 1 },
    ...{ editor: row.authorName, reviewer: row.reviewerName ?? row.authorName },
    ...part.data,
    publishedAt: publishedAtText(at),
  });
}
