import { randomUUID } from 'node:crypto';
import { copyFile, lstat, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { divisionOf } from '#shared/content/scope.ts';
import { fileNamedBy, type NamedFile } from '#shared/feed/feed-media.ts';
import { mediaFileName } from '#shared/media/media-path.ts';
import { divisionFault, fittingKind, isTooFull, kindOfFile } from '../media/file-limits.ts';
import { hashOf, keepFile, keptPath, type MediaPlace, uploadFolder } from '../media/media-store.ts';
import { StartFault } from '../start-fault.ts';
import { all, type Db, sql } from '../store/sql.ts';

/** Where a folder of content has the files that its records name, as deployments have theirs. */
const FILES = 'media';

/** Lays the files that records name beside them and gives their number. */
export async function exportFiles(
  place: MediaPlace,
  records: readonly ContentRecord[],
  folder: string,
): Promise<number> {
  const files = keptFiles(place, records);
  if (files.length > 0) await mkdir(join(folder, FILES), { recursive: true });
  for (const { name, path } of files) await copyFile(path, join(folder, name));
  return files.length;
}

/** Where the files lie that records name, and where they stand in a folder. One that the district does not keep is left out: terminals have it from their deployment. */
export function keptFiles(
  place: MediaPlace,
  records: readonly ContentRecord[],
): { readonly name: string; readonly path: string; readonly bytes: number }[] {
  return filesOf(records).flatMap((file) => {
    const path = keptPath(place, file);
    const name = `${FILES}/${mediaFileName(file)}`;
    return path === undefined ? [] : [{ name, path, bytes: file.bytes }];
  });
}

/** What of a folder's files is there and sound, and a sentence for each that is not what its record says, or no file to show. */
export interface FilesRead {
  readonly files: readonly NamedFile[];
  readonly faults: readonly string[];
}

/** Reads the files beside records that these name; nothing else there is looked at, and links are not followed. */
export async function readFiles(
  records: readonly ContentRecord[],
  folder: string,
): Promise<FilesRead> {
  if ((await statOf(join(folder, FILES)))?.isSymbolicLink() === true)
    return { files: [], faults: [`${FILES}：${LINK}`] };
  const files: NamedFile[] = [];
  const faults: string[] = [];
  for (const file of filesOf(records)) {
    const name = mediaFileName(file);
    const fault = await faultOf(join(folder, FILES, name), file);
    if (fault === undefined) files.push(file);
    else if (fault !== NOT_THERE) faults.push(`${FILES}/${name}：${fault}`);
  }
  return { files, faults };
}

const LINK = '这是一个链接，只读文件夹里真正的文件。';
const OTHER = '和内容里写的不是同一个文件，请换成原来的文件，或者改正内容里的写法。';
const NOT_THERE = Symbol('not there');

async function faultOf(
  path: string,
  { sha256, mime, bytes }: NamedFile,
): Promise<string | typeof NOT_THERE | undefined> {
  const found = await statOf(path);
  if (found === undefined) return NOT_THERE;
  if (!found.isFile()) return LINK;
  if (found.size !== bytes) return OTHER;
  const kind = fittingKind(await kindOfFile(path), bytes);
  if (typeof kind === 'string') return kind;
  return kind.mime === mime && (await hashOf(path)) === sha256 ? undefined : OTHER;
}

/**
 * Copies sound files of a folder to where the district keeps its own; the database does not know them yet. Throws `StartFault` when
 * there is no room, or a file is another one by now.
 */
export async function takeFiles(
  place: MediaPlace,
  files: readonly NamedFile[],
  folder: string,
): Promise<void> {
  const missing = files.filter((file) => keptPath(place, file) === undefined);
  const uploads = uploadFolder(place);
  await mkdir(uploads, { recursive: true });
  const bytes = missing.reduce((sum, file) => sum + file.bytes, 0);
  if (missing.length > 0 && (await isTooFull(uploads, bytes)))
    throw new StartFault('磁盘放不下文件夹里的图片、音视频和宣传册，请先腾出地方。');
  for (const file of missing) {
    const name = mediaFileName(file);
    // Another import may bring the same file at the same time.
    const path = join(uploads, `folder.${randomUUID()}.partial`);
    try {
      await copyFile(join(folder, FILES, name), path);
      if ((await hashOf(path)) !== file.sha256) throw new StartFault(`${FILES}/${name}：${OTHER}`);
      await keepFile(place, path, file);
    } finally {
      await rm(path, { force: true });
    }
  }
}

/** Throws `StartFault` when a division would have more files, or larger ones, than it may, with what these records bring. */
export async function assertDivisionsFit(
  db: Db,
  records: readonly ContentRecord[],
  brought: readonly NamedFile[],
): Promise<void> {
  const names = new Set(brought.map(mediaFileName));
  const bringing = records.filter((record) => {
    const file = fileNamedBy(record);
    return file !== undefined && names.has(mediaFileName(file));
  });
  for (const [division, own] of Map.groupBy(bringing, ({ scope }) => divisionOf(scope))) {
    const published = await all<{ record: ContentRecord }>(
      db,
      sql`select record from content
          where division = ${division} and kind = 'media' and state = 'published'`,
    );
    const replaced = new Set(own.map(({ id, scope }) => `${id} ${scope}`));
    const others = published
      .map(({ record }) => record)
      .filter(({ id, scope }) => !replaced.has(`${id} ${scope}`));
    const files = filesOf([...others, ...own]);
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const fault = divisionFault(files.length, bytes);
    if (fault !== undefined) throw new StartFault(`${division}：${fault}`);
  }
}

/** The files that records name, each once. */
function filesOf(records: readonly ContentRecord[]): NamedFile[] {
  const named = records.flatMap((record) => fileNamedBy(record) ?? []);
  return [...new Map(named.map((file) => [mediaFileName(file), file])).values()];
}

const statOf = (path: string) => lstat(path).catch(() => undefined);
