import { existsSync, readFileSync } from 'node:fs';
import type { Metadata, Root } from '@tufjs/models';

/** The version of The Update Framework that is written. */
export const SPEC_VERSION = '1.0.31';

const DAY_MS = 86_400_000;

/** The moment after which metadata made now is not to be believed any more, as TUF writes it. */
export function expiry(now: number, days: number): string {
  return `${new Date(now + days * DAY_MS).toISOString().slice(0, 19)}Z`;
}

/** Metadata as its file has it. */
export function metadataOf(metadata: Metadata<Root>): Buffer {
  return Buffer.from(JSON.stringify(metadata.toJSON()));
}

/** A JSON file of the feed's own folder, if it is there. */
export function readOwn(path: string): { signed: Record<string, unknown> } | undefined {
  if (!existsSync(path)) return undefined;
  return JSON.parse(readFileSync(path, 'utf8')) as { signed: Record<string, unknown> };
}
