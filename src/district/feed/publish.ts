import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import { Metadata, MetaFile, Snapshot, TargetFile, Targets, Timestamp } from '@tufjs/models';
import { feedIndexSchema, indexPath, roleOf, targetsOf } from '#shared/feed/feed-index.ts';
import { mediaRoleOf, mediaTargetsOf } from '#shared/feed/feed-media.ts';
import { readyPath } from '#shared/feed/ready-file.ts';
import type { DivisionFeed, SegmentText } from './division-log.ts';
import { signedFiles } from './media-targets.ts';
import { expiry, metadataOf, readOwn, SPEC_VERSION } from './metadata.ts';
import { readyFile } from './ready-file.ts';
import type { Signer } from './signer.ts';
import { targetPath } from './target-path.ts';
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
  const knownSnapshot = known && readOwn(snapshotPath(folder, versionIn(known, 'snapshot.json')));
  const before = knownSnapshot?.signed;
  const versions = new Map<string, number>();
  const at = (role: string) => (version: number) =>
    join(folder, 'metadata', `${version}.${role}.json`);
  const versionBefore = (role: string) =>
    before === undefined ? 0 : versionIn(before, `${role}.json`);
  const put = (role: string, signed: SignedPart, signer: Signer) => {
    const version = writeTargets(at(role), versionBefore(role), signed, signer, now, leap);
    versions.set(role, version);
  };
  for (const feed of divisions)
    put(roleOf(feed.index.division), { targets: writeSegments(folder, feed) }, keys.content);
  for (const feed of divisions) {
    const { division } = feed.index;
    const targets = signedFiles(folder, division, feed.media);
    // What was there once stays, if need be without a file.
    const isKnown = versionBefore(mediaRoleOf(division)) > 0;
    if (!isKnown && Object.keys(targets).length === 0) continue;
    put(mediaRoleOf(division), { targets }, keys.content);
  }
  for (const role of rolesOf(before).filter((name) => name !== 'targets' && !versions.has(name))) {
    const version = versionBefore(role);
    const targets = targetsIn(at(role)(version));
    if (targets !== undefined) put(role, { targets }, keys.content);
    // The folder has lost the file: then only this role is missing, and not the whole snapshot wrong.
    else versions.set(role, Math.max(version, leap ?? 0));
  }
  put('targets', { targets: {}, delegations: delegationsTo(versions, keys.content) }, keys.targets);
  const meta = Object.fromEntries(
    [...versions].map(([role, version]) => [`${role}.json`, new MetaFile({ version })]),
  );
  const version = writeSnapshot(folder, before, meta, keys.snapshot, now, leap);
  writeTimestamp(folder, known, version, keys.timestamp, now, leap);
}

interface SignedPart {
  readonly targets: Record<string, TargetFile>;
  readonly delegations?: ReturnType<typeof delegationsTo>;
}

function writeTargets(
  at: (version: number) => string,
  version: number,
  { targets, delegations }: SignedPart,
  signer: Signer,
  now: number,
  leap: number | undefined,
): number {
  const made = (number: number) =>
    Targets.fromJSON({
      ...new Targets({ ...common(number, now, LONG_DAYS), targets }).toJSON(),
      ...(delegations === undefined ? {} : { delegations }),
    });
  const known = leap === undefined ? readOwn(at(version)) : undefined;
  if (known !== undefined && isStillGood(known, made(version).toJSON(), signer, now, LONG_DAYS))
    return version;
  const next = versionAfter(version, leap);
  writeSigned(at(next), new Metadata(made(next)), signer);
  return next;
}

function writeSnapshot(
  folder: string,
  before: Record<string, unknown> | undefined,
  meta: Record<string, MetaFile>,
  signer: Signer,
  now: number,
  leap: number | undefined,
): number {
  const version = before === undefined ? 0 : Number(before.version);
  const made = (number: number) => new Snapshot({ ...common(number, now, SHORT_DAYS), meta });
  const known = leap === undefined ? readOwn(snapshotPath(folder, version)) : undefined;
  if (known !== undefined && isStillGood(known, made(version).toJSON(), signer, now, SHORT_DAYS))
    return version;
  const next = versionAfter(version, leap);
  writeSigned(snapshotPath(folder, next), new Metadata(made(next)), signer);
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
  const made = (number: number) =>
    new Timestamp({
      ...common(number, now, SHORT_DAYS),
      snapshotMeta: new MetaFile({ version: snapshot }),
    });
  const known = leap === undefined ? readOwn(path) : undefined;
  if (known !== undefined && isStillGood(known, made(version).toJSON(), signer, now, SHORT_DAYS))
    return;
  writeSigned(path, new Metadata(made(versionAfter(version, leap))), signer);
}

