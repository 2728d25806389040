import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Metadata, Root } from '@tufjs/models';
import { expiry, metadataOf, SPEC_VERSION } from './metadata.ts';
import type { Signer } from './signer.ts';
import { writeWhole } from './write-whole.ts';

/** Keys that the root names. One key may serve several online roles. */
export interface RootKeys {
  /** Kept offline; `threshold` of them sign each root. */
  readonly root: readonly Signer[];
  readonly threshold: number;
  readonly timestamp: Signer;
  readonly snapshot: Signer;
  readonly targets: Signer;
}

/** How long a root is good for: it is renewed by hand. */
const ROOT_DAYS = 730;

/**
 * Writes the next root into a feed's folder: the first, or one that brings other keys. `former` are the root keys of the
 * root before, which have to sign as well, so that terminals can follow from the one they know.
 */
export function writeRoot(
  folder: string,
  keys: RootKeys,
  now: number,
  former: readonly Signer[] = [],
): number {
  const version = newestRoot(folder) + 1;
  const root = new Root({
    version,
    specVersion: SPEC_VERSION,
    expires: expiry(now, ROOT_DAYS),
    consistentSnapshot: true,
  });
  for (const { key } of keys.root) root.addKey(key, 'root');
  for (const role of ['timestamp', 'snapshot', 'targets'] as const)
    root.addKey(keys[role].key, role);
  const written = Root.fromJSON(withThreshold(root.toJSON(), keys.threshold));
  const metadata = new Metadata(written);
  for (const signer of new Set([...keys.root, ...former]))
    metadata.sign((bytes) => signer.sign(bytes));
  writeWhole(join(folder, 'metadata', `${version}.root.json`), metadataOf(metadata));
  return version;
}

function newestRoot(folder: string): number {
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
