import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import { isNodeNewEnough } from './node-age.ts';
import { outsideArchive, type ShellPaths } from './shell-paths.ts';

/**
 * A technician's command instead of a terminal: the same program as in the other packages, in this process, because the
 * fuses let nobody start it as Node. To be awaited while Electron loads this program: until that is done Electron has looked
 * for no display and started nothing that draws, and what runs here is plain Node, with its streams and signals. Does not
 * return.
 */
export async function runAdmin(words: readonly string[], paths: ShellPaths): Promise<never> {
  if (app.isPackaged) process.env.KIOSK_COMMAND ??= callOf(process.env.APPIMAGE);
  return isNodeNewEnough(process.versions.napi)
    ? runHere(paths.adminEntry, words)
    : runInNode(paths.node, outsideArchive(paths.adminEntry), words);
}

/** How this program is called for its commands, by those who call it without a command of its own. */
const callOf = (image = process.execPath) => `${basename(image)} --admin`;

/** Runs a program as if this process were a Node that was told to. Does not return. */
export async function runHere(program: string, words: readonly string[]): Promise<never> {
  process.argv.splice(1, process.argv.length, program, ...words);
  // Electron's own answer to a fault that nobody caught is a dialog.
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(kind, (error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  await import(pathToFileURL(program).href);
  for (const stream of [process.stdout, process.stderr])
    await new Promise((written) => stream.write('', written));
  return process.exit(process.exitCode);
}

/** Runs a program in a Node of its own, and ends as that does. Does not return. */
async function runInNode(node: string, program: string, words: readonly string[]): Promise<never> {
  const child = spawn(node, [program, ...words], { stdio: 'inherit', windowsHide: true });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  const [status, endedBy] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  if (endedBy !== null) {
    for (const signal of signals) process.removeAllListeners(signal);
    process.kill(process.pid, endedBy);
  }
  return process.exit(status ?? 1);
}
