import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parseLaw } from '#shared/laws/parse-law.ts';
import type { LawFlaw, UnreadableLaw } from '#shared/laws/parsed-law.ts';
import { silentLog } from '../log/station-log.ts';
import { StartError } from '../start-error.ts';
import { openCacheDatabase } from '../store/cache-database.ts';
import { type InstanceLock, lockDataFolder } from '../store/instance-lock.ts';
import { closeDatabase } from '../store/open-database.ts';
import { all, type ReadableDb, sql, type WritableDb } from '../store/sql.ts';
import { applySegment, fillTextsNow, type ReadLaw } from './law-cache.ts';
import { type LawWriter, lawWriter } from './law-rows.ts';
import {
  DamagedSegmentError,
  lawFolder,
  readSegment,
  segmentNames,
  setSegmentAside,
  writeSegment,
} from './law-segments.ts';

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

/** Letters after which a segment is written: an interrupted import goes on from the last one. */
const SEGMENT_LETTERS = 400_000;

/**
 * Imports a folder of law texts into a data folder. Texts go to its folder `laws`, a segment at a time; the cache is filled
 * as far as no host holds it. The same folder twice changes nothing. Throws `StartError` with `already-running` when another
 * import is at work.
 */
export function importLaws(options: ImportOptions): ImportReport {
  const folder = lawFolder(options.dataDir);
  mkdirSync(folder, { recursive: true });
  const lock = lockDataFolder(folder);
  try {
    return importInto(folder, options);
  } finally {
    lock.release();
  }
}

function importInto(folder: string, options: ImportOptions): ImportReport {
  const { digests, damaged } = knownTexts(folder);
  const terminal = openTerminal(options.dataDir);
  try {
    if (terminal !== undefined) fillTextsNow(terminal.db, folder);
    const segments = new SegmentWriter(folder, terminal);
    const names = textFiles(options.from);
    const unreadable: ImportReport['unreadable'][number][] = [];
    const flaws: ImportReport['flaws'][number][] = [];
    for (const [at, path] of names.entries()) {
      const read = readLaw(options.from, path);
      if ('why' in read) unreadable.push({ path, why: read.why });
      else {
        flaws.push(...read.law.flaws.map((flaw) => ({ path, ...flaw })));
        const known = digests.get(path);
        if (known === undefined || known !== digestOf(read.text)) segments.add(read);
      }
      options.onProgress(at + 1, names.length);
    }
    segments.finish();
    const files = names.length;
    const { imported } = segments;
    const has = terminal && describeTerminal(terminal.db, folder);
    return { files, imported, unreadable, flaws, damaged, terminal: has };
  } finally {
    terminal?.close();
  }
}

/** Gathers files into segments and puts each into the terminal's tables when it is written. */
class SegmentWriter {
  readonly #folder: string;
  readonly #db: WritableDb | undefined;
  readonly #rows: LawWriter | undefined;
  #files: (ReadLaw & { readonly text: string })[] = [];
  #letters = 0;
  imported = 0;

  constructor(folder: string, terminal: Terminal | undefined) {
    this.#folder = folder;
    this.#db = terminal?.db;
    this.#rows = terminal && lawWriter(terminal.db);
  }

  add(file: ReadLaw & { readonly text: string }): void {
    this.#files.push(file);
    this.#letters += file.text.length;
    if (this.#letters >= SEGMENT_LETTERS) this.finish();
  }

  finish(): void {
    if (this.#files.length === 0) return;
    const name = writeSegment(this.#folder, this.#files);
    // What replaces a text is put in its place when all are there.
    if (this.#db !== undefined && this.#rows !== undefined)
      applySegment(this.#db, this.#rows, name, this.#files);
    this.imported += this.#files.length;
    this.#files = [];
    this.#letters = 0;
  }
}

interface Terminal {
  readonly db: WritableDb;
  readonly close: () => void;
}

/** Room for the pages of a segment's transaction. */
const CACHE_KIBIBYTES = 32_768;

/** The terminal's cache, unless a host is using it. */
function openTerminal(dataDir: string): Terminal | undefined {
  const lock = lockUnlessRunning(dataDir);
  if (lock === undefined) return undefined;
  try {
    const db = openCacheDatabase(join(dataDir, 'cache.sqlite'), silentLog);
    // All of it is folded into the file once, when it is closed, and not behind every segment.
    db.write.pragma('wal_autocheckpoint = 0');
    db.write.pragma(`cache_size = -${CACHE_KIBIBYTES}`);
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
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length))
    .map((path) => path.replaceAll(sep, '/').replace(/^\/+/, ''))
    .sort();
}

function readLaw(
  folder: string,
  path: string,
): (ReadLaw & { readonly text: string }) | { readonly why: Unreadable } {
  const bytes = bytesOf(join(folder, path));
  if (bytes === undefined) return { why: 'no-access' };
  const text = decode(bytes);
  if (text === undefined) return { why: 'not-text' };
  const law = parseLaw(text, path);
  return 'unreadable' in law ? { why: law.unreadable } : { path, text, law };
}

function bytesOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

const DECODERS = ['utf-8', 'gb18030'].map((name) => new TextDecoder(name, { fatal: true }));

/** UTF-8, or GB 18030 as older Chinese programs write it. */
function decode(bytes: Buffer): string | undefined {
  for (const decoder of DECODERS) {
    try {
      const text = decoder.decode(bytes);
      return text.includes('\0') ? undefined : text;
    } catch {
      // Not in this encoding; the next one is tried.
    }
  }
  return undefined;
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
