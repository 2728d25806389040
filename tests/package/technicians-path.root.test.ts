import { type ChildProcess, execFile } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
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

/** What `doctor --json` says. */
interface Report {
  readonly findings: readonly { check: string; verdict: string; sentence: string }[];
}
const findingOf = (report: Report, check: string) =>
  report.findings.find((finding) => finding.check === check);

const TERMINAL_UNIT = '/etc/systemd/system/legal-kiosk.service';
const read = (file: string) => readFileSync(join(root.folder, file), 'utf8');
/** Whether something of that name is there, also a link into nothing. */
const isThere = (file: string) =>
  lstatSync(join(root.folder, file), { throwIfNoEntry: false }) !== undefined;

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
const AFTER_BOOT = 'systemd-tmpfiles --create /etc/tmpfiles.d/legal-kiosk.conf';

/** What this station wrote into its deployment. */
const PRINTER = 'printer: { document: "cups:Station" }';
const PROFILE = '/etc/legal-kiosk/profiles/wuhua';

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
    const report = JSON.parse(output.slice(output.indexOf('{'))) as Report;
    expect(findingOf(report, 'program-files')).toMatchObject({ verdict: 'ok' });
    expect(
      report.findings.filter(({ verdict }) => ['fault', 'attention'].includes(verdict)),
    ).toEqual([]);
  },
  LONG,
);

test(
  "an upgrade keeps the data, the station's printers and content, leaves a backup of before, and renews the set-up",
  async () => {
    await stop();
    const written = await root.run(
      `sed -i 's/^printer: .*/${PRINTER}/' ${PROFILE}/profile.yaml && rm ${PROFILE}/content && cp -rL /usr/lib/legal-kiosk/assets/profiles/wuhua/content ${PROFILE}/content && echo '# ours' >> ${PROFILE}/content/$(ls ${PROFILE}/content | head -n 1)`,
    );
    expect(written.status, written.output).toBe(0);
    const { status, output } = await root.run(
      `${AFTER_BOOT}; echo mark > /var/lib/legal-kiosk/mark; echo broken > ${TERMINAL_UNIT}; apt-get install -y -qq ${deb('0.1.1')}`,
    );
    expect(status, output).toBe(0);
    expect(read(`${PROFILE}/profile.yaml`)).toContain(PRINTER);
    expect((await root.run(`grep -rlx '# ours' ${PROFILE}/content`)).status).toBe(0);
    expect(read(TERMINAL_UNIT)).toContain('ExecStart=/usr/bin/legal-kiosk');
    const kept = readdirSync(join(root.folder, 'var/lib/legal-kiosk'));
    expect(kept).toContain('mark');
    expect(kept.filter((name) => /^before-upgrade-.*\.backup$/.test(name))).toHaveLength(1);
    start();
    expect(await shownHeading()).toMatch(/\p{Script=Han}/u);
    await stop();
    const { output: said } = await root.run('legal-kiosk-admin doctor --json');
    const report = JSON.parse(said.slice(said.indexOf('{'))) as Report;
    expect(findingOf(report, 'program-files')).toMatchObject({ verdict: 'ok' });
    expect(JSON.stringify(report)).toContain('Station');
  },
  LONG,
);

