/** How large what is made may be, in MB of 1,000,000 bytes. Larger is a package that brought files nobody reads. */
import { lstatSync, statSync } from 'node:fs';
import path from 'node:path';
import { SetupError } from '../setup/say.mjs';
import { filesBelow } from './payload.mjs';

export const BUDGET_MB = {
  'deb-browser': 65,
  dir: 340,
  deb: 120,
  appimage: 150,
  nsis: 130,
};

/** Bytes of a file, or of all files below a folder. */
export function sizeOf(place) {
  if (statSync(place).isFile()) return statSync(place).size;
  return filesBelow(place).reduce((sum, file) => sum + lstatSync(path.join(place, file)).size, 0);
}

export const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

/**
 * @param {keyof typeof BUDGET_MB} kind
 * @param {string} place
 * @returns {string} its size in MB
 * @throws {SetupError} when it is over the budget
 */
export function assureBudget(kind, place) {
  const size = megabytes(sizeOf(place));
  if (Number(size) <= BUDGET_MB[kind]) return size;
  throw new SetupError(
    `${path.basename(place)} 有 ${size} MB，超过了 ${BUDGET_MB[kind]} MB 的限度：看看打进了什么多余的文件（build/package/shipped.mjs）。`,
  );
}
