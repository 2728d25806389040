import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { makeFolder } from '#station/store/make-folder.ts';
import { chromiumFlags } from './chromium-flags.ts';
import { openPageEye } from './page-eye.ts';
import { guardPages } from './page-guard.ts';
import type { BrowserProcess } from './supervised-browser.ts';

const TERM_PATIENCE_MS = 4000;

/** Flags for odd graphics cards and the like, separated by spaces. */
const EXTRA_FLAGS = (process.env.KIOSK_CHROMIUM_FLAGS ?? '').split(' ').filter(Boolean);

/**
 * Starts Chromium on a new, empty profile. What an earlier one left behind is removed first; a disk that takes nothing more
 * gets no profile, which then lies among the temporary files. `further` are flags for this browser alone.
 */
export function startChromium(
  executable: string,
  profileDir: string,
  url: string,
  further: readonly string[] = [],
): BrowserProcess {
  const folder = emptyProfile(profileDir);
  const flags = chromiumFlags(folder, url, process.getuid?.() === 0, [...further, ...EXTRA_FLAGS]);
  const child = spawn(executable, flags, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    // A process group of its own can be ended whole, wrapper script and all.
    detached: process.platform !== 'win32',
  });
  child.on('error', () => {});
  for (const pipe of child.stdio.slice(3)) pipe?.on('error', () => {});
  const [toBrowser, fromBrowser] = child.stdio.slice(3);
  const pipes =
    toBrowser instanceof Writable && fromBrowser instanceof Readable
      ? { toBrowser, fromBrowser }
      : undefined;
  if (pipes !== undefined) guardPages(pipes, url);
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  if (folder !== profileDir) void exited.then(() => removeProfile(folder));
  return {
    pid: child.pid,
    eye: pipes === undefined ? undefined : openPageEye(pipes),
    exited,
    kill: () => signal(child, 'SIGKILL'),
    close: () => closeInOrder(child, exited),
  };
}

/** An empty folder: the one that is asked for, or one elsewhere when that cannot be had. Throws when there is none at all. */
export function emptyProfile(profileDir: string): string {
  try {
    if (!removeProfile(profileDir)) throw new Error('the profile before is still there');
    makeFolder(profileDir, 0o700);
    return profileDir;
  } catch {
    return mkdtempSync(join(tmpdir(), 'legal-kiosk-browser-'));
  }
}

/** Removes a browser profile, and ends a browser that still runs on it. Tells whether it is gone. */
export function removeProfile(profileDir: string): boolean {
  try {
    const left = browserOn(profileDir);
    if (left !== undefined) process.kill(left, 'SIGKILL');
    rmSync(profileDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    return true;
  } catch {
    return false;
  }
}

/** Whether a browser runs on a profile: one of another terminal, or one that an earlier run left behind. */
export function isInUse(profileDir: string): boolean {
  return browserOn(profileDir) !== undefined;
}

/** Chromium's own lock names its process; that it really is a browser on this profile, its command line says. */
function browserOn(profileDir: string): number | undefined {
  try {
    const pid = Number(readlinkSync(join(profileDir, 'SingletonLock')).split('-').at(-1));
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return command.includes(`--user-data-dir=${profileDir}`) ? pid : undefined;
  } catch {
    return undefined;
  }
}

async function closeInOrder(child: ChildProcess, exited: Promise<void>): Promise<void> {
  signal(child, 'SIGTERM');
  const patience = setTimeout(() => signal(child, 'SIGKILL'), TERM_PATIENCE_MS);
  await exited;
  clearTimeout(patience);
  signal(child, 'SIGKILL');
}

/** To the whole group; that it is gone already is no fault. */
function signal(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // ended by itself
  }
}
