/** The deployments of an installed program, outside of it: what a station writes there outlives every upgrade. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';

const PLACE = 'etc/legal-kiosk';
const OWN = 'profile.yaml';

/**
 * Lays `etc/legal-kiosk/profiles/NAME` into the root: `profile.yaml` as a file of the station's own, all else as links to
 * what the program brings, so that content follows upgrades; and the starter pack beside them, where the program looks
 * for it.
 * @param {string} root
 * @param {string} assets from the root, where the program's `assets` are
 * @returns {string[]} the station's own files, from the root: conffiles, as dpkg calls them
 */
export function layStationProfiles(root, assets) {
  const link = (from, to) => {
    const place = path.join(root, to);
    mkdirSync(path.dirname(place), { recursive: true });
    symlinkSync(path.relative(path.dirname(place), path.join(root, from)), place);
  };
  link(`${assets}/starter`, `${PLACE}/starter`);
  return readdirSync(path.join(root, assets, 'profiles'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const shipped = `${assets}/profiles/${name}`;
      const own = `${PLACE}/profiles/${name}`;
      for (const part of readdirSync(path.join(root, shipped)).filter((file) => file !== OWN))
        link(`${shipped}/${part}`, `${own}/${part}`);
      mkdirSync(path.join(root, own), { recursive: true });
      copyFileSync(path.join(root, shipped, OWN), path.join(root, own, OWN));
      return `${own}/${OWN}`;
    });
}

/** Where a program's `assets` are, from the root: beside Electron's archive, or in the program's own folder. */
export function assetsOf(root, program) {
  const electron = `${program}/resources/assets`;
  return existsSync(path.join(root, electron)) ? electron : `${program}/assets`;
}
