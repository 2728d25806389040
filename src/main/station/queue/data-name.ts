import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { ReadableDb, WritableDb } from '../store/sql.ts';

const DATA = 'queue-data';

/** The name of this queue's data, which all its backups share; undefined for data that was never given one. */
export function dataName(db: ReadableDb): string | undefined {
  return z.string().safeParse(readSetting(db, DATA)).data;
}

/** Gives the data its name, once. */
export function nameData(db: WritableDb, now: number): void {
  if (dataName(db) === undefined) writeSetting(db, DATA, randomUUID(), now);
}
