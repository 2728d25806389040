import { createContext, use } from 'react';
import { isJsonObject, type JsonValue } from '#shared/operations/json-value.ts';

/** A question, an end of questions or a step of the record that is written, as other fields of it name it. */
export interface GraphNode {
  readonly id: string;
  readonly name: string;
}

/** The nodes of the record whose form this is. */
export const GraphNodes = createContext<readonly GraphNode[]>([]);

/** Where questions begin and answers lead, and the two ends of an arrow in a flow chart. */
const POINTERS: ReadonlySet<string> = new Set(['start', 'next', 'from', 'to']);

/** What a field may point to; nothing where the field or the record knows no nodes. */
export function useTargets(field: string): readonly GraphNode[] {
  const nodes = use(GraphNodes);
  return POINTERS.has(field) ? nodes : [];
}

/** The questions and ends of a graph of questions, or the steps of a guide. */
export function graphNodes(body: JsonValue): GraphNode[] {
  if (!isJsonObject(body)) return [];
  const { questions, outcomes, steps } = body;
  const { nodes } = isJsonObject(steps) ? steps : {};
  return [...named(questions, 'question'), ...named(outcomes, 'title'), ...named(nodes, 'title')];
}

function named(list: JsonValue | undefined, field: string): GraphNode[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isJsonObject).flatMap((node) => {
    const { id, [field]: name } = node;
    return typeof id === 'string' && id !== ''
      ? [{ id, name: typeof name === 'string' && name !== '' ? name : id }]
      : [];
  });
}

/** A number for a new item that no other has or had: what still points to one that is gone must not find this one. */
export function freshId(): string {
  return `n${crypto.randomUUID().slice(0, 8)}`;
}
