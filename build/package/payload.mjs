/** The program as it ships, the same for every kind of package: built code, its packages for one kind of machine, content. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { inRoot, ROOT } from '../setup/paths.mjs';
import { LOADED, NEVER_LOADED, ships } from './shipped.mjs';

/** What of `assets` the program reads at run time. */
const ASSETS = ['profiles', 'starter', 'recovery'];

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Files below a folder, relative to it, with `/`, in the order of their names. */
export function filesBelow(folder, inside = '') {
  return readdirSync(path.join(folder, inside), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(folder, name) : name;
    });
}

/** Where npm put what `from` (a place in the lock) means by `name`. */
function placeOf(name, from, packages) {
  for (let at = from; ; at = at.slice(0, Math.max(at.lastIndexOf('/node_modules/'), 0))) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[place]) return place;
    if (at === '') return undefined;
  }
}

/** The places in the lock of all packages that the program loads, with what these need. */
export function loadedPlaces(root = ROOT) {
  const { packages } = readJson(path.join(root, 'package-lock.json'));
  const found = new Set();
  const add = (name, from) => {
    const place = placeOf(name, from, packages);
    if (place === undefined || found.has(place) || NEVER_LOADED.has(name)) return;
    found.add(place);
    for (const needed of Object.keys({ ...packages[place].dependencies })) add(needed, place);
  };
  for (const name of LOADED) add(name, '');
  return [...found].sort((a, b) => (a < b ? -1 : 1));
}

const nameOf = (place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Files of a package, without the packages inside it. */
const ownFiles = (folder) => filesBelow(folder).filter((file) => !file.startsWith('node_modules/'));

/** Every file that ships, as [from, to]; `to` is relative to the program's folder. */
function shippedFiles(target) {
  const below = (from, to, accept = () => true) =>
    filesBelow(inRoot(from))
      .filter(accept)
      .map((file) => [inRoot(from, file), `${to}/${file}`]);
  const packages = loadedPlaces().flatMap((place) =>
    ownFiles(inRoot(place))
      .filter((file) => ships(nameOf(place), file, target))
      .map((file) => [inRoot(place, file), `${place}/${file}`]),
  );
  const isProgram = (file) => !file.endsWith('.map');
  return [
    ...['main', 'preload', 'renderer'].flatMap((part) =>
      below(`out/${part}`, `out/${part}`, isProgram),
    ),
    ...ASSETS.flatMap((part) =>
      below(`assets/${part}`, `assets/${part}`, (file) => !file.endsWith('.md')),
    ),
    ...packages,
  ];
}

/** package.json as the program reads it: no scripts, no lists of packages. */
function manifest(version) {
  const { name, description, license, type, main } = readJson(inRoot('package.json'));
  return { name, version, description, license, type, main, author: 'legal-kiosk' };
}

/**
 * Lays the program into a folder, which is emptied first.
 * @param {string} folder
 * @param {string} target the machine that it is for: `linux-x64`
 * @param {string} [version] of the program; that of package.json when absent
 */
export function stagePayload(folder, target, version = readJson(inRoot('package.json')).version) {
  rmSync(folder, { recursive: true, force: true });
  for (const [from, to] of shippedFiles(target)) {
    const place = path.join(folder, to);
    if (!existsSync(path.dirname(place))) mkdirSync(path.dirname(place), { recursive: true });
    copyFileSync(from, place);
  }
  writeFileSync(
    path.join(folder, 'package.json'),
    `${JSON.stringify(manifest(version), undefined, 2)}\n`,
  );
  for (const name of ['LICENSE', 'THIRD-PARTY-NOTICES.txt'])
    copyFileSync(inRoot(name), path.join(folder, name));
}
