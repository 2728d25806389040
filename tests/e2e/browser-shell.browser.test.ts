import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseRecoveries, RECOVERIES_FILE } from '#shared/health/recovery.ts';
import { markMoved, unmarkMoved } from '../../src/main/station/moving/moved-mark.ts';
import {
  isRunning,
  PROGRAM,
  type RunningShell,
  removeFolder,
  startShell,
} from './browser/running-shell.ts';
import { type Display, openDisplay } from './electron/display.ts';

/** Generous: the machine may be busy with other things. */
const PATIENT = { timeout: 120_000, interval: 300 };

let display: Display;
let dataDir: string;
const running = new Set<RunningShell>();

beforeAll(async () => {
  display = await openDisplay();
});
afterAll(() => display.close());
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'browser-shell-'));
});
afterEach(async () => {
  for (const shell of running) await shell.stop();
  running.clear();
  removeFolder(dataDir);
});

function start(
  args: readonly string[],
  onDisplay = true,
  environment: Readonly<Record<string, string>> = {},
): RunningShell {
  const shell = startShell(dataDir, args, onDisplay ? display.name : undefined, environment);
  running.add(shell);
  return shell;
}

/** Home is there, with what only the host knows. */
const homeShown = (shell: RunningShell) =>
  vi.waitFor(
    () =>
      shell.withPage(async (page) => {
        expect(page.url()).toBe(`${shell.url()}/visitor/`);
        expect(await page.locator('body').textContent()).toContain('五华');
      }),
    PATIENT,
  );

/** What was brought back, from the terminal's own record. */
const broughtBack = () => {
  const path = join(dataDir, RECOVERIES_FILE);
  const lines = existsSync(path) ? parseRecoveries(readFileSync(path, 'utf8')) : [];
  return lines.map(({ what, reason, measure }) => `${what} ${reason} ${measure}`);
};

const killed = (pid: number | undefined) =>
  process.kill(pid ?? expect.unreachable('none'), 'SIGKILL');

