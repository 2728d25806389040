import { join, resolve } from 'node:path';
import { profilesFolder } from '../shell/app-paths.ts';

/** Where the parts of the program are, seen from the Electron shell. */
export interface ShellPaths {
  readonly profilesDir: string;
  readonly recoveryDir: string;
  readonly pageDir: string;
  readonly preload: string;
  readonly hostEntry: string;
  /** The technicians' commands. */
  readonly adminEntry: string;
  /** A Node new enough for the database, for an Electron whose own is not. */
  readonly node: string;
}

/**
 * Paths from the folder of the built entry (`out/main`). In an installed program that folder is inside `app.asar`, and
 * `assets` stands beside the archive, where technicians can reach it.
 */
export function shellPaths(mainDir: string, installed: string | undefined): ShellPaths {
  const root = resolve(mainDir, '..', '..');
  const assets = join(installed ?? root, 'assets');
  return {
    profilesDir: profilesFolder(join(assets, 'profiles')),
    recoveryDir: join(assets, 'recovery'),
    pageDir: join(root, 'out', 'renderer'),
    preload: join(root, 'out', 'preload', 'visitor.cjs'),
    hostEntry: join(mainDir, 'station-host.js'),
    adminEntry: join(mainDir, 'kiosk.js'),
    node:
      process.env.KIOSK_NODE ??
      join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node'),
  };
}

/** The same entry where a plain Node can read it: beside the archive, not inside. */
export function outsideArchive(entry: string): string {
  return entry.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
}
