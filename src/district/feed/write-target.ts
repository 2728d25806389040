import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { targetPath } from './target-path.ts';
import { writeWhole } from './write-whole.ts';

/** A target that lies in a feed's folder. */
export interface WrittenTarget {
  readonly path: string;
  readonly length: number;
  readonly sha256: string;
}

/** Writes a target under its hash; one that lies there already has the same bytes. */
export function writeTarget(folder: string, path: string, bytes: Buffer): WrittenTarget {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = targetPath(folder, path, sha256);
  if (!existsSync(file)) writeWhole(file, bytes);
  return { path, length: bytes.length, sha256 };
}
