import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MEDIA_LIMITS } from '#shared/media/media-limits.ts';
import { mediaFileName } from '#shared/media/media-path.ts';
import { type FeedPart, FeedUnreachable, type ResumableSource } from '../feed/feed-source.ts';
import type { SignedMedia } from '../feed/trusted-feed.ts';
import { isDiskFull } from '../store/disk-full.ts';

/** Why a file was not taken; nothing else is touched by it. */
export type MediaFaultReason =
  /** The source does not have it, although it signed it. */
  | 'missing'
  /** More came than was signed. */
  | 'too-long'
  /** It is not, byte for byte, what was signed. */
  | 'wrong-hash'
  /** The disk is full, or would be nearly full with it. */
  | 'no-room';

/** A file was not taken. */
export class MediaFault extends Error {
  override readonly name = 'MediaFault';
  readonly reason: MediaFaultReason;
  constructor(reason: MediaFaultReason, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}

/** Where files come from and where they go. */
export interface MediaPlace {
  readonly source: Pick<ResumableSource, 'readFrom'>;
  readonly folder: string;
  /** What is appended to a name while the file is not whole: two programs at work on one folder take two. */
  readonly partial: string;
  /** Free bytes on the disk of a folder. */
  readonly free: (folder: string) => Promise<number>;
  readonly stop: AbortSignal;
}

/** A line that gave at least so much before it broke is tried again at once. */
const WORTH_GOING_ON_BYTES = 65_536;
/** So often the room is looked at again: others write on the disk as well. */
const LOOK_AGAIN_BYTES = 32_000_000;

/**
 * Fetches a signed file into the folder under its name. What came of it before is kept over broken lines and starts, and gone on
 * from. It has its name only when it is whole and its hash is the signed one. Throws `MediaFault`, or `FeedUnreachable` when the line
 * broke with too little to show for it.
 */
export async function fetchMedia(place: MediaPlace, media: SignedMedia): Promise<void> {
  const whole = join(place.folder, mediaFileName(media));
  const partial = `${whole}${place.partial}`;
  try {
    await mkdir(place.folder, { recursive: true });
    while (sizeOf(partial) !== media.bytes) await fetchOn(place, media, partial);
    if ((await hashOf(partial)) !== media.sha256) throw new MediaFault('wrong-hash');
    await rename(partial, whole);
    await flushFolder(place.folder);
  } catch (error) {
    const fault = isDiskFull(error) ? new MediaFault('no-room', { cause: error }) : error;
    // Of no use to go on from; and where there is no room, room is worth more than half a film.
    if (fault instanceof MediaFault) await rm(partial, { force: true });
    throw fault;
  }
}

/** Reads on from where the file ends now, once. A line that breaks is no fault while it is worth going on. */
async function fetchOn(place: MediaPlace, media: SignedMedia, partial: string): Promise<void> {
  const before = sizeOf(partial);
  const from = before < media.bytes ? before : 0;
  await assertRoom(place, media.bytes - from);
  try {
    const part = await place.source.readFrom(media.path, from);
    if (part === undefined) throw new MediaFault('missing');
    await take(place, media, part, partial);
  } catch (error) {
    const gained = sizeOf(partial) - before;
    if (!(error instanceof FeedUnreachable) || gained < WORTH_GOING_ON_BYTES) throw error;
  }
}

/** Writes a part to the disk as it comes. Leaving the loop early closes the stream. */
async function take(
  place: MediaPlace,
  { bytes: length }: SignedMedia,
  { from, bytes }: FeedPart,
  partial: string,
): Promise<void> {
  const file = await open(partial, from === 0 ? 'w' : 'r+');
  let at = from;
  let looked = from;
  try {
    for await (const piece of unbroken(bytes)) {
      if (at + piece.length > length) throw new MediaFault('too-long');
      if (place.stop.aborted) throw new FeedUnreachable('stopped');
      if (at - looked > LOOK_AGAIN_BYTES) {
        await assertRoom(place, length - at);
        looked = at;
      }
      await writeAll(file, piece, at);
      at += piece.length;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (at < length) throw new FeedUnreachable('the transfer ended early');
}

/** A stream's own errors are the line's; what the disk says is not. */
async function* unbroken(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next: IteratorResult<Uint8Array, unknown> = await pieces
        .next()
        .catch((error: unknown) => {
          throw new FeedUnreachable('the transfer broke off', { cause: error });
        });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await pieces.return?.();
  }
}

async function writeAll(file: FileHandle, piece: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < piece.length; )
    done += (await file.write(piece, done, piece.length - done, at + done)).bytesWritten;
}

async function assertRoom({ free, folder }: MediaPlace, needed: number): Promise<void> {
  if ((await free(folder)) - needed < MEDIA_LIMITS.roomBytes) throw new MediaFault('no-room');
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** The name itself is on the disk only when its folder is. Windows opens no folders. */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
