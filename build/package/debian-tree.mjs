/** What both Debian packages install around the program: commands, desktop entry, icons, notices, the machine's scripts. */
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { inRoot } from '../setup/paths.mjs';
import { filesBelow } from './payload.mjs';
import { assetsOf, layStationProfiles } from './station-profiles.mjs';

/** Where the program is on the installed system, from the root. */
export const PROGRAM = 'usr/lib/legal-kiosk';

const ours = (...parts) => inRoot('build', 'package', 'debian', ...parts);

function put(root, to, text, mode = 0o644) {
  const file = path.join(root, to);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, mode);
}

function putIcons(root) {
  const icons = 'usr/share/icons/hicolor';
  for (const name of readdirSync(inRoot('build', 'resources', 'icons'))) {
    const size = name.replace('.png', '');
    const to = path.join(root, icons, size, 'apps', 'legal-kiosk.png');
    mkdirSync(path.dirname(to), { recursive: true });
    copyFileSync(inRoot('build', 'resources', 'icons', name), to);
  }
  put(
    root,
    `${icons}/scalable/apps/legal-kiosk.svg`,
    readFileSync(inRoot('build', 'resources', 'icon.svg')),
  );
}

/** The scripts that make a computer a terminal, where they are part of the sources. */
function putMachine(root) {
  const from = inRoot('build', 'machine');
  if (!existsSync(from)) return;
  const to = path.join(root, PROGRAM, 'machine');
  cpSync(from, to, { recursive: true, filter: (source) => !source.endsWith('.md') });
  for (const file of filesBelow(to)) {
    const isScript = readFileSync(path.join(to, file)).subarray(0, 2).toString() === '#!';
    chmodSync(path.join(to, file), isScript ? 0o755 : 0o644);
  }
}

/** The two commands: the same for both packages but for what of the program they start. */
function putCommands(root, { terminal, admin }) {
  for (const name of ['legal-kiosk', 'legal-kiosk-admin']) {
    const text = readFileSync(ours(name), 'utf8');
    const filled = text.replace('@TERMINAL@', terminal).replace('@ADMIN@', admin);
    put(root, `usr/bin/${name}`, filled, 0o755);
  }
}

/**
 * Lays everything but the program itself into the root.
 * @param {string} root
 * @param {string} packageName
 * @param {{ terminal: string, admin: string }} commands what starts a terminal, and what takes a technician's command
 * @returns {string[]} the files that are the station's own
 */
export function layTree(root, packageName, commands) {
  putCommands(root, commands);
  put(
    root,
    'usr/share/applications/legal-kiosk.desktop',
    readFileSync(ours('legal-kiosk.desktop')),
  );
  put(root, `usr/share/doc/${packageName}/copyright`, readFileSync(ours('copyright')));
  put(
    root,
    `usr/share/doc/${packageName}/THIRD-PARTY-NOTICES.txt.gz`,
    gzipSync(readFileSync(inRoot('THIRD-PARTY-NOTICES.txt')), { level: 9 }),
  );
  putIcons(root);
  putMachine(root);
  return layStationProfiles(root, assetsOf(root, PROGRAM));
}

/** Ordinary permissions whatever the builder's umask: folders 755, files 644, or 755 where they can be run already. */
export function ordinaryModes(root) {
  const visit = (folder) => {
    chmodSync(folder, 0o755);
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const place = path.join(folder, entry.name);
      if (entry.isDirectory()) visit(place);
      else if (entry.isFile()) chmodSync(place, isRunnable(place) ? 0o755 : 0o644);
    }
  };
  visit(root);
}

const isRunnable = (file) =>
  (statSync(file).mode & 0o100) !== 0 && !/\.(?:node|so(?:\.\d+)*)$/.test(file);
