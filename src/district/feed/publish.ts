import { basename, join } from 'node:path';
import { feedIndexSchema, indexPath, roleOf, targetsOf } from '#shared/feed/feed-index.ts';
import { FEED_LIMITS } from '#shared/feed/feed-limits.ts';
import { mediaRoleOf, mediaTargetsOf } from '#shared/feed/feed-media.ts';
import type { DivisionFeed } from './division-log.ts';
import { segmentFiles } from './lay-out-segments.ts';
import { signedFiles, type Targets } from './media-targets.ts';
import { expiry, readOwn, SPEC_VERSION } from './metadata.ts';
import { noteSeen, versionSeen } from './seen-roles.ts';
import type { Signer } from './signer.ts';
import { writeTarget } from './write-target.ts';
import { writeWhole } from './write-whole.ts';

/** Keys that lie on the server. */
export interface OnlineKeys {
  readonly timestamp: Signer;
  readonly snapshot: Signer;
  readonly targets: Signer;
  /** Signs the divisions' roles. */
  readonly content: Signer;
}

/** Sticks travel: a terminal that gets one each month still believes it. */
const SHORT_DAYS = 30;
const LONG_DAYS = 365;
/** Metadata is signed anew when less than this share of its life is left. */
const RENEW_SHARE = 0.5;

/**
 * Publishes divisions in a feed's folder. Everything new is written under new names first and `timestamp.json` last, so that
 * whoever reads meanwhile, and whatever dies meanwhile, finds the old feed or the new one. Only what changed gets a new
 * version. Without a change it renews what would expire; call it each day. What was published of other divisions stays as it is,
 * since readers refuse a snapshot that has lost a role.
 *
 * `restored`: the folder may be older than what terminals saw, and they believe no older number. All metadata is then numbered by the
 * seconds since 1970: no server publishes more often than once a second, so every lost number was lower.
 */
export function publish(
  folder: string,
  divisions: readonly DivisionFeed[],
  keys: OnlineKeys,
  now: number,
  restored = false,
): void {
  const leap = restored ? Math.floor(now / 1000) : undefined;
  const known = readOwn(join(folder, 'metadata', 'timestamp.json'))?.signed;
  const before = known && readOwn(snapshotPath(folder, versionIn(known, 'snapshot.json')))?.signed;
  const roles = openRoles(folder, before, keys, now, leap);
  for (const feed of divisions)
    roles.putUnlessSeen(feed, roleOf(feed.index.division), () => ({
      ...{ targets: writeSegments(folder, feed), isWhole: true },
    }));
  for (const feed of divisions)
    roles.putUnlessSeen(feed, mediaRoleOf(feed.index.division), () => {
      const targets = signedFiles(folder, feed.index.division, feed.media);
      return { targets, isWhole: Object.keys(targets).length === feed.media.length };
    });
  roles.putRest();
  const { versions } = roles;
  const delegations = delegationsTo(versions, keys.content);
  roles.put('targets', { targets: {}, delegations }, keys.targets);
  const meta = Object.fromEntries(
    [...versions].map(([role, version]) => [`${role}.json`, { version }]),
  );
  const version = writeSnapshot(folder, before, meta, keys.snapshot, now, leap);
  writeTimestamp(folder, known, version, keys.timestamp, now, leap);
}

/** The roles below the snapshot, as far as they were put. */
function openRoles(
  folder: string,
  before: Record<string, unknown> | undefined,
  keys: OnlineKeys,
  now: number,
  leap: number | undefined,
) {
  const versions = new Map<string, number>();
  const look = { folder, key: keys.content.key.keyID, now };
  const at = (role: string) => (version: number) =>
    join(folder, 'metadata', `${version}.${role}.json`);
  const versionBefore = (role: string) =>
    before === undefined ? 0 : versionIn(before, `${role}.json`);
  const put = (role: string, signed: SignedPart, signer: Signer): number => {
    const version = writeTargets(at(role), versionBefore(role), signed, signer, now, leap);
    versions.set(role, version);
    return version;
  };
  return {
    versions,
    put,
    putUnlessSeen: (
      feed: DivisionFeed,
      role: string,
      read: () => SignedPart & { readonly isWhole: boolean },
    ) => {
      const seen = leap === undefined ? versionSeen(feed, role, look) : undefined;
      if (seen !== undefined && seen === versionBefore(role)) {
        versions.set(role, seen);
        return;
      }
      const { targets, isWhole } = read();
      // What was there once stays, if need be without a file.
      if (versionBefore(role) === 0 && Object.keys(targets).length === 0) return;
      const version = put(role, { targets }, keys.content);
      if (isWhole) noteSeen(feed, role, look, version);
    },
    /** Puts what was published of other divisions as it stands. */
    putRest: () => {
      const rest = rolesOf(before).filter((name) => name !== 'targets' && !versions.has(name));
      for (const role of rest) {
        const version = versionBefore(role);
        const targets = targetsIn(at(role)(version));
        if (targets !== undefined) put(role, { targets }, keys.content);
        // The folder has lost the file: then only this role is missing, and not the whole snapshot wrong.
        else versions.set(role, Math.max(version, leap ?? 0));
      }
    },
  };
}

interface SignedPart {
  readonly targets: Targets;
  readonly delegations?: ReturnType<typeof delegationsTo>;
}

/** A role's metadata before it is signed, in the names of The Update Framework. */
interface Unsigned {
  readonly _type: keyof typeof FEED_LIMITS.metadataBytes;
  readonly [name: string]: unknown;
}

