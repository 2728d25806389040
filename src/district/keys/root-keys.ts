import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OnlineKeys } from '../feed/publish.ts';
import { newestRoot, rootPath, writeRoot } from '../feed/root.ts';
import { makeSigningKey, openSigner } from '../feed/signer.ts';
import { writeWhole } from '../feed/write-whole.ts';

/** Two people sign together, each with a key of their own. */
const ROOT_KEYS = 2;

/** Makes the root keys and the first root of a feed. The keys are to be carried away (docs/operations.md). */
export function makeFirstRoot(
  folder: string,
  feedFolder: string,
  online: OnlineKeys,
  now: number,
): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pems = Array.from({ length: ROOT_KEYS }, makeSigningKey);
  for (const [at, pem] of pems.entries()) {
    const path = join(folder, `root-${at + 1}.pem`);
    writeWhole(path, Buffer.from(pem));
    chmodSync(path, 0o600);
  }
  writeRoot(feedFolder, { ...online, root: pems.map(openSigner), threshold: ROOT_KEYS }, now);
}

/** Whether root keys still lie in the folder in which they were made. */
export function areRootKeysHere(folder: string): boolean {
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.pem'));
}

/** The newest root of a feed, as its file has it. */
export function newestRootFile(feedFolder: string): Buffer {
  return readFileSync(rootPath(feedFolder, newestRoot(feedFolder)));
}
