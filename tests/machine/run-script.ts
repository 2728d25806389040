import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the scripts. */
export const MACHINE = join(import.meta.dirname, '../../build/machine');

/** How a script ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one of the machine's scripts with programs of a test before those of the system. */
export function runScript(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Ended {
  const { status, stdout, stderr } = spawnSync(join(MACHINE, name), args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...environment },
  });
  return { code: status, out: stdout, err: stderr };
}

/**
 * Makes a folder of programs that stand for the system's: each writes its own command line into `calls` and then runs
 * its body. Returns the search path with them in front.
 */
export function standIns(folder: string, bodies: Readonly<Record<string, string>>): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const [name, body] of Object.entries(bodies)) {
    const path = join(bin, name);
    writeFileSync(path, `#!/bin/sh\necho "${name} $*" >>'${join(folder, 'calls')}'\n${body}\n`);
    chmodSync(path, 0o755);
  }
  return `${bin}:${process.env.PATH ?? ''}`;
}
