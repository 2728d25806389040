import { statSync } from 'node:fs';
import { appendFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Me } from '#shared/office/office-views.ts';
import { DistrictFault } from '../district-fault.ts';
import { assertRoom } from './file-limits.ts';
import { type MediaPlace, uploadFolder } from './media-store.ts';

/** A piece of a file, as somebody's page sends it. */
export interface Piece {
  /** Made by the page; one person has one upload at a time. */
  readonly upload: string;
  /** How much came before it. */
  readonly at: number;
  /** Bytes of the whole file. */
  readonly bytes: number;
  readonly base64: string;
}

/** Where somebody's upload gathers. */
export function uploadPath(place: MediaPlace, { id }: Me, upload: string): string {
  return join(uploadFolder(place), `${id}.${upload}.partial`);
}

/**
 * Lays a piece behind those that came before; `begin` is asked about the first one. Gives how much is here now. Throws `bad-input`,
 * `changed` where the piece does not follow on what is here, and `later` without room.
 */
export async function gatherPiece(
  place: MediaPlace,
  { upload, at, bytes, base64 }: Piece,
  by: Me,
  begin: (first: Buffer) => Promise<void>,
): Promise<number> {
  const piece = Buffer.from(base64, 'base64');
  const received = at + piece.length;
  if (piece.length === 0 || received > bytes) throw new DistrictFault('bad-input');
  const folder = uploadFolder(place);
  await mkdir(folder, { recursive: true });
  await assertRoom(folder, bytes - at);
  const path = uploadPath(place, by, upload);
  if (at === 0) {
    await begin(piece);
    await dropUploads(folder, by.id);
  }
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) !== at)
    throw new DistrictFault('changed', '文件没有传完整，请重新选择一次。');
  await appendFile(path, piece);
  return received;
}

/** Whoever begins anew has given the former one up. */
async function dropUploads(folder: string, person: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(`${person}.`))
      await rm(join(folder, name), { recursive: true, force: true });
}
