import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStationLog, type StationLog } from '#station/log/station-log.ts';
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
  await vi.waitFor(() => expect(lines).toHaveLength(2), 20_000);
  await check.stop();
  expect(lines).toEqual([
    ['program-files-changed', { count: 1 }],
    ['program-file', { file: 'app.asar', state: 'missing' }],
  ]);
});

test('the log itself takes the names of twenty files, those of packages too, and the number of all', async () => {
  const packages = join(folder, 'node_modules/@serialport/bindings-cpp/prebuilds/linux-x64');
  mkdirSync(packages, { recursive: true });
  for (let i = 10; i < 35; i += 1) writeFileSync(join(packages, `@a+b.${i}.node`), '');
  await writeProgramFiles(folder, '1.2.3');
  rmSync(packages, { recursive: true });
  writeFileSync(join(folder, 'app.asar'), 'another archive');
  const logs = join(folder, '../', `${basename(folder)}-logs`);
  const log = await openStationLog(logs);
  const check = startSelfCheck(log, folder, 1);
  const written = () =>
    readdirSync(logs)
      .flatMap((name) => readFileSync(join(logs, name), 'utf8').split('\n'))
      .filter((line) => line.includes('program-file'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  await vi.waitFor(() => expect(written()).toHaveLength(21), 20_000);
  await check.stop();
  await log.close();
  expect(written()[0]).toMatchObject({ msg: 'program-files-changed', count: 26 });
  expect(written()[1]).toMatchObject({
    ...{ msg: 'program-file', state: 'missing' },
    file: 'node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/@a+b.10.node',
  });
  rmSync(logs, { recursive: true });
});

test('an installed program whose list is gone is told from one that runs from its sources', () => {
  rmSync(join(folder, 'program-files.json'));
  const inside = join(folder, 'out/main');
  expect(installedFolder(inside)).toBeUndefined();
  expect(installedFolder(inside, folder)).toBe(folder);
  expect(installedFolder('/opt/App/resources/app.asar/out/main')).toBe('/opt/App');
  expect(installedFolder('/opt/App/resources/app.asar.unpacked/out/main')).toBe('/opt/App');
});

test('a start logs that the list itself is gone', async () => {
  rmSync(join(folder, 'program-files.json'));
  await expect(checkProgramFiles(folder)).rejects.toThrow();
  const { lines, log } = keptLog();
  const check = startSelfCheck(log, folder, 1);
  await vi.waitFor(() => expect(lines).toHaveLength(1), 20_000);
  await check.stop();
  expect(lines).toEqual([['program-files-unknown', { error: 'ENOENT' }]]);
});

test('a host that is closed before or while it looks logs nothing more', async () => {
  const { lines, log } = keptLog();
  await startSelfCheck(log, folder, 60_000).stop();
  const check = startSelfCheck(log, folder, 0);
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
  await check.stop();
  expect(lines.filter(([name]) => name === 'program-files-unknown')).toEqual([]);
});
