import { cpSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assetsOf, layStationProfiles } from '../../build/package/station-profiles.mjs';
import { packDigest } from '../../src/main/station/packs/pack-digest.ts';
import { readProfilePack } from '../../src/main/station/packs/profile-pack.ts';

const ASSETS = join(import.meta.dirname, '../../assets');

test('an installed deployment is the station’s own in its settings, and the program’s in its content', () => {
  const root = mkdtempSync(join(tmpdir(), 'kiosk-profiles-'));
  const program = 'usr/lib/legal-kiosk';
  for (const part of ['profiles', 'starter'])
    cpSync(join(ASSETS, part), join(root, program, 'assets', part), { recursive: true });
  const own = layStationProfiles(root, assetsOf(root, program));
  const names = readdirSync(join(root, 'etc/legal-kiosk/profiles'));
  expect(names).toContain('wuhua');
  expect(own).toEqual(names.map((name) => `etc/legal-kiosk/profiles/${name}/profile.yaml`));
  for (const file of own) expect(lstatSync(join(root, file)).isFile()).toBe(true);
  const shipped = readProfilePack(join(ASSETS, 'profiles/wuhua'));
  const laid = join(root, 'etc/legal-kiosk/profiles/wuhua');
  expect(readProfilePack(laid).faults).toEqual([]);
  expect(readProfilePack(laid).pack?.records).toHaveLength(shipped.pack?.records.length ?? 0);
  // A running terminal takes up what is changed behind the links, too.
  expect(packDigest(laid, '1')).toBe(packDigest(join(ASSETS, 'profiles/wuhua'), '1'));
  rmSync(root, { recursive: true });
});
