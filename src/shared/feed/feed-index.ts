import { z } from 'zod';
import { divisionOf, type Scope, scopeChain } from '../content/scope.ts';
import { FEED_LIMITS } from './feed-limits.ts';

/** The version of segments and index that this program writes and reads. */
export const FEED_FORMAT = 1;

const sequenceSchema = z.int().min(0);
const divisionSchema = z.string().regex(/^(?:\d{2}|\d{4}|\d{6}|\d{9}|\d{12})$/);
/** Names one life of a division's numbering: restored or started anew, a district takes another. */
const epochSchema = z.string().regex(/^[a-z0-9]{8,32}$/);

const segmentSchema = z.strictObject({
  path: z.string().regex(/^content\/\d{2,12}\/[a-z0-9.-]{1,120}$/),
  rows: z.int().min(0),
  /** Bytes unpacked. */
  bytes: z.int().min(0).max(FEED_LIMITS.segmentBytes),
});
const deltaSchema = segmentSchema.extend({ from: sequenceSchema, to: sequenceSchema });

/**
 * What a division's role offers. Sequence numbers count changes; a segment reaches from one (not included) to another
 * (included). Deltas follow on each other without a gap from `floor` to `top`, and the base stands at one of their ends.
 */
export const feedIndexSchema = z
  .strictObject({
    format: z.literal(FEED_FORMAT),
    division: divisionSchema,
    epoch: epochSchema,
    top: sequenceSchema,
    floor: sequenceSchema,
    /** Changes up to here may delete much: a person at the district said so. */
    confirmedDeletionsTo: sequenceSchema,
    /** Digest of all records at `top` (`rows-digest.ts`). */
    digest: z.string().regex(/^[0-9a-f]{64}$/),
    base: z.strictObject({
      to: sequenceSchema,
      segments: z.array(segmentSchema).max(FEED_LIMITS.baseParts),
    }),
    deltas: z.array(deltaSchema).max(FEED_LIMITS.deltas),
  })
  .refine(isUnbroken, { error: 'deltas or base leave a gap' })
  .refine(isOfOneDivision, { error: 'a segment of another division' });
export type FeedIndex = z.infer<typeof feedIndexSchema>;
export type FeedSegment = z.infer<typeof segmentSchema>;
export type FeedDelta = z.infer<typeof deltaSchema>;

/** The divisions whose content a terminal reads: all above its outlet and its own, widest first. */
export function feedChain(station: Scope): string[] {
  return [...new Set(scopeChain(station).map(divisionOf))];
}

/** The name of the role that signs a division's content. */
export function roleOf(division: string): string {
  return `content-${division}`;
}

/** The path pattern of a division's targets; `*` matches no slash. */
export function targetsOf(division: string): string {
  return `content/${division}/*`;
}

/** The target that lists a division's segments. */
export function indexPath(division: string): string {
  return `content/${division}/index.json`;
}

function isUnbroken({ deltas, floor, top, base }: Parts): boolean {
  const ends = [floor, ...deltas.map(({ to }) => to)];
  return (
    deltas.every(({ from, to }, at) => from === ends[at] && to > from) &&
    ends.at(-1) === top &&
    ends.includes(base.to)
  );
}

function isOfOneDivision({ division, base, deltas }: Parts & { division: string }): boolean {
  return [...base.segments, ...deltas].every(({ path }) => path.startsWith(`content/${division}/`));
}

interface Parts {
  readonly deltas: readonly FeedDelta[];
  readonly floor: number;
  readonly top: number;
  readonly base: { readonly to: number; readonly segments: readonly FeedSegment[] };
}
