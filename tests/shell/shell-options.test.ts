import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appPaths } from '../../src/main/shell/app-paths.ts';
import { shellOptions, UsageError } from '../../src/main/shell/shell-options.ts';

const paths = appPaths(import.meta.filename);
const read = (...args: string[]) => shellOptions(args, paths, 'browser');

test('without options it is Wuhua in the browser at port 7348', () => {
  const options = read();
  expect(options).toMatchObject({ shell: 'browser', port: 7348, station: undefined });
  expect(options.profileDir).toBe(join(paths.profilesDir, 'wuhua'));
  expect(options.dataDir).toMatch(/legal-kiosk[\\/]wuhua$/);
});

test('each outlet has a data folder of its own', () => {
  const { dataDir } = read('--profile', 'xigu', '--station', '620104001');
  expect(dataDir).toMatch(/legal-kiosk[\\/]xigu-620104001$/);
});

test('a profile may be a folder anywhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  expect(read('--profile', folder).profileDir).toBe(folder);
  rmSync(folder, { recursive: true });
});

test('an outlet that is not the only one of its division has a code with a suffix', () => {
  const { station } = read('--profile', 'bozhou', '--station', '652701001-J01');
  expect(station).toBe('652701001-J01');
});

test('profiles that cannot be read are named in one sentence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  const profilesDir = join(folder, 'profiles');
  // A test may run as root, who may read every folder; no user can read a file as one.
  writeFileSync(profilesDir, '');
  const refused = () => shellOptions([], { ...paths, profilesDir }, 'browser');
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow(new RegExp(`^存放部署的文件夹 ${profilesDir} 读不了.*。$`));
  rmSync(folder, { recursive: true });
});

test('port 0 takes any free one', () => {
  expect(read('--port', '0').port).toBe(0);
});

describe('refused in one sentence is', () => {
  test.each([
    ['an unknown profile', ['--profile', 'atlantis'], 'bozhou、changzhou、jilin、wuhua、xigu'],
    ['a file beside the profiles', ['--profile', 'README.md'], '没有名为"README.md"的部署'],
    ['a way out of the profiles', ['--profile', '..nothing/..'], '部署文件夹'],
    ['an empty profile', ['--profile', ''], '部署'],
    ['a profile folder that is not there', ['--profile', './nowhere'], './nowhere'],
    ['a station that is no code', ['--station', '五华'], '--station'],
    ['a port that is no number', ['--port', 'http'], '端口"http"'],
    ['a port beyond all ports', ['--port', '65536'], '端口"65536"'],
    ['a negative port', ['--port=-1'], '端口"-1"'],
    ['a fraction of a port', ['--port', '7.5'], '端口"7.5"'],
    ['another shell', ['--shell', 'firefox'], 'browser'],
    ['an unknown option', ['--full-screen'], '--profile'],
    ['an option without its value', ['--port'], '--port'],
    ['the question what the options are', ['--help'], /^可用的选项：--profile/],
    ['a word too many', ['xigu'], 'xigu'],
    ['a clock that is no moment', ['--start-at', 'tomorrow'], '2026-03-02T09:30:00+08:00'],
  ])('%s', (_, args, hint) => {
    const refusal = expect.objectContaining({
      message: expect.stringMatching(/^[^\n]+。$/) as string,
    }) as Error;
    expect(() => read(...args)).toThrow(UsageError);
    expect(() => read(...args)).toThrow(refusal);
    expect(() => read(...args)).toThrow(hint);
  });
});
