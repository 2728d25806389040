import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedIndex } from '#shared/feed/feed-index.ts';
import { READY_PARTS, readyPath } from '#shared/feed/ready-file.ts';
import { layOutReadyFile } from './ready-file.ts';
import type { TrustedFeed } from './trusted-feed.ts';

/**
 * Fetches the ready-made files of a base, unpacks and proves them, and hands `work` where they lie. False when the district does
 * not offer one for each part. Throws what made it fail; nothing is left of them in either case.
 */
export async function withReadyBase(
  feed: TrustedFeed,
  { division, base }: FeedIndex,
  folder: string,
  work: (files: readonly string[]) => Promise<void>,
): Promise<boolean> {
  const parts = base.segments.map((segment) => ({ segment, path: readyPath(segment.path) }));
  if (parts.length === 0 || parts.length > READY_PARTS) return false;
  for (const { path } of parts) if (!(await feed.offers(path))) return false;
  const place = join(folder, 'ready');
  // What a power cut left there.
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  try {
    const files: string[] = [];
    for (const [at, { segment, path }] of parts.entries()) {
      const file = join(place, `${at}.sqlite`);
      await layOutReadyFile(await feed.fetch(path), segment, division, file);
      files.push(file);
    }
    await work(files);
    return true;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
