import type { RosterBody } from '#shared/content/kinds/roster.ts';
import type { DutyBoard, PageLanguage } from '#shared/contract/views.ts';
import { type DutyTurn, dutyOn, nextAdviser } from '#shared/stations/duty-roster.ts';
import { minutesOf } from '#shared/time/local-date.ts';
import type { Library, Shown } from '../content/library.ts';
import type { Stations } from '../stations/stations.ts';

/** Who leads and who is on duty today. Without a roster in force it is empty, and pages say "ask at the window". */
export function dutyBoard(library: Library, stations: Stations, language: PageLanguage): DutyBoard {
  const moment = library.moment();
  const roster = library
    .shown('roster', language)
    .find((candidate) => candidate.body.station === library.station);
  if (roster === undefined || !library.isClockRight()) return { date: moment.date, staff: [] };
  const turns = dutyOn(roster.body, stations.dutyDay(moment.date)).flatMap((turn) =>
    personOnDuty(library, turn, language),
  );
  // Where two lead, one in the morning and one in the afternoon, the one of this hour stands first.
  const leaders = turns.filter((turn) => turn.duty === 'leader');
  const leader = leaders.find((turn) => moment.minutes < minutesOf(turn.to)) ?? leaders.at(-1);
  return {
    date: moment.date,
    leader,
    staff: turns.filter((turn) => turn !== leader),
    nextAdviser: upcoming(library, stations, roster, language),
    provenance: roster.provenance,
  };
}

function personOnDuty(
  library: Library,
  turn: DutyTurn,
  language: PageLanguage,
): DutyBoard['staff'] {
  const person = library.record('person', turn.person);
  if (person === undefined) return [];
  const { body } = library.shownOne('person', turn.person, language);
  return [
    {
      name: body.name,
      duty: turn.duty,
      title: body.title,
      window: turn.window,
      from: turn.from,
      to: turn.to,
      sample: body.sample,
    },
  ];
}

function upcoming(
  library: Library,
  stations: Stations,
  roster: Shown<RosterBody>,
  language: PageLanguage,
): DutyBoard['nextAdviser'] {
  const turn = nextAdviser(
    roster.body,
    library.moment(),
    stations.dutyDay,
    (id) => library.record('person', id) !== undefined,
    roster.provenance.validUntil,
  );
  const person = turn === undefined ? undefined : personOnDuty(library, turn, language)[0];
  return turn === undefined || person === undefined
    ? undefined
    : { name: person.name, title: person.title, date: turn.date, from: turn.from, to: turn.to };
}
