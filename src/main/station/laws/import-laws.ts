import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parseLaw } from '#shared/laws/parse-law.ts';
import type { LawFlaw, ParsedLaw, UnreadableLaw } from '#shared/laws/parsed-law.ts';
import { silentLog } from '../log/station-log.ts';
import { StartError } from '../start-error.ts';
import { openCacheDatabase } from '../store/cache-database.ts';
import { type InstanceLock, lockDataFolder } from '../store/instance-lock.ts';
import { closeDatabase } from '../store/open-database.ts';
import { all, type ReadableDb, sql, type WritableDb } from '../store/sql.ts';
import { FileReader } from './file-reader.ts';
import { fillTextsNow } from './law-cache.ts';
import { LawIntake } from './law-intake.ts';
import {
  DamagedSegmentError,
  lawFolder,
  readSegment,
  segmentNames,
  setSegmentAside,
} from './law-segments.ts';
import { SegmentQueue } from './segment-queue.ts';

export interface ImportOptions {
  /** Folder with Markdown files, in folders by category. */
  readonly from: string;
  readonly dataDir: string;
  readonly onProgress: (done: number, total: number) => void;
}

/** Why a file was not imported. */
export type Unreadable = UnreadableLaw['unreadable'] | 'not-text' | 'no-access';

/** What an import did and met. */
export interface ImportReport {
  readonly files: number;
  /** Files whose text was not known before. */
  readonly imported: number;
  readonly unreadable: readonly { path: string; why: Unreadable }[];
  readonly flaws: readonly (LawFlaw & { path: string })[];
  /** Segments that could not be read any more; they were set aside. */
  readonly damaged: number;
  /** What the terminal has now; undefined when it runs and takes the texts in by itself. */
  readonly terminal:
    | {
        readonly laws: number;
        readonly articles: number;
        /** Files with the same law, day and part as a fuller or earlier one. */
        readonly duplicates: readonly { path: string; sameAs: string }[];
      }
    | undefined;
}

/**
 * Imports a folder of law texts into a data folder. Texts go to its folder `laws`, a segment at a time; the cache is filled
 * as far as no host holds it. The same folder twice changes nothing. Throws `StartError` with `already-running` when another
 * import is at work.
 */
export async function importLaws(options: ImportOptions): Promise<ImportReport> {
  const folder = lawFolder(options.dataDir);
  mkdirSync(folder, { recursive: true });
  const lock = lockDataFolder(folder);
  try {
    return await importInto(folder, options);
  } finally {
    lock.release();
  }
}

/** Files that are read between two looks at what is being written. */
const FILES_A_TURN = 16;

async function importInto(folder: string, options: ImportOptions): Promise<ImportReport> {
  const { digests, damaged } = knownTexts(folder);
  const terminal = openTerminal(options.dataDir);
  const taking = new Taking(folder, digests, terminal?.db);
  try {
    if (terminal !== undefined) fillTextsNow(terminal.db, folder);
    const reader = new FileReader();
    const names = textFiles(options.from);
    const unreadable: ImportReport['unreadable'][number][] = [];
    const flaws: ImportReport['flaws'][number][] = [];
    for (const [at, path] of names.entries()) {
      const read = readLaw(reader, options.from, path);
      if ('why' in read) unreadable.push({ path, why: read.why });
      else {
        flaws.push(...read.law.flaws.map((flaw) => ({ path, ...flaw })));
        await taking.take(read);
      }
      options.onProgress(at + 1, names.length);
      // What is being written beside this goes on.
      if (at % FILES_A_TURN === 0) await nextTurn();
    }
    await taking.finish();
    const has = terminal && describeTerminal(terminal.db, folder);
    return {
      ...{ files: names.length, imported: taking.taken, unreadable, flaws, damaged },
      terminal: has,
    };
  } finally {
    await taking.end().finally(() => terminal?.close());
  }
}

/** Puts the texts that are not known yet into segments, and into the terminal's tables at the same time. */
class Taking {
  readonly #digests: ReadonlyMap<string, string>;
  readonly #segments: SegmentQueue;
  #intake: LawIntake | undefined;
  taken = 0;

  constructor(folder: string, digests: ReadonlyMap<string, string>, db: WritableDb | undefined) {
    this.#digests = digests;
    this.#segments = new SegmentQueue(folder);
    this.#intake = db && new LawIntake(db);
  }

  async take({ path, text, bytes, law }: LawAsRead): Promise<void> {
    const known = this.#digests.get(path);
    if (known !== undefined && known === digestOf(text)) return;
    // What replaces a text is put in its place when all are there.
    if (known !== undefined) this.#leaveTables();
    this.#intake?.write(path, law);
    await this.#segments.add(path, bytes);
    this.taken += 1;
  }

  async finish(): Promise<void> {
    const names = await this.#segments.finish();
    this.#intake?.commit(names);
  }

  /** Leaves nothing half done, whatever happened. */
  async end(): Promise<void> {
    this.#leaveTables();
    await this.#segments.settle();
  }

