import { hash, randomUUID } from 'node:crypto';
import { openAsBlob, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { ARCHIVE_BYTES } from '#shared/contract/office.ts';
import { fileNamedBy, type NamedFile, namedFileSchema } from '#shared/feed/feed-media.ts';
import { worksOn } from '#shared/office/office-role.ts';
import { type ArchiveLook, draftContentSchema, type Me } from '#shared/office/office-views.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { changesBetween } from '#shared/operations/field-change.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { draftFaults } from '../content/draft-faults.ts';
import { titleOf } from '../content/drafts.ts';
import {
  handInReady,
  MOST_READY_DRAFTS,
  type ReadyDraft,
  waitingFor,
} from '../content/ready-drafts.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { isStarterFile } from '../media/deployed-file.ts';
import { assertRoom } from '../media/file-limits.ts';
import { uploadPath } from '../media/gather-pieces.ts';
import { notedFiles, noteFile, uploadFolder } from '../media/media-store.ts';
import { StartFault } from '../start-fault.ts';
import { type Db, first, lock, run, sql } from '../store/sql.ts';
import { TooManyFiles, ZipFault } from '../tables/zip-format.ts';
import { unpackArchive } from './archive.ts';
import { type Bases, keyOf } from './base-versions.ts';
import { publishedRecords } from './export-folder.ts';
import type { ExportAnswer, ExportOrder } from './export-thread.ts';
import { assertDivisionsFit, keptFiles, readFiles, takeFiles } from './folder-files.ts';
import { ARCHIVE_LIMITS, FOLDER_LIMITS } from './folder-limits.ts';
import { type Meeting, type Met, meetRecords } from './import-folder.ts';
import { readFolderApart } from './read-apart.ts';
import { workApart } from './work-apart.ts';

const MOST_FAULTS = 200;
const EXPORT_THREAD = new URL('./export-thread.ts', import.meta.url);
const TOO_LARGE = '内容和文件合计超过 1 GB，请在服务器上用命令导出文件夹。';
const NO_ARCHIVE =
  '这个压缩包打不开，或者里面有不该有的东西（链接、密码、指到别处的路径、太大的文件）。请用导出的压缩包改，再压缩成 zip。';
const TOO_MANY = `这个压缩包里的文件超过 ${ARCHIVE_LIMITS.files} 个，请分成几份。`;

/**
 * Everything that is published in somebody's divisions, with the files that it names, as one archive, which lies on the disk until the
 * answer was sent. Throws `bad-input`, and `later` without room.
 */
export async function exportArchive(
  district: District,
  me: Me,
  onAnswered: (act: () => void) => void,
): Promise<File> {
  const records = await publishedRecords(district.database, me.divisions);
  const files = keptFiles(district, records);
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > ARCHIVE_BYTES) throw new DistrictFault('bad-input', TOO_LARGE);
  assertImportable(records.length, files.length);
  const folder = uploadFolder(district);
  await mkdir(folder, { recursive: true });
  // One a person: the one before is given up.
  for (const name of await readdir(folder))
    if (name.startsWith(`export.${me.id}.`)) await rm(join(folder, name), { force: true });
  await assertRoom(folder, bytes + FOLDER_LIMITS.bytes + FOLDER_LIMITS.basesBytes);
  const path = join(folder, `export.${me.id}.${randomUUID()}`);
  // Nobody needs it when it was sent, or could not be.
  onAnswered(() => void rm(path, { force: true }).catch(() => {}));
  const data: ExportOrder = { path, records, files };
  const answer = await workApart({ program: EXPORT_THREAD, data }).catch((error: unknown) => {
    throw error instanceof StartFault ? new DistrictFault('bad-input', TOO_LARGE) : error;
  });
  const { fault } = answer as Exclude<ExportAnswer, string> | { fault?: undefined };
  if (fault !== undefined) throw new DistrictFault('bad-input', fault);
  if (statSync(path).size > ARCHIVE_BYTES) throw new DistrictFault('bad-input', TOO_LARGE);
  const act = { at: district.now(), actor: me.id, action: 'folder-exported', subject: 'content' };
  const detail = `${records.length} records`;
  await district.database.transaction((db) => writeAct(db, { ...act, detail }));
  const name = `content-${localMoment(district.now()).date}.zip`;
  return new File([await openAsBlob(path)], name, { type: 'application/zip' });
}

/** Throws `bad-input` for more than `planOf` and `unpackArchive` take in again. */
function assertImportable(records: number, files: number): void {
  if (records > ARCHIVE_LIMITS.records)
    throw new DistrictFault(
      'bad-input',
      `一个压缩包最多 ${ARCHIVE_LIMITS.records} 条，这里有 ${records} 条，请在服务器上用命令导出文件夹。`,
    );
  // Beside them the texts, and the file of versions.
  if (files + FOLDER_LIMITS.files + 1 > ARCHIVE_LIMITS.files)
    throw new DistrictFault('bad-input', TOO_LARGE);
}

/** An archive that was handed in whole, and whether it counts where it clashes with what is published. */
export interface ArchiveOrder {
  readonly upload: string;
  readonly overwrites: boolean;
}

