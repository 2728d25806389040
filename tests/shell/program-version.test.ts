import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { programVersion } from '../../src/main/shell/program-version.ts';

it('is that of the nearest package.json above, as in the sources, so in an archive beside which others stand', () => {
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
  ) as { version: string };
  expect(programVersion()).toBe(version);
  const folder = mkdtempSync(join(tmpdir(), 'kiosk-version-'));
  const inside = join(folder, 'resources/app.asar/out/main');
  mkdirSync(inside, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "version": "0.0.1" }');
  writeFileSync(join(folder, 'resources/app.asar/package.json'), '{ "version": "1.2.3" }');
  expect(programVersion(inside)).toBe('1.2.3');
  rmSync(folder, { recursive: true });
});
