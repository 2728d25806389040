import type { Flow } from '../content/kinds/service.ts';
import type { PaperStep } from './paper-document.ts';

const ACTORS = { you: '您', window: '窗口', body: '办理机关' } as const;

/**
 * A flow chart as numbered steps in words, in the order in which its author tells them, for paper and for people who do
 * not see the chart. A branch names its case
 * and the number that it leads to; a step says so only when it does not lead to the next number.
 */
export function stepList(flow: Flow): PaperStep[] {
  const numberOf = (id: string) => flow.nodes.findIndex((node) => node.id === id) + 1;
  return flow.nodes.map((node, at) => ({
    number: at + 1,
    title: `${node.title}（${ACTORS[node.actor]}）`,
    details: [
      ...(node.detail ? [node.detail] : []),
      ...ways(
        flow.edges.filter((edge) => edge.from === node.id),
        numberOf,
        at + 1,
      ),
    ],
  }));
}

function ways(edges: Flow['edges'], numberOf: (id: string) => number, from: number): string[] {
  const [only] = edges;
  if (only === undefined) return ['到此结束。'];
  if (edges.length === 1 && only.when === undefined)
    return numberOf(only.to) === from + 1 ? [] : [`接着到第${numberOf(only.to)}步。`];
  const cases = edges.map((edge) => `${edge.when ?? '其他'}：到第${numberOf(edge.to)}步`);
  return [`${cases.join('；')}。`];
}
