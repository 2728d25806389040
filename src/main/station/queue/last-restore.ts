import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { ReadableDb, WritableDb } from '../store/sql.ts';

const RESTORED = 'queue-restored';

/** Names the last restore of this host's data; undefined when there was none. */
export function lastRestore(db: ReadableDb): string | undefined {
  return z.string().safeParse(readSetting(db, RESTORED)).data;
}

/** Gives a restore its name; in the transaction that settles it. */
export function nameRestore(db: WritableDb, now: number): void {
  writeSetting(db, RESTORED, randomUUID(), now);
}
