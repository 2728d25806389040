import { z } from 'zod';
import { defineKind } from '../kind.ts';
import { itemId } from './parts.ts';

const optionSchema = z.strictObject({ id: itemId, text: z.string().min(1).max(30), next: itemId });

const questionSchema = z.strictObject({
  id: itemId,
  question: z.string().min(4).max(40),
  help: z.string().max(100).default(''),
  options: z.array(optionSchema).min(2).max(8),
});

const outcomeSchema = z.strictObject({
  id: itemId,
  title: z.string().min(2).max(30),
  text: z.string().min(6).max(300),
  services: z.array(z.string().startsWith('service.')).default([]),
  /** Where it belongs: grid mediator, township station, district centre (place CZ). */
  level: z.enum(['grid', 'station', 'centre', 'elsewhere']),
  urgent: z.string().max(160).default(''),
});

/** A graph of plain questions (V7). */
export const triageBodySchema = z
  .strictObject({
    title: z.string().min(2).max(30),
    start: itemId,
    questions: z.array(questionSchema).min(1),
    outcomes: z.array(outcomeSchema).min(1),
    words: z.array(z.string().max(20)).default([]),
  })
  .superRefine((triage, context) => {
    for (const fault of triageFaults(triage)) context.addIssue({ code: 'custom', message: fault });
  });
export type TriageBody = z.infer<typeof triageBodySchema>;

export const triageKind = defineKind<TriageBody>({
  kind: 'triage',
  label: '问题引导',
  body: triageBodySchema as z.ZodType<TriageBody>,
  scopeRule: 'any',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [
    {
      id: 'services',
      label: '每个结果对应的服务',
      isPresent: (body) =>
        body.outcomes.every(
          (outcome) => outcome.level === 'elsewhere' || outcome.services.length > 0,
        ),
    },
  ],
  title: (body) => body.title,
  search: (body) => ({
    title: body.title,
    words: body.words,
    text: body.questions.map((question) => question.question).join('\n'),
  }),
  references: (body) => body.outcomes.flatMap((outcome) => outcome.services),
});

type Graph = Pick<TriageBody, 'start' | 'questions' | 'outcomes'>;

/** What keeps a question graph from ending well: unknown targets, loops, places never reached. */
export function triageFaults(graph: Graph): string[] {
  const ids = [...graph.questions, ...graph.outcomes].map((node) => node.id);
  const targets = [
    graph.start,
    ...graph.questions.flatMap((question) => question.options.map((option) => option.next)),
  ];
  const unknown = targets.filter((id) => !ids.includes(id));
  const visited = new Set<string>();
  const loops = loopsFrom(graph, graph.start, [], visited);
  return [
    ...(new Set(ids).size < ids.length ? ['两处用了同一个编号'] : []),
    ...unknown.map((id) => `指向了不存在的"${id}"`),
    ...loops.map((id) => `从"${id}"又会绕回自己,问题没有尽头`),
    ...ids.filter((id) => !visited.has(id)).map((id) => `从开头走不到"${id}"`),
  ];
}

function loopsFrom(
  graph: Graph,
  id: string,
  path: readonly string[],
  visited: Set<string>,
): string[] {
  if (path.includes(id)) return [id];
  if (visited.has(id)) return [];
  visited.add(id);
  const question = graph.questions.find((candidate) => candidate.id === id);
  return (question?.options ?? []).flatMap((option) =>
    loopsFrom(graph, option.next, [...path, id], visited),
  );
}
