import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tool = (...parts: string[]) => join(root, 'node_modules', ...parts);
const run = promisify(execFile);

/** What the checkers read, besides the planted files. */
const GROUND = [
  ...['package.json', 'tsconfig.json', 'tsconfig.base.json', '.dependency-cruiser.mjs'],
  ...['.oxlintrc.json', 'build/lint', 'src/shared/tsconfig.json', 'src/main/tsconfig.json'],
  ...['src/main/electron/tsconfig.json', 'src/renderer/tsconfig.json', 'tests/tsconfig.json'],
  ...['src/district/tsconfig.json'],
];

/** A clean file in every layer, for the planted ones to reach for. */
const CLEAN: Readonly<Record<string, string>> = {
  'src/shared/good.ts': `import { z } from 'zod';\nexport const good = z.string();\nexport interface Good { at: Date }\n`,
  'src/main/station/good.ts': `import { good } from '#shared/good.ts';\nimport { hostname } from 'node:os';\nexport const host = [good, hostname(), Date.now()];\nexport interface Host { name: string }\n`,
  'src/main/station/disposing.ts': `export function f(): void {\n  using stack = new DisposableStack();\n  stack.defer(() => {});\n}\n`,
  'src/main/browser-shell/good.ts': `import { host } from '#station/good.ts';\nexport const shell = host;\n`,
  'src/main/electron/good.ts': `import { app } from 'electron';\nimport { host } from '#station/good.ts';\nexport const electron = [app, host];\n`,
  'src/main/cli/good.ts': `import { host } from '#station/good.ts';\nexport const cli = host;\n`,
  'src/district/good.ts': `import { good } from '#shared/good.ts';\nimport { hostname } from 'node:os';\nexport const district = [good, hostname()];\n`,
  'src/renderer/ui/good.tsx': `import { good } from '#shared/good.ts';\nexport const Good = () => <p>{String(good.type)}</p>;\n`,
};

/** The other half of the planted circle. */
const CIRCLE = {
  'src/shared/g2.ts': `import type { One } from './g1.ts';\nexport type Two = One | 2;`,
};

/** Imports that must be refused: the file, its text, the rule that names it. */
const IMPORTS: ReadonlyArray<readonly [file: string, text: string, rule: string]> = [
  [
    'src/shared/a1.ts',
    `import { host } from '#station/good.ts';\nexport { host };`,
    'shared-knows-nobody',
  ],
  [
    'src/shared/a2.ts',
    `import type { Host } from '#station/good.ts';\nexport type H = Host;`,
    'shared-knows-nobody',
  ],
  ['src/shared/a3.ts', `export { Good } from '#ui/good.tsx';`, 'shared-knows-nobody'],
  [
    'src/shared/a4.ts',
    `import { readFileSync } from 'node:fs';\nexport { readFileSync };`,
    'no-node-in-shared-or-pages',
  ],
  ['src/shared/a5.ts', `import { parse } from 'yaml';\nexport { parse };`, 'packages-of-shared'],
  [
    'src/renderer/ui/b1.tsx',
    `export const load = () => import('../../main/station/good.ts');`,
    'renderer-knows-shared',
  ],
  [
    'src/renderer/ui/b2.tsx',
    `import path from 'path';\nexport { path };`,
    'no-node-in-shared-or-pages',
  ],
  [
    'src/renderer/ui/b3.tsx',
    `import Database from 'better-sqlite3';\nexport { Database };`,
    'packages-of-renderer',
  ],
  [
    'src/district/d1.ts',
    `import { host } from '#station/good.ts';\nexport { host };`,
    'district-knows-shared',
  ],
  [
    'src/district/d2.ts',
    `import { createRoot } from 'react-dom/client';\nexport { createRoot };`,
    'packages-of-district',
  ],
  [
    'src/main/station/c1.ts',
    `import { shell } from '../browser-shell/good.ts';\nexport { shell };`,
    'station-knows-shared',
  ],
  [
    'src/main/station/c2.ts',
    `import type { electron } from '../electron/good.ts';\nexport type E = typeof electron;`,
    'station-knows-shared',
  ],
  [
    'src/main/station/c3.ts',
    `import { cli } from '../cli/good.ts';\nexport { cli };`,
    'station-knows-shared',
  ],
  [
    'src/main/station/c4.ts',
    `import { Good } from '#ui/good.tsx';\nexport { Good };`,
    'main-not-renderer',
  ],
  [
    'src/main/station/c5.ts',
    `import { app } from 'electron';\nexport { app };`,
    'only-electron-imports-electron',
  ],
  [
    'src/main/station/c6.ts',
    `import { app } from 'electron/main';\nexport { app };`,
    'only-electron-imports-electron',
  ],
  ['src/main/station/c7.ts', `import react from 'react';\nexport { react };`, 'packages-of-main'],
  [
    'src/main/browser-shell/d1.ts',
    `import { electron } from '../electron/good.ts';\nexport { electron };`,
    'browser-shell-starts-the-host',
  ],
  [
    'src/main/electron/e1.ts',
    `import { shell } from '../browser-shell/good.ts';\nexport { shell };`,
    'electron-starts-the-host',
  ],
  [
    'src/main/electron/e2.ts',
    `import react from 'react';\nexport { react };`,
    'packages-of-electron',
  ],
  [
    'src/main/cli/f1.ts',
    `import { shell } from '../browser-shell/good.ts';\nexport { shell };`,
    'cli-knows-the-host',
  ],
  [
    'src/shared/g1.ts',
    `import type { Two } from './g2.ts';\nexport type One = Two | 1;`,
    'no-circular',
  ],
  ['src/shared/h1.ts', `export * from './nowhere.ts';`, 'not-to-unresolvable'],
];

