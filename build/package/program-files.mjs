import { createHash } from 'node:crypto';
import { createReadStream, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { filesBelow } from './payload.mjs';

/** The list by which an installed program knows its own files again; read by `src/main/station/program-files`. */
export const LIST = 'program-files.json';

async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * Writes the names and SHA-256 of all files below a program's folder into that folder. Nothing may be changed there
 * afterwards.
 * @param {string} folder
 * @param {string} version
 * @param {(file: string) => boolean} [accept] files that are the program's; others belong to the installation
 */
export async function writeProgramFiles(folder, version, accept = () => true) {
  const files = {};
  for (const file of filesBelow(folder).filter((name) => name !== LIST && accept(name)))
    files[file] = await sha256(path.join(folder, file));
  writeFileSync(path.join(folder, LIST), `${JSON.stringify({ version, files }, undefined, 1)}\n`);
}
