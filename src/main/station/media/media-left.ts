import { z } from 'zod';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { ReadableDb, WritableDb } from '../store/sql.ts';
import type { MediaFaultReason } from './fetch-media.ts';

const NAME = 'media-left';
const REASONS = [
  ...(['missing', 'too-long', 'wrong-hash', 'no-room', 'unreachable'] as const),
] satisfies readonly (MediaFaultReason | 'unreachable')[];
const leftSchema = z.object({ files: z.int().min(0), reason: z.enum(REASONS).optional() });

/** How many of the files that the district signed for this terminal are not here, and what kept the last of them back. */
export type MediaLeft = z.infer<typeof leftSchema>;
export type LeftReason = NonNullable<MediaLeft['reason']>;

/** What the last round of fetching left; undefined before the first. */
export function mediaLeft(db: ReadableDb): MediaLeft | undefined {
  return leftSchema.safeParse(readSetting(db, NAME)).data;
}

/** Keeps it for the self-test, which may run in another program; nothing is written where nothing changed. */
export function noteMediaLeft(db: WritableDb, left: MediaLeft, now: number): void {
  const known = mediaLeft(db);
  if (known?.files === left.files && known.reason === left.reason) return;
  writeSetting(db, NAME, left, now);
}
