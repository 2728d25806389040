import type { LocalDate } from '../time/local-date.ts';

/** Whether a version of a law holds on a day, as far as the texts at hand tell. */
export type LawState = 'in-force' | 'not-yet' | 'amended' | 'repealed' | 'unknown';

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

/**
 * States of all versions of one law on a day, in the order in which they are shown: what holds, then what will, then what
 * did. `repealedFrom` is the first day of a law that ends this one, if any; it ends versions made before it.
 */
export function statesOf<Version extends LawVersionDates>(
  versions: readonly Version[],
  today: LocalDate,
  repealedFrom: LocalDate | undefined,
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
    if (repealedFrom !== undefined && repealedFrom <= today && start < repealedFrom)
      return 'repealed';
    return version === current ? 'in-force' : 'amended';
  }
}

const ORDER: Readonly<Record<LawState, number>> = {
  'in-force': 0,
  unknown: 1,
  'not-yet': 2,
  amended: 3,
  repealed: 4,
};

function startOf(version: LawVersionDates): string {
  return firstDayOf(version) ?? '';
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
