import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MACHINE, runScript } from './run-script.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'provision-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Every file and link below a folder, with what it holds. */
function contentsOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    paths.flatMap((path) => {
      const full = join(folder, path);
      const state = lstatSync(full);
      if (state.isDirectory()) return [];
      return [[path, state.isSymbolicLink() ? `-> ${readlinkSync(full)}` : textOf(full)]];
    }),
  );
}

const textOf = (path: string) =>
  `${lstatSync(path).mode.toString(8)} ${readFileSync(path, 'utf8')}`;

function provision(...args: string[]) {
  const ended = runScript('provision', ['--root', root, ...args]);
  expect(ended, ended.err).toMatchObject({ code: 0 });
  return ended.out;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe('provisioning', () => {
  test('lays down the units, enabled, and a user without password and shell', () => {
    provision('--nightly-restart', '--hall');
    const wanted = join(root, 'etc/systemd/system/multi-user.target.wants');
    expect(readdirSync(wanted).sort()).toEqual([
      'legal-kiosk-hall.service',
      'legal-kiosk-orders.path',
      'legal-kiosk-screen.service',
      'legal-kiosk.service',
    ]);
    const passwd = readFileSync(join(root, 'etc/passwd'), 'utf8');
    expect(passwd).toMatch(
      /^legal-kiosk:x:\d+:\d+:.*:\/var\/lib\/legal-kiosk:\/usr\/sbin\/nologin$/m,
    );
    // A password field that no password can match.
    expect(readFileSync(join(root, 'etc/shadow'), 'utf8')).toMatch(/^legal-kiosk:!\*?:/m);
    expect(lstatSync(join(root, 'var/lib/legal-kiosk')).mode & 0o777).toBe(0o700);
    expect(readlinkSync(join(root, 'etc/systemd/system/getty@tty1.service'))).toBe('/dev/null');
  });

  test('gives every browser that may show the pages the same rules', () => {
    provision();
    for (const browser of ['chromium-browser', 'opt/chrome', 'opt/edge'])
      expect(readlinkSync(join(root, 'etc', browser, 'policies/managed/legal-kiosk.json'))).toBe(
        '/etc/chromium/policies/managed/legal-kiosk.json',
      );
  });

  test('gives the terminal folders of its own below one that is root’s, where it can replace none of them', () => {
    provision();
    const run = join(root, 'run/legal-kiosk');
    const { uid: owner, mode } = lstatSync(run);
    expect([owner, mode & 0o777]).toEqual([0, 0o755]);
    const [, uid] =
      /^legal-kiosk:x:(\d+):/m.exec(readFileSync(join(root, 'etc/passwd'), 'utf8')) ?? [];
    expect(readdirSync(run).sort()).toEqual(['hall', 'home', 'orders', 'session']);
    for (const name of readdirSync(run))
      expect(lstatSync(join(run, name)).uid, name).toBe(Number(uid));
  });

  test('keeps the options that this computer’s kernel needs', () => {
    provision();
    const file = join(root, 'etc/default/grub.d/legal-kiosk.cfg');
    const line = `GRUB_CMDLINE_LINUX_DEFAULT="nomodeset pci=noaer"; . '${file}'; echo "$GRUB_CMDLINE_LINUX_DEFAULT"`;
    const { stdout } = spawnSync('sh', ['-c', line], { encoding: 'utf8' });
    expect(stdout).toMatch(/^nomodeset pci=noaer quiet .*fsck\.repair=yes$/m);
  });

  test('twice gives the same as once', () => {
    provision('--hall', '--soft-watchdog');
    const once = contentsOf(root);
    provision('--hall', '--soft-watchdog');
    expect(contentsOf(root)).toEqual(once);
    expect(Object.keys(once).length).toBeGreaterThan(30);
  });

  test('dry changes nothing and says what would be done', () => {
    const said = provision('--dry-run');
    expect(said).toContain('would: install -m 644');
    expect(readdirSync(root)).toEqual([]);
  });

  test('undone gives back what was there before, and keeps data and settings', () => {
    write('etc/pam.d/legal-kiosk', 'of somebody else\n');
    write('etc/hostname', 'terminal\n');
    const before = contentsOf(root);
    provision('--nightly-restart', '--hall', '--soft-watchdog');
    write('var/lib/legal-kiosk/station.sqlite', 'data');
    provision('--undo');
    const after = contentsOf(root);
    for (const kept of ['etc/passwd', 'etc/shadow', 'etc/group', 'etc/gshadow', 'etc/.pwd.lock'])
      delete after[kept];
    expect(after['etc/legal-kiosk/machine.conf']).toContain('KIOSK_ARGUMENTS');
    delete after['etc/legal-kiosk/machine.conf'];
    expect(after['var/lib/legal-kiosk/station.sqlite']).toContain('data');
    delete after['var/lib/legal-kiosk/station.sqlite'];
    expect(after).toEqual(before);
  });

  test("leaves a technician's settings alone, and mends a unit that was changed", () => {
    provision();
    write('etc/legal-kiosk/machine.conf', 'KIOSK_ARGUMENTS="--profile elunchun"\n');
    write('etc/systemd/system/legal-kiosk.service', 'broken');
    provision();
    expect(readFileSync(join(root, 'etc/legal-kiosk/machine.conf'), 'utf8')).toContain('elunchun');
    expect(readFileSync(join(root, 'etc/systemd/system/legal-kiosk.service'), 'utf8')).toBe(
      readFileSync(join(MACHINE, 'root/etc/systemd/system/legal-kiosk.service'), 'utf8'),
    );
  });

  test('says what the system lacks', () => {
    expect(provision()).toMatch(/apt-get install --no-install-recommends .*xinit openbox/);
  });

  test('refuses what it does not know', () => {
    expect(runScript('provision', ['--root', root, '--quietly']).code).toBe(2);
    expect(existsSync(join(root, 'etc'))).toBe(false);
  });
});

describe('the files that it lays down', () => {
  const units = join(MACHINE, 'root/etc/systemd/system');

  test('are units that systemd understands', () => {
    const { stdout, stderr } = spawnSync(
      'systemd-analyze',
      ['verify', ...readdirSync(units).map((name) => join(units, name))],
      { encoding: 'utf8' },
    );
    // The program itself is not installed where this runs.
    const said = `${stdout}${stderr}`
      .split('\n')
      .filter((line) => !/: Command \/usr\/(?:lib|bin)\/legal-kiosk\S* is not exec/.test(line));
    expect(said.filter((line) => line !== '')).toEqual([]);
  });

  test('bring the terminal back for ever, and have it watched', () => {
    for (const name of ['legal-kiosk.service', 'legal-kiosk-screen.service']) {
      const unit = readFileSync(join(units, name), 'utf8');
      expect(unit).toMatch(/^Restart=always$/m);
      expect(unit).toMatch(/^StartLimitIntervalSec=0$/m);
    }
    expect(readFileSync(join(units, 'legal-kiosk.service'), 'utf8')).toMatch(/^WatchdogSec=\d+$/m);
    expect(
      readFileSync(join(MACHINE, 'root/etc/systemd/system.conf.d/legal-kiosk.conf'), 'utf8'),
    ).toMatch(/^RuntimeWatchdogSec=\d+s$/m);
  });

  test('shut the browser’s own ways out, and leave the program its eye on the page', () => {
    const file = join(MACHINE, 'root/etc/chromium/policies/managed/legal-kiosk.json');
    const policies = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    expect(policies).toMatchObject({
      ...{ URLBlocklist: ['file://*'], DownloadRestrictions: 3, TranslateEnabled: false },
      ...{ AllowFileSelectionDialogs: false, TaskManagerEndProcessEnabled: false },
    });
    // Forbidding developers' tools shuts the debugging pipe, too, by which the page is guarded and watched.
    expect(Object.keys(policies)).not.toContain('DeveloperToolsAvailability');
  });

  test('keep the hall display from the data of the terminal', () => {
    const unit = readFileSync(join(units, 'legal-kiosk-hall.service'), 'utf8');
    expect(unit).toMatch(
      /^InaccessiblePaths=.*-\/var\/lib\/legal-kiosk .*\/run\/legal-kiosk\/orders/m,
    );
    expect(unit).toMatch(/^ReadWritePaths=\/run\/legal-kiosk\/hall$/m);
  });

  test('forbid nothing that the sandbox of Chromium needs', () => {
    const unit = readFileSync(join(units, 'legal-kiosk.service'), 'utf8');
    expect(unit).toMatch(/^NoNewPrivileges=yes$/m);
    expect(unit).not.toMatch(/^(?:RestrictNamespaces|MemoryDenyWriteExecute|PrivateUsers)=/m);
    // On systemd 247 to 251 it also shuts every device: screen, touch, sound and printers.
    expect(unit).not.toMatch(/^ProtectClock=/m);
  });

  test('are scripts that shellcheck finds nothing in', () => {
    const scripts = readdirSync(MACHINE).filter((name) => !/[.]/.test(name) && name !== 'root');
    expect(scripts.length).toBeGreaterThanOrEqual(8);
    const checked = spawnSync('shellcheck', ['--shell=sh', '--severity=style', ...scripts], {
      cwd: MACHINE,
      encoding: 'utf8',
    });
    expect(checked.stdout).toBe('');
    expect(checked.status).toBe(0);
  });
});
