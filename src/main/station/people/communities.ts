import { divisionOf } from '#shared/content/scope.ts';
import type { Communities, Place } from '#shared/contract/people.ts';
import type { Library } from '../content/library.ts';

const DISTRICT = 6;
const STREET = 9;
const COMMUNITY = 12;

type Street = Communities['groups'][number]['streets'][number];

/**
 * The communities that a visitor can choose from, each with its grids: by street, the terminal's own first; where the place
 * has several districts, streets stand below those. A street without listed communities is there when it has an outlet.
 */
export function communities(library: Library): Communities {
  const here = divisionOf(library.station);
  const streets = streetsOf(library).toSorted(
    (a, b) => Number(here.startsWith(b.code)) - Number(here.startsWith(a.code)),
  );
  const districts = divisionsOf(library, DISTRICT);
  const groups =
    districts.length > 1
      ? districts.map((district) => ({
          ...district,
          streets: streets.filter(({ code }) => code.startsWith(district.code)),
        }))
      : streets.map((street) => ({ code: street.code, name: street.name, streets: [street] }));
  return { groups: groups.map((group) => ({ ...group, isHere: here.startsWith(group.code) })) };
}

function streetsOf(library: Library): Street[] {
  const outlets = new Set(library.everywhere('station').map(({ body }) => body.code));
  const grids = Map.groupBy(
    library.everywhere('grid').map(({ body: { code, name } }) => ({ code, name })),
    ({ code }) => divisionOf(code),
  );
  const members = Map.groupBy(divisionsOf(library, COMMUNITY), ({ code }) => code.slice(0, STREET));
  return divisionsOf(library, STREET)
    .map((street) => ({
      ...street,
      communities: (members.get(street.code) ?? []).map((community) => ({
        ...community,
        grids: grids.get(community.code) ?? [],
      })),
    }))
    .filter(({ code, communities: own }) => own.length > 0 || outlets.has(code));
}

function divisionsOf(library: Library, digits: number): Place[] {
  return [...library.divisions]
    .filter(([code]) => code.length === digits)
    .map(([code, name]) => ({ code, name }));
}
