import { cpSync, existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const alias = [
  { find: /^#shared\//, replacement: `${at('./src/shared')}/` },
  { find: /^#station\//, replacement: `${at('./src/main/station')}/` },
  { find: /^#ui\//, replacement: `${at('./src/renderer/ui')}/` },
];

/** Programs under out/main, by the name of their file. */
const PROGRAMS = {
  electron: at('./src/main/electron/main.ts'),
  'station-host': at('./src/main/station/main.ts'),
  'stick-thread': at('./src/main/station/machine/stick-thread.ts'),
  'browser-shell': at('./src/main/browser-shell/main.ts'),
  'hall-display': at('./src/main/browser-shell/hall.ts'),
  kiosk: at('./src/main/cli/kiosk.ts'),
};

/**
 * Packages that are bundled into the programs, because reading their hundreds of files costs the start more than running
 * them. The rest stays outside: native code, and what finds its own files at run time (pino's worker, pdfmake's data).
 */
const BUNDLED = [
  '@orpc/client',
  '@orpc/contract',
  '@orpc/server',
  'pino',
  'pino-roll',
  'ws',
  'zod',
];

/**
 * pino-roll asks date-fns for five functions and gets all of it: 600 KB, a quarter of what host and shell would read at every start.
 * As CommonJS nothing of it can be shaken off, so the five are named here.
 */
function datesOfLog(): Plugin {
  const whole = /const \{([\w, ]+)\} = require\('date-fns'\)/;
  return {
    name: 'dates-of-log',
    transform(code, id) {
      if (!id.endsWith('/pino-roll/lib/utils.js')) return undefined;
      if (!whole.test(code)) throw new Error('pino-roll asks for date-fns in another way now');
      return code.replace(whole, (_, names: string) =>
        names
          .split(',')
          .map((name) => name.trim())
          .map((name) => `const { ${name} } = require('date-fns/${name}')`)
          .join('\n'),
      );
    },
  };
}

/** Files of `folder` that `accept` takes, as entries named after the file. */
function entriesOf(folder: string, accept: RegExp): Record<string, string> {
  if (!existsSync(folder)) return {};
  const names = readdirSync(folder).filter((name) => accept.test(name));
  return Object.fromEntries(
    names.map((name) => [basename(name).replace(accept, ''), join(folder, name)]),
  );
}

/** One page for every folder of src/renderer with an index.html. */
function surfaces(): Record<string, string> {
  const root = at('./src/renderer');
  const names = readdirSync(root).filter((name) => existsSync(join(root, name, 'index.html')));
  return Object.fromEntries(names.map((name) => [name, join(root, name, 'index.html')]));
}

/** The store reads its numbered .sql files at run time, from beside the program. */
function copyMigrations(): Plugin {
  return {
    name: 'copy-migrations',
    writeBundle() {
      const from = at('./src/main/station/store/migrations');
      if (existsSync(from)) cpSync(from, at('./out/main/migrations'), { recursive: true });
    },
  };
}

export default defineConfig({
  main: {
    resolve: { alias },
    plugins: [datesOfLog(), copyMigrations()],
    build: {
      outDir: 'out/main',
      sourcemap: false,
      minify: false,
      reportCompressedSize: false,
      // The runtime that tests may fall back to runs the Electron shell on Node 20.
      target: 'node20.18',
      externalizeDeps: { exclude: BUNDLED },
      rollupOptions: {
        input: PROGRAMS,
        // Chunks lie flat beside the programs: './migrations' means the same folder from each of them.
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          // What is not there need not be read at every start; names stay, for logs.
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      outDir: 'out/preload',
      sourcemap: false,
      // electron-vite takes no other kind of target here; the code of a preload is older than either.
      target: 'node20.18',
      reportCompressedSize: false,
      // A sandboxed preload is one CommonJS file and can load no package.
      externalizeDeps: false,
      rollupOptions: {
        input: entriesOf(at('./src/main/electron/preload'), /\.ts$/),
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('./src/renderer'),
    // The same files are served over HTTP and by the kiosk:// scheme, each below a path of its own.
    base: './',
    publicDir: false,
    resolve: { alias },
    plugins: [react()],
    css: { modules: { localsConvention: 'camelCaseOnly' } },
    build: {
      outDir: at('./out/renderer'),
      // Electron 45 brings Chromium 158; 130 is the oldest that must show the pages: the runtime that tests may fall back to.
      target: 'chrome130',
      minify: true,
      // The pages' security policy takes no font from a data: address.
      assetsInlineLimit: 0,
      sourcemap: false,
      reportCompressedSize: false,
      rollupOptions: { input: surfaces() },
    },
  },
});
