import { divisionOf } from '#shared/content/scope.ts';
import type { Communities, Place } from '#shared/contract/people.ts';
import type { Library } from '../content/library.ts';

const DISTRICT = 6;
const STREET = 9;
const COMMUNITY = 12;

/**
 * The communities that a visitor can choose from: by street; where the place has several districts, streets stand below
 * those. A street without listed communities is there when it has an outlet.
 */
export function communities(library: Library): Communities {
  const here = divisionOf(library.station);
  const outlets = new Set(library.everywhere('station').map(({ body }) => body.code));
  const streets = divisionsOf(library, STREET)
    .map((street) => ({
      ...street,
      communities: divisionsOf(library, COMMUNITY).filter(({ code }) =>
        code.startsWith(street.code),
      ),
    }))
    .filter(({ code, communities: members }) => members.length > 0 || outlets.has(code));
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

function divisionsOf(library: Library, digits: number): Place[] {
  return [...library.divisions]
    .filter(([code]) => code.length === digits)
    .map(([code, name]) => ({ code, name }));
}
