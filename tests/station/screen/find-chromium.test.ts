import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findChromium } from '#station/screen/find-chromium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'path-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function install(name: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, mode);
  return path;
}

test('Chromium comes before browsers made from it', () => {
  install('google-chrome');
  const chromium = install('chromium-browser');
  expect(findChromium({ PATH: ['/nowhere', folder].join(delimiter) })).toBe(chromium);
});

test('a file that cannot be run is none', () => {
  install('chromium', 0o644);
  const chrome = install('google-chrome');
  expect(findChromium({ PATH: folder })).toBe(chrome);
});

test('the technician may name another', () => {
  install('chromium');
  expect(findChromium({ PATH: folder, KIOSK_CHROMIUM: '/opt/browser' })).toBe('/opt/browser');
});
