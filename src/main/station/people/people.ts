import type { Scope } from '#shared/content/scope.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { PersonCard, PersonList } from '#shared/contract/people.ts';
import type { PageLanguage, StationSummary } from '#shared/contract/views.ts';
import type { ContactPaperPlace } from '#shared/papers/contact-paper.ts';
import { contactOf } from '#shared/people/contact-of.ts';
import { filterChoices, fitsFilter, type PersonFilter } from '#shared/people/person-filter.ts';
import { vcard } from '#shared/people/vcard.ts';
import type { Library } from '../content/library.ts';
import type { Stations } from '../stations/stations.ts';
import { asOf, type Directory, type DirectoryEntry, inOrder, openDirectory } from './directory.ts';

/** Turns that a card lists ahead. */
const NEXT_TURNS = 3;
const MOST_OUTLETS = 4;

/** People who fit a filter, and what can be chosen next. */
export function listPeople(
  library: Library,
  stations: Stations,
  filter: PersonFilter,
  language: PageLanguage,
): PersonList {
  const directory = openDirectory(library, stations, language);
  const fitting = directory.entries.filter((entry) => fitsFilter(entry, filter));
  const place = filter.place ?? library.station;
  return {
    people: inOrder(fitting, place).map((entry) => ({
      ...directory.summary(entry, place),
      thatDay: filter.day === undefined ? undefined : directory.onDay(entry.id, filter.day),
    })),
    choices: filterChoices(directory.entries, filter),
    place: filter.place === undefined ? undefined : askedFor(library, directory, filter.place),
    today: library.moment().date,
    rostersKnown: directory.rostersKnown,
    asOf: asOf(fitting),
  };
}

function askedFor(library: Library, directory: Directory, code: Scope): PersonList['place'] {
  const isGrid = library.everywhere('grid').some(({ body }) => body.code === code);
  return { ...directory.place(code), isGrid };
}

/** One person's card. Throws `StationError('not-found')`. */
export function getPerson(
  library: Library,
  stations: Stations,
  id: string,
  language: PageLanguage,
): PersonCard {
  const directory = openDirectory(library, stations, language);
  const entry = entryNamed(directory, id);
  const { body, provenance } = entry.shown;
  const next = directory.next(id, NEXT_TURNS);
  const now = directory.now(id);
  const chinese = language === 'zh-CN' ? directory : openDirectory(library, stations, 'zh-CN');
  const original = entryNamed(chinese, id).shown.body;
  return {
    ...directory.summary(entry),
    phone: body.phone,
    duties: body.duties,
    hours: body.hours,
    serves: body.serves.map(directory.place),
    now,
    next,
    outlets: outletsOf(
      stations,
      entry,
      [now, ...next].flatMap((turn) => turn?.station.code ?? []),
    ),
    vcard: vcard(contactOf(original, contactPlace(library, stations, chinese, id)), '3.0'),
    provenance,
  };
}

/** What the paper card says around a person's record, in Chinese. */
export function contactPaperPlace(
  library: Library,
  stations: Stations,
  id: string,
): { person: DirectoryEntry['shown']['body']; place: ContactPaperPlace } {
  const directory = openDirectory(library, stations, 'zh-CN');
  const { body } = entryNamed(directory, id).shown;
  return {
    person: body,
    place: {
      ...contactPlace(library, stations, directory, id),
      station: stations.name(),
      date: library.moment().date,
      next: directory
        .next(id, NEXT_TURNS)
        .map(({ date, from, to, station }) => `${date} ${from}–${to}　${station.name}`),
    },
  };
}

function entryNamed(directory: Directory, id: string): DirectoryEntry {
  const entry = directory.entries.find((candidate) => candidate.id === id);
  if (entry === undefined) throw new StationError('not-found');
  return entry;
}

function contactPlace(library: Library, stations: Stations, directory: Directory, id: string) {
  const entry = entryNamed(directory, id);
  const [nearest] = outletsOf(
    stations,
    entry,
    directory.next(id, 1).map((turn) => turn.station.code),
  );
  return {
    serves: entry.serves.map((code) => directory.place(code).name),
    address: nearest?.address,
    url: library.profile.platform?.url,
  };
}

/** Where one can ask for a person: first where they sit by the rosters, then the outlets that they serve. */
function outletsOf(
  stations: Stations,
  { serves }: DirectoryEntry,
  sits: readonly string[],
): StationSummary[] {
  const all = new Map(stations.list().map((outlet) => [outlet.code, outlet]));
  const wanted = [...new Set([...sits, ...serves])];
  return wanted.flatMap((code) => all.get(code) ?? []).slice(0, MOST_OUTLETS);
}