/** What an archive would change. Throws `not-found` for one that is not here, `bad-input` for what is none. */
export function lookAtArchive(
  district: District,
  order: ArchiveOrder,
  me: Me,
): Promise<ArchiveLook> {
  // Without the lock: what others change meanwhile is found when it is taken.
  return unpacked(district, order, me, async (found) => {
    const { look } = await planOf(district, district.database, found, order, me);
    return look;
  });
}

/**
 * Makes drafts of what an archive changes, all or nothing; they wait for a second person. Throws as `lookAtArchive`, and `changed`
 * when it would change something else by now than the person was shown.
 */
export async function takeArchive(
  district: District,
  { digest, ...order }: ArchiveOrder & { readonly digest: string },
  me: Me,
): Promise<{ drafts: number }> {
  const { database } = district;
  const taking = { upload: order.upload, digest, me };
  const taken =
    (await takenBefore(database, taking)) ??
    (await unpacked(district, order, me, async (found, folder) => {
      // Files of what may not come in are not kept. Large ones are copied before anybody has to wait.
      draftsAsSeen(await planOf(district, database, found, order, me), digest);
      await takeFiles(district, found.files, folder);
      return database.transaction(async (db) => {
        await lock(db, 'feed');
        const before = await takenBefore(db, taking);
        if (before !== undefined) return before;
        const drafts = draftsAsSeen(await planOf(district, db, found, order, me), digest);
        const at = district.now();
        for (const file of found.files) await noteFile(db, file, { actor: me.id, at });
        await handInReady(db, drafts, { by: me, at, note: '从压缩包导入' });
        await noteTaken(db, taking, drafts.length, at);
        const act = { at, actor: me.id, action: 'folder-taken', subject: 'content' };
        await writeAct(db, { ...act, detail: `${drafts.length} drafts` });
        return drafts.length;
      });
    }));
  await rm(uploadPath(district, me, order.upload), { force: true });
  return { drafts: taken };
}

/** What is to be taken, when it is what the person was shown. */
function draftsAsSeen({ look, drafts }: Plan, digest: string): readonly ReadyDraft[] {
  if (look.outcome !== 'sound' || look.digest !== digest)
    throw new DistrictFault('changed', '这期间有人改过内容，请看过现在的单子再确认。');
  if (look.rows.some(({ why }) => why !== undefined))
    throw new DistrictFault('bad-input', '单子里有冲突，先选好以谁为准，再确认。');
  return drafts;
}

interface Taking {
  readonly upload: string;
  readonly digest: string;
  readonly me: Me;
}

/** As long as uploads that were left off lie here. */
const KNOWN_MS = 2 * 86_400_000;

/** How many drafts an archive made that was taken already: its answer may have been lost on the way. */
async function takenBefore(db: Db, { upload, digest, me }: Taking): Promise<number | undefined> {
  const row = await first<{ drafts: number }>(
    db,
    sql`select drafts from archive_taken
        where person = ${me.id} and upload = ${upload} and digest = ${digest}`,
  );
  return row?.drafts;
}

async function noteTaken(
  db: Db,
  { upload, digest, me }: Taking,
  drafts: number,
  at: number,
): Promise<void> {
  await run(db, sql`delete from archive_taken where taken_at < ${at - KNOWN_MS}`);
  await run(
    db,
    sql`insert into archive_taken (person, upload, digest, drafts, taken_at)
        values (${me.id}, ${upload}, ${digest}, ${drafts}, ${at})`,
  );
}

interface Found {
  readonly records: readonly ContentRecord[];
  readonly files: readonly NamedFile[];
  readonly bases: Bases;
  readonly faults: readonly string[];
}

