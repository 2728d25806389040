import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';
import { lastLines, run } from './run.mjs';
import { SetupError, say, withProgress } from './say.mjs';

const hashOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Whether node_modules holds what the lock file names, judged by npm's own record of what it installed. */
function matchesLock(root) {
  const record = path.join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = readJson(record).packages;
  const wanted = Object.entries(readJson(path.join(root, 'package-lock.json')).packages);
  return wanted.every(
    ([place, entry]) =>
      place === '' ||
      installed[place]?.version === entry.version ||
      (installed[place] === undefined && (entry.optional || entry.devOptional)),
  );
}

/** Whether the installed packages are those of package-lock.json. Cheap when nothing changed since the last time. */
export function nodeModulesAreCurrent(root = ROOT) {
  const stamp = path.join(root, 'node_modules', '.lock-hash');
  const hash = hashOf(path.join(root, 'package-lock.json'));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  if (!matchesLock(root)) return false;
  writeFileSync(stamp, hash);
  return true;
}

/** How to start npm: the one that started us, else the one on PATH. */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return [process.execPath, script];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/**
 * Installs the packages of package-lock.json when they are missing or others. `npm install --no-save` and not `npm ci`:
 * where a registry has only this platform's binaries, the lock cannot name the others, and `ci` refuses such a lock
 * (docs/decisions/013). Direct versions are exact and the rest are the lock's, which `matchesLock` checks afterwards.
 * @throws {SetupError} when npm cannot install them
 */
export async function ensureNodeModules(root = ROOT) {
  if (nodeModulesAreCurrent(root)) return;
  const [command, ...first] = npmCommand();
  const { status, output } = await withProgress('安装依赖包（npm install）', () =>
    run(command, [...first, 'install', '--no-save', '--no-audit', '--no-fund'], { cwd: root }),
  );
  if (status === 0 && nodeModulesAreCurrent(root)) return;
  say(lastLines(output));
  throw new SetupError('依赖包没有装上：请检查到 npm 仓库的网络，然后运行 npm install --no-save。');
}
