import type { Hello, PageLanguage } from '#shared/contract/views.ts';
import type { PersonFilter } from '#shared/people/person-filter.ts';
import { CHINA_UTC_OFFSET_MINUTES } from '#shared/time/local-date.ts';
import { communityBoard } from '../board/community-board.ts';
import { disclosureBoard } from '../board/disclosure-board.ts';
import { newestPublication } from '../content/content-store.ts';
import type { Library } from '../content/library.ts';
import { listForms } from '../forms/forms.ts';
import { getFaq, getGuide, listFaqs, listGuides } from '../guides/guides.ts';
import { homeView } from '../home/home.ts';
import { listMedia } from '../media/media.ts';
import { communities } from '../people/communities.ts';
import { gridCard } from '../people/grid-card.ts';
import { getPerson, listPeople } from '../people/people.ts';
import { serving } from '../people/serving.ts';
import {
  listArticles,
  listCases,
  listLectures,
  listLists,
  readingOverview,
} from '../reading/reading.ts';
import type { Stations } from '../stations/stations.ts';
import type { ReadableDb } from '../store/sql.ts';
import { keyboardsOf } from '../system/hello.ts';
import { getTriage, listTriages } from '../triage/triage.ts';

/** What methods are given; which of it there is, the contract says. */
interface Asked {
  readonly language: PageLanguage;
  readonly id: string;
  readonly code: string;
  readonly filter: PersonFilter;
}
type Read = (library: Library, stations: Stations, asked: Asked) => unknown;

/** Whoever looks at a preview reads it in their own time. */
const PATIENT_SECONDS = 1800;

/** What visitors' pages ask about content. Printing on paper and statutes need more than records and are left out. */
export const VISITOR_METHODS: Readonly<Record<string, Read>> = {
  'home.view': (library, stations, { language }) => homeView(library, stations, language),
  'guides.list': (library, _stations, { language }) => listGuides(library, language),
  'guides.get': (library, stations, { id, language }) => getGuide(library, stations, id, language),
  'faqs.list': (library, _stations, { language }) => listFaqs(library, language),
  'faqs.get': (library, _stations, { id, language }) => getFaq(library, id, language),
  'forms.list': (library, _stations, { language }) => listForms(library, language),
  'forms.get': (library, _stations, { id, language }) =>
    library.shownOne('form-sample', id, language),
  'board.disclosure': (library, stations, { language }) =>
    disclosureBoard(library, stations, language),
  'board.community': (library, stations, { language }) =>
    communityBoard(library, stations, language),
  'hotlines.list': (library, _stations, { language }) => library.shown('hotline', language),
  'stations.current': (_library, stations, { language }) => stations.current(language),
  'stations.list': (_library, stations) => stations.list(),
  'stations.get': (_library, stations, { code, language }) => stations.get(code, language),
  'people.list': (library, stations, { filter, language }) =>
    listPeople(library, stations, filter, language),
  'people.get': (library, stations, { id, language }) => getPerson(library, stations, id, language),
  'people.communities': (library) => communities(library),
  'people.serving': (library, stations, { code, language }) =>
    serving(library, stations, code, language),
  'people.grid': (library, stations, { code, language }) =>
    gridCard(library, stations, code, language),
  'reading.overview': (library) => readingOverview(library),
  'reading.cases': (library, _stations, { language }) => listCases(library, language),
  'reading.case': (library, _stations, { id, language }) =>
    library.shownOne('legal-case', id, language),
  'reading.articles': (library, _stations, { language }) => listArticles(library, language),
  'reading.article': (library, _stations, { id, language }) =>
    library.shownOne('article', id, language),
  'reading.lectures': (library, _stations, { language }) => listLectures(library, language),
  'reading.lecture': (library, _stations, { id, language }) =>
    library.shownOne('event', id, language),
  'reading.lists': (library, _stations, { language }) => listLists(library, language),
  'reading.list': (library, _stations, { id, language }) => library.shownOne('list', id, language),
  'media.list': (library, _stations, { language }) => listMedia(library, language),
  'media.get': (library, _stations, { id, language }) => library.shownOne('media', id, language),
  'triage.list': (library, _stations, { language }) => listTriages(library, language),
  'triage.get': (library, stations, { id, language }) => getTriage(library, stations, id, language),
  'papers.printer': () => ({ state: 'none' }),
};

/** What a page has to know before it draws anything, for a terminal that is not there. */
export function helloOf(
  library: Library,
  stations: Stations,
  cache: ReadableDb,
  now: number,
): Hello {
  const { profile, station } = library;
  return {
    ...{ programVersion: 'preview', now, utcOffsetMinutes: CHINA_UTC_OFFSET_MINUTES },
    ...{ stationName: stations.name(), level: stations.level() },
    ...{ languages: profile.languages, keyboards: keyboardsOf(profile) },
    display: profile.displays[station] ?? profile.display,
    idle: { ...profile.idle, attractSeconds: 0, browseSeconds: PATIENT_SECONDS },
    content: {
      asOf: newestPublication(cache) ?? '',
      publisher: profile.responsibleBody,
      stale: false,
    },
    sampleContent: profile.confirm.length > 0,
  };
}
