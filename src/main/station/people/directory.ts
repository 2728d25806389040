import type { ContentRecord } from '#shared/content/envelope.ts';
import type { PersonBody } from '#shared/content/kinds/person.ts';
import { divisionOf, type Scope } from '#shared/content/scope.ts';
import type { PersonSummary, Place, Turn } from '#shared/contract/people.ts';
import type { PageLanguage } from '#shared/contract/views.ts';
import { nearestPlace } from '#shared/people/nearest-place.ts';
import {
  nextOnSite,
  type OnSite,
  onDutyNow,
  type RosterInForce,
  turnsAhead,
} from '#shared/people/on-site.ts';
import { type PersonFacts, rankOf } from '#shared/people/person-filter.ts';
import { plainName } from '#shared/people/plain-name.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { type Library, type Shown, show } from '../content/library.ts';
import { areaOf, type Stations } from '../stations/stations.ts';

/** A person as the directory knows them: what filters ask, and what pages show. */
export interface DirectoryEntry extends PersonFacts {
  readonly id: string;
  readonly shown: Shown<PersonBody>;
}

/** Days ahead on which visitors choose whom they meet, today among them. */
const CHOSEN_DAYS = 7;

/** Everyone whom this place knows, and where they are by the rosters, at one moment, in one language. */
export interface Directory {
  readonly entries: readonly DirectoryEntry[];
  /** False when the clock is wrong or no roster is in force. */
  readonly rostersKnown: boolean;
  readonly summary: (entry: DirectoryEntry, place?: Scope) => PersonSummary;
  readonly now: (person: string) => Turn | undefined;
  readonly next: (person: string, count: number) => Turn[];
  /** The first turn of a person on a day of the coming week. */
  readonly onDay: (person: string, day: LocalDate) => Turn | undefined;
  /** A division, outlet or grid by the name that people call it by. */
  readonly place: (code: Scope) => Place;
}

/** Puts the directory together from all records in force, whatever their scope. */
export function openDirectory(
  library: Library,
  stations: Stations,
  language: PageLanguage,
): Directory {
  const rosters = library.isClockRight() ? rostersInForce(library, stations) : [];
  const moment = library.moment();
  const duty = onDutyNow(rosters, moment);
  const ahead = turnsAhead(rosters, moment, CHOSEN_DAYS);
  const outlets = new Map(stations.list().map((outlet) => [outlet.code, outlet.name]));
  const place = placesOf(library, outlets);
  const outlet = (code: Scope): Place => ({ code, name: outlets.get(code) ?? code });
  const windows = windowLabels(library);
  const turn = (at: OnSite): Turn => ({
    station: outlet(at.station),
    date: at.date,
    from: at.from,
    to: at.to,
    window: windows.get(`${at.station} ${at.window ?? ''}`),
  });
  return {
    entries: narrowest(library.everywhere('person')).map((record) =>
      entryOf(show('person', record, language), duty, ahead),
    ),
    rostersKnown: rosters.length > 0,
    summary: (entry, at = library.station) =>
      summaryOf(library, entry, at, onDutyOf(duty, entry.id, outlet)),
    now: (person) => {
      const current = duty.get(person);
      return current === undefined ? undefined : turn(current);
    },
    onDay: (person, day) => {
      const first = ahead.get(person)?.find(({ date }) => date === day);
      return first === undefined ? undefined : turn(first);
    },
    next: (person, count) => nextOnSite(rosters, person, moment, count).map(turn),
    place,
  };
}

/** Those who serve a place first, the nearer before the farther; within that by street, and whom people ask for first. */
export function inOrder(
  entries: readonly DirectoryEntry[],
  place: Scope,
): readonly DirectoryEntry[] {
  const keyed = entries.map((entry) => {
    const nearest = nearestPlace(entry.serves, place);
    const area = divisionOf(nearest?.code ?? entry.serves[0] ?? '').slice(0, 9);
    return { entry, far: nearest?.levelsAbove ?? FAR, area };
  });
  return keyed
    .sort(
      (a, b) =>
        a.far - b.far ||
        a.area.localeCompare(b.area) ||
        rankOf(a.entry.role) - rankOf(b.entry.role) ||
        (a.entry.id < b.entry.id ? -1 : 1),
    )
    .map(({ entry }) => entry);
}

const FAR = 9;

/** The day of the newest publication among some people. */
export function asOf(entries: readonly DirectoryEntry[]): string | undefined {
  return entries
    .map((entry) => entry.shown.provenance.publishedAt.slice(0, 10))
    .sort()
    .at(-1);
}

/** A person whom a narrower division has changed is there once, as it wrote it. */
function narrowest(records: readonly ContentRecord<PersonBody>[]): ContentRecord<PersonBody>[] {
  const byId = Map.groupBy(records, (record) => record.id);
  return [...byId.values()].flatMap(
    (same) => same.toSorted((a, b) => b.scope.length - a.scope.length)[0] ?? [],
  );
}

function entryOf(
  shown: Shown<PersonBody>,
  duty: ReadonlyMap<string, OnSite>,
  ahead: ReadonlyMap<string, readonly OnSite[]>,
): DirectoryEntry {
  const { body, provenance } = shown;
  return {
    id: provenance.id,
    role: body.role,
    serves: body.serves,
    specialties: body.specialties,
    languages: body.languages,
    grade: body.grade,
    helps: body.helps,
    isOnDuty: duty.has(provenance.id),
    dutyDays: [...new Set(ahead.get(provenance.id)?.map(({ date }) => date))],
    shown,
  };
}

function summaryOf(
  library: Library,
  { id, shown, serves }: DirectoryEntry,
  at: Scope,
  onDuty: PersonSummary['onDuty'],
): PersonSummary {
  const { body, provenance } = shown;
  return {
    id,
    name: plainName(body.name),
    sample: body.sample,
    role: body.role,
    title: plainName(body.title),
    organisation: plainName(body.organisation),
    grade: body.grade,
    specialties: body.specialties,
    languages: body.languages,
    area: areaOf(library, nearestPlace(serves, at)?.code ?? serves[0] ?? ''),
    onDuty,
    language: provenance.language,
  };
}

function onDutyOf(
  duty: ReadonlyMap<string, OnSite>,
  person: string,
  outlet: Directory['place'],
): PersonSummary['onDuty'] {
  const turn = duty.get(person);
  return turn === undefined ? undefined : { station: outlet(turn.station), to: turn.to };
}

function rostersInForce(library: Library, stations: Stations): RosterInForce[] {
  const days = stations.dutyDays();
  return library.everywhere('roster').map((record) => ({
    roster: record.body,
    lastDay: record.validUntil,
    dayOf: (date) => days(record.body.station, date),
  }));
}

function placesOf(library: Library, outlets: ReadonlyMap<string, string>): Directory['place'] {
  const grids = new Map(library.everywhere('grid').map(({ body }) => [body.code, body.name]));
  return (code) => ({
    code,
    name:
      grids.get(code) ??
      // An outlet that is not its division's only one has a name of its own.
      (code.includes('-') ? outlets.get(code) : undefined) ??
      library.divisions.get(code) ??
      code,
  });
}

/** What stands above each window, by outlet and id. */
function windowLabels(library: Library): ReadonlyMap<string, string> {
  return new Map(
    library
      .everywhere('station')
      .flatMap(({ body }) =>
        body.windows.map((window) => [`${body.code} ${window.id}`, window.label] as const),
      ),
  );
}