describe('a terminal in the browser shell', () => {
  test('shows home, and on SIGTERM ends everything and leaves no browser profile', async () => {
    const shell = start([]);
    await homeShown(shell);
    expect(shell.said().out).toMatch(
      /^终端已启动，页面在 http:\/\/127\.0\.0\.1:\d+\/visitor\/[^\n]*。\n$/,
    );
    const pids = [shell.hostPid(), shell.browserPid(), ...shell.rendererPids()];
    expect(await shell.stop()).toBe(0);
    for (const pid of pids) expect(isRunning(pid ?? 0)).toBe(false);
    expect(existsSync(join(dataDir, 'browser'))).toBe(false);
    expect(readdirSync(dataDir).filter((name) => name.endsWith('-wal'))).toEqual([]);
  });

  test('is usable again, without a reload, after its host was killed', async () => {
    const shell = start([]);
    await homeShown(shell);
    await shell.withPage((page) => page.evaluate('window.sameVisit = true'));
    killed(shell.hostPid());
    const question = await shell.withPage(async (page) => {
      const first = page.locator('main button[class*="row"]').first();
      const label = (await first.textContent()) ?? '';
      await first.click();
      return label;
    });
    await vi.waitFor(
      () =>
        shell.withPage(async (page) => {
          expect(await page.locator('h2').allTextContents()).toContain(question);
          expect(await page.locator('main').textContent()).toContain('来源');
        }),
      PATIENT,
    );
    expect(await shell.withPage((page) => page.evaluate('window.sameVisit'))).toBe(true);
    // None in store for a second page, and none behind an address line that nobody sees.
    expect(shell.rendererPids()).toHaveLength(1);
  });

  test('shows home again after its page was killed, in the same browser', async () => {
    const shell = start([]);
    await homeShown(shell);
    const before = shell.browserPid();
    for (const pid of shell.rendererPids()) killed(pid);
    await vi.waitFor(() => expect(broughtBack()).toEqual(['page gone reload']), PATIENT);
    await homeShown(shell);
    expect(shell.browserPid()).toBe(before);
  });

  test('is usable again after its host hung', async () => {
    const shell = start([]);
    await homeShown(shell);
    const before = shell.hostPid() ?? expect.unreachable('none');
    process.kill(before, 'SIGSTOP');
    await vi.waitFor(() => expect(isRunning(before)).toBe(false), PATIENT);
    await homeShown(shell);
    expect(broughtBack()).toEqual(['host hung host']);
  });

  test.each([
    ['white', `document.body.replaceChildren()`],
    [
      'covered',
      `document.body.append(Object.assign(document.createElement('div'), {
        style: 'position: fixed; inset: 0; z-index: 2147483647',
      }))`,
    ],
  ])('shows home again after its page was %s', async (look, code) => {
    const shell = start([]);
    await homeShown(shell);
    await shell.withPage((page) => page.evaluate(`${code}; window.sameVisit = true`));
    await vi.waitFor(() => expect(broughtBack()).toEqual([`page ${look} reload`]), PATIENT);
    await homeShown(shell);
    expect(await shell.withPage((page) => page.evaluate('window.sameVisit'))).toBe(undefined);
  });

  test('shows home again after its buttons did nothing any more', async () => {
    const shell = start([]);
    await homeShown(shell);
    await shell.withPage(async (page) => {
      await page.evaluate(`for (const kind of ['pointerdown', 'pointerup', 'mousedown', 'mouseup',
        'click', 'touchstart', 'touchend', 'pointercancel', 'focusin', 'focus'])
          document.addEventListener(kind, (event) => {
            event.stopImmediatePropagation();
            event.preventDefault();
          }, { capture: true })`);
      const box = await page.locator('main button').first().boundingBox();
      // The terminal counts from its first look on.
      await vi.waitFor(async () => {
        for (let touch = 0; touch < 6; touch += 1)
          await page.mouse.click((box?.x ?? 0) + 20, (box?.y ?? 0) + 20);
        await vi.waitFor(() => expect(broughtBack()).not.toEqual([]), { timeout: 8000 });
      }, PATIENT);
    });
    expect(broughtBack()).toEqual(['page deaf reload']);
    await homeShown(shell);
  });

  test('shows home again after its page looped without end', async () => {
    const shell = start([]);
    await homeShown(shell);
    const before = shell.browserPid();
    void shell
      .withPage((page) => page.evaluate('setTimeout(() => { for (;;); }, 100)'))
      .catch(() => {});
    await vi.waitFor(() => expect([before, undefined]).not.toContain(shell.browserPid()), PATIENT);
    await homeShown(shell);
    expect(broughtBack()[0]).toBe('page hung window');
  });

  test('climbs to the recovery page with 12348 and the phone of the station', async () => {
    const shell = start([]);
    await homeShown(shell);
    for (let fault = 1; fault <= 5; fault += 1) {
      for (const pid of shell.rendererPids()) killed(pid);
      await vi.waitFor(() => expect(broughtBack()).toHaveLength(fault), PATIENT);
      if (fault < 5) await homeShown(shell);
    }
    expect(broughtBack().at(-1)).toBe('page gone recovery-page');
    await vi.waitFor(
      () =>
        shell.withPage(async (page) =>
          expect(await page.evaluate('document.body.innerText')).toMatch(
            /12348\s+\S*公共法律服务\S*\s+0[\d-]+/,
          ),
        ),
      PATIENT,
    );
    await homeShown(shell);
  });

  test('shows home again after its page hung', async () => {
    const shell = start([]);
    await homeShown(shell);
    const before = shell.browserPid();
    for (const pid of shell.rendererPids()) process.kill(pid, 'SIGSTOP');
    await vi.waitFor(() => expect([before, undefined]).not.toContain(shell.browserPid()), PATIENT);
    await homeShown(shell);
  });

  test('shows home again after its browser was killed', async () => {
    const shell = start([]);
    await homeShown(shell);
    const before = shell.browserPid();
    killed(before);
    await vi.waitFor(() => expect([before, undefined]).not.toContain(shell.browserPid()), PATIENT);
    await homeShown(shell);
  });

  test('that is killed takes host and browser along, and the next start cleans up', async () => {
    const shell = start([]);
    await homeShown(shell);
    const pids = [shell.hostPid() ?? 0, shell.browserPid() ?? 0];
    killed(shell.child.pid);
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), PATIENT);
    const next = start([]);
    await homeShown(next);
    expect(await next.stop()).toBe(0);
    expect(existsSync(join(dataDir, 'browser'))).toBe(false);
  });

  test('says that there is no display and serves its page', async () => {
    const shell = start([], false);
    await vi.waitFor(() => expect(shell.url()).toBeDefined(), PATIENT);
    expect(shell.said().out).toMatch(
      /^没有找到显示屏[^\n]*http:\/\/127\.0\.0\.1:\d+\/visitor\/\n$/,
    );
    expect((await fetch(`${shell.url()}/visitor/`)).status).toBe(200);
  });
});

