import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/** The folder that holds `package.json` and `out`; another one for a build elsewhere. */
export const PROGRAM = process.env.KIOSK_TEST_PROGRAM ?? join(import.meta.dirname, '../../..');

/**
 * Chromium tells its debugging port in a file of its profile; only tests open one. Without a window manager it fills the
 * screen only when it is told the size.
 */
export const TEST_FLAGS =
  '--disable-gpu --remote-debugging-port=0 --window-position=0,0 --window-size=1080,1920';

/** A browser shell that was started as a technician starts it. */
export interface RunningShell {
  readonly child: ChildProcess;
  /** What it wrote to standard output and to standard error until now. */
  readonly said: () => { readonly out: string; readonly err: string };
  readonly exit: Promise<number | null>;
  /** The address that it printed; undefined before that. */
  readonly url: () => string | undefined;
  readonly browserPid: () => number | undefined;
  /** The page's, and those that Chromium keeps in store. */
  readonly rendererPids: () => number[];
  readonly hostPid: () => number | undefined;
  /** Looks at the page of the browser that runs now. */
  readonly withPage: <Result>(look: (page: Page) => Promise<Result>) => Promise<Result>;
  /** Ends it in order. */
  readonly stop: () => Promise<number | null>;
}

export function startShell(
  dataDir: string,
  args: readonly string[],
  display: string | undefined,
  environment: Readonly<Record<string, string>> = {},
  program = PROGRAM,
): RunningShell {
  const { DISPLAY: _d, WAYLAND_DISPLAY: _w, ...rest } = process.env;
  const child = spawn(
    process.execPath,
    [join(program, 'out/main/browser-shell.js'), '--port', '0', '--data', dataDir, ...args],
    {
      env: {
        ...rest,
        KIOSK_CHROMIUM_FLAGS: TEST_FLAGS,
        ...(display === undefined ? {} : { DISPLAY: display }),
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    said.out += String(data);
  });
  child.stderr.on('data', (data) => {
    said.err += String(data);
  });
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  /** A terminal that cannot even begin has it among the temporary files. */
  const profile = () =>
    processesBelow(child.pid)
      .map(({ line }) => line.match(/--user-data-dir=(\S+)/)?.[1])
      .find((folder) => folder !== undefined) ?? join(dataDir, 'browser');
  const pidsOf = (pattern: RegExp) =>
    processesBelow(child.pid)
      .filter((it) => pattern.test(it.line))
      .map((it) => it.pid);
  return {
    child,
    said: () => said,
    exit,
    url: () => said.out.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0],
    browserPid: () => pidsOf(/^(?!.*--type=).*--user-data-dir=/)[0],
    rendererPids: () => pidsOf(/--type=renderer/),
    hostPid: () => pidsOf(/station-host/)[0],
    withPage: (look) => withPage(profile(), look),
    stop: () => {
      child.kill('SIGTERM');
      return exit;
    },
  };
}

/** Removes what a shell kept; one that was killed may still be writing. */
export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** Looks at the page of the browser that runs on a profile. */
export async function withPage<Result>(
  profile: string,
  look: (page: Page) => Promise<Result>,
): Promise<Result> {
  const [port] = readFileSync(join(profile, 'DevToolsActivePort'), 'utf8').split('\n');
  const browser: Browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, {
    timeout: 10_000,
  });
  try {
    const [page] = browser.contexts().flatMap((context) => context.pages());
    if (page === undefined) throw new Error('the browser shows no page');
    page.setDefaultTimeout(10_000);
    return await look(page);
  } finally {
    await browser.close();
  }
}

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** Its command line, the parts joined by spaces. */
  readonly line: string;
}

/** All descendants of a process that run now. */
export function processesBelow(root: number | undefined): RunningProcess[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const below = (parent: number | undefined): RunningProcess[] =>
    all
      .filter((candidate) => candidate.parent === parent)
      .flatMap((candidate) => [candidate, ...below(candidate.pid)]);
  return below(root);
}

function readProcess(name: string): RunningProcess[] {
  try {
    const line = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').join(' ');
    const state = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return state[0] === 'Z' ? [] : [{ pid: Number(name), parent: Number(state[1]), line }];
  } catch {
    return [];
  }
}

export function isRunning(pid: number): boolean {
  return existsSync(`/proc/${pid}`) && readProcess(String(pid)).length > 0;
}