/** Symbols that must be refused: the file, its text, what the linter says. */
const SYMBOLS: ReadonlyArray<readonly [file: string, text: string, says: string]> = [
  ['src/shared/s1.ts', `export const a = process.env;`, `'process'`],
  ['src/shared/s2.ts', `export const a = Buffer.from('a');`, `'Buffer'`],
  ['src/shared/s3.ts', `export const a = document.title;`, `'document'`],
  ['src/shared/s4.ts', `export const a = globalThis;`, `'globalThis'`],
  ['src/shared/s5.ts', `export const a = Date.now();`, 'hidden clock'],
  ['src/shared/s6.ts', `export const a = new Date();`, 'hidden clock'],
  ['src/shared/s7.ts', `export const a = Math['random']();`, 'hidden clock'],
  ['src/shared/s8.ts', `export const a = performance.now();`, `'performance'`],
  ['src/shared/s9.ts', `export type A = import('../main/station/good.ts').Host;`, 'import()'],
  ['src/renderer/ui/t1.tsx', `export const a = process.platform;`, `'process'`],
  ['src/renderer/ui/t2.tsx', `export const a = Buffer.alloc(1);`, `'Buffer'`],
  ['src/renderer/ui/t3.tsx', `export const a = window.localStorage;`, 'localStorage'],
  ['src/main/station/u1.ts', `export const a = window;`, `'window'`],
  ['src/main/cli/u2.ts', `export const a = document;`, `'document'`],
  [
    'src/main/station/u3.ts',
    `// oxlint-disable-next-line no-debugger\nexport const a = 1;`,
    'Say why',
  ],
];

interface Outcome {
  readonly failed: boolean;
  readonly output: string;
}

function plant(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  for (const name of GROUND) cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), `${text.trimEnd()}\n`);
  }
  return folder;
}

async function check(folder: string, program: string, args: readonly string[]): Promise<Outcome> {
  try {
    const { stdout } = await run(process.execPath, [program, ...args], { cwd: folder });
    return { failed: false, output: stdout };
  } catch (error) {
    if (!(error instanceof Error) || !('stdout' in error)) throw error;
    return { failed: true, output: String(error.stdout) };
  }
}

const imports = (folder: string) =>
  check(folder, tool('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'), [
    ...['--config', '.dependency-cruiser.mjs', 'src'],
  ]);

const symbols = (folder: string) =>
  check(folder, tool('oxlint', 'bin', 'oxlint'), ['--format', 'unix']);

const textsOf = (rows: ReadonlyArray<readonly [string, string, string]>) =>
  Object.fromEntries(rows.map(([file, text]) => [file, text]));

describe('a tree that keeps the boundaries', () => {
  let folder = '';
  beforeAll(() => {
    folder = plant(CLEAN);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('passes the import check', async () => {
    expect(await imports(folder)).toMatchObject({ failed: false });
  });

  test('passes the symbol check', async () => {
    expect(await symbols(folder)).toMatchObject({ failed: false });
  });
});

describe('a tree that breaks them', () => {
  let folder = '';
  let found: { imports: Outcome; symbols: Outcome };
  beforeAll(async () => {
    folder = plant({ ...CLEAN, ...CIRCLE, ...textsOf(IMPORTS), ...textsOf(SYMBOLS) });
    found = { imports: await imports(folder), symbols: await symbols(folder) };
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('fails both checks', () => {
    expect([found.imports.failed, found.symbols.failed]).toEqual([true, true]);
  });

  test.each(IMPORTS)('the import in %s is named', (file, _text, rule) => {
    expect(found.imports.output).toContain(`error ${rule}: ${file}`);
  });

  test.each(SYMBOLS)('the symbol in %s is named', (file, _text, says) => {
    const lines = found.symbols.output.split('\n').filter((line) => line.startsWith(`${file}:`));
    expect(lines.join('\n')).toContain(says);
  });
});
