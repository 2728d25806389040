import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumFlags } from '../../src/main/browser-shell/chromium-flags.ts';
import { findChromium } from '../../src/main/station/screen/find-chromium.ts';
import { freePort } from './debugged-page.ts';

const ROOT = join(import.meta.dirname, '../..');
const AS_ROOT = process.getuid?.() === 0;

/** One word, so that there is something to paint. */
export const EMPTY_PAGE = 'data:text/html,<meta charset=utf-8><title>0</title><p>0</p>';

/** A program that was started just now and can be looked into. */
export interface StartedProgram {
  /** Epoch milliseconds, just before it was started. */
  readonly startedAt: number;
  readonly debugPort: number;
  readonly close: () => Promise<void>;
}

type Command = (
  debugPort: number,
  folder: string,
) => {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

const running = new Set<StartedProgram>();

/** Ends what a failed benchmark has left running. */
export async function closePrograms(): Promise<void> {
  await Promise.all([...running].map((program) => program.close()));
}

/** Starts a program on the given screen, on a folder of its own, or on one that stays when it ends. */
export async function startProgram(
  command: Command,
  display: string,
  lasting?: string,
): Promise<StartedProgram> {
  const folder = lasting ?? benchFolder();
  const debugPort = await freePort();
  const { command: file, args, env } = command(debugPort, folder);
  const startedAt = performance.timeOrigin + performance.now();
  const child = spawn(file, args, {
    // A Chromium with --remote-debugging-pipe ends when nobody holds the pipe.
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, DISPLAY: display, ...env },
    detached: true,
  });
  const program = {
    startedAt,
    debugPort,
    close: async () => {
      running.delete(program);
      await end(child);
      if (lasting === undefined) removeFolder(folder);
    },
  };
  running.add(program);
  return program;
}

/** A new folder for a program's data. */
export const benchFolder = () => mkdtempSync(join(tmpdir(), 'kiosk-bench-'));

/** A browser that was just killed may still write. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** In order first; the whole group at once when it does not listen. */
async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const { pid } = child;
  if (pid === undefined) return;
  process.kill(-pid, 'SIGTERM');
  const patience = setTimeout(() => process.kill(-pid, 'SIGKILL'), 10_000);
  await ended;
  clearTimeout(patience);
}

/** The browser shell with its host and its Chromium. */
export const terminalInBrowser: Command = (debugPort, folder) => ({
  command: process.execPath,
  args: [
    join(ROOT, 'out/main/browser-shell.js'),
    ...['--shell', 'browser', '--port', '0', '--data', folder],
  ],
  env: { KIOSK_CHROMIUM_FLAGS: `--disable-gpu --remote-debugging-port=${debugPort}` },
});

/** The same Chromium with the same flags on a page without anything. */
export const emptyChromium =
  (page: string): Command =>
  (debugPort, folder) => ({
    command: findChromium() ?? 'chromium',
    args: chromiumFlags(join(folder, 'browser'), page, AS_ROOT, [
      '--disable-gpu',
      `--remote-debugging-port=${debugPort}`,
    ]),
  });

const electronFlags = (debugPort: number) => [
  ...(AS_ROOT ? ['--no-sandbox'] : []),
  '--disable-gpu',
  `--remote-debugging-port=${debugPort}`,
];

/** The Electron shell with its host. */
export const terminalInElectron =
  (electron: string): Command =>
  (debugPort, folder) => ({
    command: electron,
    args: [...electronFlags(debugPort), ROOT, '--data', folder],
  });

/** The same Electron on a page without anything. */
export const emptyElectron =
  (electron: string): Command =>
  (debugPort, folder) => ({
    command: electron,
    args: [
      ...electronFlags(debugPort),
      `--user-data-dir=${folder}`,
      join(import.meta.dirname, 'empty-electron'),
    ],
    env: { BENCH_EMPTY_PAGE: EMPTY_PAGE },
  });
