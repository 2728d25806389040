import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PageWire, type Target, targetsAt } from './page-wire.ts';
import { type Program, programsBelow } from './programs.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Generous: the machine may be busy with other things. */
const START_MS = 90_000;
const AS_ROOT = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export type ShellName = 'electron' | 'browser';

/** Where a shell keeps its browser's profile, how it is started, and the address that its page must never leave. */
const SHELLS = {
  electron: {
    profile: 'electron',
    origin: 'kiosk://station',
    command: (dataDir: string, profile: string) => [
      process.env.KIOSK_TEST_ELECTRON ?? 'electron',
      ...[...AS_ROOT, '--disable-gpu', '--remote-debugging-port=0', ROOT],
      ...['--profile', profile, '--data', dataDir],
    ],
  },
  browser: {
    profile: 'browser',
    origin: 'http://127.0.0.1',
    command: (dataDir: string, profile: string) => [
      ...[process.execPath, join(ROOT, 'out/main/browser-shell.js'), '--port', '0'],
      ...['--profile', profile, '--data', dataDir],
    ],
  },
} as const;

/** How a shell is to stand there. */
export interface Standing {
  /** The path of the page that it must never leave. */
  readonly path: string;
  readonly profile: string;
  readonly environment?: Readonly<Record<string, string>>;
}
const USUAL: Standing = { path: '/visitor/', profile: 'wuhua' };

/** A shell as a visitor has it in front of them, and what it touches on the computer. */
export class LockedShell {
  readonly name: ShellName;
  /** The beginning of every address that is ours. */
  readonly origin: string;
  /** The path of the page that it must never leave. */
  readonly path: string;
  readonly #folder: string;
  readonly #child: ChildProcess;
  readonly #exit: Promise<void>;
  #wire: PageWire | undefined;
  #errors = '';

  private constructor(name: ShellName, display: string, standing: Standing) {
    this.name = name;
    this.origin = SHELLS[name].origin;
    this.path = standing.path;
    this.#folder = mkdtempSync(join(tmpdir(), 'escape-'));
    for (const part of ['home', 'tmp', 'work', 'data']) mkdirSync(join(this.#folder, part));
    const [command = '', ...args] = SHELLS[name].command(
      join(this.#folder, 'data'),
      standing.profile,
    );
    this.#child = spawn(command, args, {
      cwd: join(this.#folder, 'work'),
      env: { ...this.#environment(display), ...standing.environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr?.on('data', (data) => {
      this.#errors = `${this.#errors}${String(data)}`.slice(-4000);
    });
    this.#exit = new Promise((resolve) => this.#child.once('exit', () => resolve()));
  }

  /** Starts a shell on a display and waits until its page can be used. */
  static async start(
    name: ShellName,
    display: string,
    standing: Standing = USUAL,
  ): Promise<LockedShell> {
    const shell = new LockedShell(name, display, standing);
    try {
      await shell.usable();
    } catch (error) {
      await shell.close();
      throw new Error(`the terminal did not start: ${shell.#errors}`, { cause: error });
    }
    return shell;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Waits until a page of ours shows content that only the host knows. */
  async usable(): Promise<void> {
    const until = performance.now() + START_MS;
    for (;;) {
      const shown = await this.run(`document.body.innerText`).catch(() => '');
      if (String(shown).includes('12348')) return;
      if (performance.now() > until || this.hasEnded)
        throw new Error(`the page shows: ${String(shown).slice(0, 200)}`);
      await pause(200);
    }
  }

  /** Runs an expression in the page that is there now. */
  async run(expression: string): Promise<unknown> {
    return (await this.#page()).run(expression);
  }

  /** Input that no X server without a touch screen can make: fingers. */
  async input(method: string, params: object): Promise<void> {
    await (await this.#page()).send(`Input.${method}`, params);
  }

  /** Everything that could show something. */
  async targets(): Promise<Target[]> {
    const port = this.#port();
    // A browser that has just ended leaves its port written down.
    return port === undefined ? [] : await targetsAt(port).catch(() => []);
  }

  /** The programs that it has started, each by what it is for. */
  programs(): Program[] {
    return programsBelow(this.#child.pid ?? 0);
  }

  /** Every file outside of the data folder, and the first two levels of names within. */
  files(): string[] {
    const outside = ['home', 'tmp', 'work'].flatMap((part) => namesBelow(this.#folder, part));
    const within = readdirSync(join(this.#folder, 'data')).map((name) => `data/${name}`);
    return [...outside, ...within];
  }

  async close(): Promise<void> {
    this.#wire?.close();
    if (!this.hasEnded) {
      this.#child.kill('SIGTERM');
      await this.#exit;
    }
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  #environment(display: string): NodeJS.ProcessEnv {
    const { WAYLAND_DISPLAY: _w, ELECTRON_RUN_AS_NODE: _n, ...rest } = process.env;
    const own = Object.entries(rest).filter(([name]) => !name.startsWith('XDG_'));
    return {
      ...Object.fromEntries(own),
      DISPLAY: display,
      HOME: join(this.#folder, 'home'),
      TMPDIR: join(this.#folder, 'tmp'),
      KIOSK_CHROMIUM_FLAGS: '--disable-gpu --remote-debugging-port=0',
    };
  }

  #port(): number | undefined {
    const file = join(this.#folder, 'data', SHELLS[this.name].profile, 'DevToolsActivePort');
    if (!existsSync(file)) return undefined;
    return Number(readFileSync(file, 'utf8').split('\n')[0]);
  }

  async #page(): Promise<PageWire> {
    if (this.#wire?.isOpen) return this.#wire;
    const page = (await this.targets()).find(
      ({ type, webSocketDebuggerUrl }) => type === 'page' && webSocketDebuggerUrl !== undefined,
    );
    if (page?.webSocketDebuggerUrl === undefined) throw new Error('there is no page');
    this.#wire = await PageWire.open(page.webSocketDebuggerUrl);
    return this.#wire;
  }
}

function namesBelow(folder: string, part: string): string[] {
  return readdirSync(join(folder, part), { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
