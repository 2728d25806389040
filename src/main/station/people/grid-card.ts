import { EXPECTED_DUTIES } from '#shared/content/kinds/grid.ts';
import { divisionOf, type Scope } from '#shared/content/scope.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { GridCard } from '#shared/contract/people.ts';
import type { PageLanguage } from '#shared/contract/views.ts';
import { type Library, show } from '../content/library.ts';
import type { Stations } from '../stations/stations.ts';
import { openDirectory } from './directory.ts';
import { servingOutlets } from './serving-outlets.ts';

/** A grid's card: its five contacts, and where a dispute goes from here. Throws `StationError('not-found')`. */
export function gridCard(
  library: Library,
  stations: Stations,
  code: Scope,
  language: PageLanguage,
): GridCard {
  const record = library.everywhere('grid').find(({ body }) => body.code === code);
  if (record === undefined) throw new StationError('not-found');
  const { body, provenance } = show('grid', record, language);
  const directory = openDirectory(library, stations, language);
  const people = new Map(directory.entries.map((entry) => [entry.id, entry]));
  const contacts = body.contacts.flatMap(({ duty, person }) => {
    const entry = people.get(person);
    return entry === undefined
      ? []
      : [{ duty, person: directory.summary(entry, code), phone: entry.shown.body.phone }];
  });
  const outlets = servingOutlets(library, stations, code);
  return {
    code,
    name: body.name,
    area: body.area,
    community: directory.place(divisionOf(code)),
    contacts,
    missing: EXPECTED_DUTIES.map(([duty]) => duty).filter((duty) =>
      contacts.every((contact) => contact.duty !== duty),
    ),
    notaryOffice: outlets.find(({ level }) => level === 'notary-office'),
    escalation: library.profile.escalation.map(({ id, level, who, takes, outlets: levels }) => ({
      id,
      who,
      takes,
      people:
        level === 'grid'
          ? contacts.filter(({ duty }) => duty === 'mediator').map(({ person }) => person)
          : [],
      outlet: outlets.find((outlet) => levels.includes(outlet.level)),
    })),
    provenance,
  };
}
