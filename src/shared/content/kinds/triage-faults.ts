/** What the checker needs of a graph of questions. */
export interface TriageGraph {
  readonly start: string;
  readonly questions: readonly {
    readonly id: string;
    readonly question: string;
    readonly options: readonly { readonly text: string; readonly next: string }[];
  }[];
  readonly outcomes: readonly TriageEnd[];
}

export interface TriageEnd {
  readonly id: string;
  readonly title: string;
  readonly level: string;
  readonly where: string;
  readonly call?: string | undefined;
  readonly services: readonly string[];
  readonly papers: readonly unknown[];
  readonly urgent: string;
}

/** A fault in the words of the person who wrote the questions, and what to do about it. */
export interface TriageFault {
  readonly fault: string;
  readonly remedy: string;
}

/**
 * What keeps questions from ending well: ids twice, answers that lead nowhere, questions that come round again, nodes that
 * nobody reaches. A graph without faults ends in an outcome whatever is answered, after at most as many answers as it has
 * questions.
 */
export function graphFaults(graph: TriageGraph): TriageFault[] {
  const ids = [...graph.questions, ...graph.outcomes].map((node) => node.id);
  const known = new Set(ids);
  const { reached, loops } = walk(graph);
  return [
    ...[...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map((id) => ({
      fault: `两处用了同一个编号"${id}"`,
      remedy: '给其中一处换一个编号',
    })),
    ...(known.has(graph.start) ? [] : [startFault(graph.start)]),
    ...graph.questions.flatMap((question) =>
      question.options
        .filter((option) => !known.has(option.next))
        .map((option) => deadEnd(question.question, option)),
    ),
    ...loops.map(({ from, to }) => ({
      fault: `${nameOf(graph, from)}会绕回${nameOf(graph, to)}，问题没有尽头`,
      remedy: `改掉"${from}"里指向"${to}"的那个回答`,
    })),
    ...ids
      .filter((id) => !reached.has(id))
      .map((id) => ({
        fault: `从开头走不到${nameOf(graph, id)}`,
        remedy: '让某个回答指向它，或删掉它',
      })),
  ];
}

/** What an end lacks of what a visitor must leave with: a service or a body, papers, and what to do at once. */
export function endFaults(graph: Pick<TriageGraph, 'outcomes'>): TriageFault[] {
  return graph.outcomes.flatMap((end) => [
    ...(end.level === 'elsewhere'
      ? missing(end, '由哪个单位办', end.where === '', 'where 写上单位，例如 派出所')
      : missing(end, '对应的服务', end.services.length === 0, 'services 写上服务指南的编号')),
    ...missing(
      end,
      '要带什么',
      end.papers.length === 0 && end.call === undefined,
      'papers 写上要带的材料，没有材料也写"先来问"',
    ),
    ...missing(end, '现在先做什么', end.urgent === '', 'urgent 写上时间紧的时候先做什么'),
  ]);
}

/** How many questions there are still to answer at most, the one at `id` included; 0 at an outcome. */
export function questionsAhead(graph: TriageGraph, id: string): number {
  const known = new Map<string, number>();
  const ahead = (at: string): number => {
    const question = graph.questions.find((candidate) => candidate.id === at);
    if (question === undefined) return 0;
    const found = known.get(at);
    if (found !== undefined) return found;
    // Should a graph with a loop ever get here, the loop counts once.
    known.set(at, 1);
    const most = 1 + Math.max(...question.options.map((option) => ahead(option.next)));
    known.set(at, most);
    return most;
  };
  return ahead(id);
}

function startFault(start: string): TriageFault {
  return { fault: `开头指向了不存在的"${start}"`, remedy: 'start 写第一个问题的编号' };
}

function deadEnd(question: string, option: { text: string; next: string }): TriageFault {
  return {
    fault: `"${question}"的回答"${option.text}"指向了不存在的"${option.next}"，走到这里没有下文`,
    remedy: 'next 写一个问题或者结果的编号',
  };
}

function missing(end: TriageEnd, what: string, isMissing: boolean, remedy: string): TriageFault[] {
  return isMissing ? [{ fault: `结果"${end.title}"没有写${what}`, remedy }] : [];
}

function nameOf(graph: TriageGraph, id: string): string {
  const question = graph.questions.find((candidate) => candidate.id === id);
  const outcome = graph.outcomes.find((candidate) => candidate.id === id);
  return question === undefined
    ? `结果"${outcome?.title ?? id}"`
    : `问题"${question.question}"（${id}）`;
}

/** Goes every way once; an arrow back to a question of the way that led here closes a loop. */
function walk(graph: TriageGraph) {
  const reached = new Set<string>();
  const onTheWay = new Set<string>();
  const loops: { from: string; to: string }[] = [];
  const visit = (id: string): void => {
    reached.add(id);
    onTheWay.add(id);
    const question = graph.questions.find((candidate) => candidate.id === id);
    for (const next of new Set(question?.options.map((option) => option.next)))
      if (onTheWay.has(next)) loops.push({ from: id, to: next });
      else if (!reached.has(next)) visit(next);
    onTheWay.delete(id);
  };
  visit(graph.start);
  return { reached, loops };
}
