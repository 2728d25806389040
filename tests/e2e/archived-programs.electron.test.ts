import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildArchive, electronProgram } from './electron/built-program.ts';
import { type Display, openDisplay } from './electron/display.ts';
import { type Run, runProgram } from './electron/run-program.ts';
import { CHROMIUM_ARGUMENTS, terminalEnvironment } from './electron/terminal-arguments.ts';

/*
 * The programs where an installed terminal has them, inside the archive, run in Electron's own Node. The Node of the
 * runtime that tests may fall back to is too old for the database alone (decision 012); all else is as with the official one.
 */
let archive: { folder: string; entry: string };
let work: string;
beforeAll(async () => {
  archive = await buildArchive();
  work = mkdtempSync(join(tmpdir(), 'kiosk-archived-'));
});
afterAll(() => {
  for (const folder of [archive.folder, work]) rmSync(folder, { recursive: true, force: true });
});

/** As the installed command starts it, and without a display. */
const QUIET = ['--no-sandbox', '--no-zygote', '--log-level=3'];
const admin = (words: readonly string[], more: Run = {}) =>
  runProgram(electronProgram(), [...QUIET, archive.entry, '--admin', '--', ...words], {
    env: terminalEnvironment(undefined),
    ...more,
  });
const plain = 'plain-program.js';

describe('a command in Electron’s own Node, without a display', () => {
  test('has its words, streams and exit status, and nothing else is said', async () => {
    const ended = await admin([plain, 'echo', '--name', '李示例', '--lang=zh'], {
      input: '一\n二',
    });
    expect(JSON.parse(ended.out)).toEqual({
      words: ['--name', '李示例', '--lang=zh'],
      input: '一\n二',
    });
    expect(ended).toMatchObject({ status: 7, signal: null, errors: 'to the other stream\n' });
  });

  test('loses nothing of a long answer', async () => {
    const { out, status } = await admin([plain, 'much', '3000000']);
    expect([out.length, status]).toEqual([3_000_000, 0]);
  });

  test.each(['fault', 'rejection'])(
    'ends with 1 at a %s that nobody caught, and shows it',
    async (what) => {
      const { status, errors } = await admin([plain, what]);
      expect(status).toBe(1);
      expect(errors).toMatch(/plain-program/);
    },
  );

  test.each(['SIGINT', 'SIGTERM'] as const)('is ended by %s', async (signal) => {
    const started = (child: ChildProcess) => child.stdout?.once('data', () => child.kill(signal));
    expect(await admin([plain, 'wait'], { started })).toMatchObject({ status: null, signal });
  });

  test('is the technicians’ own program: checks a deployment, refuses a command that is none', async () => {
    const profile = join(archive.folder, 'resources/assets/profiles/wuhua');
    const checked = await admin(['kiosk.js', 'profile', 'check', profile]);
    expect(checked).toMatchObject({ status: 0, errors: '' });
    expect(checked.out).toContain('检查通过');
    const refused = await admin(['kiosk.js', 'nonsense']);
    expect(refused).toMatchObject({ status: 2, out: '' });
    expect(refused.errors).toContain('没有这个命令：nonsense');
  });
});

describe('a host in a utility process', () => {
  let display: Display;
  beforeAll(async () => {
    display = await openDisplay();
  });
  afterAll(() => display.close());

  test('writes onto a stick by the thread out of the archive', async () => {
    const [data, stick] = ['data', 'stick'].map((name) => join(work, name)) as [string, string];
    for (const folder of [data, stick]) mkdirSync(folder);
    const file = join(stick, 'support.json.gz');
    const ended = await runProgram(
      electronProgram(),
      [...CHROMIUM_ARGUMENTS, archive.entry, '--admin', '--', 'stick-host.js', data, file],
      { env: terminalEnvironment(display.name) },
    );
    expect(ended.status, ended.errors).toBe(0);
    expect(JSON.parse(gunzipSync(readFileSync(file)).toString())).toMatchObject({
      versions: { program: 'archived' },
    });
  });
});
