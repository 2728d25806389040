import { z } from 'zod';
import { citationSchema } from '../citation.ts';
import { defineKind } from '../kind.ts';
import { itemId, textItem } from './parts.ts';

/** The services of 3+X and 4+X (requirements V2). */
export const serviceCategorySchema = z.enum([
  'legal-aid',
  'mediation',
  'advice',
  'publicity',
  'lawyer',
  'notary',
  'appraisal',
  'grassroots',
  'judicial-exam',
  'resettlement',
  'pro-mediation',
  'remote-visit',
]);
export type ServiceCategory = z.infer<typeof serviceCategorySchema>;

/** The businesses that a window or a desk takes; a station's windows say which they serve. */
export const businessLineSchema = z.enum([
  'reception',
  'advice',
  'legal-aid',
  'mediation',
  'notary',
  'appraisal',
  'lawyer',
  'publicity',
  'exam',
  'resettlement',
  'remote-visit',
]);
export type BusinessLine = z.infer<typeof businessLineSchema>;

const materialSchema = z.strictObject({
  id: itemId,
  name: z.string().min(1).max(40),
  /** What will do, said plainly; several kinds of paper of which one is enough. */
  note: z.string().max(120).optional(),
  /** `show`: original is looked at and given back; `keep`: original stays; `none`: a copy or nothing is enough. */
  original: z.enum(['show', 'keep', 'none']),
  copies: z.int().min(0).max(9),
  /** Only in the case that this sentence names. */
  when: z.string().max(60).optional(),
  sample: z.string().startsWith('form-sample.').optional(),
  icon: z
    .enum([
      'id-card',
      'document',
      'form',
      'people',
      'house',
      'money',
      'medical',
      'photo',
      'evidence',
    ])
    .default('document'),
});
export type Material = z.infer<typeof materialSchema>;

const stepSchema = z.strictObject({
  id: itemId,
  title: z.string().min(1).max(20),
  detail: z.string().max(80).optional(),
  /** Who acts: the visitor, the window, or the body that decides. */
  actor: z.enum(['you', 'window', 'body']),
  kind: z.enum(['start', 'step', 'decision', 'end']),
});

const flowSchema = z
  .strictObject({
    nodes: z.array(stepSchema).min(3).max(16),
    edges: z
      .array(z.strictObject({ from: itemId, to: itemId, when: z.string().max(16).optional() }))
      .min(2),
  })
  .superRefine((flow, context) => {
    for (const fault of flowFaults(flow)) context.addIssue({ code: 'custom', message: fault });
  });
export type Flow = {
  nodes: z.infer<typeof stepSchema>[];
  edges: { from: string; to: string; when?: string | undefined }[];
};

const withHeadline = { headline: z.string().min(1).max(16), detail: z.string().min(1).max(200) };

export const serviceBodySchema = z.strictObject({
  /** Official name of the matter. */
  title: z.string().min(2).max(30),
  category: serviceCategorySchema,
  /** Kind of dispute, of notary item… within the category. */
  group: z.string().max(12).optional(),
  /** What it does for the visitor, in the words of a neighbour. */
  summary: z.string().min(10).max(140),
  /** The one thing to know first: "不查经济困难状况". */
  highlight: z.string().max(40).optional(),
  /** What to do now when a time limit runs out. */
  urgent: z.string().max(160).optional(),
  basis: z.array(citationSchema),
  applicants: z.array(textItem),
  conditions: z.array(textItem),
  materials: z.array(materialSchema),
  steps: flowSchema,
  timeLimit: z.strictObject({ ...withHeadline, basis: z.array(citationSchema).default([]) }),
  fee: z.strictObject(withHeadline),
  feeBasis: z.strictObject({
    text: z.string().max(200),
    basis: z.array(citationSchema).default([]),
  }),
  quality: z.array(textItem),
  line: businessLineSchema,
  /** Up to three more facts for the headline row, e.g. 派律师: 决定后 3 天内. */
  facts: z
    .array(z.strictObject({ id: itemId, label: z.string().max(8), value: z.string().max(14) }))
    .max(2)
    .default([]),
  /** Further samples; those of single materials stand at the material. Questions point to guides, not guides to them. */
  formSamples: z.array(z.string().startsWith('form-sample.')).default([]),
  /** What people say when they need it. */
  words: z.array(z.string().min(1).max(20)).min(2),
  /** Order within its category, small first. */
  order: z.int().default(100),
});
export type ServiceBody = z.infer<typeof serviceBodySchema>;

