/** The Electron program, unpacked, by electron-builder; and what is made of it. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import {
  answers,
  downloadHost,
  electronVersion,
  findOfficialRuntime,
} from '../setup/electron-runtime.mjs';
import { ensureTestRuntime, TEST_ELECTRON } from '../setup/electron-test-runtime.mjs';
import { inRoot, projectNode, ROOT } from '../setup/paths.mjs';
import { lastLines, run } from '../setup/run.mjs';
import { SetupError, say, withProgress } from '../setup/say.mjs';
import { assureSupported } from './electron-age.mjs';
import { stagePayload } from './payload.mjs';
import { writeProgramFiles } from './program-files.mjs';

const TOOLS_HOST =
  'https://github.com/electron-userland/electron-builder-binaries/releases/download/';
const toolsHost = () => process.env.ELECTRON_BUILDER_BINARIES_MIRROR || TOOLS_HOST;

const PLATFORM = { linux: '--linux', win32: '--win' };
const PLATFORM_NAME = { linux: 'Linux', win32: 'Windows' };

/**
 * Where Electron for a machine comes from: unpacked here, or downloaded by electron-builder.
 * @returns {Promise<string | undefined>} the folder; undefined when electron-builder is to download it
 * @throws {SetupError} when it cannot be had, or is too old to be shipped
 */
async function officialRuntime(platform, arch) {
  assureSupported(Date.now());
  const own = platform === process.platform && arch === process.arch;
  const program = own ? findOfficialRuntime() : undefined;
  if (program) return path.dirname(program);
  const host = downloadHost();
  if (await answers(host)) return undefined;
  throw new SetupError(
    `${PLATFORM_NAME[platform]} ${arch} 的 Electron ${electronVersion()} 下载不到（${host} 连不上），请用 ELECTRON_MIRROR 指定镜像。`,
  );
}

/** @throws {SetupError} when electron-builder's own tools for a kind of package cannot be downloaded */
async function assureTools(what) {
  const host = toolsHost();
  if (await answers(host)) return;
  throw new SetupError(
    `${what} 要用的工具下载不到（${host} 连不上），请用 ELECTRON_BUILDER_BINARIES_MIRROR 指定镜像。`,
  );
}

async function builder(args) {
  const cli = inRoot('node_modules', 'electron-builder', 'cli.js');
  const { status, output } = await run(projectNode(), [cli, '--publish', 'never', ...args], {
    cwd: ROOT,
  });
  if (status === 0) return;
  say(lastLines(output));
  throw new SetupError('electron-builder 没有做成：原因见上面几行。');
}

/** The pieces of electron-builder's configuration that depend on the runtime. */
function runtimeOptions({ dist, isOld }) {
  if (dist === undefined) return [];
  const options = [`-c.electronDist=${dist}`];
  if (!isOld) return options;
  // Its Node is too old for the host, which then runs on a plain Node; that cannot read inside the archive.
  const outside = ['out/main/**', 'node_modules/**', 'package.json', '**/*.node'];
  return [
    ...options,
    `-c.electronVersion=${TEST_ELECTRON}`,
    ...outside.map((pattern) => `-c.asarUnpack=${pattern}`),
  ];
}

async function pack(platform, arch, version, runtime) {
  const target = `${platform}-${arch}`;
  const staged = inRoot('out', 'package', target, 'app');
  stagePayload(staged, target, version);
  const output = inRoot('out', 'package', target, 'unpacked');
  rmSync(output, { recursive: true, force: true });
  await builder([
    ...[PLATFORM[platform], `--${arch}`, '--dir'],
    ...[`-c.directories.app=${staged}`, `-c.directories.output=${output}`],
    ...runtimeOptions(runtime),
  ]);
  const [name] = readdirSync(output).filter((entry) => entry.endsWith('-unpacked'));
  const folder = path.join(output, name);
  await writeProgramFiles(folder, version);
  return folder;
}

/**
 * The unpacked program for a machine, with the official runtime.
 * @returns {Promise<string>} its folder
 * @throws {SetupError}
 */
export async function packOfficial({ platform, arch, version }) {
  const dist = await officialRuntime(platform, arch);
  return withProgress(`打包 ${platform} ${arch}`, () =>
    pack(platform, arch, version, { dist, isOld: false }),
  );
}

/**
 * The unpacked program for this machine, in `folder`: with the official runtime, or, to try it out, with that of the tests.
 * @returns {Promise<{ file: string, note?: string }>}
 * @throws {SetupError}
 */
export async function packHere({ version, folder }) {
  const { platform, arch } = process;
  const official = findOfficialRuntime();
  const isOld = official === undefined && !(await answers(downloadHost()));
  const program = isOld ? await ensureTestRuntime() : official;
  const runtime = { dist: program && path.dirname(program), isOld };
  const packed = await withProgress('打包', () => pack(platform, arch, version, runtime));
  const file = path.join(folder, path.basename(packed));
  mkdirSync(folder, { recursive: true });
  rmSync(file, { recursive: true, force: true });
  renameSync(packed, file);
  if (!isOld) return { file };
  return {
    file,
    note: `官方的 Electron 下载不到，这里用的是测试用的 Electron ${TEST_ELECTRON}：只能试用，不能交付。`,
  };
}

/**
 * An installer by electron-builder, of an unpacked program.
 * @param {{ platform: string, arch: string, version: string, folder: string, kind: 'AppImage' | 'nsis' }} options
 * @returns {Promise<string>} the file
 * @throws {SetupError}
 */
export async function makeInstaller({ platform, arch, version, folder, kind }) {
  // Asked first: packing takes minutes.
  await assureTools(kind);
  const unpacked = await packOfficial({ platform, arch, version });
  const made = inRoot('out', 'package', `${platform}-${arch}`, kind);
  rmSync(made, { recursive: true, force: true });
  await builder([
    ...[PLATFORM[platform], kind, `--${arch}`, '--prepackaged', unpacked],
    `-c.directories.output=${made}`,
  ]);
  const name = readdirSync(made).find((entry) => /\.(?:AppImage|exe)$/.test(entry));
  if (name === undefined || !existsSync(path.join(made, name)))
    throw new SetupError(`electron-builder 没有留下 ${kind} 文件。`);
  mkdirSync(folder, { recursive: true });
  renameSync(path.join(made, name), path.join(folder, name));
  return path.join(folder, name);
}
