import { statSync } from 'node:fs';
import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaBody } from '#shared/content/kinds/media.ts';
import { type MediaKindOf, mediaTypeOf } from '#shared/media/media-type.ts';
import type { Draft, Me } from '#shared/office/office-views.ts';
import { writeAct } from '../audit/audit-trail.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { fullDivision } from './division-files.ts';
import { fittingKind, isTooFull, kindOfFile } from './file-limits.ts';
import { hashOf, keepFile, noteFile, uploadFolder } from './media-store.ts';

/** A piece of a file, as an editor's page sends it. */
export interface Piece {
  /** Made by the page; one person has one upload at a time. */
  readonly upload: string;
  /** How much came before it. */
  readonly at: number;
  /** Bytes of the whole file. */
  readonly bytes: number;
  readonly base64: string;
}

/** What the server has, and with the last piece what it is. */
export interface Taken {
  readonly received: number;
  readonly file?: Pick<MediaBody, 'type' | 'mime' | 'sha256' | 'bytes'>;
}

/**
 * Takes a piece of the file that a draft is to name. What the file is, its content says and the server reckons: nothing that
 * the page says of it is believed but its length. Nobody else sees it before it is published. Throws `bad-input` with one sentence for
 * the editor, `changed` where the piece does not follow on what is here, and `later` without room.
 */
export async function takePiece(
  district: District,
  draft: Draft,
  { upload, at, bytes, base64 }: Piece,
  by: Me,
): Promise<Taken> {
  if (draft.record.kind !== 'media' || draft.state !== 'draft' || draft.content === null)
    throw new DistrictFault('bad-input');
  const piece = Buffer.from(base64, 'base64');
  const received = at + piece.length;
  if (piece.length === 0 || received > bytes) throw new DistrictFault('bad-input');
  const folder = uploadFolder(district);
  await mkdir(folder, { recursive: true });
  await assertRoom(folder, bytes - at);
  const path = join(folder, `${by.id}.${upload}.partial`);
  if (at === 0) {
    assertFits(mediaTypeOf(piece), bytes);
    await assertFitsDivision(district, draft, bytes);
    await dropUploads(folder, by.id);
  }
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) !== at)
    throw new DistrictFault('changed', '文件没有传完整，请重新选择一次。');
  await appendFile(path, piece);
  if (received < bytes) return { received };
  return { received, file: await keep(district, draft, path, bytes, by) };
}

async function keep(district: District, draft: Draft, path: string, bytes: number, by: Me) {
  const { type, mime } = assertFits(await kindOfFile(path), bytes);
  const file = { type, mime, sha256: await hashOf(path), bytes };
  await keepFile(district, path, file);
  const at = district.now();
  await district.database.transaction(async (db) => {
    await noteFile(db, file, { actor: by.id, at });
    const subject = `${draft.record.id} ${draft.record.scope}`;
    const detail = `${file.sha256} ${bytes}`;
    await writeAct(db, { at, actor: by.id, action: 'file-uploaded', subject, detail });
  });
  return file;
}

function assertFits(kind: MediaKindOf | undefined, bytes: number): MediaKindOf {
  const fitting = fittingKind(kind, bytes);
  if (typeof fitting === 'string') throw new DistrictFault('bad-input', fitting);
  return fitting;
}

/** Before it is sent nobody knows its hash: it counts as another file than all others. */
async function assertFitsDivision(
  { database }: District,
  draft: Draft,
  bytes: number,
): Promise<void> {
  const fault = await fullDivision(database, draft, { sha256: '', bytes }, 'in-work');
  if (fault !== undefined) throw new DistrictFault('bad-input', fault);
}

async function assertRoom(folder: string, needed: number): Promise<void> {
  if (await isTooFull(folder, needed))
    throw new DistrictFault('later', '服务器的磁盘快满了，请联系技术人员。');
}

/** Whoever begins anew has given the former one up. */
async function dropUploads(folder: string, person: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(`${person}.`)) await rm(join(folder, name), { force: true });
}
