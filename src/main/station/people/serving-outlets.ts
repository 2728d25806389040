import { divisionOf, type Scope } from '#shared/content/scope.ts';
import type { StationSummary } from '#shared/contract/views.ts';
import type { Library } from '../content/library.ts';
import type { Stations } from '../stations/stations.ts';

/**
 * The outlets that serve a place, the nearest first: its own, those of the street and of what lies above it, police posts
 * of the street, and the notary offices that have it in their districts.
 */
export function servingOutlets(
  library: Library,
  stations: Stations,
  place: Scope,
): StationSummary[] {
  const division = divisionOf(place);
  const districts = new Map(
    library.everywhere('station').map(({ body }) => [body.code, body.serves]),
  );
  const servesPlace = ({ code, level }: StationSummary) => {
    const own = divisionOf(code);
    if (level === 'notary-office')
      return (districts.get(code) ?? []).some((served) => division.startsWith(served));
    return division.startsWith(own);
  };
  return stations
    .list()
    .filter(servesPlace)
    .toSorted(
      (a, b) =>
        Number(a.level === 'notary-office') - Number(b.level === 'notary-office') ||
        divisionOf(b.code).length - divisionOf(a.code).length ||
        (a.code < b.code ? -1 : 1),
    );
}