describe('a terminal that runs as a service', () => {
  /** A systemd that writes down what it hears. */
  function systemd(folder: string) {
    const heard = join(folder, 'heard');
    const program = join(folder, 'systemd-notify');
    writeFileSync(program, `#!/bin/sh\necho "$@" >> '${heard}'\n`, { mode: 0o755 });
    return {
      environment: {
        ...{ NOTIFY_SOCKET: '/run/none', WATCHDOG_USEC: '3000000' },
        PATH: `${folder}:${process.env.PATH}`,
      },
      heard: () => (existsSync(heard) ? readFileSync(heard, 'utf8') : ''),
    };
  }

  test('shows 12348 and the reason when its host cannot start, beats, and shows home once it can', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'service-'));
    const profile = join(folder, 'profile');
    mkdirSync(profile);
    writeFileSync(join(profile, 'profile.yaml'), 'id: [');
    const manager = systemd(folder);
    const shell = start(['--profile', profile], true, manager.environment);
    await vi.waitFor(
      () =>
        shell.withPage(async (page) => {
          const text = await page.evaluate('document.body.innerText');
          expect(text).toContain('12348');
          expect(text).toContain('profile.yaml');
        }),
      PATIENT,
    );
    await vi.waitFor(() => expect(manager.heard()).toContain('WATCHDOG=1'), PATIENT);
    expect(manager.heard()).toMatch(/^READY=1\n/);
    expect(shell.child.exitCode).toBe(null);
    rmSync(profile, { recursive: true });
    cpSync(join(import.meta.dirname, '../../assets/profiles/wuhua'), profile, { recursive: true });
    await vi.waitFor(() => expect(shell.url()).toBeDefined(), PATIENT);
    await homeShown(shell);
    expect(await shell.stop()).toBe(0);
    rmSync(folder, { recursive: true });
  });

  /** What the screen shows of a terminal whose data folder is not known. */
  const standsBy = (shell: RunningShell, words: string) =>
    vi.waitFor(
      () =>
        shell.withPage(async (page) => {
          const text = await page.evaluate('document.body.innerText');
          expect(text).toContain('12348');
          expect(text).toContain(words);
        }),
      PATIENT,
    );

  test('shows 12348 and what is mistyped in its settings, beats, and ends after a minute to read them anew', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'service-'));
    const manager = systemd(folder);
    const shell = start(['--profile', 'xigo'], true, manager.environment);
    await standsBy(shell, '没有名为"xigo"的部署');
    await vi.waitFor(() => expect(manager.heard()).toContain('WATCHDOG=1'), PATIENT);
    expect(manager.heard()).toMatch(/^READY=1\n/);
    expect(await shell.exit).toBe(3);
    expect(shell.said().out).toBe('');
    rmSync(folder, { recursive: true });
  });

  test('shows 12348 and that its port is taken, and ends in order when it is told to', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const folder = mkdtempSync(join(tmpdir(), 'service-'));
    const shell = start(['--port', String(port)], true, systemd(folder).environment);
    await standsBy(shell, `端口 ${port} 已被别的程序占用`);
    const pid = shell.browserPid() ?? expect.unreachable('none');
    expect(await shell.stop()).toBe(0);
    expect(isRunning(pid)).toBe(false);
    server.close();
    rmSync(folder, { recursive: true });
  });

  test('shows 12348 and that its deployments cannot be read', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'service-'));
    const profiles = join(folder, 'profiles');
    // A test may run as root, who may read every folder; no user can read a file as one.
    writeFileSync(profiles, '');
    const shell = start([], true, { ...systemd(folder).environment, KIOSK_PROFILES: profiles });
    await standsBy(shell, `${profiles} 读不了`);
    expect(await shell.stop()).toBe(0);
    rmSync(folder, { recursive: true });
  });

  test('shows 12348 and whom to call when nobody foresaw what is wrong, such as an installation that is half gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'service-'));
    for (const part of ['package.json', 'out/main'])
      cpSync(join(PROGRAM, part), join(folder, part), { recursive: true });
    symlinkSync(join(PROGRAM, 'node_modules'), join(folder, 'node_modules'));
    const { environment } = systemd(folder);
    const shell = startShell(dataDir, [], display.name, environment, folder);
    running.add(shell);
    await standsBy(shell, '程序内部出错，请打电话告诉维护人员。');
    expect(shell.said().err).toContain('assets/profiles is missing');
    expect(await shell.stop()).toBe(0);
    rmSync(folder, { recursive: true });
  });

  test('shows 12348 and why its host, which once ran, cannot start now, notes it, and shows home once it can', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'service-'));
    const shell = start([], true, systemd(folder).environment);
    await homeShown(shell);
    markMoved(dataDir, { id: 'test', at: 0 });
    killed(shell.hostPid());
    await standsBy(shell, '已搬到另一台电脑');
    expect(broughtBack()).toEqual(['host gone host', 'host moved recovery-page']);
    unmarkMoved(dataDir);
    await homeShown(shell);
    expect(broughtBack()).toHaveLength(2);
    expect(await shell.stop()).toBe(0);
    rmSync(folder, { recursive: true });
  });

  test('shows 12348 in place of a page that comes and goes when its host falls soon after each start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'service-'));
    const shell = start([], true, systemd(folder).environment);
    await homeShown(shell);
    const falls = () => broughtBack().filter((line) => line === 'host gone host');
    for (let fall = 1; fall <= 5; fall += 1) {
      // One that is killed before it was up has not fallen.
      await vi.waitFor(async () => {
        expect((await fetch(`${shell.url()}/visitor/`)).status).toBe(200);
        killed(shell.hostPid());
        await vi.waitFor(() => expect(falls()).toHaveLength(fall), { timeout: 5000 });
      }, PATIENT);
    }
    await standsBy(shell, '不久就出错退出');
    expect(broughtBack().at(-1)).toBe('host falls recovery-page');
    await homeShown(shell);
    expect(await shell.stop()).toBe(0);
    rmSync(folder, { recursive: true });
  });
});

