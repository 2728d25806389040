/** Limits of the operations API (docs/protocol.md, section 3); either side refuses what exceeds them. */
export const OPERATION_LIMITS = {
  /** Operations in one batch. */
  batch: 100,
  /** Bytes of a batch, as sent. */
  batchBytes: 1_000_000,
  /** Bytes of one operation's body as JSON. */
  bodyBytes: 256_000,
  /** Fields that one edit may change. */
  changes: 2_000,
  /** How far a request's `created` may be from the server's clock, in seconds. */
  skewSeconds: 600,
  /** Days for which the district answers the same to the same id. */
  keptDays: 400,
  /** Batches in one bundle that travels on a stick. */
  bundleBatches: 200,
  /** Bytes of a bundle's file. */
  bundleBytes: 16_000_000,
} as const;

/** When a terminal asks again, in seconds; each pause is varied by ±20 % at random. */
export const PUSH_PAUSES = {
  /** After the first answer that says "later", or none at all; doubled each time. */
  first: 30,
  /** Never longer. */
  longest: 3_600,
  /** Between heartbeats, when the district says nothing else. */
  heartbeat: 300,
} as const;
