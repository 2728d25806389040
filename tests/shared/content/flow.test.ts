import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Flow, flowFaults } from '#shared/content/kinds/service.ts';

function node(id: string, kind: Flow['nodes'][number]['kind']): Flow['nodes'][number] {
  return { id, title: id, actor: 'you', kind };
}

const SOUND: Flow = {
  nodes: [node('a', 'start'), node('b', 'decision'), node('c', 'end'), node('d', 'step')],
  edges: [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c', when: '齐全' },
    { from: 'b', to: 'd', when: '不齐' },
    { from: 'd', to: 'b' },
  ],
};

const without = (from: string, to: string) =>
  SOUND.edges.filter((edge) => edge.from !== from || edge.to !== to);

describe('a flow chart', () => {
  test('may lead back to an earlier step', () => expect(flowFaults(SOUND)).toEqual([]));

  test.each<[string, Flow, string]>([
    [
      'arrow to nowhere',
      { ...SOUND, edges: [...SOUND.edges, { from: 'd', to: 'x' }] },
      '箭头指向了不存在的步骤"x"',
    ],
    ['dead end', { ...SOUND, edges: without('d', 'b') }, '"d"之后没有下一步，也不是终点'],
    [
      'step that nothing leads to',
      { ...SOUND, nodes: [...SOUND.nodes, node('e', 'end')] },
      '从起点走不到"e"',
    ],
    [
      'two starts',
      { ...SOUND, nodes: SOUND.nodes.with(3, node('d', 'start')) },
      '流程要有而且只有一个起点（kind: start）',
    ],
    [
      'arrow from the end',
      { ...SOUND, edges: [...SOUND.edges, { from: 'c', to: 'a' }] },
      '终点"c"后面还有箭头',
    ],
    [
      'decision without its cases',
      { ...SOUND, edges: [...without('b', 'd'), { from: 'b', to: 'd' }] },
      '判断"b"要有两个以上的去向，每个写明什么情况（when）',
    ],
    [
      'id twice',
      { ...SOUND, nodes: [...SOUND.nodes, node('d', 'step')] },
      '流程里有两步用了同一个编号',
    ],
    [
      'circle without a way out',
      {
        nodes: [
          node('a', 'start'),
          node('b', 'decision'),
          node('c', 'end'),
          node('d', 'step'),
          node('e', 'step'),
        ],
        edges: [...without('d', 'b'), { from: 'd', to: 'e' }, { from: 'e', to: 'd' }],
      },
      '从"d"走不到终点（kind: end）',
    ],
  ])('with a fault is told so: %s', (_name, flow, fault) => {
    expect(flowFaults(flow)).toContain(fault);
  });

  test('that is accepted leads from every step to an end', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const inner = fc.constantFrom('step' as const, 'decision' as const);
    const edge = fc.record({ from: id, to: id, when: fc.constant('是') });
    // A chain with some arrows taken away and some put in.
    const flow = fc
      .tuple(
        fc.array(inner, { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 1 }),
        fc.array(edge, { maxLength: 3 }),
      )
      .map(([kinds, cut, extra]): Flow => {
        const nodes = [
          node('a', 'start'),
          ...kinds.map((kind, at) => node('bcd'[at] ?? '', kind)),
          node('e', 'end'),
        ];
        const chain = nodes
          .slice(1)
          .map((to, at) => ({ from: nodes[at]?.id ?? '', to: to.id, when: '是' }));
        return { nodes, edges: [...chain.filter((_edge, at) => !cut.includes(at)), ...extra] };
      });
    let accepted = 0;
    fc.assert(
      fc.property(flow, (one) => {
        if (flowFaults(one).length > 0) return;
        accepted += 1;
        expect(one.nodes.filter((step) => !reachesEnd(one, step.id))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});

/** The naive way: widen the set of steps that reach an end until it grows no more. */
function reachesEnd(flow: Flow, id: string): boolean {
  const good = new Set(flow.nodes.filter((step) => step.kind === 'end').map((step) => step.id));
  for (let size = -1; size !== good.size; ) {
    size = good.size;
    for (const edge of flow.edges) if (good.has(edge.to)) good.add(edge.from);
  }
  return good.has(id);
}
