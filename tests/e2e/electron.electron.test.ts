import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseRecoveries, RECOVERIES_FILE } from '#shared/health/recovery.ts';
import { markMoved, unmarkMoved } from '../../src/main/station/moving/moved-mark.ts';
import { buildTestPage, electronProgram } from './electron/built-program.ts';
import { type Display, openDisplay } from './electron/display.ts';
import {
  PATIENT,
  type RunningTerminal,
  startTerminal,
  windowCount,
} from './electron/running-terminal.ts';
import { terminalArguments, terminalEnvironment } from './electron/terminal-arguments.ts';

const HOME = 'kiosk://station/visitor/';

/** Something that a visitor may have typed. */
const MARK = 'a-visitor-was-here';

let display: Display;
const folders: string[] = [];

beforeAll(async () => {
  display = await openDisplay();
});
afterAll(() => {
  display.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-test-'));
  folders.push(folder);
  return folder;
}

describe('a page of a terminal', () => {
  let terminal: RunningTerminal;
  beforeAll(async () => {
    terminal = await startTerminal({ display: display.name });
  });
  afterAll(() => terminal?.close());

  it('shows home', async () => {
    await vi.waitFor(
      async () => expect(await terminal.inPage('document.body.innerText')).toContain('12348'),
      PATIENT,
    );
    expect(await terminal.inPage('location.href')).toMatch(/^kiosk:\/\/station\/visitor\//);
  });

  it('fills the screen, but for a pixel that Chromium keeps where there is no window manager', async () => {
    const [window, screen] = await terminal.app.evaluate(({ BrowserWindow, screen }) => [
      BrowserWindow.getAllWindows()[0]?.getBounds(),
      screen.getPrimaryDisplay().bounds,
    ]);
    expect(window).toMatchObject({ x: 0, y: 0 });
    expect(Number(screen?.width) - Number(window?.width)).toBeLessThanOrEqual(1);
    expect(Number(screen?.height) - Number(window?.height)).toBeLessThanOrEqual(1);
  });

  it('finds no Node, no Electron and nothing of the preload', async () => {
    expect(
      await terminal.inPage(
        '[typeof require, typeof process, typeof module, typeof Buffer, typeof global, typeof electron]',
      ),
    ).toEqual(Array(6).fill('undefined'));
  });

  it('is sandboxed and isolated, whatever Electron has as its defaults', async () => {
    const preferences = await terminal.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      return (
        contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      disableDialogs: true,
    });
  });

  it('plays a film from its own scheme, from any place in it', async () => {
    const folder = join(import.meta.dirname, '../../assets/starter/media');
    const name = readdirSync(folder).find((file) => file.endsWith('.webm')) ?? '';
    const { length } = readFileSync(join(folder, name));
    expect(
      await terminal.inPage(`fetch('/media/${name}', { headers: { range: 'bytes=4-7' } }).then(
        async (answer) => [
          answer.status,
          answer.headers.get('content-range'),
          (await answer.arrayBuffer()).byteLength,
        ],
      )`),
    ).toEqual([206, `bytes 4-7/${length}`, 4]);
    expect(
      await terminal.inPage(`new Promise((resolve) => {
        const film = document.createElement('video');
        film.muted = true;
        film.onerror = () => resolve('broken');
        film.onloadedmetadata = () => { film.currentTime = 60; void film.play(); };
        film.ontimeupdate = () => { if (film.currentTime > 60.2) resolve(film.videoWidth); };
        film.src = '/media/${name}';
      })`),
    ).toBe(1024);
    expect(
      await terminal.inPage(`fetch('/media/../station.sqlite').then(({ status }) => status)`),
    ).toBe(404);
  });

  it('has no developer tools', async () => {
    expect(
      await terminal.app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.openDevTools();
        return contents?.isDevToolsOpened();
      }),
    ).toBe(false);
  });

  it('comes with the content security policy, which stops inline script', async () => {
    expect(
      await terminal.inPage(
        `fetch('/visitor/').then((answer) => answer.headers.get('content-security-policy'))`,
      ),
    ).toContain("default-src 'none'");
    await terminal.inPage(`{
      const script = document.createElement('script');
      try { script.textContent = 'window.inlineRan = true'; document.head.append(script); } catch {}
    }`);
    expect(await terminal.inPage('typeof window.inlineRan')).toBe('undefined');
  });

  it('gets only files of the pages', async () => {
    const status = (path: string) =>
      terminal.inPage(`fetch(${JSON.stringify(path)}).then((answer) => answer.status)`);
    expect(await status('/visitor/index.html')).toBe(200);
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/etc/passwd', '//etc/passwd'])
      expect(await status(path).catch(() => 'refused')).not.toBe(200);
  });

  it('reaches no network and no file', async () => {
    for (const address of [
      'https://www.12348.gov.cn/',
      'http://127.0.0.1:7348/',
      'file:///etc/hostname',
    ])
      expect(
        await terminal.inPage(
          `fetch('${address}', { mode: 'no-cors' }).then(() => 'reached', () => 'refused')`,
        ),
      ).toBe('refused');
  });

  it('opens no window', async () => {
    expect(await terminal.inPage(`window.open('${HOME}')`)).toBeNull();
    expect(await terminal.inPage(`window.open('https://example.com/', '_blank')`)).toBeNull();
    expect(await windowCount(terminal.app)).toBe(1);
  });

  it.each([
    'https://example.com/',
    'file:///etc/passwd',
    'data:text/html,<h1>x</h1>',
    'kiosk://station.example/visitor/',
    'blob:kiosk://station/0',
    'chrome://gpu',
    'view-source:kiosk://station/visitor/',
  ])('does not go to %s', async (address) => {
    const before = await terminal.inPage('location.href');
    await terminal.inPage(`{
      const link = document.createElement('a');
      link.href = ${JSON.stringify(address)};
      document.body.append(link);
      link.click();
      link.remove();
      try { location.assign(${JSON.stringify(address)}); } catch {}
    }; new Promise((resolve) => setTimeout(resolve, 200))`);
    expect(await terminal.inPage('location.href')).toBe(before);
  });

  it('does not run a javascript: address', async () => {
    await terminal.inPage(`{
      const link = document.createElement('a');
      try { link.href = 'javascript:window.addressRan = true'; link.click(); } catch {}
    }; new Promise((resolve) => setTimeout(resolve, 100))`);
    expect(await terminal.inPage('typeof window.addressRan')).toBe('undefined');
  });

  it('shows no other page in a frame', async () => {
    expect(
      await terminal.inPage(`new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.src = 'https://example.com/';
        document.body.append(frame);
        setTimeout(() => { resolve(frame.contentDocument?.URL ?? 'another'); frame.remove(); }, 300);
      })`),
    ).not.toMatch(/^https/);
    expect(
      await terminal.app.evaluate(
        ({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]?.webContents.mainFrame.framesInSubtree.length,
      ),
    ).toBe(1);
  });

  it('gets no permission', async () => {
    for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'midi'])
      expect(
        await terminal.inPage(
          `navigator.permissions.query({ name: '${name}' }).then((status) => status.state)`,
        ),
      ).toBe('denied');
  });

  it('saves no file', async () => {
    await terminal.app.evaluate(({ BrowserWindow }) => {
      const outcome = globalThis as unknown as { downloads: boolean[] };
      outcome.downloads = [];
      BrowserWindow.getAllWindows()[0]?.webContents.session.on('will-download', (event) =>
        outcome.downloads.push(event.defaultPrevented),
      );
    });
    await terminal.inPage(`{
      const link = document.createElement('a');
      link.href = '/visitor/index.html';
      link.download = 'page.html';
      document.body.append(link);
      link.click();
      link.remove();
    }; new Promise((resolve) => setTimeout(resolve, 500))`);
    const downloads = await terminal.app.evaluate(
      () => (globalThis as unknown as { downloads: boolean[] }).downloads,
    );
    expect(downloads).not.toContain(false);
    expect(await terminal.inPage('location.href')).toMatch(/^kiosk:\/\/station\/visitor\//);
  });

  it('hears only the keys of the list', async () => {
    await terminal.inPage(
      `window.heard = []; window.addEventListener('keydown', (event) => window.heard.push(event.key), true)`,
    );
    await terminal.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const press = (keyCode: string, modifiers: 'control'[] = []) =>
        contents?.sendInputEvent({ type: 'keyDown', keyCode, modifiers });
      for (const key of ['F5', 'F11', 'F12', 'a', 'Escape', 'Delete', '7', 'Down']) press(key);
      for (const key of ['R', 'W', 'P', '7', 'Down']) press(key, ['control']);
    });
    await vi.waitFor(
      async () => expect(await terminal.inPage('window.heard')).toContain('ArrowDown'),
      PATIENT,
    );
    expect(await terminal.inPage('window.heard')).toEqual(['Escape', '7', 'ArrowDown']);
  });

  it('cannot be closed from outside', async () => {
    await terminal.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect(await windowCount(terminal.app)).toBe(1);
  });

  it('leaves no trace of a visit in the data folder', async () => {
    await terminal.inPage(
      `document.cookie = 'mark=${MARK}'; localStorage.setItem('mark', '${MARK}'); sessionStorage.setItem('mark', '${MARK}');
      history.replaceState('${MARK}', '', '#${MARK}'); caches.open('${MARK}').catch(() => {}).then(() => true)`,
    );
    await terminal.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.session.flushStorageData(),
    );
    const marked = filesBelow(terminal.dataDir).filter((file) => readFileSync(file).includes(MARK));
    expect(marked).toEqual([]);
  });

  it('does not let a second terminal onto its data folder, and says so', async () => {
    const second = await runToEnd(terminalArguments(terminal.dataDir, {}), display.name);
    expect(second.said).toContain('另一个终端程序正在使用数据文件夹');
    expect(second.code).toBe(3);
    await vi.waitFor(
      async () => expect(await terminal.inPage('document.body.innerText')).toContain('12348'),
      PATIENT,
    );
  });
});

