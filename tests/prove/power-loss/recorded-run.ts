import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** One thing that a process did to its folder, in the order in which the system saw it. */
export type FileStep =
  | { readonly do: 'create' | 'unlink'; readonly path: string }
  | { readonly do: 'rename'; readonly path: string; readonly to: string }
  | { readonly do: 'write'; readonly path: string; readonly at: number; readonly bytes: Buffer }
  | { readonly do: 'truncate'; readonly path: string; readonly size: number }
  /** Of a file, or of a folder: what happened to its names. */
  | { readonly do: 'sync'; readonly path: string }
  /** A line on standard output: from here on somebody counts on what it says. */
  | { readonly do: 'say'; readonly line: string };

const CALLS = [
  ...['openat', 'close', 'pwrite64', 'write', 'fsync', 'fdatasync', 'ftruncate'],
  ...['rename', 'renameat', 'renameat2', 'unlink', 'unlinkat'],
];

/** Runs a Node program under `strace` and gives what it did in `folder`. Throws when the program failed. */
export async function recordedRun(
  folder: string,
  program: string,
  args: readonly string[],
): Promise<FileStep[]> {
  const place = mkdtempSync(join(tmpdir(), 'trace-'));
  const trace = join(place, 'trace');
  try {
    const options = [
      '-f',
      '-qq',
      '-xx',
      '-s',
      '16777216',
      '-o',
      trace,
      '-e',
      `trace=${CALLS.join(',')}`,
    ];
    const child = spawn('strace', [...options, process.execPath, program, ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      // Everything through plain calls, which can be seen.
      env: { ...process.env, UV_USE_IO_URING: '0', NODE_OPTIONS: '' },
    });
    const status = await new Promise((done, failed) => {
      child.once('error', failed);
      child.once('exit', done);
    });
    if (status !== 0) throw new Error(`the recorded program ended with ${String(status)}`);
    return stepsIn(readFileSync(trace, 'latin1'), folder);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Reads a trace. Lines of threads that were interrupted are put together first. */
function stepsIn(trace: string, folder: string): FileStep[] {
  const reader = new TraceReader(folder);
  const begun = new Map<string, string>();
  for (const line of trace.split('\n')) {
    const [, thread = '', rest = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (rest.endsWith('<unfinished ...>'))
      begun.set(thread, rest.slice(0, -'<unfinished ...>'.length));
    else {
      const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)?.[1];
      reader.read(resumed === undefined ? rest : `${begun.get(thread) ?? ''}${resumed}`);
    }
  }
  return reader.steps;
}

/** Follows which number stands for which file, and where a plain `write` goes on. */
class TraceReader {
  readonly steps: FileStep[] = [];
  readonly #folder: string;
  readonly #open = new Map<number, { readonly path: string; at: number }>();
  readonly #known = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  read(line: string): void {
    const [, call = '', args = '', result = '-1'] = /^(\w+)\((.*)\)\s+= (-?\d+)/.exec(line) ?? [];
    if (call === '' || Number(result) < 0) return;
    if (call === 'openat') this.#opened(args, Number(result));
    else if (call.startsWith('unlink')) this.#unlinked(textsIn(args)[0] ?? '');
    else if (call.startsWith('rename')) this.#renamed(textsIn(args));
    else this.#used(call, args, Number(result));
  }

  #isOurs(path: string): boolean {
    // The index of the write-ahead log lies in memory and is made anew after a power cut.
    return (path === this.#folder || path.startsWith(`${this.#folder}/`)) && !path.endsWith('-shm');
  }

  #opened(args: string, number: number): void {
    const path = resolve(textsIn(args)[0] ?? '');
    this.#open.delete(number);
    if (!this.#isOurs(path)) return;
    this.#open.set(number, { path, at: 0 });
    if (args.includes('O_CREAT') && !this.#known.has(path)) {
      this.#known.add(path);
      this.steps.push({ do: 'create', path });
    }
    if (args.includes('O_TRUNC')) this.steps.push({ do: 'truncate', path, size: 0 });
  }

  #unlinked(path: string): void {
    if (!this.#known.delete(path)) return;
    this.steps.push({ do: 'unlink', path });
  }

  #renamed([path = '', to = '']: readonly string[]): void {
    if (!this.#known.delete(path)) return;
    this.#known.add(to);
    this.steps.push({ do: 'rename', path, to });
  }

  #used(call: string, args: string, result: number): void {
    const number = Number(/^\d+/.exec(args)?.[0]);
    if (call === 'write' && number === 1) this.#said(bytesIn(args));
    const file = this.#open.get(number);
    if (file === undefined) return;
    const { path } = file;
    if (call === 'close') this.#open.delete(number);
    else if (call === 'fsync' || call === 'fdatasync') this.steps.push({ do: 'sync', path });
    else if (call === 'ftruncate')
      this.steps.push({ do: 'truncate', path, size: Number(/(\d+)\s*$/.exec(args)?.[1]) });
    else {
      const at = call === 'pwrite64' ? Number(/(\d+)\s*$/.exec(args)?.[1]) : file.at;
      file.at = at + result;
      this.steps.push({ do: 'write', path, at, bytes: bytesIn(args).subarray(0, result) });
    }
  }

  #said(bytes: Buffer): void {
    for (const line of bytes.toString('utf8').split('\n').filter(Boolean))
      this.steps.push({ do: 'say', line });
  }
}

function textsIn(args: string): string[] {
  return [...args.matchAll(/"((?:\\x[0-9a-f]{2})*)"/g)].map(([, hex = '']) =>
    Buffer.from(hex.replaceAll('\\x', ''), 'hex').toString('utf8'),
  );
}

function bytesIn(args: string): Buffer {
  const [from, to] = [args.indexOf('"') + 1, args.lastIndexOf('"')];
  return Buffer.from(args.slice(from, to).replaceAll('\\x', ''), 'hex');
}
