import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where the parts of the program are, for a shell that runs from the sources or built. */
export interface AppPaths {
  /** The folder that holds `assets`. */
  readonly root: string;
  /** The host process's entry. */
  readonly hostEntry: string;
  /** The built pages. */
  readonly pageDir: string;
  /** Deployments that are named without a path. */
  readonly profilesDir: string;
}

/** Finds the parts from the path of a file of the program. Throws when the installation is incomplete. */
export function appPaths(file: string): AppPaths {
  const root = rootAbove(dirname(file));
  return {
    root,
    hostEntry: file.endsWith('.ts')
      ? join(root, 'src/main/station/main.ts')
      : join(root, 'out/main/station-host.js'),
    pageDir: join(root, 'out/renderer'),
    profilesDir: profilesFolder(join(root, 'assets/profiles')),
  };
}

/** Where the recovery page is. When the installation is not even complete, no such folder. */
export function recoveryFolder(file: string): string {
  try {
    return join(appPaths(file).root, 'assets', 'recovery');
  } catch {
    return join(dirname(file), 'recovery');
  }
}

/**
 * Where deployments are: those of an installed program stand outside it (`KIOSK_PROFILES`), because an upgrade replaces all
 * that is inside, and a station writes its printers into its own.
 */
export function profilesFolder(
  shipped: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const own = environment.KIOSK_PROFILES;
  return own !== undefined && existsSync(own) ? own : shipped;
}

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'assets', 'profiles'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('assets/profiles is missing');
  return rootAbove(parent);
}

/** Where this user's programs keep their data, by the custom of each system. */
export function userDataFolder(
  platform = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
  home = homedir(),
): string {
  if (platform === 'win32')
    return join(environment.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'legal-kiosk');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'legal-kiosk');
  return join(environment.XDG_DATA_HOME ?? join(home, '.local', 'share'), 'legal-kiosk');
}
