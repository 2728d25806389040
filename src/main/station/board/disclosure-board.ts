import { type BoardFacts, boardItems } from '#shared/board/disclosure.ts';
import { isLed } from '#shared/content/kinds/station.ts';
import type {
  DisclosureBoard,
  DutyBoard,
  PageLanguage,
  Provenance,
} from '#shared/contract/views.ts';
import type { Library } from '../content/library.ts';
import { offeredGuides } from '../guides/guides.ts';
import type { Stations } from '../stations/stations.ts';
import { dutyBoard } from './duty-board.ts';

/** The eight-item disclosure board of this station (requirements V3, place WH). */
export function disclosureBoard(
  library: Library,
  stations: Stations,
  language: PageLanguage,
): DisclosureBoard {
  const duty = dutyBoard(library, stations, language);
  const station = stations.current(language);
  const pledges = library.shown('pledge', language);
  const hotlines = library.shown('hotline', language);
  const notices = library.shown('notice', language);
  const items = boardItems({
    duty: dutyFacts(library, stations, duty),
    hours: hoursFacts(library, language),
    particulars: withIncomplete(offeredGuides(library, language)),
    pledges: facts(provenances(pledges), pledges.length > 0 ? [] : ['服务承诺']),
    forms: withIncomplete(library.shown('form-sample', language)),
    faqs: withIncomplete(library.shown('faq', language)),
    contacts: facts(
      provenances(hotlines),
      missingContacts(
        // Whom to complain to is the place's own to say: the police's and the discipline's national lines are for other matters.
        library
          .records('hotline')
          .filter(({ scope, body }) => body.group !== 'supervision' || scope !== '00')
          .map(({ body }) => body.group),
        station.web !== undefined,
      ),
    ),
    other: facts(provenances(notices), []),
  });
  return {
    items,
    present: items.filter((item) => item.complete).length,
    total: items.length,
    duty,
    pledges,
    notices,
    hotlines,
  };
}

/** On a day off nobody has to be on duty, so then the roster itself is looked at. */
function dutyFacts(library: Library, stations: Stations, duty: DutyBoard): BoardFacts {
  if (duty.provenance === undefined) return facts([], ['值班表']);
  const closed = !stations.dutyDay(library.moment().date).isOpen;
  const led = isLed(stations.level());
  if (closed)
    return led ? withIncomplete([{ provenance: duty.provenance }]) : facts([duty.provenance], []);
  return facts(
    [duty.provenance],
    [
      ...(duty.leader || !led ? [] : ['今天的带班领导']),
      ...(duty.staff.length > 0 ? [] : ['今天的值班人员']),
    ],
  );
}

function hoursFacts(library: Library, language: PageLanguage): BoardFacts {
  const own = library
    .shown('hours', language)
    .filter((hours) => hours.body.station === library.station);
  return facts(provenances(own), own.length > 0 ? [] : ['服务时间']);
}

function facts(records: readonly Provenance[], missing: readonly string[]): BoardFacts {
  return { records, missing };
}

function withIncomplete(shown: readonly { provenance: Provenance }[]): BoardFacts {
  const incomplete = shown.filter((entry) => !entry.provenance.complete);
  const missing =
    shown.length === 0 ? ['全部内容'] : incomplete.map((entry) => entry.provenance.completeness);
  return facts(provenances(shown), missing);
}

function provenances(shown: readonly { provenance: Provenance }[]): Provenance[] {
  return shown.map((entry) => entry.provenance);
}

function missingContacts(groups: readonly string[], hasWeb: boolean): string[] {
  return [
    ...(groups.includes('legal') ? [] : ['热线电话']),
    ...(groups.includes('supervision') ? [] : ['监督投诉电话']),
    ...(hasWeb ? [] : ['网址']),
  ];
}
