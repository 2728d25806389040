import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appPaths, profilesFolder, userDataFolder } from '../../src/main/shell/app-paths.ts';

const root = join(import.meta.dirname, '../..');

test('a shell that runs from the sources starts the host from the sources', () => {
  const paths = appPaths(join(root, 'src/main/browser-shell/main.ts'));
  expect(paths.root).toBe(root);
  expect(existsSync(paths.hostEntry)).toBe(true);
});

test('a built shell starts the built host', () => {
  expect(appPaths(join(root, 'out/main/browser-shell.js')).hostEntry).toBe(
    join(root, 'out/main/station-host.js'),
  );
});

test('an installation without profiles is refused', () => {
  expect(() => appPaths('/nowhere/out/main/browser-shell.js')).toThrow('assets/profiles');
});

test('the deployments of an installed program are those outside of it, when they are there', () => {
  const outside = join(root, 'assets');
  expect(profilesFolder('/shipped', { KIOSK_PROFILES: outside })).toBe(outside);
  expect(profilesFolder('/shipped', { KIOSK_PROFILES: '/nowhere' })).toBe('/shipped');
  expect(profilesFolder('/shipped', {})).toBe('/shipped');
});

test('data are kept where each system keeps them', () => {
  expect(userDataFolder('linux', {}, '/home/a')).toBe('/home/a/.local/share/legal-kiosk');
  expect(userDataFolder('linux', { XDG_DATA_HOME: '/d' }, '/home/a')).toBe('/d/legal-kiosk');
  expect(userDataFolder('darwin', {}, '/Users/a')).toBe(
    '/Users/a/Library/Application Support/legal-kiosk',
  );
});
