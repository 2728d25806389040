import { open, statfs } from 'node:fs/promises';
import type { MediaBody } from '#shared/content/kinds/media.ts';
import { MEDIA_LIMITS } from '#shared/media/media-limits.ts';
import { HEAD_BYTES, type MediaKindOf, mediaTypeOf } from '#shared/media/media-type.ts';
import { DistrictFault } from '../district-fault.ts';

const KINDS =
  '只能上传 PNG、JPEG、WebP 图片，PDF 宣传册，MP4、WebM 视频，MP3、OGG、WAV 录音；这个文件不是，或者已经损坏。';
const TYPE_NAMES: Readonly<Record<MediaBody['type'], string>> = {
  ...{ image: '图片', pdf: '宣传册', audio: '录音', video: '视频' },
};
const MB = 1_000_000;
const GB = 1000 * MB;

/** What a file is by its content; a sentence for whoever hands it in when it is nothing that terminals show, or too large. */
export function fittingKind(kind: MediaKindOf | undefined, bytes: number): MediaKindOf | string {
  if (kind === undefined) return KINDS;
  const most = MEDIA_LIMITS.fileBytes[kind.type];
  return bytes <= most
    ? kind
    : `${TYPE_NAMES[kind.type]}不能超过 ${most / MB} MB，请压缩以后再上传。`;
}

/**
 * A sentence when a division has more files than it may have, or larger ones: every terminal of it fetches all of them, and a stick has
 * to hold them.
 */
export function divisionFault(files: number, bytes: number): string | undefined {
  if (files > MEDIA_LIMITS.divisionFiles)
    return `一个区划最多 ${MEDIA_LIMITS.divisionFiles} 个文件，起草和待审核的也算在内。请先撤下或作废不用的。`;
  return bytes > MEDIA_LIMITS.divisionBytes
    ? `一个区划的文件合计不能超过 ${MEDIA_LIMITS.divisionBytes / GB} GB，起草和待审核的也算在内。请先撤下或作废不用的。`
    : undefined;
}

/** Whether a disk would have too little room with so many more bytes on it. */
export async function isTooFull(folder: string, more: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize - more < MEDIA_LIMITS.roomBytes;
}

/** Throws `later` when a disk would have too little room with so many more bytes on it. */
export async function assertRoom(folder: string, more: number): Promise<void> {
  if (await isTooFull(folder, more))
    throw new DistrictFault('later', '服务器的磁盘快满了，请联系技术人员。');
}

/** What a file on the disk is by its first bytes. */
export async function kindOfFile(path: string): Promise<MediaKindOf | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return mediaTypeOf(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
