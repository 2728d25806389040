import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Key, Metadata, Root } from '@tufjs/models';
import { expiry, metadataOf, SPEC_VERSION } from './metadata.ts';
import type { Signer } from './signer.ts';
import { writeWhole } from './write-whole.ts';

/** Keys that the root names. One key may serve several online roles. */
export interface RootKeys {
  /** Kept offline; `threshold` of them sign each root. */
  readonly root: readonly Signer[];
  readonly threshold: number;
  readonly timestamp: PublicKey;
  readonly snapshot: PublicKey;
  readonly targets: PublicKey;
}

/** A key that a root names and does not sign with. */
export interface PublicKey {
  readonly key: Key;
}

/** How long a root is good for: it is renewed by hand. */
const ROOT_DAYS = 730;

/** Roles whose keys lie on the server. */
export const ONLINE_ROLES = ['timestamp', 'snapshot', 'targets'] as const;

/**
 * A root as its file has it, with this number. `former` are the root keys of the root before, which have to sign as well,
 * so that terminals can follow from the one they know.
 */
export function rootFile(
  version: number,
  keys: RootKeys,
  now: number,
  former: readonly Signer[] = [],
): Buffer {
  const root = new Root({
    version,
    specVersion: SPEC_VERSION,
    expires: expiry(now, ROOT_DAYS),
    consistentSnapshot: true,
  });
  for (const { key } of keys.root) root.addKey(key, 'root');
  for (const role of ONLINE_ROLES) root.addKey(keys[role].key, role);
  const written = Root.fromJSON(withThreshold(root.toJSON(), keys.threshold));
  const metadata = new Metadata(written);
  const signers = new Map([...keys.root, ...former].map((signer) => [signer.key.keyID, signer]));
  for (const signer of signers.values()) metadata.sign((bytes) => signer.sign(bytes));
  return metadataOf(metadata);
}

/** Writes the next root into a feed's folder: the first, or one that brings other keys. */
export function writeRoot(
  folder: string,
  keys: RootKeys,
  now: number,
  former: readonly Signer[] = [],
): number {
  const version = newestRoot(folder) + 1;
  writeWhole(rootPath(folder, version), rootFile(version, keys, now, former));
  return version;
}

/** Where a root of this number lies in a feed's folder. */
export function rootPath(folder: string, version: number): string {
  return join(folder, 'metadata', `${version}.root.json`);
}

/** The number of the newest root in a feed's folder; 0 when there is none. */
export function newestRoot(folder: string): number {
  const metadata = join(folder, 'metadata');
  if (!existsSync(metadata)) return 0;
  const versions = readdirSync(metadata).map((name) => /^(\d+)\.root\.json$/.exec(name)?.[1]);
  return Math.max(0, ...versions.map((version) => Number(version ?? 0)));
}

/** The models take a threshold only in written form. */
function withThreshold(root: ReturnType<Root['toJSON']>, threshold: number): typeof root {
  const roles = root.roles as Record<string, Record<string, number>>;
  return { ...root, roles: { ...roles, root: { ...roles.root, threshold } } };
}
