import type { LocalDate } from '../time/local-date.ts';
import { plainTitle } from './law-title.ts';

/** Whether a version of a law holds on a day, as far as the texts at hand tell. */
export type LawState =
  | 'in-force'
  | 'not-yet'
  | 'amended'
  | 'repealed'
  | 'unknown'
  /** A later text is known to hold; it is not at hand. */
  | 'outdated'
  /** An interpretation of a law that ended; its own end is not among the texts at hand. */
  | 'baseless';

/** What decides it. */
export interface LawVersionDates {
  readonly id: string;
  readonly versionDate: LocalDate | undefined;
  readonly inForceFrom: LocalDate | undefined;
}

/** First day on which a version holds; where no text says it, the day on which it was made. */
export function firstDayOf(version: LawVersionDates): LocalDate | undefined {
  return version.inForceFrom ?? version.versionDate;
}

/** What other texts say of a law. */
export interface LawEnds {
  /** First day of a law that ends this one; it ends versions made before that day. */
  readonly repealedFrom?: LocalDate | undefined;
  /** First day of a law that ends the one which this one explains; versions made before that day have no ground since. */
  readonly baselessFrom?: LocalDate | undefined;
  /** Whether a later text than any here is known to hold. */
  readonly isOutdated?: boolean | undefined;
}

/**
 * States of all versions of one law on a day, in the order in which they are shown: what holds, then what will, then what
 * did.
 */
export function statesOf<Version extends LawVersionDates>(
  versions: readonly Version[],
  today: LocalDate,
  { repealedFrom, baselessFrom, isOutdated = false }: LawEnds = {},
): { version: Version; state: LawState }[] {
  const newestFirst = versions.toSorted(
    (a, b) =>
      compare(startOf(b), startOf(a)) ||
      compare(b.versionDate, a.versionDate) ||
      compare(a.id, b.id),
  );
  const current = newestFirst.find((version) => startOf(version) <= today);
  const states = newestFirst.map((version) => ({ version, state: stateOf(version) }));
  return states.toSorted((a, b) => ORDER[a.state] - ORDER[b.state]);

  function stateOf(version: Version): LawState {
    const start = firstDayOf(version);
    if (start === undefined) return versions.length === 1 ? 'unknown' : 'amended';
    if (start > today) return 'not-yet';
    if (isEnded(start, repealedFrom)) return 'repealed';
    if (isEnded(start, baselessFrom)) return 'baseless';
    if (version !== current) return 'amended';
    return isOutdated ? 'outdated' : 'in-force';
  }

  function isEnded(start: LocalDate, from: LocalDate | undefined): boolean {
    return from !== undefined && from <= today && start < from;
  }
}

/** Whether a text can still be relied on, as far as the texts at hand tell: what ended stands behind the others. */
export function mayHold(state: LawState): boolean {
  return state !== 'amended' && state !== 'repealed' && state !== 'baseless';
}

/** Plain title of the law that an interpretation explains, by its own title: 关于适用《婚姻法》若干问题的解释. */
export function explainedLaw(title: string): string | undefined {
  const named = /适用[《〈]([^《》〈〉]+)[》〉]/.exec(title)?.[1];
  return named === undefined ? undefined : plainTitle(named);
}

const ORDER: Readonly<Record<LawState, number>> = {
  'in-force': 0,
  outdated: 1,
  unknown: 2,
  'not-yet': 3,
  amended: 4,
  baseless: 5,
  repealed: 6,
};

function startOf(version: LawVersionDates): string {
  return firstDayOf(version) ?? '';
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
