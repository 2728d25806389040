import { type ChildProcess, execFile } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeBrowserDeb } from '../../build/package/browser-deb.mjs';
import { type Display, openDisplay } from '../e2e/electron/display.ts';
import { MOUSE, TOUCH_SCREEN } from '../station/doctor/planted-computer.ts';
import { type DebianRoot, debianRoot } from './debian-root.ts';

/**
 * What a technician does: a bare Debian, the package, `provision`, the self-test, the page; later a newer package, and at
 * the end away with it. The steps build on one another. Needs root and Debian's mirror.
 */
const execute = promisify(execFile);
const PATIENT = { timeout: 120_000, interval: 500 };
const LONG = 600_000;
const SHOWN = '/var/lib/legal-kiosk/station.sqlite';

let root: DebianRoot;
let display: Display;
let debs: string;
let port: number;
let terminal: ChildProcess | undefined;

beforeAll(async () => {
  debs = mkdtempSync(join(tmpdir(), 'kiosk-debs-'));
  display = await openDisplay();
  port = await freePort();
  // gzip, because packing as for shipping takes minutes; the version is the only other difference.
  for (const version of ['0.1.0', '0.1.1'])
    await makeBrowserDeb({ version, folder: debs, compression: 'gzip' });
  root = await debianRoot(`${MOUSE}\n${TOUCH_SCREEN}`);
  for (const name of readdirSync(debs))
    copyFileSync(join(debs, name), join(root.folder, 'tmp', name));
}, LONG);
afterAll(async () => {
  await stop();
  display?.close();
  root?.remove();
  rmSync(debs, { recursive: true, force: true });
}, LONG);

const deb = (version: string) => `/tmp/${readdirSync(debs).find((name) => name.includes(version))}`;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A shell line as the terminal's own user, on the display. */
const asTerminal = (line: string) =>
  `runuser -u legal-kiosk -- env HOME=/run/legal-kiosk/home DISPLAY=${display.name} KIOSK_CHROMIUM_FLAGS=--remote-debugging-port=${port} ${line}`;

/** /run is empty after each entry into the root, as after a restart of the computer. */
const AFTER_BOOT =
  'install -d -o legal-kiosk -g legal-kiosk -m 700 /run/legal-kiosk /run/legal-kiosk/home';

function start(): void {
  terminal = root.start(`${AFTER_BOOT} && exec ${asTerminal('legal-kiosk --port 0')}`);
  terminal.stdout?.resume();
  terminal.stderr?.resume();
}

/** As systemd does: a signal to the program, and time to close in order. */
async function stop(): Promise<void> {
  const child = terminal;
  terminal = undefined;
  if (child === undefined || child.exitCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await execute('pkill', ['-TERM', '-P', String(child.pid)]).catch(() => undefined);
  await gone;
}

/** The heading that somebody in front of the screen reads. */
const shownHeading = () =>
  vi.waitFor(async () => {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    try {
      const pages = browser.contexts().flatMap((context) => context.pages());
      const page = pages.find((one) => one.url().includes('/visitor/'));
      const heading = await page?.locator('h1').first().textContent({ timeout: 5000 });
      expect(heading).toBeTruthy();
      return heading;
    } finally {
      await browser.close();
    }
  }, PATIENT);

test(
  'the package installs on a bare Debian and brings what it needs',
  async () => {
    const { status, output } = await root.run(
      `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${deb('0.1.0')} fonts-noto-cjk fontconfig espeak-ng`,
    );
    expect(output).toContain('Setting up legal-kiosk-browser (0.1.0)');
    expect(status).toBe(0);
    const owner = await root.run('stat -c "%U %a" /var/lib/legal-kiosk');
    expect(owner.output.trim()).toBe('legal-kiosk 700');
  },
  LONG,
);

test(
  'provision lays down the units',
  async () => {
    const { status, output } = await root.run(
      'apt-get install -y -qq --no-install-recommends systemd xserver-xorg-core xserver-xorg-input-libinput xinit openbox x11-xserver-utils xinput xauth libpam-systemd >/dev/null && /usr/lib/legal-kiosk/machine/provision && ls /etc/systemd/system/multi-user.target.wants',
    );
    expect(status, output).toBe(0);
    expect(output).not.toContain('Missing');
    expect(output).toContain('legal-kiosk.service');
  },
  LONG,
);

test(
  'the program shows the page as its own user, and the self-test is well',
  async () => {
    start();
    expect(await shownHeading()).toMatch(/\p{Script=Han}/u);
    // A close in order leaves the first backup, without which the self-test warns.
    await stop();
    start();
    await shownHeading();
    const { output } = await root.run(
      `${AFTER_BOOT}; ${asTerminal('legal-kiosk-admin doctor --json')}`,
    );
    const report = JSON.parse(output.slice(output.indexOf('{'))) as {
      findings: { check: string; verdict: string; sentence: string }[];
    };
    const found = (check: string) => report.findings.find((finding) => finding.check === check);
    expect(found('program-files')).toMatchObject({ verdict: 'ok' });
    expect(
      report.findings.filter(({ verdict }) => ['fault', 'attention'].includes(verdict)),
    ).toEqual([]);
  },
  LONG,
);

test(
  'an upgrade keeps the data and leaves a backup of before',
  async () => {
    await stop();
    const { status, output } = await root.run(
      `${AFTER_BOOT}; echo mark > /var/lib/legal-kiosk/mark; apt-get install -y -qq ${deb('0.1.1')}`,
    );
    expect(status, output).toBe(0);
    const kept = readdirSync(join(root.folder, 'var/lib/legal-kiosk'));
    expect(kept).toContain('mark');
    expect(kept.filter((name) => /^before-upgrade-.*\.backup$/.test(name))).toHaveLength(1);
    start();
    expect(await shownHeading()).toMatch(/\p{Script=Han}/u);
    await stop();
  },
  LONG,
);

test('a file of the program that was changed is named by the self-test', async () => {
  appendFileSync(join(root.folder, 'usr/lib/legal-kiosk/out/main/browser-shell.js'), '\n');
  const { output, status } = await root.run('legal-kiosk-admin doctor');
  expect(output).toContain('out/main/browser-shell.js 和安装时不一样');
  expect(status).toBe(2);
});

test(
  'removing keeps the data, purging without an answer too, and with a yes deletes it',
  async () => {
    const data = join(root.folder, SHOWN);
    expect((await root.run('apt-get remove -y -qq legal-kiosk-browser')).status).toBe(0);
    expect(existsSync(join(root.folder, 'usr/lib/legal-kiosk/out'))).toBe(false);
    expect(existsSync(data)).toBe(true);
    expect((await root.run('dpkg --purge legal-kiosk-browser')).status).toBe(0);
    expect(existsSync(data)).toBe(true);
    const again = await root.run(
      `dpkg -i ${deb('0.1.1')} && echo 'legal-kiosk-browser legal-kiosk/purge-data boolean true' | debconf-set-selections && dpkg --purge legal-kiosk-browser`,
    );
    expect(again.status, again.output).toBe(0);
    expect(existsSync(join(root.folder, 'var/lib/legal-kiosk'))).toBe(false);
  },
  LONG,
);
