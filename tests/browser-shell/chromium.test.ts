import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { emptyProfile, removeProfile } from '../../src/main/browser-shell/chromium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'profile-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a browser profile is new and empty, whatever an earlier one left', () => {
  const profile = join(folder, 'browser');
  mkdirSync(profile);
  writeFileSync(join(profile, 'Cookies'), 'left');
  expect(emptyProfile(profile)).toBe(profile);
  expect(readdirSync(profile)).toEqual([]);
  expect(removeProfile(profile)).toBe(true);
  expect(existsSync(profile)).toBe(false);
});

test('where the disk takes no profile, it lies among the temporary files', () => {
  writeFileSync(join(folder, 'file'), '');
  const profile = emptyProfile(join(folder, 'file', 'browser'));
  expect(profile.startsWith(join(tmpdir(), 'legal-kiosk-browser-'))).toBe(true);
  expect(readdirSync(profile)).toEqual([]);
  removeProfile(profile);
});