describe('a terminal that something befalls', () => {
  let terminal: RunningTerminal;
  beforeAll(async () => {
    const pageDir = await buildTestPage();
    folders.push(pageDir);
    terminal = await startTerminal({ display: display.name, pageDir });
  });
  afterAll(() => terminal?.close());

  /** The page answers, and the host behind it. */
  const usable = () =>
    vi.waitFor(
      async () =>
        expect(
          await terminal.inPage(`kioskTest.call('system.ping', { echo: 'here' }, 5000)`),
        ).toMatchObject({
          ok: true,
        }),
      PATIENT,
    );

  it('is usable again after its host was killed', async () => {
    await usable();
    const before = await terminal.hostPid();
    process.kill(before, 'SIGKILL');
    await vi.waitFor(async () => expect(await terminal.hostPid()).not.toBe(before), PATIENT);
    await usable();
  });

  it('is usable again after its page was killed', async () => {
    const before = await terminal.rendererPid();
    process.kill(before, 'SIGKILL');
    await vi.waitFor(async () => expect(await terminal.rendererPid()).not.toBe(before), PATIENT);
    await usable();
    expect(faults(terminal)).toEqual(['gone reload']);
  });

  it('notices a page that hangs though nobody touches it', async () => {
    const before = await terminal.rendererPid();
    void terminal.inPage('for (;;);').catch(() => {});
    await vi.waitFor(async () => expect(await terminal.rendererPid()).not.toBe(before), PATIENT);
    await usable();
    expect(faults(terminal).at(-1)).toBe('hung home');
  });

  it('is usable again after its host hung', async () => {
    await usable();
    const before = await terminal.hostPid();
    process.kill(before, 'SIGSTOP');
    await vi.waitFor(async () => expect(await terminal.hostPid()).not.toBe(before), PATIENT);
    await usable();
  });

  it.each([
    ['goes to a blank page', `location.assign('about:blank')`],
    ['closes its window', 'window.close()'],
  ])('is usable again after its page %s', async (_what, code) => {
    const before = faults(terminal).length;
    void terminal.inPage(code).catch(() => {});
    await vi.waitFor(() => expect(faults(terminal).length).toBeGreaterThan(before), PATIENT);
    await usable();
    expect(await windowCount(terminal.app)).toBe(1);
  });

  it('lives through the end of the graphics process', async () => {
    await terminal.app.evaluate(({ app }) => {
      const gpu = app.getAppMetrics().find((process) => process.type === 'GPU');
      if (gpu !== undefined) process.kill(gpu.pid, 'SIGKILL');
    });
    await usable();
  });

  it('ends in order on SIGTERM and takes its host along', async () => {
    const host = await terminal.hostPid();
    const ended = new Promise((resolve) =>
      terminal.app.process().once('exit', (code) => resolve(code)),
    );
    terminal.app.process().kill('SIGTERM');
    expect(await ended).toBe(0);
    await vi.waitFor(() => expect(existsSync(`/proc/${host}`)).toBe(false), PATIENT);
  });
});

