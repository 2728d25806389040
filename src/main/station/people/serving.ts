import { divisionOf, type Scope, scopeChain } from '#shared/content/scope.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { Place, Serving } from '#shared/contract/people.ts';
import type { PageLanguage } from '#shared/contract/views.ts';
import { nearestPlace } from '#shared/people/nearest-place.ts';
import { rankOf } from '#shared/people/person-filter.ts';
import type { Library } from '../content/library.ts';
import type { Stations } from '../stations/stations.ts';
import { asOf, type Directory, type DirectoryEntry, openDirectory } from './directory.ts';
import { servingOutlets } from './serving-outlets.ts';

/** Of those who serve a whole street or district as many are listed; the list of people has them all. */
const MOST_ABOVE = 6;
/** Of those who serve the place itself. */
const MOST_HERE = 24;

/**
 * Who serves a community, a street or a grid: first those of the place itself, then those of what lies above it. Throws
 * `StationError('not-found')` for a code that the place does not know.
 */
export function serving(
  library: Library,
  stations: Stations,
  code: Scope,
  language: PageLanguage,
): Serving {
  const directory = openDirectory(library, stations, language);
  const division = divisionOf(code);
  if (!library.divisions.has(division)) throw new StationError('not-found');
  const near = directory.entries.flatMap((entry) => {
    const nearest = nearestPlace(entry.serves, division);
    return nearest === undefined ? [] : [{ entry, nearest }];
  });
  return {
    place: directory.place(division),
    above: placesAbove(library, division),
    grids: library
      .everywhere('grid')
      .filter(({ body }) => divisionOf(body.code) === division)
      .map(({ body }) => ({ code: body.code, name: body.name, area: body.area })),
    groups: [...Map.groupBy(near, ({ nearest }) => nearest.levelsAbove)]
      .sort(([a], [b]) => a - b)
      .map(([levels, members]) =>
        groupOf(
          directory,
          levels === 0 ? division : divisionOf(members[0]?.nearest.code ?? division),
          members.map(({ entry }) => entry),
          levels === 0 ? MOST_HERE : MOST_ABOVE,
        ),
      ),
    outlets: servingOutlets(library, stations, division),
    asOf: asOf(near.map(({ entry }) => entry)),
  };
}

function groupOf(
  directory: Directory,
  place: Scope,
  entries: readonly DirectoryEntry[],
  most: number,
): Serving['groups'][number] {
  const ordered = entries.toSorted(
    (a, b) =>
      Number(b.isOnDuty) - Number(a.isOnDuty) ||
      rankOf(a.role) - rankOf(b.role) ||
      (a.id < b.id ? -1 : 1),
  );
  return {
    place: directory.place(place),
    people: ordered.slice(0, most).map((entry) => directory.summary(entry, place)),
    more: Math.max(0, ordered.length - most),
  };
}

/** The divisions above one, from the district down; a province says nothing of who serves. */
function placesAbove(library: Library, division: string): Place[] {
  return scopeChain(division)
    .filter((code) => code.length >= 6 && code !== division)
    .flatMap((code) => {
      const name = library.divisions.get(code);
      return name === undefined ? [] : [{ code, name }];
    });
}
