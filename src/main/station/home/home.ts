import type { FaqTopic } from '#shared/content/kinds/faq.ts';
import type { HomeView, PageLanguage } from '#shared/contract/views.ts';
import { disclosureBoard } from '../board/disclosure-board.ts';
import type { Library } from '../content/library.ts';
import { listForms } from '../forms/forms.ts';
import { listFaqs, listGuides } from '../guides/guides.ts';
import { planOf } from '../queue/queue-context.ts';
import type { Stations } from '../stations/stations.ts';

/** One question of each of these stands on home: what people come with most. */
const HOME_TOPICS: readonly FaqTopic[] = ['work', 'family', 'elder', 'housing', 'debt', 'injury'];
const NOTICES = 3;

/** Everything that the home page says, in one call, so that it appears whole (V1). */
export function homeView(library: Library, stations: Stations, language: PageLanguage): HomeView {
  const guides = listGuides(library, language);
  const faqs = listFaqs(library, language);
  const board = disclosureBoard(library, stations, language);
  return {
    station: stations.current(language),
    duty: board.duty,
    categories: library.profile.services.map((category) => ({
      category,
      guides: guides.filter((guide) => guide.category === category).length,
    })),
    coreServices: library.profile.model === '3+X' ? 3 : 4,
    commonQuestions: HOME_TOPICS.flatMap((topic) => faqs.find((faq) => faq.topic === topic) ?? []),
    counts: {
      guides: guides.length,
      faqs: faqs.length,
      forms: listForms(library, language).length,
      stations: stations.count(),
    },
    notices: [...board.notices]
      .sort((a, b) => Number(b.body.important) - Number(a.body.important))
      .slice(0, NOTICES),
    hotline: board.hotlines.find((hotline) => hotline.body.number === '12348'),
    supervision: board.hotlines.find((hotline) => hotline.body.group === 'supervision'),
    board: { present: board.present, total: board.total },
    takesNumbers: planOf({ library }) !== undefined,
  };
}
