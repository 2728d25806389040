/** Limits of the feed (docs/protocol.md, "Limits"); either side refuses what exceeds them. */
export const FEED_LIMITS = {
  /** Bytes of a segment as it is sent. */
  packedBytes: 32_000_000,
  /** Bytes of a segment unpacked; a stream that gives more is cut off there. */
  segmentBytes: 64_000_000,
  /** Characters of one row. */
  rowCharacters: 1_000_000,
  /** Bytes, unpacked, that a publisher puts into one part of a base: below `packedBytes` even if nothing can be packed. */
  baseBytes: 30_000_000,
  /** Bytes of signed metadata by role; `targets` also of each division's roles. */
  metadataBytes: { timestamp: 16_384, snapshot: 2_000_000, targets: 5_000_000 },
  /** Bytes of an index. */
  indexBytes: 1_000_000,
  /** Deltas that an index may list. */
  deltas: 1_000,
  /** Parts of a base that an index may list. */
  baseParts: 1_000,
} as const;
