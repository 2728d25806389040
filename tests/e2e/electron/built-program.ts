import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as zlib from 'node:zlib';
import { createPackageWithOptions } from '@electron/asar';
import { build } from 'vite';
import { stagePayload } from '../../../build/package/payload.mjs';

/** The folder that holds `package.json` and `out`; another one for a build elsewhere. */
export const PROGRAM = process.env.KIOSK_TEST_PROGRAM ?? join(import.meta.dirname, '../../..');

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const ALIAS = [
  { find: /^#shared\//, replacement: at('src/shared/') },
  { find: /^#station\//, replacement: at('src/main/station/') },
];

/** The Electron to test in; the test command finds or fetches it. */
export function electronProgram(): string {
  const program = process.env.KIOSK_TEST_ELECTRON;
  if (program === undefined || !existsSync(program))
    throw new Error('KIOSK_TEST_ELECTRON names no program; run npm test');
  if (!existsSync(join(PROGRAM, 'out/main/electron.js')))
    throw new Error('the program is not built; run npm test');
  return program;
}

/**
 * Builds the page that lets tests call every method of the contract, into a temporary folder of pages. Production pages
 * show nothing of the kind.
 */
export async function buildTestPage(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'kiosk-page-'));
  const root = join(import.meta.dirname, 'test-page');
  await build({
    configFile: false,
    root,
    base: './',
    logLevel: 'error',
    resolve: { alias: ALIAS },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome130',
      rollupOptions: { input: join(root, 'visitor/index.html') },
    },
  });
  return outDir;
}

/** Builds the script that lets tests call every method of the contract by the client of a page that is there already. */
export async function buildPageCaller(): Promise<string> {
  const root = join(import.meta.dirname, 'page-caller');
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: ALIAS },
    build: {
      write: false,
      target: 'chrome130',
      lib: { entry: join(root, 'main.ts'), formats: ['iife'], name: 'pageCaller' },
    },
  });
  const [output] = [built].flat();
  if (output === undefined || !('output' in output)) throw new Error('nothing was built');
  return output.output[0].code;
}

/** Builds the program that supervises a utility process, into a temporary folder. */
export async function buildUtilityApp(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'kiosk-utility-'));
  await buildForElectron('utility-app', ['main', 'host'], outDir);
  writeFileSync(join(outDir, 'package.json'), JSON.stringify({ type: 'module', main: 'main.js' }));
  return outDir;
}

/**
 * Packs what ships into an archive as an installed program has it, native parts beside it, and with it the programs of
 * `archive-app`. Answers the folder, and the entry to start.
 */
export async function buildArchive(): Promise<{ folder: string; entry: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-archive-'));
  const resources = join(folder, 'resources');
  const staged = join(folder, 'staged');
  stagePayload(staged, `${process.platform}-${process.arch}`);
  const programs = join(staged, 'out', 'main');
  fitForOldNode(programs);
  await buildForElectron('archive-app', ['main', 'stick-host', 'plain-program'], programs);
  const archive = join(resources, 'app.asar');
  await createPackageWithOptions(staged, archive, { unpack: '**/*.node' });
  rmSync(staged, { recursive: true });
  symlinkSync(at('assets'), join(resources, 'assets'));
  return { folder, entry: join(archive, 'out', 'main', 'main.js') };
}

/** A program that names what its Node has not got is not even loaded; nothing of it is called here. */
function fitForOldNode(programs: string): void {
  const lacking = Object.keys(zlib).filter((name) => /^(?:create)?zstd[A-Z]/i.test(name));
  const names = lacking.map((name) => `export const ${name} = zlib.${name} ?? lack;`);
  writeFileSync(
    join(programs, 'zlib.js'),
    [
      "import zlib from 'node:zlib';",
      "export * from 'node:zlib';",
      "const lack = () => { throw new Error('this Node has no zstd'); };",
      ...names,
    ].join('\n'),
  );
  for (const name of readdirSync(programs).filter(
    (file) => file.endsWith('.js') && file !== 'zlib.js',
  )) {
    const file = join(programs, name);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replaceAll(/from\s*"node:zlib"/g, 'from "./zlib.js"'),
    );
  }
}

async function buildForElectron(app: string, programs: readonly string[], outDir: string) {
  const root = join(import.meta.dirname, app);
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: ALIAS },
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20.18',
      rollupOptions: {
        input: Object.fromEntries(programs.map((name) => [name, join(root, `${name}.ts`)])),
        output: { chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
}
