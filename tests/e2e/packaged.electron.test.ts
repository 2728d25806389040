import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { doctorReportSchema } from '#shared/health/finding.ts';
import { checkProgramFiles } from '#station/program-files/check-program-files.ts';
import { assureBudget } from '../../build/package/budget.mjs';
import { packHere } from '../../build/package/electron.mjs';
import { projectNode } from '../../build/setup/paths.mjs';
import { pageSubject } from '../contract/page-subject.ts';
import { contractSuite } from '../contract/station-contract.suite.ts';
import { writeSampleLaws } from '../laws/sample-laws.ts';
import { buildPageCaller } from './electron/built-program.ts';
import { type Display, openDisplay } from './electron/display.ts';
import { type Run, runProgram } from './electron/run-program.ts';
import { newestHost, PATIENT } from './electron/running-terminal.ts';
import { CHROMIUM_ARGUMENTS, terminalEnvironment } from './electron/terminal-arguments.ts';

/** The packaged program, as a station gets it but for the runtime where the official one cannot be had (decision 012). */
const LONG = 300_000;
/** A fuse that is on, as the wire has it: the character 1. */
const ON = '1'.charCodeAt(0);
let out: string;
let program: string;
let display: Display;

beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'kiosk-packaged-'));
  display = await openDisplay();
  program = (await packHere({ version: '0.1.0', folder: out })).file;
}, LONG);
afterAll(() => {
  display?.close();
  rmSync(out, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('the packaged Electron program', () => {
  test('has every fuse as it is meant to be', async () => {
    const wire = await getCurrentFuseWire(join(program, 'legal-kiosk'));
    const is = (fuse: FuseV1Options) => Number(wire[fuse]) === ON;
    expect({
      runAsNode: is(FuseV1Options.RunAsNode),
      nodeOptions: is(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: is(FuseV1Options.EnableNodeCliInspectArguments),
      onlyArchive: is(FuseV1Options.OnlyLoadAppFromAsar),
      integrity: is(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      cookies: is(FuseV1Options.EnableCookieEncryption),
      filePrivileges: is(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      ...{ runAsNode: false, nodeOptions: false, inspect: false },
      ...{ onlyArchive: true, integrity: true, cookies: true, filePrivileges: false },
    });
  });

  test('holds no tests, sources, maps, other machines’ natives or packages of the district', () => {
    const files = listPackage(join(program, 'resources/app.asar'), { isPack: false });
    expect(files.length).toBeGreaterThan(1000);
    const strange = files.filter((file) =>
      /\.(?:map|ts)$|(?<!licen[cs]e)\.md$|\/tests?\/|node_modules\/(?:react|pg|fastify|vitest|electron)\/|(?:win32|darwin|arm64|musl).*\.node$/i.test(
        file,
      ),
    );
    expect(strange).toEqual([]);
  });

  test('is within its budget and is what its own list says', async () => {
    expect(Number(assureBudget('dir', program))).toBeGreaterThan(100);
    expect(await checkProgramFiles(program)).toMatchObject({ missing: [], changed: [] });
  });

  test('does not run as Node', async () => {
    const told = promisify(execFile)(join(program, 'legal-kiosk'), ['-p', '"as node"'], {
      env: { ...terminalEnvironment(undefined), ELECTRON_RUN_AS_NODE: '1' },
      timeout: 20_000,
    });
    await expect(told).rejects.toThrow();
    await told.catch((error: { stdout: string }) => expect(error.stdout).not.toContain('as node'));
  });

  test(
    'starts, and shows home with what only the host knows',
    async () => {
      const running = await startPackaged('home');
      try {
        await vi.waitFor(
          async () => expect(await running.inPage('document.body.textContent')).toContain('五华'),
          PATIENT,
        );
      } finally {
        await running.close();
      }
    },
    LONG,
  );
});

describe('a technician’s command by the packaged program, without a display', () => {
  const QUIET = ['--no-sandbox', '--no-zygote', '--log-level=3'];
  let data: string;
  const admin = (words: readonly string[], more: Run = {}) =>
    runProgram(join(program, 'legal-kiosk'), [...QUIET, '--admin', '--', ...words], {
      env: { ...terminalEnvironment(undefined), KIOSK_NODE: projectNode(), KIOSK_DATA: data },
      ...more,
    });

  beforeAll(async () => {
    data = join(out, 'commanded');
    const running = await startPackaged('commanded');
    await vi.waitFor(() => expect(existsSync(join(data, 'station.sqlite'))).toBe(true), PATIENT);
    await running.close();
  }, LONG);

  test('makes the first account, whose one-time PIN is all that it says', async () => {
    const added = await admin(['staff', 'add', 'li01', '--name', '李示例', '--role', '站长']);
    expect(added).toMatchObject({ status: 0, errors: '' });
    expect(added.out).toMatch(/^已为 李示例 建立账号 li01。一次性密码是 \d{8}，[^\n]*\n$/);
    const { out: listed } = await admin(['staff', 'list', '--json']);
    expect(JSON.parse(listed)).toMatchObject([{ account: 'li01', name: '李示例' }]);
  });

  test('examines the terminal: its own files are as packaged, and the exit status is the verdict', async () => {
    const { out: said, status, errors } = await admin(['doctor', '--json']);
    const { verdict, findings } = doctorReportSchema.parse(JSON.parse(said));
    expect(findings.find(({ check }) => check === 'program-files')).toMatchObject({
      verdict: 'ok',
    });
    expect(status).toBe({ ok: 0, attention: 1, fault: 2 }[verdict]);
    expect(errors).toBe('');
  });

  test('writes a backup that it reads again', async () => {
    const file = join(out, 'whole.kioskbackup');
    expect(await admin(['backup', file])).toMatchObject({ status: 0, errors: '' });
    expect(await admin(['restore', file])).toMatchObject({ status: 0, errors: '' });
  });

  test('refuses a command that is none, and names itself as it is called', async () => {
    const { status, out: said, errors } = await admin(['nonsense']);
    expect([status, said]).toEqual([2, '']);
    expect(errors).toContain('没有这个命令：nonsense。\n用法：legal-kiosk --admin 命令');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends by %s as the command does', async (signal) => {
    // A printer that takes the line and never says anything.
    const silent = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    let child: ChildProcess | undefined;
    silent.once('connection', () => child?.kill(signal));
    const started = (begun: ChildProcess) => {
      child = begun;
    };
    const ended = await admin(['print-test', `tcp://127.0.0.1:${port}`], { started });
    silent.close();
    expect(ended).toMatchObject({ status: null, signal });
  });
});

/**
 * The whole suite, by the client that the shipped page itself uses, over its own port, preload and bridge. The program is started
 * with Chromium's switch for a debugger: whoever may choose its command line can do as he likes anyway, a visitor cannot.
 */
contractSuite('the page of the packaged program', async () => {
  const caller = await buildPageCaller();
  const running = await startPackaged('contract');
  await vi.waitFor(() => running.inPage(`${caller}; true`), PATIENT);
  return { ...pageSubject(running), close: running.close };
});

/** The packaged program while it runs, on a data folder of its own. */
async function startPackaged(name: string) {
  const dataDir = join(out, name);
  mkdirSync(dataDir);
  writeSampleLaws(dataDir);
  const port = await freePort();
  const shell = start(dataDir, port);
  const browser = await vi
    // One that is asked while the program still starts may never be answered.
    .waitFor(() => chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 5000 }), PATIENT)
    .catch(async (error: unknown) => {
      await ended(shell);
      throw error;
    });
  return {
    inPage: (expression: string): Promise<unknown> => pageOf(browser).evaluate(expression),
    hostPid: () => newestHost(dataDir),
    close: async () => {
      await browser.close();
      await ended(shell);
    },
  };
}

function start(dataDir: string, port: number): ChildProcess {
  return spawn(
    join(program, 'legal-kiosk'),
    [...CHROMIUM_ARGUMENTS, `--remote-debugging-port=${port}`, '--data', dataDir],
    {
      stdio: 'ignore',
      env: { ...terminalEnvironment(display.name), KIOSK_NODE: projectNode() },
    },
  );
}

function pageOf(browser: Browser): Page {
  const pages = browser.contexts().flatMap((context) => context.pages());
  const page = pages.find((one) => one.url().startsWith('kiosk:'));
  if (page === undefined) throw new Error('the program shows no page yet');
  return page;
}

async function ended(shell: ChildProcess): Promise<void> {
  if (shell.exitCode !== null) return;
  const gone = new Promise<void>((resolve) => shell.once('exit', () => resolve()));
  shell.kill('SIGTERM');
  await gone;
}
