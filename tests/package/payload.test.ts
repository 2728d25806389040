import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { expect, test } from 'vitest';
import { assureBudget, BUDGET_MB } from '../../build/package/budget.mjs';
import { controlFile, debianArch } from '../../build/package/deb.mjs';
import { loadedPlaces } from '../../build/package/payload.mjs';
import { LOADED, ships } from '../../build/package/shipped.mjs';

const ROOT = join(import.meta.dirname, '../..');
const manifest = createRequire(import.meta.url)('../../package.json') as {
  dependencies: Record<string, string>;
};

/** Sources that are built into the programs of a terminal. */
function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));
}

test('every package that the sources load and the build leaves outside is among those that ship', () => {
  const config = readFileSync(join(ROOT, 'electron.vite.config.ts'), 'utf8');
  const bundled = new Set(config.match(/BUNDLED = \[([^\]]*)\]/)?.[1]?.match(/@?[\w/-]+/g));
  const texts = [...sources('src/main'), ...sources('src/shared')].join('\n');
  const loaded = Object.keys(manifest.dependencies).filter((name) =>
    new RegExp(`^(?!import type).*['"\`]${name}(?:/[^'"\`]*)?['"\`]`, 'm').test(texts),
  );
  expect(bundled.size).toBeGreaterThan(5);
  const wanted = loaded.filter((name) => !bundled.has(name));
  expect(wanted.filter((name) => !LOADED.includes(name))).toEqual([]);
});

test('what a shipped package needs ships with it, and nothing of the district or of the pages does', () => {
  const places = loadedPlaces(ROOT);
  expect(places).toContain('node_modules/pdfkit');
  expect(places).toContain('node_modules/@serialport/bindings-cpp');
  for (const name of ['react', 'pg', 'fastify', '@electric-sql/pglite', 'vitest', 'electron'])
    expect(places).not.toContain(`node_modules/${name}`);
});

const NAMED = /(?:require\(|from |import )\s*['"](\.{1,2}\/[^'"]+)['"]/g;
const ENDINGS = ['', '.js', '.cjs', '.mjs', '.json', '/index.js', '/index.cjs', '/index.mjs'];

test('what a shipped file loads from its own package ships, too', () => {
  const places: readonly string[] = loadedPlaces(ROOT);
  const missing = places.flatMap((place) => {
    const name = place.split('node_modules/').at(-1) ?? '';
    const files = readdirSync(join(ROOT, place), { recursive: true, encoding: 'utf8' });
    const all = new Set(files);
    return files
      .filter((file) => /\.[cm]?js$/.test(file) && ships(name, file, 'linux-x64'))
      .flatMap((file) =>
        [...readFileSync(join(ROOT, place, file), 'utf8').matchAll(NAMED)]
          .map(([, path = '']) => posix.join(dirname(file), path))
          .flatMap(
            (path) =>
              ENDINGS.map((ending) => path + ending).find(
                (one) => all.has(one) && /\.[^/]+$/.test(one),
              ) ?? [],
          )
          // Native parts for other machines stay away.
          .filter((path) => !path.endsWith('.node') && !ships(name, path, 'linux-x64'))
          .map((path) => `${name}: ${file} loads ${path}`),
      );
  });
  expect(missing).toEqual([]);
});

test.each([
  ['yaml', 'dist/doc/directives.js', true],
  ['better-sqlite3', 'prebuilds/linux-x64.node', true],
  ['better-sqlite3', 'prebuilds/linux-arm64.node', false],
  ['better-sqlite3', 'prebuilds/win32-x64.node', false],
  ['better-sqlite3', 'deps/sqlite3/sqlite3.c', false],
  ['better-sqlite3', 'lib/database.js', true],
  ['@serialport/bindings-cpp', 'prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node', true],
  ['@serialport/bindings-cpp', 'prebuilds/linux-x64/@serialport+bindings-cpp.musl.node', false],
  ['@serialport/bindings-cpp', 'prebuilds/darwin-x64+arm64/@serialport+bindings-cpp.node', false],
  ['@fontsource/noto-sans-sc', 'files/noto-sans-sc-101-400-normal.woff', true],
  ['@fontsource/noto-sans-sc', 'files/noto-sans-sc-101-900-normal.woff', false],
  ['@fontsource/noto-sans-sc', 'files/noto-sans-sc-101-400-normal.woff2', false],
  ['tuf-js', 'dist/index.js', true],
  ['tuf-js', 'dist/index.d.ts', false],
  ['tuf-js', 'dist/index.js.map', false],
  ['anything', 'test/index.js', false],
  ['anything', 'README.md', false],
  ['anything', 'LICENSE.md', true],
  ['anything', 'package.json', true],
])('of %s the file %s ships: %s', (name, file, expected) => {
  expect(ships(name, file, 'linux-x64')).toBe(expected);
});

test('a package over its budget is refused with its size and the limit', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-budget-'));
  mkdirSync(join(folder, 'in'));
  writeFileSync(join(folder, 'in', 'small'), Buffer.alloc(2_500_000));
  expect(assureBudget('deb', folder)).toBe('2.5');
  writeFileSync(join(folder, 'in', 'large'), Buffer.alloc(BUDGET_MB.deb * 1_000_000));
  expect(() => assureBudget('deb', folder)).toThrow(`${BUDGET_MB.deb + 2.5} MB`);
  rmSync(folder, { recursive: true });
});

test('machines and fields are written as Debian writes them', () => {
  expect([debianArch('x64'), debianArch('arm64')]).toEqual(['amd64', 'arm64']);
  expect(controlFile({ Package: 'a', Version: '1' })).toBe('Package: a\nVersion: 1\n');
});
