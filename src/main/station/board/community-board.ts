import { newestOf } from '#shared/board/disclosure.ts';
import type { CommunityBoard, PageLanguage } from '#shared/contract/views.ts';
import type { Library } from '../content/library.ts';
import { listGuides, offeredGuides } from '../guides/guides.ts';
import type { Stations } from '../stations/stations.ts';

/** A community workroom's board: adviser, catalogue, process, policies, supervision (requirements V3, place WH). */
export function communityBoard(
  library: Library,
  stations: Stations,
  language: PageLanguage,
): CommunityBoard {
  return {
    station: stations.current(language),
    adviser: adviserOf(library, language),
    catalogue: listGuides(library, language),
    catalogueNewest: newestOf(offeredGuides(library, language).map(({ provenance }) => provenance)),
    process: library
      .shown('pledge', language)
      .find((pledge) => pledge.provenance.id === COMMUNITY_PROCESS),
    policies: library
      .shown('notice', language)
      .filter((notice) => notice.body.group === 'policy' || notice.body.group === 'law'),
    supervision: library
      .shown('hotline', language)
      .find((hotline) => hotline.body.group === 'supervision'),
  };
}

/** The record that tells how a matter goes at a community workroom, step by step. */
const COMMUNITY_PROCESS = 'pledge.community-process';

function adviserOf(library: Library, language: PageLanguage): CommunityBoard['adviser'] {
  const adviser = library
    .shown('person', language)
    .find(
      (person) =>
        person.body.role === 'village-adviser' && person.body.serves.includes(library.station),
    );
  if (adviser === undefined) return undefined;
  const { body, provenance } = adviser;
  return {
    name: body.name,
    duty: body.duties.map((duty) => duty.text).join('；'),
    contact: body.phone,
    hours: body.hours.map((line) => line.text),
    sample: body.sample,
    provenance,
  };
}
