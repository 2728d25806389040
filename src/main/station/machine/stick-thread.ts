import { closeSync, fsyncSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import type { DoctorReport } from '#shared/health/finding.ts';
import { writeNewFile } from '../backup/give-name.ts';
import { makeBackup } from '../backup/make-backup.ts';
import { openForReading } from '../doctor/open-for-reading.ts';
import { flushFolder } from '../store/flushed-files.ts';
import { makeSupportFile } from '../support/make-support-file.ts';
import { removeParts } from './stick-parts.ts';

/** What to write; plain data, because it goes to the thread. */
export type StickOrder = {
  readonly file: string;
  readonly dataDir: string;
  readonly programVersion: string;
  readonly now: number;
} & ({ readonly what: 'backup' } | { readonly what: 'support'; readonly doctor: DoctorReport });

/** The thread's last word. `code`: of the system or of SQLite; absent for a fault of the program. */
export type StickWord =
  | { readonly isWritten: true }
  | {
      readonly isWritten: false;
      readonly code?: string | undefined;
      readonly message: string;
    };

/** Writes one file whole and through to the stick. All that waits for the stick waits here. */
async function write(order: StickOrder): Promise<void> {
  const folder = dirname(order.file);
  await removeParts(folder);
  if (order.what === 'backup') await makeBackup(order);
  else writeSupport(order);
  flush(order.file);
  flushFolder(folder);
}

function writeSupport({ file, ...order }: Extract<StickOrder, { readonly what: 'support' }>): void {
  const station = openForReading(join(order.dataDir, 'station.sqlite')).db;
  const cache = openForReading(join(order.dataDir, 'cache.sqlite')).db;
  try {
    const databases = {
      ...(station === undefined ? {} : { station }),
      ...(cache === undefined ? {} : { cache }),
    };
    writeNewFile(file, gzipSync(JSON.stringify(makeSupportFile({ ...order, databases }))));
  } finally {
    station?.read.close();
    cache?.read.close();
  }
}

function flush(file: string): void {
  const descriptor = openSync(file, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** An error would lose its code on the way between threads. */
async function lastWord(order: StickOrder): Promise<StickWord> {
  try {
    await write(order);
    return { isWritten: true };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { isWritten: false, code, message };
  }
}

parentPort?.postMessage(await lastWord((workerData as { order: StickOrder }).order));
