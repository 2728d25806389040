import { existsSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../start-error.ts';
import { flushFolder, renameFlushed } from '../store/flushed-files.ts';
import { asOwnerOf } from './as-owner-of.ts';

/** In the data folder: what a move brings, ready to be put in place. It appears whole, and from then on the move goes forward only. */
const READY = 'move-in';
/** In the folder of settings, which is root's: its own part of the same move. */
const SETTINGS_READY = '.move-in';
const JOURNAL = 'journal.json';
const BROUGHT = 'new';
/** In the data folder: the last move to this computer. */
const DONE = 'moved-in.json';

/** Inside the folder that a journal is of, whatever it says. */
function isBelow(path: string): boolean {
  return path !== '' && !isAbsolute(path) && !path.split(/[/\\]/u).includes('..');
}

const journalSchema = z.object({
  id: z.string(),
  /** Epoch milliseconds; in the names of what is kept. */
  at: z.number(),
  /** The folder of settings that belongs to this move. */
  settingsDir: z.string().optional(),
  steps: z.array(
    z.object({
      /** What is replaced or only taken away, from the folder. */
      path: z.string().refine(isBelow, { error: '要写成文件夹里的路径' }),
      /** Whether something takes its place. */
      isBrought: z.boolean(),
      /** Whether what was there stays under another name. */
      isKept: z.boolean(),
    }),
  ),
});
export type Journal = z.infer<typeof journalSchema>;

/** Called before each change on the disk; tests break off there. */
export type BeforeStep = () => void;

/** The folders of a move that is being prepared. */
export interface Preparation {
  /** Where what it brings is laid, in its folders as in the data folder. */
  readonly brought: string;
  readonly journal: string;
}

/** An empty place to prepare a move in; what a broken-off preparation left there is gone. */
export function prepare(folder: string, isSettings = false): Preparation {
  const place = join(folder, `${isSettings ? SETTINGS_READY : READY}.part`);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(join(place, BROUGHT), { recursive: true, mode: 0o700 });
  return { brought: join(place, BROUGHT), journal: join(place, JOURNAL) };
}

/** Throws away what was prepared. */
export function abandon(folder: string, isSettings = false): void {
  const place = join(folder, `${isSettings ? SETTINGS_READY : READY}.part`);
  rmSync(place, { recursive: true, force: true });
}

/** What was prepared becomes what is done. For the data folder this is the moment at which the move is made. */
export function commit(folder: string, isSettings = false): void {
  const name = isSettings ? SETTINGS_READY : READY;
  if (isSettings) rmSync(join(folder, name), { recursive: true, force: true });
  flushFolder(join(folder, `${name}.part`));
  renameFlushed(join(folder, `${name}.part`), join(folder, name));
}

/** Whether a move to this computer was decided and is not all in place. */
export const isMoveUnfinished = (dataDir: string): boolean =>
  existsSync(join(dataDir, READY, JOURNAL));

/** The move that was decided and is not all in place. */
export function unfinishedMove(dataDir: string): string | undefined {
  return isMoveUnfinished(dataDir) ? readJournal(join(dataDir, READY)).id : undefined;
}

/** The move that is in place here. */
export function lastMoveIn(dataDir: string): string | undefined {
  const path = join(dataDir, DONE);
  if (!existsSync(path)) return undefined;
  return journalSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data?.id;
}

/**
 * Puts in place what was decided and has not been done, as often as it takes; does nothing otherwise. Under the lock of the data
 * folder. Returns the names of what was kept.
 */
export async function finishMove(
  dataDir: string,
  beforeStep: BeforeStep = () => {},
): Promise<string[]> {
  if (!isMoveUnfinished(dataDir)) {
    // The journal is the first to go, so what is left is rubbish; and so is what was not decided.
    await asOwnerOf(dataDir, () => {
      rmSync(join(dataDir, READY), { recursive: true, force: true });
      abandon(dataDir);
    });
    return [];
  }
  const journal = readJournal(join(dataDir, READY));
  const kept: string[] = [];
  if (journal.settingsDir !== undefined)
    kept.push(...(finishSettings(journal.settingsDir, journal.id, beforeStep) ?? []));
  kept.push(
    ...(await asOwnerOf(dataDir, () => {
      const names = carryOut(dataDir, join(dataDir, READY), journal, beforeStep);
      // In one step the journal becomes the record of a move that is in place.
      beforeStep();
      renameFlushed(join(dataDir, READY, JOURNAL), join(dataDir, DONE));
      beforeStep();
      rmSync(join(dataDir, READY), { recursive: true, force: true });
      return names;
    })),
  );
  return kept;
}

/**
 * Puts the settings of a move in place when they are ready and were left behind. Returns the names of what was kept; undefined when
 * there was nothing to do. Throws the disk's own error where only root may look.
 */
export function finishSettings(
  settingsDir: string,
  id: string,
  beforeStep: BeforeStep = () => {},
): string[] | undefined {
  const place = join(settingsDir, SETTINGS_READY);
  // Not `existsSync`: to whoever may not look, that says that nothing is there.
  if (statSync(join(place, JOURNAL), { throwIfNoEntry: false }) === undefined) return undefined;
  // The data folder names this place, and a user who is not root can write there: root carries out what root prepared, no more.
  if (!isOwn(place)) return undefined;
  const journal = readJournal(place);
  if (journal.id !== id) return undefined;
  const kept = carryOut(settingsDir, place, journal, beforeStep);
  close(place, beforeStep);
  return kept;
}

/** A folder, no link, of whoever runs this; where there are no owners (Windows), any folder. */
function isOwn(place: string): boolean {
  const found = lstatSync(place);
  return found.isDirectory() && (process.geteuid === undefined || found.uid === process.geteuid());
}

function readJournal(place: string): Journal {
  return journalSchema.parse(JSON.parse(readFileSync(join(place, JOURNAL), 'utf8')));
}

/** The journal goes first: a folder without one is rubbish, and one with it is not yet carried out. */
function close(place: string, beforeStep: BeforeStep): void {
  beforeStep();
  rmSync(join(place, JOURNAL), { force: true });
  flushFolder(place);
  beforeStep();
  rmSync(place, { recursive: true, force: true });
}

function carryOut(
  folder: string,
  place: string,
  { steps, at }: Journal,
  beforeStep: BeforeStep,
): string[] {
  return steps.flatMap(({ path, isBrought, isKept }) => {
    const target = join(folder, path);
    const fresh = join(place, BROUGHT, path);
    const kept = `${target}.replaced-${at}`;
    // Put in place before the program was broken off.
    if (isBrought && !existsSync(fresh)) return existsSync(kept) ? [kept] : [];
    if (existsSync(target) && !existsSync(kept)) {
      beforeStep();
      if (isKept) renameFlushed(target, kept);
      else rmSync(target, { recursive: true });
    }
    if (isBrought) {
      beforeStep();
      mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
      renameFlushed(fresh, target);
    }
    return existsSync(kept) ? [kept] : [];
  });
}

/**
 * What a start does with a move that was broken off: it finishes it where it may. Settings are root's on a terminal; then the
 * technician has to. Throws `StartError`.
 */
export async function finishMoveAtStart(dataDir: string): Promise<void> {
  try {
    await finishMove(dataDir);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(String((error as NodeJS.ErrnoException).code)))
      throw error;
    throw new StartError(
      'unfinished-move',
      '数据搬到这台电脑时中断了，请技术人员再执行一次 move-in，不用 U 盘也能做完；原来的数据还在。',
      { cause: error },
    );
  }
}
