import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

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
  const root = join(import.meta.dirname, 'utility-app');
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: ALIAS },
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20.18',
      rollupOptions: { input: { main: join(root, 'main.ts'), host: join(root, 'host.ts') } },
    },
  });
  writeFileSync(join(outDir, 'package.json'), JSON.stringify({ type: 'module', main: 'main.js' }));
  return outDir;
}