describe('a terminal whose page goes wrong while it runs', () => {
  let terminal: RunningTerminal;
  beforeAll(async () => {
    terminal = await startTerminal({ display: display.name });
  });
  afterAll(() => terminal?.close());

  it.each([
    ['white', 'reload', `document.body.replaceChildren()`],
    [
      'covered',
      'home',
      `{
        const cover = document.createElement('div');
        cover.style.cssText = 'position: fixed; inset: 0; z-index: 2147483647';
        document.body.append(cover);
      }`,
    ],
  ])('brings home back when it turns %s', async (fault, rung, code) => {
    const home = () =>
      vi.waitFor(
        async () => expect(await terminal.inPage('document.body.innerText')).toContain('12348'),
        PATIENT,
      );
    await home();
    await terminal.inPage(`${code}; true`);
    await vi.waitFor(() => expect(faults(terminal).at(-1)).toBe(`${fault} ${rung}`), PATIENT);
    await home();
  });
});

describe('a terminal whose pages do not work', () => {
  it('climbs the ladder to the recovery page with 12348 and the phone of the station', async () => {
    const terminal = await startTerminal({ display: display.name, pageDir: temporaryFolder() });
    try {
      await vi.waitFor(
        () => expect(faults(terminal).at(-1)).toBe('not-loaded recovery-page'),
        PATIENT,
      );
      await vi.waitFor(
        async () =>
          expect(await terminal.inPage('document.body.innerText')).toMatch(
            /12348\s+\S*公共法律服务\S*\s+0[\d-]+/,
          ),
        PATIENT,
      );
      expect(
        await terminal.inPage(
          'document.fonts.ready.then((fonts) => fonts.check("20px Recovery Sans SC", "恢"))',
        ),
      ).toBe(true);
      expect(await terminal.inPage('[...document.fonts].map((font) => font.status)')).toEqual([
        'loaded',
      ]);
      expect(await terminal.inPage('location.pathname')).toBe('/recovery/');
      expect(faults(terminal)).toEqual([
        'not-loaded reload',
        'not-loaded home',
        'not-loaded window',
        'not-loaded host',
        'not-loaded recovery-page',
      ]);
      expect(await windowCount(terminal.app)).toBe(1);
    } finally {
      await terminal.close();
    }
  });

  it('notices a page that stays white', async () => {
    const pageDir = temporaryFolder();
    mkdirSync(join(pageDir, 'visitor'));
    writeFileSync(join(pageDir, 'visitor', 'index.html'), '<!doctype html><title>white</title>');
    const terminal = await startTerminal({ display: display.name, pageDir });
    try {
      await vi.waitFor(() => expect(faults(terminal)).toEqual(['white reload']), PATIENT);
    } finally {
      await terminal.close();
    }
  });
});

