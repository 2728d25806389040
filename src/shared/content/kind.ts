import type { z } from 'zod';
import type { ContentRecord } from './envelope.ts';
import { divisionOf, isInScope, NATIONAL_SCOPE } from './scope.ts';

/** One of the particulars that a record must have before it counts as complete. */
export interface Particular<Body> {
  readonly id: string;
  /** Its name as staff read it, for "7/8，缺收费依据". */
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

/** Where records of a kind may be published; `scopeFault` tells what breaks it. */
export type ScopeRule = 'any' | 'station' | 'wide';

/** All that the product knows about one kind of content; each kind is one file in `kinds/`. */
export interface ContentKind<Body = unknown> {
  readonly kind: string;
  /** The kind's name as staff read it. */
  readonly label: string;
  readonly body: z.ZodType<Body>;
  /** `station`: for the one outlet that the body names; `wide`: for a whole district or more; `any`: everywhere. */
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

/** "7/8，缺收费依据"; "9/9" when nothing is missing. */
export function formatCompleteness({ present, total, missing }: Completeness): string {
  return missing.length === 0
    ? `${present}/${total}`
    : `${present}/${total}，缺${missing.join('、')}`;
}

/**
 * What is wrong with where a record is published, in a sentence; undefined when it may stand there. Hours, rosters and
 * queue plans of one outlet must not reach the whole country, and must reach that outlet.
 */
export function scopeFault(
  kind: Pick<ContentKind, 'scopeRule' | 'label'>,
  record: Pick<ContentRecord, 'scope' | 'body'>,
): string | undefined {
  const { scope } = record;
  if (kind.scopeRule === 'wide')
    return divisionOf(scope) === scope && scope.length <= DISTRICT_DIGITS
      ? undefined
      : `${kind.label}要发给整个区县或更大的范围`;
  if (kind.scopeRule === 'any') return undefined;
  const { station } = record.body as { station?: unknown };
  if (scope === NATIONAL_SCOPE || scope.length < CITY_DIGITS)
    return `${kind.label}只是一个网点的，不能发给全省或全国`;
  return typeof station === 'string' && isInScope(scope, station)
    ? undefined
    : `范围 ${scope} 里看不到网点 ${String(station)}`;
}

const CITY_DIGITS = 4;
const DISTRICT_DIGITS = 6;
