import { execFile } from 'node:child_process';
import { join } from 'node:path';

const COMMAND = join(import.meta.dirname, '../../src/main/cli/kiosk.ts');

/** What a technicians' command said, and its exit status. */
export interface KioskRun {
  readonly status: number;
  readonly out: string;
  readonly errors: string;
}

/** Runs `npm run kiosk -- ARGS` as a process of its own. */
export function runKiosk(...args: readonly string[]): Promise<KioskRun> {
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...args], (error, out, errors) =>
      resolve({ status: error === null ? 0 : Number(error.code), out, errors }),
    );
  });
}