describe('a terminal without a shell', () => {
  test('prints one line of JSON when its page can be fetched, and nothing else', async () => {
    const shell = start(['--shell', 'none'], false);
    await vi.waitFor(() => expect(shell.said().out).toContain('\n'), PATIENT);
    const { url } = JSON.parse(shell.said().out) as { url: string };
    expect((await fetch(`${url}/visitor/`)).status).toBe(200);
    expect(await shell.stop()).toBe(0);
    expect(shell.said().out).toBe(`${JSON.stringify({ url })}\n`);
  });
});

describe('a terminal that cannot start says in one sentence', () => {
  /** What it said on standard error, having printed nothing and ended with a fault. */
  async function refusal(...args: string[]): Promise<string> {
    const shell = start(['--shell', 'none', ...args], false);
    expect(await shell.exit).toBe(3);
    const { out, err } = shell.said();
    expect(out).toBe('');
    expect(err).toMatch(/^[^\n]+。\n$/);
    return err;
  }

  test('that there is no such profile', async () => {
    expect(await refusal('--profile', 'atlantis')).toContain('没有名为"atlantis"的部署');
  });

  test('that the port is no port', async () => {
    expect(await refusal('--port', 'eighty')).toContain('端口"eighty"');
  });

  test('that the port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await refusal('--port', String(port))).toContain(`端口 ${port} 已被别的程序占用`);
    server.close();
  });

  test('that there is no such outlet', async () => {
    expect(await refusal('--station', '999999')).toContain('没有代码为 999999 的网点');
  });

  test('that another terminal uses the data folder, which goes on undisturbed', async () => {
    const first = start(['--shell', 'none'], false);
    await vi.waitFor(() => expect(first.url()).toBeDefined(), PATIENT);
    expect(await refusal()).toContain('另一个终端程序正在使用数据文件夹');
    expect((await fetch(`${first.url()}/visitor/`)).status).toBe(200);
  });

  test('that the profile is broken, and where', async () => {
    const profile = join(dataDir, 'profile');
    mkdirSync(profile);
    writeFileSync(join(profile, 'profile.yaml'), 'id: [');
    expect(await refusal('--profile', profile)).toContain('profile.yaml');
  });

  test('that the data folder cannot be made', async () => {
    writeFileSync(join(dataDir, 'file'), '');
    expect(await refusal('--data', join(dataDir, 'file', 'data'))).toContain('建不了或不能写');
  });
});
