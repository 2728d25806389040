import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { statfs } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { openPaperFonts } from '../papers/paper-fonts.ts';
import { type ProgramEnd, runProgram } from '../papers/run-program.ts';
import {
  checkProgramFiles,
  installedFolder,
  type ProgramFiles,
} from '../program-files/check-program-files.ts';
import { findChromium } from '../screen/find-chromium.ts';

/** The computer as the checks see it; tests hand in one with planted faults. */
export interface Computer {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Undefined when the file is not there or may not be read. */
  readonly read: (path: string) => Buffer | undefined;
  /** Names in a folder; none when it is not there. */
  readonly list: (folder: string) => readonly string[];
  /** Bytes; 0 when the file is not there. */
  readonly sizeOf: (path: string) => number;
  readonly run: (command: string, ...args: readonly string[]) => Promise<ProgramEnd>;
  /** Bytes of the disk that a folder is on. Not at once: of a stick the system may have to read its whole table first. */
  readonly space: (folder: string) => Promise<{ readonly free: number; readonly total: number }>;
  /** Writes a small file through to the disk and removes it; milliseconds that it took. Throws when it cannot. */
  readonly tryWriting: (folder: string) => number;
  /** The program that shows pages: this one itself (`own`), or the path of a browser; undefined when there is none. */
  readonly browser: () => 'own' | (string & {}) | undefined;
  /** Addresses on networks other than the computer's own loopback. */
  readonly addresses: () => readonly string[];
  /** Those of these characters that no shipped font has. Throws when the fonts are not installed. */
  readonly missingGlyphs: (characters: string) => readonly string[];
  /** The program's files against their list; undefined where it runs from its sources. Rejects when the list is damaged. */
  readonly programFiles: () => Promise<ProgramFiles | undefined>;
}

const RUN_MS = 4000;
const TRIAL_BYTES = 256 * 1024;

/** The computer that this program runs on. */
export const thisComputer: Computer = {
  platform: process.platform,
  environment: process.env,
  read: (path) => attempt(() => readFileSync(path)),
  list: (folder) => attempt(() => readdirSync(folder)) ?? [],
  sizeOf: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0,
  run: (command, ...args) => runProgram(command, args, { timeoutMs: RUN_MS }),
  space: async (folder) => {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, total: blocks * bsize };
  },
  tryWriting,
  browser: () => (process.versions.electron === undefined ? findChromium() : 'own'),
  addresses: () =>
    Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ address }) => address),
  missingGlyphs: (characters) => {
    const fonts = openPaperFonts();
    return Array.from(characters).filter((character) =>
      fonts.runs(character).some(({ text }) => text !== character),
    );
  },
  programFiles: async () => {
    const folder = installedFolder();
    return folder === undefined ? undefined : checkProgramFiles(folder);
  },
};

function tryWriting(folder: string): number {
  const path = join(folder, `doctor-${randomUUID()}.part`);
  const from = performance.now();
  const file = openSync(path, 'wx');
  try {
    writeSync(file, Buffer.alloc(TRIAL_BYTES, 7));
    fsyncSync(file);
  } finally {
    closeSync(file);
    rmSync(path, { force: true });
  }
  return performance.now() - from;
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
