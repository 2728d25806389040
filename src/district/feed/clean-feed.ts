import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readOwn } from './metadata.ts';

/** Who began to read before the newest change, or through a cache, finds what was the newest then. */
const KEPT_MS = 2 * 86_400_000;

/**
 * Deletes from a feed's folder what no snapshot of the last two days names and nobody wrote in that time. Roots stay: terminals
 * that were away walk through all of them. Called by the only writer of the folder, between two writes.
 */
export function cleanFeed(folder: string, now: number): void {
  const before = now - KEPT_MS;
  const named = new Set(snapshotsSince(folder, before).flatMap((path) => namedBy(folder, path)));
  for (const path of filesIn(folder))
    if (!named.has(path) && mayGo(path) && writtenAt(folder, path) < before)
      rmSync(join(folder, path), { force: true });
}

/** Metadata other than roots and the timestamp, targets, and what a power cut left half written. */
function mayGo(path: string): boolean {
  if (path.endsWith('.partial')) return true;
  if (path.startsWith('targets/')) return true;
  return /^metadata\/\d+\..+\.json$/.test(path) && !path.endsWith('.root.json');
}

/** Snapshots that were the newest at some moment since then. */
function snapshotsSince(folder: string, since: number): string[] {
  const newest = snapshotVersion(readOwn(join(folder, 'metadata', 'timestamp.json')));
  const all = readdirSync(join(folder, 'metadata'))
    .flatMap((name) => /^(\d+)\.snapshot\.json$/.exec(name)?.[1] ?? [])
    .map(Number)
    .filter((version) => version <= newest);
  const older = all.filter((version) => writtenAt(folder, snapshotPath(version)) < since);
  const first = Math.min(newest, Math.max(0, ...older));
  return all.filter((version) => version >= first).map(snapshotPath);
}

/** A snapshot, the metadata that it names, and the targets that those name. */
function namedBy(folder: string, snapshot: string): string[] {
  const roles = Object.entries(metaOf(readOwn(join(folder, snapshot)))).map(
    ([file, { version }]) => `metadata/${version}.${file}`,
  );
  return [snapshot, ...roles, ...roles.flatMap((role) => targetsIn(folder, role))];
}

function targetsIn(folder: string, role: string): string[] {
  const { targets = {} } = (readOwn(join(folder, role))?.signed ?? {}) as {
    targets?: Record<string, { hashes: { sha256: string } }>;
  };
  return Object.entries(targets).map(
    ([path, { hashes }]) => `targets/${dirname(path)}/${hashes.sha256}.${basename(path)}`,
  );
}

type Signed = ReturnType<typeof readOwn>;

function metaOf(file: Signed): Record<string, { version: number }> {
  return (file?.signed.meta ?? {}) as Record<string, { version: number }>;
}

function snapshotVersion(timestamp: Signed): number {
  return metaOf(timestamp)['snapshot.json']?.version ?? 0;
}

const snapshotPath = (version: number) => `metadata/${version}.snapshot.json`;

function writtenAt(folder: string, path: string): number {
  return statSync(join(folder, path)).mtimeMs;
}

/** Paths below the feed's two folders, with slashes on every system. */
function filesIn(folder: string): string[] {
  return ['metadata', 'targets'].flatMap((part) => {
    if (!existsSync(join(folder, part))) return [];
    return readdirSync(join(folder, part), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      );
  });
}