describe('a terminal that runs as a service', () => {
  it('shows 12348 and why its host, which once ran, cannot start now, notes it, and shows home once it can', async () => {
    const terminal = await startTerminal({
      display: display.name,
      environment: { NOTIFY_SOCKET: '/run/none', WATCHDOG_USEC: '3000000' },
    });
    const shows = (words: string) =>
      vi.waitFor(async () => {
        const text = await terminal.inPage('document.body.innerText');
        expect(text).toContain('12348');
        expect(text).toContain(words);
      }, PATIENT);
    const broughtBack = () =>
      parseRecoveries(readFileSync(join(terminal.dataDir, RECOVERIES_FILE), 'utf8')).map(
        ({ what, reason, measure }) => `${what} ${reason} ${measure}`,
      );
    try {
      await shows('五华');
      markMoved(terminal.dataDir, { id: 'test', at: 0 });
      process.kill(await terminal.hostPid(), 'SIGKILL');
      await shows('已搬到另一台电脑');
      expect(broughtBack()).toEqual(['host gone host', 'host moved recovery-page']);
      const ends = {
        killed: (pid: number) => process.kill(pid, 'SIGKILL'),
        hung: () => void terminal.inPage('for (;;);').catch(() => {}),
      };
      for (const end of Object.values(ends)) {
        const before = await terminal.rendererPid();
        end(before);
        await vi.waitFor(async () => {
          expect([before, 0]).not.toContain(await terminal.rendererPid());
          expect(await windowCount(terminal.app)).toBe(1);
        }, PATIENT);
        await shows('已搬到另一台电脑');
      }
      expect(broughtBack()).toHaveLength(2);
      unmarkMoved(terminal.dataDir);
      await vi.waitFor(
        async () => expect(await terminal.inPage('location.pathname')).toBe('/visitor/'),
        PATIENT,
      );
      await shows('五华');
    } finally {
      await terminal.close();
    }
  });

  it('shows 12348 and what is mistyped in its settings, and ends after a minute to read them anew', async () => {
    const terminal = await startTerminal({
      ...{ display: display.name, profile: 'xigo' },
      environment: { NOTIFY_SOCKET: '/run/none', WATCHDOG_USEC: '3000000' },
    });
    const ended = new Promise((resolve) =>
      terminal.app.process().once('exit', (code) => resolve(code)),
    );
    await vi.waitFor(async () => {
      const text = await terminal.inPage('document.body.innerText');
      expect(text).toContain('12348');
      expect(text).toContain('没有名为"xigo"的部署');
    }, PATIENT);
    expect(await ended).toBe(3);
    rmSync(terminal.dataDir, { recursive: true, force: true });
  });
});