/** Packs and writes a division's segments and index; those that lie there already have the same name and bytes. */
function writeSegments(
  folder: string,
  { index, segments }: DivisionFeed,
): Record<string, TargetFile> {
  const text = JSON.stringify(feedIndexSchema.parse(index));
  const inBase = new Set(index.base.segments.map(({ path }) => path));
  const files = [
    ...segments.map((segment) => writeSegment(folder, segment)),
    ...segments
      .filter(({ path }) => inBase.has(path))
      .flatMap((segment) => writeReady(folder, segment, index.division) ?? []),
    writeTarget(folder, indexPath(index.division), Buffer.from(text)),
  ];
  return Object.fromEntries(files.map((file) => [file.path, file]));
}

/** Segments never change: what was packed and written once is not packed again. */
const written = new WeakMap<SegmentText, TargetFile>();

function writeSegment(folder: string, segment: SegmentText): TargetFile {
  const known = written.get(segment);
  if (known !== undefined && isThere(folder, known)) return known;
  const file = writeTarget(folder, segment.path, packed(segment.text));
  written.set(segment, file);
  return file;
}

/** The ready-made files of base segments, made once as they are; undefined where limits allow none. */
const writtenReady = new WeakMap<SegmentText, TargetFile | undefined>();

function writeReady(
  folder: string,
  segment: SegmentText,
  division: string,
): TargetFile | undefined {
  const known = writtenReady.get(segment);
  if (writtenReady.has(segment) && (known === undefined || isThere(folder, known))) return known;
  const bytes = readyFile(segment, division);
  const file = bytes && writeTarget(folder, readyPath(segment.path), bytes);
  writtenReady.set(segment, file);
  return file;
}

const isThere = (folder: string, { path, hashes }: TargetFile) =>
  existsSync(targetPath(folder, path, hashes.sha256 ?? ''));

function writeTarget(folder: string, path: string, bytes: Buffer): TargetFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = targetPath(folder, path, sha256);
  if (!existsSync(file)) writeWhole(file, bytes);
  return new TargetFile({ path, length: bytes.length, hashes: { sha256 } });
}

/** What is small is packed as tightly as can be: every terminal of the district fetches each delta. */
const TIGHTLY_PACKED_CHARACTERS = 1_000_000;

/** A segment as it is sent. */
export function packed(text: string): Buffer {
  const level = text.length <= TIGHTLY_PACKED_CHARACTERS ? 19 : 12;
  return zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: level } });
}

/** The models export no class for delegations; they read them in written form. */
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

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [two]) => (one < two ? -1 : 1)))
      : inner,
  );
}

function writeSigned(
  path: string,
  metadata: Metadata<Targets> | Metadata<Snapshot> | Metadata<Timestamp>,
  signer: Signer,
): void {
  metadata.sign((bytes) => signer.sign(bytes));
  writeWhole(path, metadataOf(metadata));
}

const common = (version: number, now: number, days: number) => ({
  version,
  specVersion: SPEC_VERSION,
  expires: expiry(now, days),
});

const versionAfter = (known: number, leap = 0) => Math.max(known + 1, leap);

const snapshotPath = (folder: string, version: number) =>
  join(folder, 'metadata', `${version}.snapshot.json`);

/** What a role signed, as its file has it; undefined where there is none. */
function targetsIn(path: string): Record<string, TargetFile> | undefined {
  const signed = readOwn(path)?.signed;
  return signed && Targets.fromJSON(signed as Parameters<typeof Targets.fromJSON>[0]).targets;
}

function rolesOf(snapshot: Record<string, unknown> | undefined): string[] {
  const files = Object.keys((snapshot?.meta ?? {}) as Record<string, unknown>);
  return files.map((file) => file.slice(0, -'.json'.length));
}

function versionIn(signed: Record<string, unknown>, file: string): number {
  const meta = signed.meta as Record<string, { version: number } | undefined>;
  return meta[file]?.version ?? 0;
}
