import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assureSupported, PINNED } from '../../build/package/electron-age.mjs';

const WEEK_MS = 7 * 86_400_000;
const released = Date.parse(PINNED.released);

test('the day of the release is that of the pinned Electron', () => {
  const file = readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8');
  const { devDependencies } = JSON.parse(file) as { devDependencies: Record<string, string> };
  expect(devDependencies.electron).toMatch(new RegExp(String.raw`^${PINNED.major}\.\d+\.\d+$`));
});

test('an Electron is packaged for the 24 weeks in which its security is mended, and then refused', () => {
  expect(() => assureSupported(released + 24 * WEEK_MS)).not.toThrow();
  expect(() => assureSupported(released + 24 * WEEK_MS + 1)).toThrow(/不再有安全更新.*升级/);
});