describe('a terminal that runs as a service, whose parts are missing', () => {
  it('shows 12348 and that it has no pages', async () => {
    const terminal = await startTerminal({
      ...{ display: display.name, pageDir: '/nowhere' },
      environment: { NOTIFY_SOCKET: '/run/none', WATCHDOG_USEC: '3000000' },
    });
    await vi.waitFor(async () => {
      const text = await terminal.inPage('document.body.innerText');
      expect(text).toContain('12348');
      expect(text).toContain('页面文件夹 /nowhere 不在');
    }, PATIENT);
    await terminal.close();
  });
});

describe('a terminal that cannot start', () => {
  it('says that there is no display', async () => {
    const ended = await runToEnd(terminalArguments(temporaryFolder(), {}), undefined);
    expect(ended.said).toMatch(/^没有找到显示屏.*。$/m);
    expect(ended.code).toBe(3);
  });

  it.each([
    [{ profile: 'atlantis' }, '没有名为"atlantis"的部署'],
    [{ pageDir: '/nowhere' }, '页面文件夹 /nowhere 不在'],
  ])('says in one sentence what is wrong: %j', async (settings, sentence) => {
    const ended = await runToEnd(terminalArguments(temporaryFolder(), settings), display.name);
    expect(ended.said).toContain(sentence);
    expect(ended.said).not.toMatch(/\bat .*:\d+:\d+/);
    expect(ended.code).toBe(3);
  });

  it('says that a broken profile is broken', async () => {
    const profile = temporaryFolder();
    writeFileSync(join(profile, 'profile.yaml'), 'id: [');
    const ended = await runToEnd(terminalArguments(temporaryFolder(), { profile }), display.name);
    expect(ended.said).toContain('部署文件夹有');
    expect(ended.code).toBe(3);
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What was done about each fault, in order. */
function faults(terminal: RunningTerminal): string[] {
  return terminal
    .log()
    .filter(({ msg }) => msg === 'page-fault')
    .map(({ fault, rung }) => `${String(fault)} ${String(rung)}`);
}

function runToEnd(
  args: readonly string[],
  displayName: string | undefined,
): Promise<{ said: string; code: number | null }> {
  const child = spawn(electronProgram(), args, { env: terminalEnvironment(displayName) });
  let said = '';
  child.stderr.on('data', (data) => {
    said += String(data);
  });
  return new Promise((resolve) => child.once('exit', (code) => resolve({ said, code })));
}
