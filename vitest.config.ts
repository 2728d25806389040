import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const alias = [
  { find: /^#shared\//, replacement: at('./src/shared/') },
  { find: /^#station\//, replacement: at('./src/main/station/') },
  { find: /^#district\//, replacement: at('./src/district/') },
  { find: /^#ui\//, replacement: at('./src/renderer/ui/') },
];

/** Safety nets against a test that hangs; no test proves a speed by them. */
const QUICK = { testTimeout: 120_000, hookTimeout: 120_000 };
const SLOW = { testTimeout: 180_000, hookTimeout: 180_000 };

export default defineConfig({
  resolve: { alias },
  test: {
    // Two cores are the least that is asked of a machine that builds this.
    maxWorkers: 2,
    pool: 'forks',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/{renderer,contract,e2e}/**', 'tests/**/*.root.test.ts'],
          ...QUICK,
        },
      },
      {
        extends: true,
        plugins: [react()],
        test: {
          name: 'renderer',
          environment: 'jsdom',
          include: ['tests/renderer/**/*.test.{ts,tsx}'],
          ...QUICK,
        },
      },
      {
        extends: true,
        test: {
          name: 'contract',
          include: ['tests/contract/**/*.test.ts'],
          globalSetup: ['./build/setup/vitest-electron.mjs'],
          ...SLOW,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.browser.test.ts'],
          fileParallelism: false,
          ...SLOW,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['tests/package/**/*.root.test.ts'],
          fileParallelism: false,
          ...SLOW,
        },
      },
      {
        extends: true,
        test: {
          name: 'electron',
          include: ['tests/e2e/**/*.electron.test.ts'],
          globalSetup: ['./build/setup/vitest-electron.mjs'],
          fileParallelism: false,
          ...SLOW,
        },
      },
    ],
  },
});
