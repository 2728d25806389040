import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { NamedFile } from '#shared/feed/feed-media.ts';
import { mediaFileName, readMediaPath } from '#shared/media/media-path.ts';
import type { District } from '../district.ts';
import { all, type Db, run, sql } from '../store/sql.ts';

type Kept = Pick<District, 'database' | 'settings' | 'now'>;

/** Where files are kept; commands know no more of a district. */
export interface MediaPlace {
  readonly settings: Pick<District['settings'], 'mediaFolder'>;
}

/** Where a file lies that the district keeps; undefined when it does not have it, or has only a part. */
export function keptPath({ settings }: MediaPlace, file: NamedFile) {
  const path = join(settings.mediaFolder, mediaFileName(file));
  return statSync(path, { throwIfNoEntry: false })?.size === file.bytes ? path : undefined;
}

/** Where pieces of files gather that are on their way. */
export function uploadFolder({ settings }: MediaPlace): string {
  return join(settings.mediaFolder, 'uploads');
}

/** The hash of a file, read in pieces: others are answered between them. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** Gives a whole file the name of its hash, flushed. One that is there already stays. */
export async function keepFile(
  { settings }: MediaPlace,
  from: string,
  file: NamedFile,
): Promise<void> {
  const handle = await open(from, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await mkdir(settings.mediaFolder, { recursive: true });
  await rename(from, join(settings.mediaFolder, mediaFileName(file)));
}

/** Notes in the database that a file is kept; drafts may name it from then on. */
export async function noteFile(
  db: Db,
  { sha256, mime, bytes }: NamedFile,
  { actor, at }: { readonly actor: string; readonly at: number },
): Promise<void> {
  await run(
    db,
    sql`insert into media_file (sha256, mime, bytes, actor, taken_at)
        values (${sha256}, ${mime}, ${bytes}, ${actor}, ${at})
        on conflict (sha256) do update set taken_at = ${at}`,
  );
}

/** Which of these files the database knows. */
export async function notedFiles(db: Db, files: readonly NamedFile[]): Promise<NamedFile[]> {
  return all<NamedFile>(
    db,
    sql`select sha256, mime, bytes from media_file where sha256 = any(${files.map(({ sha256 }) => sha256)})`,
  );
}

/** What an editor began and did not finish, or finished and never saved, goes after this time. */
const LEFT_MS = 2 * 86_400_000;
/** Exports go when they were sent; what is left of one after this time was not. */
const EXPORT_MS = 3_600_000;

/**
 * Deletes what nobody needs: files that no draft in work names and no version that was ever published, uploads that were left
 * off, and what a power cut left without a row. Whatever is published once stays: a history can be restored.
 */
export async function cleanStore(district: Kept): Promise<void> {
  const { database, settings, now } = district;
  const before = now() - LEFT_MS;
  await run(
    database,
    sql`delete from media_file where taken_at < ${before}
        and sha256 not in (select record #>> '{body,sha256}' from content_version
          where starts_with(id, 'media.') and record #>> '{body,sha256}' is not null)
        and sha256 not in (select record #>> '{body,sha256}' from draft
          where kind = 'media' and state in ('draft', 'in-review', 'approved') and record #>> '{body,sha256}' is not null)`,
  );
  const rows = await all<{ sha256: string; mime: string }>(
    database,
    sql`select sha256, mime from media_file`,
  );
  const needed = new Set(rows.map((row) => mediaFileName(row as NamedFile)));
  await removeOld(settings.mediaFolder, before, (name) => isFileName(name) && !needed.has(name));
  await removeOld(uploadFolder(district), before, () => true);
  const sent = now() - EXPORT_MS;
  await removeOld(uploadFolder(district), sent, (name) => name.startsWith('export.'));
}

const isFileName = (name: string) => readMediaPath(`/media/${name}`) !== undefined;

async function removeOld(
  folder: string,
  before: number,
  mayGo: (name: string) => boolean,
): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(mayGo)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (mtimeMs < before) await rm(path, { recursive: true, force: true });
  }
}
