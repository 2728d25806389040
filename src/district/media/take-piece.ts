import { statSync } from 'node:fs';
import { appendFile, mkdir, open, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaBody } from '#shared/content/kinds/media.ts';
import { divisionOf } from '#shared/content/scope.ts';
import { MEDIA_LIMITS } from '#shared/media/media-limits.ts';
import { HEAD_BYTES, type MediaKindOf, mediaTypeOf } from '#shared/media/media-type.ts';
import type { Draft, Me } from '#shared/office/office-views.ts';
import { writeAct } from '../audit/audit-trail.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { first, sql } from '../store/sql.ts';
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

const KINDS =
  '只能上传 PNG、JPEG、WebP 图片，PDF 宣传册，MP4、WebM 视频，MP3、OGG、WAV 录音；这个文件不是，或者已经损坏。';
const TYPE_NAMES: Readonly<Record<MediaBody['type'], string>> = {
  ...{ image: '图片', pdf: '宣传册', audio: '录音', video: '视频' },
};
const MB = 1_000_000;
const GB = 1000 * MB;

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
    await assertFitsDivision(district, divisionOf(draft.record.scope), bytes);
    await dropUploads(folder, by.id);
  }
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) !== at)
    throw new DistrictFault('changed', '文件没有传完整，请重新选择一次。');
  await appendFile(path, piece);
  if (received < bytes) return { received };
  return { received, file: await keep(district, draft, path, bytes, by) };
}

async function keep(district: District, draft: Draft, path: string, bytes: number, by: Me) {
  const kind = mediaTypeOf(await headOf(path));
  const { type, mime } = assertFits(kind, bytes);
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
  if (kind === undefined) throw new DistrictFault('bad-input', KINDS);
  const most = MEDIA_LIMITS.fileBytes[kind.type];
  if (bytes > most)
    throw new DistrictFault(
      'bad-input',
      `${TYPE_NAMES[kind.type]}不能超过 ${most / MB} MB，请压缩以后再上传。`,
    );
  return kind;
}

/** Every terminal of the division fetches all of its files, and a stick has to hold them. */
async function assertFitsDivision(
  { database }: District,
  division: string,
  bytes: number,
): Promise<void> {
  const known = await first<{ files: number; bytes: number }>(
    database,
    sql`select count(*) as files, coalesce(sum(size), 0)::bigint as bytes from (
          select distinct record #>> '{body,sha256}', (record #>> '{body,bytes}')::bigint as size from content
          where division = ${division} and kind = 'media' and state = 'published') as file`,
  );
  if ((known?.files ?? 0) >= MEDIA_LIMITS.divisionFiles)
    throw new DistrictFault(
      'bad-input',
      `一个区划最多 ${MEDIA_LIMITS.divisionFiles} 个文件，请先撤下不用的。`,
    );
  if ((known?.bytes ?? 0) + bytes > MEDIA_LIMITS.divisionBytes)
    throw new DistrictFault(
      'bad-input',
      `一个区划的文件合计不能超过 ${MEDIA_LIMITS.divisionBytes / GB} GB，请先撤下不用的。`,
    );
}

async function assertRoom(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize - needed < MEDIA_LIMITS.roomBytes)
    throw new DistrictFault('later', '服务器的磁盘快满了，请联系技术人员。');
}

/** Whoever begins anew has given the former one up. */
async function dropUploads(folder: string, person: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(`${person}.`)) await rm(join(folder, name), { force: true });
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