/** A service guide; its nine particulars are those of requirements V2. */
export const serviceKind = defineKind<ServiceBody>({
  kind: 'service',
  label: '服务指南',
  body: serviceBodySchema as z.ZodType<ServiceBody>,
  scopeRule: 'any',
  reviewEveryDays: 365,
  mustEnd: false,
  particulars: [
    { id: 'basis', label: '服务依据', isPresent: (body) => body.basis.length > 0 },
    { id: 'applicants', label: '服务对象', isPresent: (body) => body.applicants.length > 0 },
    { id: 'conditions', label: '申请条件', isPresent: (body) => body.conditions.length > 0 },
    { id: 'materials', label: '申请材料', isPresent: (body) => body.materials.length > 0 },
    { id: 'steps', label: '办理流程', isPresent: (body) => body.steps.nodes.length > 0 },
    { id: 'timeLimit', label: '办理时限', isPresent: (body) => body.timeLimit.detail !== '' },
    { id: 'fee', label: '收费标准', isPresent: (body) => body.fee.detail !== '' },
    { id: 'feeBasis', label: '收费依据', isPresent: (body) => body.feeBasis.text !== '' },
    { id: 'quality', label: '质量要求', isPresent: (body) => body.quality.length > 0 },
  ],
  title: (body) => body.title,
  search: (body) => ({
    title: body.title,
    words: body.words,
    text: [
      body.summary,
      ...body.applicants.map((item) => item.text),
      ...body.materials.map((item) => item.name),
    ].join('\n'),
  }),
  references: (body) => [
    ...body.formSamples,
    ...body.materials.flatMap((material) => material.sample ?? []),
  ],
});

/** What is wrong with a flow chart: unknown ends of arrows, nodes never reached, dead ends, undecided decisions. */
export function flowFaults(flow: Flow): string[] {
  const ids = flow.nodes.map((node) => node.id);
  const unknown = flow.edges
    .flatMap((edge) => [edge.from, edge.to])
    .filter((id) => !ids.includes(id));
  const reached = reachableFrom(flow, flow.nodes.find((node) => node.kind === 'start')?.id);
  const leaving = (id: string) => flow.edges.filter((edge) => edge.from === id);
  return [
    ...(new Set(ids).size < ids.length ? ['流程里有两步用了同一个编号'] : []),
    ...(flow.nodes.filter((node) => node.kind === 'start').length === 1
      ? []
      : ['流程要有而且只有一个起点（kind: start）']),
    ...unknown.map((id) => `箭头指向了不存在的步骤"${id}"`),
    ...flow.nodes
      .filter((node) => !reached.has(node.id))
      .map((node) => `从起点走不到"${node.title}"`),
    ...flow.nodes
      .filter((node) => node.kind !== 'end' && leaving(node.id).length === 0)
      .map((node) => `"${node.title}"之后没有下一步，也不是终点`),
    ...flow.nodes
      .filter((node) => node.kind === 'end' && leaving(node.id).length > 0)
      .map((node) => `终点"${node.title}"后面还有箭头`),
    ...flow.nodes
      .filter(
        (node) =>
          node.kind === 'decision' &&
          (leaving(node.id).length < 2 || leaving(node.id).some((edge) => !edge.when)),
      )
      .map((node) => `判断"${node.title}"要有两个以上的去向，每个写明什么情况（when）`),
    ...endlessSteps(flow).map((node) => `从"${node.title}"走不到终点（kind: end）`),
  ];
}

/** Steps that only lead round in a circle; those without any next step are told as dead ends. */
function endlessSteps(flow: Flow): Flow['nodes'] {
  const ends = new Set(flow.nodes.filter((node) => node.kind === 'end').map((node) => node.id));
  return flow.nodes.filter((node) => {
    const onward = [...reachableFrom(flow, node.id)];
    const deadEnd = (id: string) => !ends.has(id) && !flow.edges.some((edge) => edge.from === id);
    return !onward.some((id) => ends.has(id) || deadEnd(id));
  });
}

function reachableFrom(flow: Flow, start: string | undefined): Set<string> {
  const reached = new Set<string>();
  const pending = start === undefined ? [] : [start];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    pending.push(...flow.edges.filter((edge) => edge.from === id).map((edge) => edge.to));
  }
  return reached;
}
