import { divisionOf, type Scope } from '../content/scope.ts';

/** How near what somebody serves is to a place. */
export interface Nearness {
  /** The code among those that somebody serves. */
  readonly code: Scope;
  /** 0 when it is the place or lies in it; else how many levels of division it lies above: a community's district is 2. */
  readonly levelsAbove: number;
}

const DIVISION_LENGTHS = [2, 4, 6, 9, 12];

/** The nearest to a place among the codes that somebody serves; undefined when none covers it or lies in it. */
export function nearestPlace(serves: readonly Scope[], place: Scope): Nearness | undefined {
  return serves
    .flatMap((code) => nearnessOf(code, place) ?? [])
    .toSorted((a, b) => a.levelsAbove - b.levelsAbove)[0];
}

function nearnessOf(code: Scope, place: Scope): Nearness | undefined {
  const served = divisionOf(code);
  const wanted = divisionOf(place);
  // Grids and outlets of one division stand beside each other: who serves one does not serve the next.
  if (served === wanted && code !== place && code !== served && place !== wanted) return undefined;
  if (served.startsWith(wanted)) return { code, levelsAbove: 0 };
  if (!wanted.startsWith(served)) return undefined;
  return { code, levelsAbove: levelOf(wanted) - levelOf(served) };
}

function levelOf(division: string): number {
  return DIVISION_LENGTHS.indexOf(division.length);
}
