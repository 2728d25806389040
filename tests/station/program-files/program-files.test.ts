import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StationLog } from '#station/log/station-log.ts';
import { checkProgramFiles, installedFolder } from '#station/program-files/check-program-files.ts';
import { startSelfCheck } from '#station/program-files/self-check.ts';
import { writeProgramFiles } from '../../../build/package/program-files.mjs';

let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kiosk-program-'));
  mkdirSync(join(folder, 'out/main'), { recursive: true });
  writeFileSync(join(folder, 'out/main/station-host.js'), 'host\n'.repeat(300_000));
  writeFileSync(join(folder, 'out/main/中文.js'), '');
  writeFileSync(join(folder, 'app.asar'), 'an archive');
  await writeProgramFiles(folder, '1.2.3');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A log that keeps what it is told. */
function keptLog() {
  const lines: [string, unknown][] = [];
  const log = { event: (name: string, detail?: unknown) => lines.push([name, detail]) };
  return { lines, log: log as unknown as StationLog };
}

test('files as they were packaged are intact', async () => {
  expect(await checkProgramFiles(folder)).toEqual({ count: 3, missing: [], changed: [] });
});

test('a changed byte, a longer file, and a missing file are named', async () => {
  const host = join(folder, 'out/main/station-host.js');
  const bytes = readFileSync(host);
  bytes[bytes.length - 2] = 0x21;
  writeFileSync(host, bytes);
  writeFileSync(join(folder, 'out/main/中文.js'), ' ');
  rmSync(join(folder, 'app.asar'));
  expect(await checkProgramFiles(folder)).toEqual({
    count: 3,
    missing: ['app.asar'],
    changed: ['out/main/station-host.js', 'out/main/中文.js'],
  });
});

test('what cannot be read as a file counts as changed', async () => {
  rmSync(join(folder, 'app.asar'));
  mkdirSync(join(folder, 'app.asar'));
  expect((await checkProgramFiles(folder)).changed).toEqual(['app.asar']);
});

test('a damaged list is an error, not a program that is well', async () => {
  writeFileSync(join(folder, 'program-files.json'), '{"version": "1.2.3"');
  await expect(checkProgramFiles(folder)).rejects.toThrow();
});

test('the folder is found from any depth of the program, and there is none for the sources', () => {
  expect(installedFolder(join(folder, 'out/main'))).toBe(folder);
  expect(installedFolder()).toBeUndefined();
});

test('a start logs once how the files are', async () => {
  const { lines, log } = keptLog();
  const check = startSelfCheck(log, folder, 1);
  await vi.waitFor(() => expect(lines).toHaveLength(1), 20_000);
  await check.stop();
  expect(lines).toEqual([['program-files-intact', { count: 3 }]]);
});

test('a start logs the names of what is not as packaged', async () => {
  rmSync(join(folder, 'app.asar'));
  const { lines, log } = keptLog();
  const check = startSelfCheck(log, folder, 1);
  await vi.waitFor(() => expect(lines).toHaveLength(1), 20_000);
  await check.stop();
  expect(lines).toEqual([
    ['program-files-changed', { missing: 'app.asar', changed: '', count: 1 }],
  ]);
});

test('a host that is closed before or while it looks logs nothing more', async () => {
  const { lines, log } = keptLog();
  await startSelfCheck(log, folder, 60_000).stop();
  const check = startSelfCheck(log, folder, 0);
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
  await check.stop();
  expect(lines.filter(([name]) => name === 'program-files-unknown')).toEqual([]);
});
