import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { doctorReportSchema } from '#shared/health/finding.ts';
import { packHere } from '../../build/package/electron.mjs';
import { debOf } from '../../build/package/electron-deb.mjs';
import { projectNode } from '../../build/setup/paths.mjs';
import { type Display, openDisplay } from '../e2e/electron/display.ts';
import { MOUSE, TOUCH_SCREEN } from '../station/doctor/planted-computer.ts';
import { type DebianRoot, debianRoot } from './debian-root.ts';

/**
 * The Electron package on a bare Debian, as far as it is not what `technicians-path` proves of both: it installs, starts,
 * takes a technician's commands, and an upgrade keeps a backup. Made of the tests' runtime where the official one cannot be
 * had; its host and commands then run on `NODE`, which is no part of the package. Needs root and Debian's mirror.
 */
const LONG = 600_000;
const PATIENT = { timeout: 120_000, interval: 500 };
const DATA = '/var/lib/legal-kiosk';
const NODE = '/opt/node';

let root: DebianRoot;
let display: Display;
let work: string;
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'kiosk-electron-deb-'));
  display = await openDisplay();
  const { file: unpacked } = await packHere({ version: '0.1.0', folder: work });
  root = await debianRoot(`${MOUSE}\n${TOUCH_SCREEN}`);
  for (const version of ['0.1.0', '0.1.1']) {
    const made = { unpacked, version, arch: process.arch, folder: join(root.folder, 'tmp') };
    await debOf({ ...made, compression: 'none' });
  }
  copyFileSync(projectNode(), join(root.folder, NODE));
}, LONG);
afterAll(() => {
  display?.close();
  root?.remove();
  rmSync(work, { recursive: true, force: true });
}, LONG);

const shell = (line: string) => root.run(`export KIOSK_NODE=${NODE}; ${line}`);
const deb = (version: string) =>
  `/tmp/${readdirSync(join(root.folder, 'tmp')).find((name) => name.includes(`_${version}_`))}`;

test(
  'installs with what it needs, and starts as the terminal’s own user',
  async () => {
    const { status, output } = await shell(
      `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${deb('0.1.0')}`,
    );
    expect(status, output).toBe(0);
    const terminal = root.start(
      `export KIOSK_NODE=${NODE}; exec runuser -u legal-kiosk -- env HOME=${DATA} DISPLAY=${display.name} legal-kiosk --disable-gpu`,
    );
    terminal.stdout?.resume();
    terminal.stderr?.resume();
    const gone = new Promise<void>((resolve) => terminal.once('close', () => resolve()));
    await vi.waitFor(
      () => expect(readdirSync(join(root.folder, DATA))).toContain('running'),
      PATIENT,
    );
    // As systemd does: a signal to the program, and time to close in order.
    await promisify(execFile)('pkill', ['-TERM', '-P', String(terminal.pid)]);
    await gone;
    expect(readdirSync(join(root.folder, DATA))).not.toContain('running');
  },
  LONG,
);

test('root makes the first account, and everything stays the terminal’s own', async () => {
  const added = await shell('legal-kiosk-admin staff add li01 --name 李示例 --role 站长');
  expect(added.output).toMatch(/^已为 李示例 建立账号 li01。一次性密码是 \d{8}，[^\n]*\n$/);
  expect(added.status).toBe(0);
  const foreign = await shell(`find ${DATA} ! -user legal-kiosk`);
  expect(foreign.output).toBe('');
});

test('the self-test answers a program with nothing beside it, and finds the package as it was made', async () => {
  const { output } = await shell('legal-kiosk-admin doctor --json');
  const { findings } = doctorReportSchema.parse(JSON.parse(output));
  expect(findings.find(({ check }) => check === 'program-files')).toMatchObject({ verdict: 'ok' });
});

test('a mistake is told in a sentence that names the command as it is called', async () => {
  const { status, output } = await shell('legal-kiosk-admin staff add li02');
  expect(status).toBe(1);
  expect(output).toBe('还要写 --name 姓名。\n');
  const unknown = await shell('legal-kiosk-admin nonsense');
  expect(unknown.status).toBe(2);
  expect(unknown.output).toContain('用法：legal-kiosk-admin 命令');
});

test('the program itself takes commands, too, of an ordinary user and with its sandbox', async () => {
  const line = `runuser -u legal-kiosk -- /usr/lib/legal-kiosk/legal-kiosk --admin staff list --data ${DATA}`;
  const { status, output } = await shell(line);
  expect(output).toContain('li01  李示例  站长');
  expect(status).toBe(0);
});

test(
  'an upgrade keeps a backup of before, which restores',
  async () => {
    const { status, output } = await shell(`apt-get install -y -qq ${deb('0.1.1')}`);
    expect(status, output).toBe(0);
    expect(output).not.toContain('no backup was made');
    const kept = readdirSync(join(root.folder, DATA)).filter((name) =>
      /^before-upgrade-.*\.backup$/.test(name),
    );
    expect(kept).toHaveLength(1);
    const restored = await shell(`legal-kiosk-admin restore ${DATA}/${kept[0] ?? ''}`);
    expect(restored.output).toMatch(/^已恢复/);
    expect((await shell('legal-kiosk-admin staff list')).output).toContain('li01');
  },
  LONG,
);

test('root moves the terminal onto a stick, with its settings', async () => {
  const { status, output } = await shell(
    'mkdir /tmp/stick && legal-kiosk-admin move-out /tmp/stick',
  );
  expect(status, output).toBe(0);
  const again = await shell('legal-kiosk-admin move-out --undo /tmp/stick/kiosk-move-*');
  expect(again.status, again.output).toBe(0);
  expect((await shell(`find ${DATA} ! -user legal-kiosk`)).output).toBe('');
});

test('removing it takes the command away and keeps the data', async () => {
  expect((await shell('apt-get remove -y -qq legal-kiosk')).status).toBe(0);
  expect(readdirSync(join(root.folder, DATA))).toContain('station.sqlite');
  expect((await shell('command -v legal-kiosk-admin')).status).not.toBe(0);
});
