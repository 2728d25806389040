import { divisionOf, type Scope } from '#shared/content/scope.ts';
import { nearestPlace } from '#shared/people/nearest-place.ts';

/** Less than any difference in what was asked for: it decides between people who answer equally well. */
const HERE = 3;
const COVERS_HERE = 2;
const OF_A_LEVEL = 0.25;

/** Points for somebody who serves these places, asked for at a station: who sits there, then who serves its street or town, then the nearer ones. */
export function nearness(serves: readonly Scope[], station: Scope): number {
  if (serves.length === 0) return 0;
  if (serves.includes(station)) return HERE;
  const nearest = nearestPlace(serves, station);
  if (nearest !== undefined) return COVERS_HERE - OF_A_LEVEL * nearest.levelsAbove;
  return OF_A_LEVEL * Math.max(...serves.map((code) => sharedLevels(code, station)));
}

const DIVISION_LENGTHS = [2, 4, 6, 9];

function sharedLevels(code: Scope, station: Scope): number {
  const [one, other] = [divisionOf(code), divisionOf(station)];
  return DIVISION_LENGTHS.filter(
    (length) => one.length >= length && one.slice(0, length) === other.slice(0, length),
  ).length;
}