function writeTargets(
  at: (version: number) => string,
  version: number,
  part: SignedPart,
  signer: Signer,
  now: number,
  leap: number | undefined,
): number {
  const made = (number: number): Unsigned => ({
    ...{ _type: 'targets', ...common(number, now, LONG_DAYS), ...part },
  });
  const known = leap === undefined ? readOwn(at(version)) : undefined;
  if (known !== undefined && isStillGood(known, made(version), signer, now, LONG_DAYS))
    return version;
  const next = versionAfter(version, leap);
  writeSigned(at(next), made(next), signer);
  return next;
}

function writeSnapshot(
  folder: string,
  before: Record<string, unknown> | undefined,
  meta: Meta,
  signer: Signer,
  now: number,
  leap: number | undefined,
): number {
  const version = before === undefined ? 0 : Number(before.version);
  const made = (number: number): Unsigned => ({
    ...{ _type: 'snapshot', ...common(number, now, SHORT_DAYS), meta },
  });
  const known = leap === undefined ? readOwn(snapshotPath(folder, version)) : undefined;
  if (known !== undefined && isStillGood(known, made(version), signer, now, SHORT_DAYS))
    return version;
  const next = versionAfter(version, leap);
  writeSigned(snapshotPath(folder, next), made(next), signer);
  return next;
}

function writeTimestamp(
  folder: string,
  before: Record<string, unknown> | undefined,
  snapshot: number,
  signer: Signer,
  now: number,
  leap: number | undefined,
): void {
  const path = join(folder, 'metadata', 'timestamp.json');
  const version = before === undefined ? 0 : Number(before.version);
  const meta: Meta = { 'snapshot.json': { version: snapshot } };
  const made = (number: number): Unsigned => ({
    ...{ _type: 'timestamp', ...common(number, now, SHORT_DAYS), meta },
  });
  const known = leap === undefined ? readOwn(path) : undefined;
  if (known !== undefined && isStillGood(known, made(version), signer, now, SHORT_DAYS)) return;
  writeSigned(path, made(versionAfter(version, leap)), signer);
}

/** Writes a division's index, and its segments unless they lie there. */
function writeSegments(folder: string, feed: DivisionFeed): Targets {
  const { index } = feed;
  const text = Buffer.from(JSON.stringify(feedIndexSchema.parse(index)));
  if (text.length > FEED_LIMITS.indexBytes)
    throw new Error(`the index of ${index.division} has ${text.length} bytes`);
  const files = [
    ...segmentFiles(folder, feed),
    writeTarget(folder, indexPath(index.division), text),
  ];
  return Object.fromEntries(
    files.map(({ path, length, sha256 }) => [path, { length, hashes: { sha256 } }]),
  );
}

function delegationsTo(roles: ReadonlyMap<string, number>, { key }: Signer) {
  return {
    keys: { [key.keyID]: key.toJSON() },
    roles: [...roles.keys()].toSorted().map((name) => ({
      ...{ name, keyids: [key.keyID], threshold: 1, terminating: true, paths: [patternOf(name)] },
    })),
  };
}

/** Which targets a division's role may sign. */
function patternOf(role: string): string {
  const division = role.slice(role.indexOf('-') + 1);
  return role === roleOf(division) ? targetsOf(division) : mediaTargetsOf(division);
}

/** Whether written metadata says the same, is signed by this key and stays good for long enough. */
function isStillGood(
  known: { signed: Record<string, unknown>; signatures?: unknown },
  wanted: Record<string, unknown>,
  { key }: Signer,
  now: number,
  days: number,
): boolean {
  const signatures = known.signatures as readonly { keyid: string }[];
  const { expires } = known.signed;
  return (
    signatures.some(({ keyid }) => keyid === key.keyID) &&
    sorted({ ...wanted, expires }) === sorted(known.signed) &&
    String(expires) > expiry(now, days * RENEW_SHARE)
  );
}

/** Canonical JSON, as signatures cover it; nothing here has characters that it would escape otherwise. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [two]) => (one < two ? -1 : 1)))
      : inner,
  );
}

/** By hand: the classes of the models take time with the square of the number of roles, and a province has thousands. */
function writeSigned(path: string, signed: Unsigned, signer: Signer): void {
  const { keyID, sig } = signer.sign(Buffer.from(sorted(signed)));
  const bytes = Buffer.from(JSON.stringify({ signatures: [{ keyid: keyID, sig }], signed }));
  const most = FEED_LIMITS.metadataBytes[signed._type];
  if (bytes.length > most)
    throw new Error(`${basename(path)} would have ${bytes.length} bytes, and readers take ${most}`);
  writeWhole(path, bytes);
}

const common = (version: number, now: number, days: number) => ({
  ...{ version, spec_version: SPEC_VERSION, expires: expiry(now, days) },
});

const versionAfter = (known: number, leap = 0) => Math.max(known + 1, leap);

const snapshotPath = (folder: string, version: number) =>
  join(folder, 'metadata', `${version}.snapshot.json`);

/** What a role signed, as its file has it; undefined where there is none. */
function targetsIn(path: string): Targets | undefined {
  return readOwn(path)?.signed.targets as Targets | undefined;
}

function rolesOf(snapshot: Record<string, unknown> | undefined): string[] {
  const files = Object.keys((snapshot?.meta ?? {}) as Record<string, unknown>);
  return files.map((file) => file.slice(0, -'.json'.length));
}

type Meta = Readonly<Record<string, { readonly version: number }>>;

function versionIn(signed: Record<string, unknown>, file: string): number {
  const meta = signed.meta as Partial<Meta>;
  return meta[file]?.version ?? 0;
}
