import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A path inside the repository. */
export const inRoot = (...parts) => path.join(ROOT, ...parts);

/** The Node 24 that npm installs for this project, whatever Node started the script. */
export function projectNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return inRoot('node_modules', 'node', 'bin', name);
}

/** A folder of this user for what is fetched once and outlives a clone, such as an Electron runtime. */
export function cacheFolder() {
  if (process.env.KIOSK_CACHE) return process.env.KIOSK_CACHE;
  if (process.platform === 'win32' && process.env.LOCALAPPDATA)
    return path.join(process.env.LOCALAPPDATA, 'legal-kiosk', 'cache');
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'legal-kiosk');
}

/** Full path of a program on PATH, or undefined. */
export function findProgram(name, searchPath = process.env.PATH ?? '') {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const candidates = searchPath
    .split(path.delimiter)
    .filter(Boolean)
    .flatMap((folder) => endings.map((ending) => path.join(folder, name + ending)));
  return candidates.find((candidate) => existsSync(candidate));
}
