import type { MadePaper } from '#shared/contract/station.ts';
import { contactPaper } from '#shared/papers/contact-paper.ts';
import { formPaper } from '#shared/papers/form-paper.ts';
import { lawPaper } from '#shared/papers/law-paper.ts';
import { noticePaper } from '#shared/papers/notice-paper.ts';
import { pamphletPaper } from '#shared/papers/pamphlet-paper.ts';
import type { PaperDocument } from '#shared/papers/paper-document.ts';
import { triagePaper } from '#shared/papers/triage-paper.ts';
import type { Library } from '../content/library.ts';
import { whereToGo } from '../guides/guides.ts';
import type { Laws } from '../laws/laws.ts';
import { contactPaperPlace } from '../people/people.ts';
import type { Stations } from '../stations/stations.ts';
import { triageEnd } from '../triage/triage.ts';

/** What papers say is that of this station, today, in Chinese, the language of offices. */
export interface PaperSources {
  readonly library: Library;
  readonly stations: Stations;
  readonly laws: Laws;
}

/** The paper that a visitor asks for. Throws `StationError('not-found')` when this station has no such record. */
export function paperDocument(
  { library, stations, laws }: PaperSources,
  paper: MadePaper,
): PaperDocument {
  const { date } = library.moment();
  if (paper.type === 'law-article')
    return lawPaper(laws.excerpt(paper.id, paper.position), { station: stations.name(), date });
  if (paper.type === 'form-sample') {
    const { body } = library.shownOne('form-sample', paper.id, 'zh-CN');
    return formPaper(body, { station: stations.name(), date }, { filled: paper.filled });
  }
  if (paper.type === 'contact-card') {
    const { person, place } = contactPaperPlace(library, stations, paper.id);
    return contactPaper(person, place);
  }
  if (paper.type === 'pamphlet') {
    const { body } = library.shownOne('article', paper.id, 'zh-CN');
    return pamphletPaper(body, { station: stations.name(), date });
  }
  if (paper.type === 'triage-end') {
    const { body, outcome, place } = triageEnd(library, stations, paper.id, paper.outcome);
    return triagePaper(body.title, outcome, place);
  }
  const { body } = library.shownOne('service', paper.id, 'zh-CN');
  const station = stations.current('zh-CN');
  const supervision = library
    .shown('hotline', 'zh-CN')
    .find((hotline) => hotline.body.group === 'supervision')?.body;
  return noticePaper(body, {
    station: station.name,
    phone: station.phone,
    address: station.address,
    ...whereToGo(stations, body.line),
    complaint:
      supervision === undefined ? undefined : `${supervision.number}（${supervision.name}）`,
    date,
  });
}
