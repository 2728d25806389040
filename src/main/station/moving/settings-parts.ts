import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Where the settings of a computer are, and what the program brings. */
export interface SettingsPlace {
  /** `/etc/legal-kiosk`: `machine.conf`, `profiles`, `starter`; absent where the program runs from its sources. */
  readonly settingsDir: string | undefined;
  /** The program's `assets`, which each computer has by itself. */
  readonly shippedDir: string;
}

/** A part of the settings: files of the station's own, or a link to what the program brings. */
export type SettingsPart =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly to: string };

/**
 * What of the settings is this station's own: `machine.conf`, the deployment that it runs with, and the starter pack beside that
 * one. What the program brings is not among it, or as a link.
 */
export function settingsParts(
  { settingsDir, shippedDir }: SettingsPlace,
  profileDir: string | undefined,
): SettingsPart[] {
  const parts: SettingsPart[] = [];
  const conf = settingsDir === undefined ? undefined : join(settingsDir, 'machine.conf');
  if (conf !== undefined && existsSync(conf))
    parts.push({ name: 'settings/machine.conf', path: conf });
  if (profileDir === undefined || shippedPath(shippedDir, profileDir) !== undefined) return parts;
  const profile = profileName(profileDir);
  for (const entry of readdirSync(profileDir).sort())
    parts.push(
      partOf(shippedDir, join(profileDir, entry), `settings/profiles/${profile}/${entry}`),
    );
  const starter = join(profileDir, '..', '..', 'starter');
  if (existsSync(starter)) parts.push(partOf(shippedDir, starter, 'settings/starter'));
  return parts;
}

/** The name by which `--profile` finds a deployment. */
export const profileName = (profileDir: string): string => profileDir.split(/[\\/]/).pop() ?? '';

function partOf(shippedDir: string, path: string, name: string): SettingsPart {
  const to = lstatSync(path).isSymbolicLink() ? shippedPath(shippedDir, path) : undefined;
  return to === undefined ? { name, path } : { name, to };
}

/** Where below the program's `assets` a path ends, with `/`; undefined when it is elsewhere. */
function shippedPath(shippedDir: string, path: string): string | undefined {
  if (!existsSync(shippedDir) || !existsSync(path)) return undefined;
  const way = relative(realpathSync(shippedDir), realpathSync(path));
  return way === '' || way.startsWith('..') ? undefined : way.split(sep).join('/');
}

/** Files at or below a path, each with its name after `name`; links are followed. */
export function filesAt(path: string, name: string): { name: string; path: string }[] {
  if (!statSync(path).isDirectory()) return [{ name, path }];
  return readdirSync(path)
    .sort()
    .flatMap((entry) => filesAt(join(path, entry), `${name}/${entry}`));
}

/** Variables that a `machine.conf` from elsewhere may set: root's own scripts read this file, too. */
const HARMLESS =
  /^(?:KIOSK_[A-Z_]+|(?:MAIN|HALL)_(?:DISPLAY|ROTATION)|TOUCH_DEVICE|STICK_MINUTES|SCREEN_HOURS)=/;

/** Whether a `machine.conf` sets nothing but what the terminal's settings are. */
export function isHarmless(conf: string): boolean {
  return conf
    .split(/\r?\n/)
    .every((line) => /^\s*(?:#|$)/.test(line) || (HARMLESS.test(line) && !line.endsWith('\\')));
}
