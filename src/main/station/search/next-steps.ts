import type { SearchAnswer } from '#shared/contract/search.ts';
import type { Ranking } from './rank.ts';
import type { WordLists } from './word-lists.ts';

/** The national legal service hotline. */
const LEGAL_HOTLINE = '12348';

/** Never empty: whoever finds nothing here can ask a person. */
export function nextSteps(lists: WordLists, ranking: Ranking): SearchAnswer['next'] {
  const { triages } = lists;
  const fitting = triages.find(({ id }) => id === fittingTriage(lists, ranking));
  return [
    { type: 'call', number: LEGAL_HOTLINE },
    ...(triages.length === 0
      ? []
      : [
          {
            type: 'triage' as const,
            ...(fitting && { triage: { id: fitting.id, title: fitting.body.title } }),
          },
        ]),
    { type: 'staff' },
  ];
}

/** What scores less by its words has only some word of what was typed. */
const SURE = 40;
/** So many of the first answers tell what the matter is. */
const MOST_ASKED = 3;

/**
 * The graph whose ends name what was found: the one that was found itself, else the one to which the best question belongs,
 * unless another of the first ones belongs elsewhere. In doubt none: whoever was robbed must not be asked who was arrested.
 */
function fittingTriage(
  { entries }: WordLists,
  { ranked, correction }: Ranking,
): string | undefined {
  const sure = ranked.filter(({ byWords }) => byWords >= SURE).map(({ document }) => document);
  const answers = sure.filter(({ kind }) => kind === 'faq' || kind === 'service');
  const guides = answers.slice(0, MOST_ASKED).flatMap(({ id }) => entries.guidesOf(id));
  const leadsThere = (triage: string) =>
    guides.some((guide) => entries.endsOf.get(triage)?.has(guide));
  const found = sure.find(({ kind, id }) => kind === 'triage' && leadsThere(id));
  // What a guess at the sound found is not asked what it is about.
  if (found !== undefined || correction !== undefined) return found?.id;
  const [entry, ...others] = answers
    .filter(({ kind }) => kind === 'faq')
    .slice(0, MOST_ASKED)
    .map(({ id }) => entries.entryOf.get(id));
  const isDoubtful = others.some((other) => other !== undefined && other !== entry);
  return entry !== undefined && !isDoubtful && leadsThere(entry) ? entry : undefined;
}
