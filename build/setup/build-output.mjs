import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, projectNode, ROOT } from './paths.mjs';
import { lastLines, run } from './run.mjs';
import { SetupError, say, withProgress } from './say.mjs';

/** What decides how out/ looks; packages count through the lock file. */
const SOURCES = [
  'src',
  'assets/locales',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];

function filesBelow(place) {
  if (!existsSync(place)) return [];
  const entries = readdirSync(path.dirname(place), { withFileTypes: true });
  const own = entries.find((entry) => entry.name === path.basename(place));
  if (own && !own.isDirectory()) return [place];
  return readdirSync(place, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory() ? filesBelow(path.join(place, entry.name)) : path.join(place, entry.name),
    );
}

/** A hash over the names and contents of everything that is built. */
export function sourceHash(root = ROOT) {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesBelow(path.join(root, source))))
    hash
      .update(`${path.relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  return hash.digest('hex');
}

/**
 * Builds out/ when the sources are others than those it was built from.
 * @throws {SetupError} when they do not build
 */
export async function ensureBuild() {
  const stamp = inRoot('out', '.source-hash');
  const hash = sourceHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  const vite = inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status, output } = await withProgress('构建程序', () =>
    run(projectNode(), [vite, 'build'], { cwd: ROOT }),
  );
  if (status !== 0) {
    say(lastLines(output, 40));
    throw new SetupError('程序没有构建成功：原因见上面几行。');
  }
  mkdirSync(inRoot('out'), { recursive: true });
  writeFileSync(stamp, hash);
}
