import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PORT_OFFER, PORT_REQUEST } from '../../src/shared/contract/page-port.ts';
import { RPC_PATH } from '../../src/shared/contract/rpc-path.ts';
import {
  isRunning,
  PROGRAM,
  processesBelow,
  type RunningProcess,
  type RunningShell,
  removeFolder,
  startShell,
  withPage,
} from '../e2e/browser/running-shell.ts';
import { electronProgram } from '../e2e/electron/built-program.ts';
import { openDisplay } from '../e2e/electron/display.ts';
import { terminalArguments, terminalEnvironment } from '../e2e/electron/terminal-arguments.ts';

/** As `RestartSec` of legal-kiosk.service. */
const SYSTEMD_RESTART_MS = 3000;
/** Faults count as single ones. */
const ONE_BY_ONE = { KIOSK_QUIET_MS: '0' };
const EVERY_MS = 100;
const ANSWER_MS = 2000;
/** The host's part of it: it needs a few milliseconds when it is there. */
const HOST_ANSWER_MS = 500;
/** A page that is not back by then is not coming back. */
const PATIENCE_MS = 120_000;

/**
 * Whether the page shows its station, and the host answers it through the page's own door. What the shell answers by itself (the
 * page's files in Electron) says nothing of a host. Electron gives a page one port at a time: asking for another one takes it from
 * the page, which asks again at once.
 */
const PAGE_AND_HOST_ANSWER = `new Promise((done) => {
  const isHall = location.pathname.startsWith('/display/');
  const isDrawn = document.querySelector(isHall ? 'main' : 'main button') !== null
    && document.body.textContent.includes('五华');
  if (!isDrawn) return done(false);
  setTimeout(() => done(false), ${HOST_ANSWER_MS});
  const question = JSON.stringify({ i: '1', p: { u: '/system/ping', b: { json: { echo: 'there' } } } });
  const hear = async ({ data }) => {
    const text = typeof data === 'string' ? data : await new Response(data).text();
    if (text.includes('"there"')) done(true);
  };
  if (location.protocol === 'kiosk:') {
    const take = ({ data, ports: [port] }) => {
      if (data !== '${PORT_OFFER}' || port === undefined) return;
      removeEventListener('message', take);
      port.addEventListener('message', hear);
      port.start();
      port.postMessage(question);
    };
    addEventListener('message', take);
    setTimeout(() => removeEventListener('message', take), ${HOST_ANSWER_MS});
    postMessage('${PORT_REQUEST}', location.origin);
  } else {
    const socket = new WebSocket('ws://' + location.host + '${RPC_PATH}');
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => socket.send(question);
    socket.onmessage = (event) => hear(event).finally(() => socket.close());
    socket.onerror = () => done(false);
  }
})`;

/** `hall`: the hall display's program, beside a station whose shell shows nothing. */
const SHELLS = ['browser', 'electron', 'hall'] as const;
type ShellName = (typeof SHELLS)[number];
const KINDS = ['page', 'host', 'browser', 'shell'] as const;
type Kind = (typeof KINDS)[number];

/** How long it took until the page could be used again, milliseconds. */
interface Times {
  readonly shell: ShellName;
  readonly killed: Kind;
  readonly kills: number;
  readonly back: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

/**
 * Kills each process of each shell again and again, and measures how long it takes until a page is there that shows
 * content and reaches its host. Faults count as single ones (`KIOSK_QUIET_MS`): in life they do not come within seconds.
 */
export async function supervision(
  kills: number,
  shells: readonly string[] = SHELLS,
  kinds: readonly string[] = KINDS,
): Promise<{ readonly lost: number; readonly times: readonly Times[] }> {
  const display = await openDisplay();
  const times: Times[] = [];
  try {
    for (const shell of SHELLS.filter((name) => shells.includes(name))) {
      const terminal = await Terminal.start(shell, display.name);
      try {
        await terminal.untilUsable([]);
        for (const kind of KINDS.filter((name) => kinds.includes(name)))
          if (shell !== 'electron' || kind !== 'browser')
            times.push(await killing(terminal, kind, kills));
      } finally {
        await terminal.close();
      }
    }
  } finally {
    display.close();
  }
  return { lost: times.reduce((sum, { kills: all, back }) => sum + all - back, 0), times };
}

async function killing(terminal: Terminal, kind: Kind, kills: number): Promise<Times> {
  const took: number[] = [];
  for (let kill = 0; kill < kills; kill += 1) {
    const pids = terminal.pids(kind);
    if (pids.length === 0) throw new Error(`there is no ${kind} to kill`);
    const began = performance.now();
    for (const pid of pids) process.kill(pid, 'SIGKILL');
    if (await terminal.untilUsable(pids)) took.push(Math.round(performance.now() - began));
  }
  took.sort((one, other) => one - other);
  const at = (share: number) =>
    took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return {
    ...{ shell: terminal.shell, killed: kind, kills, back: took.length },
    ...{ median: at(0.5), p95: at(0.95), max: took.at(-1) ?? 0 },
  };
}

/** A terminal whose shell is started again whenever it ended, as systemd does it. */
class Terminal {
  readonly shell: ShellName;
  readonly #display: string;
  readonly #dataDir: string;
  /** The station of a hall display, which is another program's. */
  readonly #station: RunningShell | undefined;
  #child: ChildProcess;
  #closing = false;

