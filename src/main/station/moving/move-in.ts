import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { censusOf } from '../backup/make-backup.ts';
import { lockedFolder } from '../backup/restore-backup.ts';
import { asOwnerOf } from './as-owner-of.ts';
import {
  type BeforeStep,
  finishMove,
  finishSettings,
  isMoveUnfinished,
  lastMoveIn,
  unfinishedMove,
} from './journal.ts';
import type { MoveInOrder } from './move-order.ts';
import { MoveError, type MoveManifest, moveIdIn } from './move-package.ts';
import { assertFree } from './own-data.ts';
import { asMoveError, markUsed, provenFolder, sealedManifest } from './proven-package.ts';
import { stage } from './stage-move.ts';

export interface MovedIn {
  readonly manifest: MoveManifest;
  /** Rows of each table here, after the move. */
  readonly counts: Readonly<Record<string, number>>;
  /** What was replaced, under its new names. */
  readonly kept: readonly string[];
  /** Whether the folder was marked as used, so that no second computer takes it. */
  readonly isMarkedUsed: boolean;
  /** `machine.conf` sets more than a terminal's settings, and lies beside as `machine.conf.moved` for somebody to look at. */
  readonly isConfAside: boolean;
  /** The data were in place before and may have gone on since, so their counts say nothing: only settings were left to do. */
  readonly isSettingsOnly: boolean;
}

/**
 * Puts a terminal that was written into a folder in its place on this computer. Every file is proven before and after it is copied;
 * then the move is decided in one step and carried out by the journal, so that a power cut at any moment leaves the computer as it
 * was, or with a move that the next try finishes. Throws `MoveError`, or the disk's own error, with nothing changed.
 */
export async function moveIn(order: MoveInOrder): Promise<MovedIn> {
  const { dataDir, folder, beforeStep = () => {} } = order;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = await locked(dataDir);
  try {
    const unfinished = unfinishedMove(dataDir);
    const before = await finishMove(dataDir, beforeStep);
    // The same folder once more after a power cut: it is in place now.
    if (unfinished !== undefined && moveIdIn(folder) === unfinished)
      return await inPlace(order, sealedManifest(folder), before, {});
    if (moveIdIn(folder) !== undefined && moveIdIn(folder) === lastMoveIn(dataDir)) {
      const left = leftSettings(order, beforeStep);
      if (left !== undefined)
        return await inPlace(order, sealedManifest(folder), left, { isSettingsOnly: true });
      markUsed(folder, order.now);
      throw new MoveError('in-place');
    }
    const manifest = await provenFolder(order);
    await asOwnerOf(dataDir, () => assertFree(order, manifest));
    const isConfAside = await stage(order, manifest, beforeStep);
    const kept = await finishMove(dataDir, beforeStep);
    return await inPlace(order, manifest, kept, { isConfAside });
  } finally {
    lock.release();
  }
}

async function inPlace(
  { dataDir, folder, now }: MoveInOrder,
  manifest: MoveManifest,
  kept: readonly string[],
  more: Partial<MovedIn>,
): Promise<MovedIn> {
  const { counts } = await asOwnerOf(dataDir, () => censusOf(join(dataDir, 'station.sqlite')));
  const isMarkedUsed = markUsed(folder, now);
  return {
    ...{ manifest, counts, kept, isMarkedUsed, isConfAside: false, isSettingsOnly: false },
    ...more,
  };
}

type Place = Pick<MoveInOrder, 'dataDir' | 'settingsDir'>;

/** Settings of the move that is in place, which somebody who may not see them left behind. Returns what was kept, when there were any. */
function leftSettings({ dataDir, settingsDir }: Place, beforeStep?: BeforeStep) {
  const id = lastMoveIn(dataDir);
  return id === undefined || settingsDir === undefined
    ? undefined
    : finishSettings(settingsDir, id, beforeStep);
}

/** Finishes a move that was broken off, without its stick. Returns whether there was one. Throws `MoveError` while a host runs. */
export async function finishMoveIn(place: Place): Promise<boolean> {
  const { dataDir } = place;
  if (!existsSync(dataDir)) return false;
  const lock = await locked(dataDir);
  try {
    if (!isMoveUnfinished(dataDir)) return leftSettings(place) !== undefined;
    await finishMove(dataDir);
    return true;
  } finally {
    lock.release();
  }
}

async function locked(dataDir: string) {
  try {
    return await asOwnerOf(dataDir, () => lockedFolder(dataDir));
  } catch (error) {
    throw asMoveError(error);
  }
}