  #leaveTables(): void {
    this.#intake?.giveUp();
    this.#intake = undefined;
  }
}

interface Terminal {
  readonly db: WritableDb;
  readonly close: () => void;
}

/** The terminal's cache, unless a host is using it. */
function openTerminal(dataDir: string): Terminal | undefined {
  const lock = lockUnlessRunning(dataDir);
  if (lock === undefined) return undefined;
  try {
    const db = openCacheDatabase(join(dataDir, 'cache.sqlite'), silentLog);
    return {
      db,
      close: () => {
        closeDatabase(db);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function lockUnlessRunning(dataDir: string): InstanceLock | undefined {
  try {
    return lockDataFolder(dataDir);
  } catch (error) {
    if (error instanceof StartError && error.kind === 'already-running') return undefined;
    throw error;
  }
}

/** Digests of the texts that the folder holds already, by path; of several the last counts. */
function knownTexts(folder: string): { digests: Map<string, string>; damaged: number } {
  const digests = new Map<string, string>();
  let damaged = 0;
  for (const name of segmentNames(folder)) {
    try {
      for (const { path, text } of readSegment(folder, name)) digests.set(path, digestOf(text));
    } catch (error) {
      if (!(error instanceof DamagedSegmentError)) throw error;
      setSegmentAside(folder, name);
      damaged += 1;
    }
  }
  return { digests, damaged };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

/** Markdown files below a folder, in the order of their names, with `/` between folders. */
function textFiles(folder: string): string[] {
  return filesBelow(folder)
    .filter((path) => /\.(?:md|markdown)$/i.test(path))
    .map((path) => relative(folder, path).replaceAll(sep, '/'))
    .sort();
}

/** Whatever links lead to it, a folder is read once, by its own name where it has one here: a link may lead above itself. */
function filesBelow(top: string): string[] {
  const files: string[] = [];
  const links: string[] = [];
  const seen = new Set<string>();
  const walk = (folder: string, real: string) => {
    if (seen.has(real)) return;
    seen.add(real);
    const entries = readdirSync(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isFile()) files.push(path);
      else if (entry.isDirectory()) walk(path, join(real, entry.name));
      else if (entry.isSymbolicLink()) links.push(path);
    }
  };
  const whole = realpathSync(top);
  walk(top, whole);
  // Grows while the folders behind links are read.
  for (const link of links) {
    const real = folderBehind(link);
    if (real !== undefined && !isAround(real, whole)) walk(link, real);
  }
  return files;
}

/** Whether one folder holds another: behind a link to `/` lies the whole disk, which nobody meant. */
function isAround(outer: string, inner: string): boolean {
  return `${inner}${sep}`.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);
}

/** The folder to which a link leads; nothing where it leads to a file, nowhere or to itself. */
function folderBehind(link: string): string | undefined {
  try {
    return statSync(link).isDirectory() ? realpathSync(link) : undefined;
  } catch {
    return undefined;
  }
}

interface LawAsRead {
  readonly path: string;
  readonly text: string;
  /** The text in UTF-8, until the next file is read. */
  readonly bytes: Buffer;
  readonly law: ParsedLaw;
}

function readLaw(
  reader: FileReader,
  folder: string,
  path: string,
): LawAsRead | { readonly why: Unreadable } {
  const bytes = bytesOf(reader, join(folder, path));
  if (bytes === undefined) return { why: 'no-access' };
  const decoded = decode(bytes);
  if (decoded === undefined) return { why: 'not-text' };
  const law = parseLaw(decoded.text, path);
  return 'unreadable' in law ? { why: law.unreadable } : { path, ...decoded, law };
}

function bytesOf(reader: FileReader, file: string): Buffer | undefined {
  try {
    return reader.read(file);
  } catch {
    return undefined;
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });
const GB_18030 = new TextDecoder('gb18030', { fatal: true });

/** UTF-8, or GB 18030 as older Chinese programs write it. */
function decode(bytes: Buffer): { text: string; bytes: Buffer } | undefined {
  if (bytes.includes(0)) return undefined;
  const text = decodedBy(UTF_8, bytes);
  if (text !== undefined) return { text, bytes };
  const other = decodedBy(GB_18030, bytes);
  return other === undefined ? undefined : { text: other, bytes: Buffer.from(other) };
}

function decodedBy(decoder: TextDecoder, bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

function describeTerminal(db: WritableDb, folder: string): ImportReport['terminal'] {
  fillTextsNow(db, folder);
  const [count] = all<{ laws: number; articles: number }>(
    db,
    sql`select count(*) as laws, coalesce(sum(articles), 0) as articles from law`,
  );
  return {
    laws: count?.laws ?? 0,
    articles: count?.articles ?? 0,
    duplicates: duplicatesIn(db),
  };
}

function duplicatesIn(db: ReadableDb): { path: string; sameAs: string }[] {
  return all(
    db,
    sql`select path, shadowed_by as "sameAs" from law_file where shadowed_by is not null order by path`,
  );
}
