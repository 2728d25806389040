import { spawn } from 'node:child_process';

/** How a program ended. */
export interface ProgramEnd {
  /** `missing`: it could not be started at all; `killed`: by a signal or because its time was up. */
  readonly how: 'exited' | 'killed' | 'missing';
  readonly code: number;
  readonly output: string;
  /** The output as it came, for programs that write no text. */
  readonly bytes: Buffer;
  readonly errors: string;
}

export interface ProgramRun {
  readonly input?: Buffer | undefined;
  readonly timeoutMs: number;
  /** A program that writes more is ended. */
  readonly mostBytes?: number;
}

/**
 * What the programs may know of our environment: where the printers, the screen and the loudspeaker are. Their messages
 * are asked for in English, so that they can be read.
 */
const PASSED = [
  ...['PATH', 'HOME', 'CUPS_SERVER', 'SystemRoot'],
  ...['DISPLAY', 'XAUTHORITY', 'XDG_RUNTIME_DIR'],
] as const;

/** Runs a program without a shell and waits for its end, at most `timeoutMs`. Never throws. */
export function runProgram(
  command: string,
  args: readonly string[],
  { input, timeoutMs, mostBytes = Number.POSITIVE_INFINITY }: ProgramRun,
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: environment(),
      stdio: 'pipe',
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let written = 0;
    const end = (how: ProgramEnd['how'], code: number) => {
      const bytes = Buffer.concat(output);
      resolve({ how, code, output: bytes.toString('utf8'), bytes, errors: textOf(errors) });
    };
    child.stdout.on('data', (chunk: Buffer) => {
      written += chunk.length;
      if (written > mostBytes) child.kill('SIGKILL');
      else output.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.once('error', () => end('missing', -1));
    child.once('close', (code) => end(code === null ? 'killed' : 'exited', code ?? -1));
    // A program that ends without reading everything closes the pipe; its exit status tells the rest.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

function environment(): NodeJS.ProcessEnv {
  const passed = PASSED.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(passed), LC_ALL: 'C' };
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
