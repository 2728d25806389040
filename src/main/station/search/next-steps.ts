import type { SearchAnswer } from '#shared/contract/search.ts';
import type { Ranking } from './rank.ts';
import type { WordLists } from './word-lists.ts';

/** The national legal service hotline. */
const LEGAL_HOTLINE = '12348';

/** Never empty: whoever finds nothing here can ask a person. */
export function nextSteps(lists: WordLists, { ranked }: Ranking): SearchAnswer['next'] {
  const { triages } = lists;
  const fitting = triages.find(({ id }) => id === fittingTriage(lists, ranked));
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

/** What scores less has only some word of what was typed. */
const SURE = 40;
/** So many of the best questions are asked for their topic. */
const MOST_ASKED = 5;

/** The graph that was found itself, else that of the topic of which most of the questions are that were found. */
function fittingTriage(
  { triages, shown }: WordLists,
  ranked: Ranking['ranked'],
): string | undefined {
  const sure = ranked.filter(({ score }) => score >= SURE).map(({ document }) => document);
  const found = sure.find(({ kind }) => kind === 'triage');
  if (found !== undefined) return found.id;
  const topics = sure
    .filter(({ kind }) => kind === 'faq')
    .slice(0, MOST_ASKED)
    .flatMap((document) => shown(document)?.extra.topic ?? []);
  const counts = [...Map.groupBy(topics, (topic) => topic)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  for (const [topic] of counts) {
    const ofTopic = triages.find(({ body }) => body.topic === topic);
    if (ofTopic !== undefined) return ofTopic.id;
  }
  return undefined;
}
