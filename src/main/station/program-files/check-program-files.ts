import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';

/** Written when the program is packaged (`build/package/program-files.mjs`): names below the folder, and their SHA-256. */
const LIST = 'program-files.json';
const listSchema = z.object({ version: z.string(), files: z.record(z.string(), z.string()) });

const CHUNK_BYTES = 512 * 1024;

/** How the installed files compare with the list that was written when they were packaged. */
export interface ProgramFiles {
  readonly count: number;
  readonly missing: readonly string[];
  /** Other content than was packaged, or not to be read. */
  readonly changed: readonly string[];
}

/** Where the Debian packages put the program (`build/package/debian-tree.mjs`). */
const DEBIAN = '/usr/lib/legal-kiosk';
/** An Electron program's own code, packed or beside the pack. */
const IN_ARCHIVE = /^(.+)[\\/]resources[\\/]app\.asar(?:\.unpacked)?[\\/]/;

/**
 * The folder of the installed program that `from` is a part of, whether or not its list is still there. Undefined where the
 * program runs from its sources, which nobody has listed.
 */
export function installedFolder(
  from: string = import.meta.dirname,
  debian = DEBIAN,
): string | undefined {
  const isInDebian = `${from}/`.startsWith(`${debian}/`);
  return listedFolder(from) ?? (isInDebian ? debian : IN_ARCHIVE.exec(from)?.[1]);
}

function listedFolder(from: string): string | undefined {
  if (existsSync(join(from, LIST))) return from;
  const parent = dirname(from);
  return parent === from ? undefined : listedFolder(parent);
}

/**
 * Compares every file of an installed program with its list. Reads all of them, a piece at a time, so that a host goes
 * on answering meanwhile; `stop` breaks it off. Throws when the list itself cannot be read.
 */
export async function checkProgramFiles(folder: string, stop?: AbortSignal): Promise<ProgramFiles> {
  const { files } = listSchema.parse(JSON.parse(readFileSync(join(folder, LIST), 'utf8')));
  const missing: string[] = [];
  const changed: string[] = [];
  for (const [name, expected] of Object.entries(files)) {
    const found = await sha256(join(folder, name), stop);
    if (found === 'missing') missing.push(name);
    else if (found !== expected) changed.push(name);
  }
  return { count: Object.keys(files).length, missing, changed };
}

async function sha256(path: string, stop: AbortSignal | undefined): Promise<string> {
  try {
    const file = openAsFile(path);
    try {
      return await hashOf(file, stop);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    stop?.throwIfAborted();
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable';
  }
}

async function hashOf(file: number, stop: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  for (;;) {
    stop?.throwIfAborted();
    const length = readSync(file, buffer, 0, CHUNK_BYTES, null);
    if (length === 0) return hash.digest('hex');
    hash.update(buffer.subarray(0, length));
    await nextTurn();
  }
}

/** Electron shows an archive as a folder; while `noAsar` is set it is the file that it is. Nothing else runs meanwhile. */
function openAsFile(path: string): number {
  const before: unknown = Reflect.get(process, 'noAsar');
  Reflect.set(process, 'noAsar', true);
  try {
    return openSync(path, 'r');
  } finally {
    Reflect.set(process, 'noAsar', before);
  }
}