  private constructor(
    shell: ShellName,
    display: string,
    dataDir: string,
    station: RunningShell | undefined,
  ) {
    this.shell = shell;
    this.#display = display;
    this.#dataDir = dataDir;
    this.#station = station;
    this.#child = this.#start();
  }

  static async start(shell: ShellName, display: string): Promise<Terminal> {
    const dataDir = mkdtempSync(join(tmpdir(), 'supervision-'));
    const station =
      shell === 'hall'
        ? startShell(dataDir, ['--shell', 'none'], undefined, ONE_BY_ONE)
        : undefined;
    while (station !== undefined && station.url() === undefined) await pause(EVERY_MS);
    return new Terminal(shell, display, dataDir, station);
  }

  pids(kind: Kind): number[] {
    if (kind === 'shell') return this.#child.pid === undefined ? [] : [this.#child.pid];
    const root = kind === 'host' ? (this.#station?.child ?? this.#child) : this.#child;
    return processesBelow(root.pid)
      .filter((it) => this.#is(kind, it))
      .map(({ pid }) => pid);
  }

  /** Whether a page can be used that is not of one of these processes. */
  async untilUsable(gone: readonly number[]): Promise<boolean> {
    const until = performance.now() + PATIENCE_MS;
    while (performance.now() < until) {
      if (!gone.some(isRunning) && this.pids('page').length > 0 && (await this.#isUsable()))
        return true;
      await pause(EVERY_MS);
    }
    return false;
  }

  async close(): Promise<void> {
    this.#closing = true;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGTERM');
    await ended;
    await this.#station?.stop();
    removeFolder(this.#dataDir);
  }

  #is(kind: Exclude<Kind, 'shell'>, { line }: RunningProcess): boolean {
    switch (kind) {
      case 'page':
        return line.includes('--type=renderer');
      case 'host':
        return /station-host|NodeService/.test(line);
      case 'browser':
        return line.includes('--user-data-dir=') && !line.includes('--type=');
    }
  }

  async #isUsable(): Promise<boolean> {
    const profile = join(this.#dataDir, this.shell);
    const look = withPage(profile, (page) => page.evaluate<boolean>(PAGE_AND_HOST_ANSWER));
    return Promise.race([look.catch(() => false), pause(ANSWER_MS, false)]).then(Boolean);
  }

  #start(): ChildProcess {
    const [command, args] = this.#command();
    const child = spawn(command, args, {
      env: {
        ...terminalEnvironment(this.#display),
        ...ONE_BY_ONE,
        KIOSK_CHROMIUM_FLAGS:
          '--disable-gpu --remote-debugging-port=0 --window-position=0,0 --window-size=1080,1920',
      },
      stdio: 'ignore',
    });
    child.once('exit', () => {
      if (!this.#closing)
        setTimeout(() => {
          this.#child = this.#start();
        }, SYSTEMD_RESTART_MS);
    });
    return child;
  }

  #command(): [string, string[]] {
    if (this.shell === 'electron')
      return [
        electronProgram(),
        ['--remote-debugging-port=0', ...terminalArguments(this.#dataDir, {})],
      ];
    if (this.#station !== undefined)
      return [
        process.execPath,
        [
          join(PROGRAM, 'out/main/hall-display.js'),
          ...[`${this.#station.url()}/display/`, join(this.#dataDir, this.shell)],
          ...['0', '0', '1080', '1920'],
        ],
      ];
    return [
      process.execPath,
      [join(PROGRAM, 'out/main/browser-shell.js'), '--port', '0', '--data', this.#dataDir],
    ];
  }
}