test(
  'everything moves to another computer by a folder: the old one gives no page any more, the new one is the same terminal',
  async () => {
    const folder = '/media/usb';
    const out = await root.run(
      `install -d -o legal-kiosk ${folder} && legal-kiosk-admin move-out ${folder}`,
    );
    expect(out.status, out.output).toBe(0);
    expect(out.output).toContain('已经停用');
    const refused = await root.run(`${AFTER_BOOT} && ${asTerminal('legal-kiosk --port 0')}`);
    expect(refused.output).toContain('搬到另一台电脑');
    expect(refused.status).not.toBe(0);
    // The new computer: the same program, none of the old one's data or settings.
    const bare = await root.run(
      `mv /var/lib/legal-kiosk /var/lib/old-computer && install -d -o legal-kiosk -g legal-kiosk -m 700 /var/lib/legal-kiosk && sed -i 's/^printer: .*/printer: { document: none }/' ${PROFILE}/profile.yaml`,
    );
    expect(bare.status, bare.output).toBe(0);
    const moved = await root.run(`legal-kiosk-admin move-in ${folder}`);
    expect(moved.status, moved.output).toBe(0);
    expect(read(`${PROFILE}/profile.yaml`)).toContain(PRINTER);
    expect(isThere('/var/lib/legal-kiosk/station.sqlite')).toBe(true);
    start();
    expect(await shownHeading()).toMatch(/\p{Script=Han}/u);
    await stop();
    const again = await root.run(`legal-kiosk-admin move-in ${folder}`);
    expect(again.status).not.toBe(0);
    expect(again.output).toContain('已经搬到这台电脑了');
  },
  LONG,
);

test('a file of the program that was changed is named by the self-test', async () => {
  appendFileSync(join(root.folder, 'usr/lib/legal-kiosk/out/main/browser-shell.js'), '\n');
  const { output, status } = await root.run('legal-kiosk-admin doctor');
  expect(output).toContain('out/main/browser-shell.js 和安装时不一样');
  expect(status).toBe(2);
});

/** What locks the computer. */
const LOCKS = [
  ...['/etc/systemd/system/getty@tty1.service', '/etc/systemd/logind.conf.d/legal-kiosk.conf'],
  ...['/etc/udev/rules.d/70-legal-kiosk-usb.rules', '/etc/default/grub.d/legal-kiosk.cfg'],
];

test('the other package of this program, taking the place, finds the computer as it is', async () => {
  const removal = '/var/lib/dpkg/info/legal-kiosk-browser.prerm remove in-favour legal-kiosk 1';
  expect((await root.run(removal)).status).toBe(0);
  expect(LOCKS.filter((file) => !isThere(file))).toEqual([]);
});

test(
  'apt takes the one package away before it brings the other: the computer stays a terminal, with its options',
  async () => {
    const hall = '/etc/systemd/system/multi-user.target.wants/legal-kiosk-hall.service';
    const changed = await root.run(
      `/usr/lib/legal-kiosk/machine/provision --hall && apt-get remove -y -qq legal-kiosk-browser && [ ! -e ${TERMINAL_UNIT} ] && dpkg -i ${deb('0.1.1')}`,
    );
    expect(changed.status, changed.output).toBe(0);
    expect([...LOCKS, TERMINAL_UNIT, hall].filter((file) => !isThere(file))).toEqual([]);
    // Nobody asked for that one.
    expect(isThere('/etc/systemd/system/timers.target.wants/legal-kiosk-nightly.timer')).toBe(
      false,
    );
  },
  LONG,
);

test(
  'removing unlocks the computer and keeps the data, purging without an answer too, and with a yes deletes it',
  async () => {
    const data = join(root.folder, SHOWN);
    expect((await root.run('apt-get remove -y -qq legal-kiosk-browser')).status).toBe(0);
    expect(existsSync(join(root.folder, 'usr/lib/legal-kiosk/out'))).toBe(false);
    expect([...LOCKS, TERMINAL_UNIT].filter(isThere)).toEqual([]);
    expect(existsSync(data)).toBe(true);
    expect(read(`${PROFILE}/profile.yaml`)).toContain(PRINTER);
    // What was taken away on purpose does not come back by itself: each run here is another day, with an empty /run.
    expect((await root.run(`dpkg -i ${deb('0.1.1')}`)).status).toBe(0);
    expect([...LOCKS, TERMINAL_UNIT].filter(isThere)).toEqual([]);
    expect((await root.run('apt-get remove -y -qq legal-kiosk-browser')).status).toBe(0);
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
