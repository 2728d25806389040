import { readyPath } from '#shared/feed/ready-file.ts';
import type { SegmentText } from './division-log.ts';
import { packed } from './packed.ts';
import { readyFile } from './ready-file.ts';
import { type WrittenTarget, writeTarget } from './write-target.ts';

/** A segment that is to lie in a feed's folder. */
export interface PackOrder {
  readonly folder: string;
  readonly segment: SegmentText;
  /** The division of a part of a base, which gets a ready-made file beside it. */
  readonly readyFor: string | undefined;
}

/** Packs, hashes and writes a segment and its ready-made file, if it may have one. */
export function writeSegment({ folder, segment, readyFor }: PackOrder): WrittenTarget[] {
  const ready = readyFor === undefined ? undefined : readyFile(segment, readyFor);
  return [
    writeTarget(folder, segment.path, packed(segment.text)),
    ...(ready === undefined ? [] : [writeTarget(folder, readyPath(segment.path), ready)]),
  ];
}
