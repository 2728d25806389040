import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { layTree, PROGRAM } from '../../build/package/debian-tree.mjs';
import { standIns } from '../machine/run-script.ts';

/** The commands of the Debian packages, the programs behind them replaced by one that says how it was called. */
let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'kiosk-commands-'));
  mkdirSync(join(root, PROGRAM, 'assets', 'profiles'), { recursive: true });
  const echo = (what: string) => `/bin/echo ${what}`;
  layTree(root, 'legal-kiosk', { terminal: echo('terminal'), admin: echo('admin --') });
});
afterAll(() => rmSync(root, { recursive: true }));

function called(name: string, user: number, args: readonly string[], data?: string): string {
  const path = standIns(root, { id: `echo ${user}`, runuser: 'echo "as legal-kiosk: $*"' });
  const env = { PATH: path, ...(data === undefined ? {} : { KIOSK_DATA: data }) };
  const { stdout } = spawnSync(join(root, 'usr/bin', name), args, { encoding: 'utf8', env });
  return stdout.trim();
}
const admin = (user: number, args: readonly string[], data?: string) =>
  called('legal-kiosk-admin', user, args, data);

test('a terminal is started as whoever starts it', () => {
  expect(called('legal-kiosk', 0, ['--profile', 'xigu'])).toBe('terminal --profile xigu');
});

test('root gives commands as the terminal’s own user', () => {
  expect(admin(0, ['doctor', '--json'])).toBe(
    'as legal-kiosk: -u legal-kiosk -- /bin/echo admin -- doctor --json',
  );
  expect(admin(0, [])).toBe('as legal-kiosk: -u legal-kiosk -- /bin/echo admin --');
});

test.each(['move-out', 'move-in'])(
  'root stays root for %s, which takes in root’s settings',
  (word) => {
    expect(admin(0, [word, '/media/usb'])).toBe(`admin -- ${word} /media/usb`);
  },
);

test('data of somebody else’s are left to whoever gives the command', () => {
  expect(admin(0, ['doctor'], '/home/somebody/data')).toBe('admin -- doctor');
  expect(admin(1000, ['staff', 'add', 'li01', '--name', '李 示例'])).toBe(
    'admin -- staff add li01 --name 李 示例',
  );
});
