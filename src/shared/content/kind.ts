import type { z } from 'zod';
import type { ContentRecord } from './envelope.ts';

/** One of the particulars that a record must have before it counts as complete. */
export interface Particular<Body> {
  readonly id: string;
  /** Its name as staff read it, for "7/8, 缺收费依据". */
  readonly label: string;
  readonly isPresent: (body: Body) => boolean;
}

/** Texts of a record by weight, for the search index. */
export interface SearchText {
  readonly title: string;
  /** What people say for it: other names, everyday words. */
  readonly words: readonly string[];
  readonly text: string;
}

/** Widest and narrowest scope lengths a kind may have, in digits of the division code (country = 2). */
export type ScopeRule = 'any' | 'station' | 'wide';

/** All that the product knows about one kind of content; each kind is one file in `kinds/`. */
export interface ContentKind<Body = unknown> {
  readonly kind: string;
  /** The kind's name as staff read it. */
  readonly label: string;
  readonly body: z.ZodType<Body>;
  /** `station`: only for one outlet or below a district; `wide`: not below a district; `any`: everywhere. */
  readonly scopeRule: ScopeRule;
  /** Days after publication when someone should look at it again; stale ones are reported, not hidden. */
  readonly reviewEveryDays: number;
  /** Whether a record must name its last day (a notice of a date must not stay for ever). */
  readonly mustEnd: boolean;
  readonly particulars: readonly Particular<Body>[];
  readonly title: (body: Body) => string;
  readonly search: (body: Body) => SearchText;
  /** Ids of the records it points to; a pack is checked for dangling ones. */
  readonly references: (body: Body) => readonly string[];
}

/** Declares a kind; the identity function that lets TypeScript infer `Body` from the schema. */
export function defineKind<Body>(kind: ContentKind<Body>): ContentKind<Body> {
  return kind;
}

/** How complete a record is, as a page and a report show it. */
export interface Completeness {
  readonly present: number;
  readonly total: number;
  readonly missing: readonly string[];
}

/** Counts the particulars that a record has and names those it lacks. */
export function completenessOf<Body>(
  kind: ContentKind<Body>,
  record: ContentRecord<Body>,
): Completeness {
  const missing = kind.particulars.filter((particular) => !particular.isPresent(record.body));
  return {
    present: kind.particulars.length - missing.length,
    total: kind.particulars.length,
    missing: missing.map((particular) => particular.label),
  };
}

/** "7/8, 缺收费依据"; "9/9" when nothing is missing. */
export function formatCompleteness({ present, total, missing }: Completeness): string {
  return missing.length === 0
    ? `${present}/${total}`
    : `${present}/${total}, 缺${missing.join('、')}`;
}
