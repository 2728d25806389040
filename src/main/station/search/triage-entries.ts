import type { ContentRecord } from '#shared/content/envelope.ts';
import type { FaqBody } from '#shared/content/kinds/faq.ts';
import type { TriageBody } from '#shared/content/kinds/triage.ts';

/** What leads from an answer to a graph of questions, taken from the ends of the graphs. */
export interface TriageEntries {
  /** The graph that a question belongs to, by the question's id; nothing where it may be several. */
  readonly entryOf: ReadonlyMap<string, string>;
  /** The guides that a question names, or a guide itself, by its id. */
  readonly guidesOf: (id: string) => readonly string[];
  /** The guides that the ends of a graph name, by the graph's id. */
  readonly endsOf: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A guide at the ends of more graphs (asking at the window, hiring a lawyer) says nothing of the matter. */
const MOST_GRAPHS = 3;

/** Reads the graphs of a station beside its questions. */
export function triageEntries(
  triages: readonly ContentRecord<TriageBody>[],
  faqs: readonly ContentRecord<FaqBody>[],
): TriageEntries {
  const endsOf = new Map(
    triages.map(({ id, body }) => [id, new Set(body.outcomes.flatMap(({ services }) => services))]),
  );
  const guides = new Map(faqs.map(({ id, body }) => [id, body.services]));
  const leading = (guide: string) => triages.filter(({ id }) => endsOf.get(id)?.has(guide));
  const entry = ({ body }: ContentRecord<FaqBody>): string | undefined => {
    const telling = body.services.map(leading).filter(({ length }) => length <= MOST_GRAPHS);
    const byCount = Map.groupBy(
      Map.groupBy(telling.flat(), (graph) => graph),
      ([, times]) => times.length,
    );
    const most = Math.max(0, ...byCount.keys());
    const graphs = (byCount.get(most) ?? []).map(([graph]) => graph);
    const isOfTopic = (graph: ContentRecord<TriageBody>) => graph.body.topic === body.topic;
    const ofTopic = graphs.filter(isOfTopic);
    // A topic with graphs of its own leads to another one only where several guides say so, and none speaks for them.
    const isElsewhere =
      ofTopic.length === 0 &&
      (telling.flat().some(isOfTopic) || (triages.some(isOfTopic) && most < 2));
    const [only, other] = ofTopic.length > 0 ? ofTopic : graphs;
    return other === undefined && !isElsewhere ? only?.id : undefined;
  };
  const entries = faqs.flatMap((faq) => {
    const id = entry(faq);
    return id === undefined ? [] : [[faq.id, id] as const];
  });
  return {
    entryOf: new Map(entries),
    guidesOf: (id) => guides.get(id) ?? [id],
    endsOf,
  };
}
