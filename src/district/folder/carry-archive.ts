import { hash, randomUUID } from 'node:crypto';
import { openAsBlob, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { ARCHIVE_BYTES } from '#shared/contract/office.ts';
import { type NamedFile, namedFileSchema } from '#shared/feed/feed-media.ts';
import { worksOn } from '#shared/office/office-role.ts';
import { type ArchiveLook, draftContentSchema, type Me } from '#shared/office/office-views.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { changesBetween } from '#shared/operations/field-change.ts';
import { localMoment } from '#shared/time/local-date.ts';
import { writeAct } from '../audit/audit-trail.ts';
import { draftFaults } from '../content/draft-faults.ts';
import { titleOf } from '../content/drafts.ts';
import { handInReady, MOST_READY_DRAFTS, type ReadyDraft } from '../content/ready-drafts.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { isStarterFile } from '../media/deployed-file.ts';
import { uploadPath } from '../media/gather-pieces.ts';
import { keptPath, noteFile, uploadFolder } from '../media/media-store.ts';
import { StartFault } from '../start-fault.ts';
import { type Db, lock } from '../store/sql.ts';
import { ZipFault } from '../tables/zip-format.ts';
import { unpackArchive, writeArchive } from './archive.ts';
import type { Bases } from './base-versions.ts';
import { folderTexts, publishedRecords } from './export-folder.ts';
import { assertDivisionsFit, keptFiles, readFiles, takeFiles } from './folder-files.ts';
import { type Meeting, type Met, meetRecords } from './import-folder.ts';
import { readFolderApart } from './read-apart.ts';

const UNPACKED = { bytes: 1_500_000_000, files: 3_000 };
/** Several times what a province publishes; each is compared. */
const MOST_RECORDS = 50_000;
const MOST_FAULTS = 200;
const TOO_LARGE = '内容和文件合计超过 1 GB，请在服务器上用命令导出文件夹。';
const NO_ARCHIVE =
  '这个压缩包打不开，或者里面有不该有的东西（链接、密码、指到别处的路径、太多或者太大的文件）。请用导出的压缩包改，再压缩成 zip。';

/** Everything that is published in somebody's divisions, with the files that it names, as one archive. Throws `bad-input`. */
export async function exportArchive(district: District, me: Me): Promise<File> {
  const records = await publishedRecords(district.database, me.divisions);
  const files = keptFiles(district, records);
  if (files.reduce((sum, { bytes }) => sum + bytes, 0) > ARCHIVE_BYTES)
    throw new DistrictFault('bad-input', TOO_LARGE);
  const texts = [...folderTexts(records)].map(([name, text]) => ({ name, text }));
  const folder = uploadFolder(district);
  await mkdir(folder, { recursive: true });
  // One a person: the one before is given up, and the last is cleared away with uploads that were left off.
  for (const name of await readdir(folder))
    if (name.startsWith(`export.${me.id}.`)) await rm(join(folder, name), { force: true });
  const path = join(folder, `export.${me.id}.${randomUUID()}`);
  await writeArchive(path, [...texts, ...files]);
  const act = { at: district.now(), actor: me.id, action: 'folder-exported', subject: 'content' };
  const detail = `${records.length} records`;
  await district.database.transaction((db) => writeAct(db, { ...act, detail }));
  const name = `content-${localMoment(district.now()).date}.zip`;
  return new File([await openAsBlob(path)], name, { type: 'application/zip' });
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
  const taken = await unpacked(district, order, me, async (found, folder) => {
    await takeFiles(district, found.files, folder);
    return district.database.transaction(async (db) => {
      await lock(db, 'feed');
      const { look, drafts } = await planOf(district, db, found, order, me);
      if (look.outcome !== 'sound' || look.digest !== digest)
        throw new DistrictFault('changed', '这期间有人改过内容，请看过现在的单子再确认。');
      if (look.rows.some(({ why }) => why !== undefined))
        throw new DistrictFault('bad-input', '单子里有冲突，先选好以谁为准，再确认。');
      const at = district.now();
      for (const file of found.files) await noteFile(db, file, { actor: me.id, at });
      await handInReady(db, drafts, { by: me, at, note: '从压缩包导入' });
      const act = { at, actor: me.id, action: 'folder-taken', subject: 'content' };
      await writeAct(db, { ...act, detail: `${drafts.length} drafts` });
      return { drafts: drafts.length };
    });
  });
  await rm(uploadPath(district, me, order.upload), { force: true });
  return taken;
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
    await unpackArchive(path, folder, UNPACKED);
    const { records, faults, bases } = await readFolderApart(folder, district.settings.name);
    const read = await readFiles(records, folder);
    const found = { records, files: read.files, bases };
    return await work({ ...found, faults: [...faults, ...read.faults] }, folder);
  } catch (error) {
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
  if (records.length > MOST_RECORDS)
    return faulty([`一个压缩包最多 ${MOST_RECORDS} 条，这里有 ${records.length} 条，请分成几份。`]);
  const met = await seenOf(db, records, { bases, overwrites });
  if (met === undefined)
    return faulty([
      `一次最多改 ${MOST_READY_DRAFTS} 条，这里更多。请分几次导入，或者在服务器上用命令导入。`,
    ]);
  const next = met.flatMap((one) => one.next ?? []);
  await assertDivisionsFit(db, next, files);
  const wrong = met.flatMap((one) => faultsOf(district, one, files));
  if (wrong.length > 0) return faulty(wrong);
  const rows = met.toSorted((one, two) => ORDER[one.meets] - ORDER[two.meets]).map(rowOf);
  const drafts = met.flatMap(draftOf);
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

function faultsOf(district: District, { now, next }: Met, files: readonly NamedFile[]): string[] {
  if (next === undefined) return [];
  const { id, kind, scope } = next;
  const content = draftContentSchema.parse(editablePart(next));
  const today = localMoment(district.now()).date;
  const hasFile = kind !== 'media' || hasItsFile(district, next, now, files);
  return draftFaults({ id, kind, scope }, content, today, hasFile).map(
    ({ fault }) => `${id}（${scope}）：${fault}`,
  );
}

/** In the archive, here already, in the starter pack, or named by what is published: terminals may have it from their deployment. */
function hasItsFile(
  district: District,
  next: ContentRecord,
  now: ContentRecord | undefined,
  files: readonly NamedFile[],
): boolean {
  const file = namedFileSchema.safeParse(next.body).data;
  if (file === undefined) return false;
  const isIt = (other: NamedFile | undefined) => other?.sha256 === file.sha256;
  return (
    files.some(isIt) ||
    keptPath(district, file) !== undefined ||
    isStarterFile(district, file) ||
    isIt(namedFileSchema.safeParse(now?.body).data)
  );
}