/** Unpacks an archive beside the uploads, reads it as the command reads a folder, and clears it away. */
async function unpacked<Result>(
  district: District,
  { upload }: ArchiveOrder,
  me: Me,
  work: (found: Found, folder: string) => Promise<Result>,
): Promise<Result> {
  const path = uploadPath(district, me, upload);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) throw new DistrictFault('not-found');
  const folder = await mkdtemp(`${path}.`);
  try {
    await unpackArchive(path, folder, ARCHIVE_LIMITS, (bytes) => assertRoom(folder, bytes));
    const { records, faults, bases } = await readFolderApart(folder, district.settings.name);
    const read = await readFiles(records, folder);
    const found = { records, files: read.files, bases };
    return await work({ ...found, faults: [...faults, ...read.faults] }, folder);
  } catch (error) {
    if (error instanceof TooManyFiles) throw new DistrictFault('bad-input', TOO_MANY);
    if (error instanceof ZipFault) throw new DistrictFault('bad-input', NO_ARCHIVE);
    if (error instanceof StartFault) throw new DistrictFault('bad-input', error.message);
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Plan {
  readonly look: ArchiveLook;
  readonly drafts: readonly ReadyDraft[];
}

async function planOf(
  district: District,
  db: Db,
  { records, files, bases, faults }: Found,
  { overwrites }: ArchiveOrder,
  me: Me,
): Promise<Plan> {
  const foreign = records
    .filter(({ scope }) => !worksOn(me.divisions, scope))
    .map(({ id, scope }) => `${id}（${scope}）：这个范围不归您负责。`);
  if (faults.length + foreign.length > 0) return faulty([...faults, ...foreign]);
  if (records.length === 0) return faulty(['压缩包里没有内容（.yaml）。']);
  if (records.length > ARCHIVE_LIMITS.records)
    return faulty([
      `一个压缩包最多 ${ARCHIVE_LIMITS.records} 条，这里有 ${records.length} 条，请分成几份。`,
    ]);
  const met = await seenOf(db, records, { bases, overwrites });
  if (met === undefined)
    return faulty([
      `一次最多改 ${MOST_READY_DRAFTS} 条，这里更多。请分几次导入，或者在服务器上用命令导入。`,
    ]);
  const next = met.flatMap((one) => one.next ?? []);
  await assertDivisionsFit(db, next, files);
  const here = [
    ...files,
    ...(await notedFiles(
      db,
      next.flatMap((one) => fileNamedBy(one) ?? []),
    )),
  ];
  const wrong = met.flatMap((one) => faultsOf(district, one, here));
  if (wrong.length > 0) return faulty(wrong);
  const waiting = await waitingFor(db, next);
  const waits = ({ inFolder }: Met) => waiting.has(keyOf(inFolder));
  const rows = met
    .toSorted((one, two) => ORDER[one.meets] - ORDER[two.meets])
    .map((one) => ({ ...rowOf(one), waits: waits(one) }));
  const drafts = met.filter((one) => !waits(one)).flatMap(draftOf);
  const digest = hash('sha256', JSON.stringify([rows, drafts]));
  const unchanged = records.length - met.length;
  return { look: { outcome: 'sound', digest, rows, unchanged, files: files.length }, drafts };
}

/** What of an archive somebody has to look at; undefined when it is more than may be taken at once. */
async function seenOf(
  db: Db,
  records: readonly ContentRecord[],
  meeting: Meeting,
): Promise<Met[] | undefined> {
  const seen: Met[] = [];
  for await (const some of meetRecords(db, records, meeting)) {
    seen.push(...some.filter(isToBeSeen));
    if (seen.length > MOST_READY_DRAFTS) return undefined;
  }
  return seen;
}

/** What a person has to look at first. */
const ORDER: Readonly<Record<Met['meets'], number>> = {
  ...{ clash: 0, withdrawn: 1, left: 2, changed: 3, new: 4, same: 5 },
};

function faulty(faults: readonly string[]): Plan {
  const more = faults.length > MOST_FAULTS;
  return { look: { outcome: 'faulty', faults: faults.slice(0, MOST_FAULTS), more }, drafts: [] };
}

/** Dates and names of a publication are the district's own to give: a record that differs in nothing else is the same. */
function isToBeSeen({ next, why, now }: Met): boolean {
  if (next === undefined) return why !== undefined;
  return now === undefined || placesOf(now, next) > 0;
}

function placesOf(now: ContentRecord | undefined, next: ContentRecord): number {
  return changesBetween(now === undefined ? {} : editablePart(now), editablePart(next)).length;
}

function rowOf({ inFolder, meets, now, next, why }: Met) {
  const { id, kind, scope, body } = inFolder;
  if (meets === 'same') throw new Error('what is the same changes nothing');
  const row = { record: { id, kind, scope }, title: titleOf(kind, body) ?? id, meets };
  return { ...row, places: placesOf(now, next ?? inFolder), ...(why === undefined ? {} : { why }) };
}

function draftOf({ now, next }: Met): ReadyDraft[] {
  if (next === undefined) return [];
  const { id, kind, scope } = next;
  const content = draftContentSchema.parse(editablePart(next));
  return [{ record: { id, kind, scope }, content, baseVersion: now?.version ?? 0 }];
}

function faultsOf(district: District, { now, next }: Met, here: readonly NamedFile[]): string[] {
  if (next === undefined) return [];
  const { id, kind, scope } = next;
  const content = draftContentSchema.parse(editablePart(next));
  const today = localMoment(district.now()).date;
  const hasFile = kind !== 'media' || hasItsFile(district, next, now, here);
  return draftFaults({ id, kind, scope }, content, today, hasFile).map(
    ({ fault }) => `${id}（${scope}）：${fault}`,
  );
}

/**
 * In the archive, known here already (a file on the disk that the database does not know is cleared away), in the starter pack, or named
 * by what is published: terminals may have it from their deployment.
 */
function hasItsFile(
  district: District,
  next: ContentRecord,
  now: ContentRecord | undefined,
  here: readonly NamedFile[],
): boolean {
  const file = namedFileSchema.safeParse(next.body).data;
  if (file === undefined) return false;
  const isIt = (other: NamedFile | undefined) => isDeepStrictEqual(other, file);
  return (
    here.some(isIt) ||
    isStarterFile(district, file) ||
    isIt(namedFileSchema.safeParse(now?.body).data)
  );
}
