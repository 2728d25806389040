import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { expect, vi } from 'vitest';
import { writeSampleLaws } from '../../laws/sample-laws.ts';
import { electronProgram } from './built-program.ts';
import {
  type TerminalSettings,
  terminalArguments,
  terminalEnvironment,
} from './terminal-arguments.ts';

/** Generous: the machine may be busy with other things. */
export const PATIENT = { timeout: 90_000, interval: 200 };

/** A terminal in a real Electron, with a data folder of its own. */
export interface RunningTerminal {
  readonly app: ElectronApplication;
  readonly dataDir: string;
  /**
   * Runs an expression in the page. It goes through the main process, because what is tested here kills and replaces
   * pages behind Playwright's back.
   */
  readonly inPage: (expression: string) => Promise<unknown>;
  readonly rendererPid: () => Promise<number>;
  readonly hostPid: () => Promise<number>;
  /** The shell's log, an object a line. */
  readonly log: () => Record<string, unknown>[];
  readonly close: () => Promise<void>;
}

/**
 * Playwright's own part of the program, which makes it wait until Playwright is connected. Without it the two race, and
 * now and then wait for each other for ever; Playwright loads it by itself only for an Electron that it finds itself.
 */
const PLAYWRIGHT_PART = join(
  dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')),
  'lib/server/electron/loader.js',
);

/** Starts Electron with a program under Playwright's control. */
export function launchElectron(
  args: readonly string[],
  display: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath: electronProgram(),
    args: ['-r', PLAYWRIGHT_PART, ...args],
    env: { ...terminalEnvironment(display), ...environment },
  });
}

/** Starts a terminal and waits until it shows some page. */
export async function startTerminal(settings: TerminalSettings): Promise<RunningTerminal> {
  const dataDir = mkdtempSync(join(tmpdir(), 'kiosk-electron-'));
  writeSampleLaws(dataDir);
  const app = await launchElectron(
    terminalArguments(dataDir, settings),
    settings.display,
    settings.environment,
  );
  // Playwright forgets the process when it has ended.
  const shell = app.process();
  await vi.waitFor(async () => expect(await shownAddress(app)).toMatch(/^kiosk:/), PATIENT);
  return {
    app,
    dataDir,
    inPage: (expression) => inPage(app, expression),
    rendererPid: () =>
      app.evaluate(({ BrowserWindow }) =>
        Number(BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId()),
      ),
    hostPid: () => newestHost(dataDir),
    log: () => logLines(dataDir, 'shell'),
    close: async () => {
      if (shell.exitCode === null && shell.signalCode === null) {
        const ended = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
        shell.kill('SIGTERM');
        await ended;
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function windowCount(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

function shownAddress(app: ElectronApplication): Promise<string | undefined> {
  return app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
  );
}

/** Rejects when the page is replaced meanwhile: Electron itself would leave the question open for ever. */
function inPage(app: ElectronApplication, expression: string): Promise<unknown> {
  return app.evaluate(({ BrowserWindow }, code) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    return new Promise<unknown>((resolve, reject) => {
      const lost = () => reject(new Error('the page is another one now'));
      contents.setMaxListeners(0);
      contents.once('destroyed', lost);
      contents.once('render-process-gone', lost);
      contents.once('did-navigate', lost);
      contents
        .executeJavaScript(code)
        .then(resolve, reject)
        .finally(() => {
          contents.off('destroyed', lost);
          contents.off('render-process-gone', lost);
          contents.off('did-navigate', lost);
        });
    });
  }, expression);
}

/** The host that runs on a data folder. It writes its process id into its log, whatever kind of child it is; one that just started, a little late. */
export function newestHost(dataDir: string): Promise<number> {
  return vi.waitFor(() => {
    const started = logLines(dataDir, 'station').filter(({ msg }) => msg === 'host-started');
    const pid = Number(started.at(-1)?.pid);
    process.kill(pid, 0);
    return pid;
  }, PATIENT);
}

function logLines(dataDir: string, name: string): Record<string, unknown>[] {
  const folder = join(dataDir, 'logs');
  return readdirSync(folder)
    .filter((file) => file.startsWith(`${name}.`))
    .sort()
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
