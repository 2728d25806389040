import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { BackupError } from '../backup/backup-file.ts';
import { provenManifest } from '../backup/restore-backup.ts';
import { measure, writeWhole } from '../store/flushed-files.ts';
import { knownVersion } from '../store/open-database.ts';
import type { MoveInOrder } from './move-order.ts';
import {
  BACKUP,
  EXPLANATION,
  MANIFEST,
  type MovedFile,
  MoveError,
  type MoveManifest,
  moveManifestSchema,
  SEAL,
  USED,
} from './move-package.ts';

/** The manifest of a folder of which every file is as it was written. Throws `MoveError`. */
export async function provenFolder({
  folder,
  settingsDir,
  programVersion,
}: MoveInOrder): Promise<MoveManifest> {
  const manifest = sealedManifest(folder);
  if (
    isNewer(manifest.programVersion, programVersion) ||
    manifest.databaseVersion > knownVersion('station')
  )
    throw new MoveError('newer', manifest.programVersion);
  if (existsSync(join(folder, USED))) throw new MoveError('used');
  for (const file of manifest.files) {
    // Programs before listed it. It is for people, who write in it, and zip programs garble its name.
    if (file.name === EXPLANATION) continue;
    const path = join(folder, file.name);
    if (!existsSync(path)) throw new MoveError('incomplete', file.name);
    assertSame(file, measure(path));
  }
  if (!manifest.files.some(({ name }) => name === BACKUP))
    throw new MoveError('incomplete', BACKUP);
  await provenManifest(join(folder, BACKUP)).catch((error: unknown) => {
    throw asMoveError(error);
  });
  const hasSettings =
    manifest.links.length > 0 || manifest.files.some(({ name }) => name.startsWith('settings/'));
  if (hasSettings && settingsDir === undefined) throw new MoveError('no-settings-folder');
  return manifest;
}

/** The manifest of a folder, as its seal says that it was written. Throws `MoveError`. */
export function sealedManifest(folder: string): MoveManifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) throw new MoveError('no-move');
  if (!existsSync(join(folder, SEAL))) throw new MoveError('incomplete', SEAL);
  const text = readFileSync(path);
  const seal = readFileSync(join(folder, SEAL), 'utf8').trim();
  if (createHash('sha256').update(text).digest('hex') !== seal)
    throw new MoveError('damaged', MANIFEST);
  const body: unknown = JSON.parse(text.toString('utf8'));
  const manifest = moveManifestSchema.safeParse(body);
  if (manifest.success) return manifest.data;
  // The seal is right, so it was written like this: by a program that writes otherwise.
  const by = z.object({ programVersion: z.string() }).safeParse(body).data?.programVersion;
  throw new MoveError('newer', by, { cause: manifest.error });
}

/** Throws `MoveError` when a file is not as it was written. */
export function assertSame(
  file: MovedFile,
  found: { readonly bytes: number; readonly sha256: string },
): void {
  if (file.bytes !== found.bytes || file.sha256 !== found.sha256)
    throw new MoveError('damaged', file.name);
}

/** Whether a version `1.2.3` is newer than another. What comes after the numbers does not count. */
function isNewer(one: string, other: string): boolean {
  const numbers = (text: string) => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number);
  const [mine, theirs] = [numbers(one), numbers(other)];
  const at = [0, 1, 2].find((index) => (mine[index] ?? 0) !== (theirs[index] ?? 0));
  return at !== undefined && (mine[at] ?? 0) > (theirs[at] ?? 0);
}

/** A stick that is read only cannot be marked; the technician is told. */
export function markUsed(folder: string, now: number): boolean {
  try {
    writeWhole(join(folder, USED), JSON.stringify({ at: now, computer: hostname() }));
    return true;
  } catch {
    return false;
  }
}

/** What is wrong with the backup in it, in the words of a move; any other error as it is. */
export function asMoveError(error: unknown): unknown {
  if (!(error instanceof BackupError)) return error;
  const flaw = error.flaw === 'no-backup' ? 'damaged' : error.flaw;
  return new MoveError(flaw, BACKUP, { cause: error });
}
