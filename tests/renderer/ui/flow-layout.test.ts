import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FlowLayout, layOutFlow, type Size } from '../../../src/renderer/ui/flow-layout.ts';

interface Drawing {
  readonly flow: {
    readonly nodes: readonly { readonly id: string }[];
    readonly edges: readonly { readonly from: string; readonly to: string }[];
  };
  readonly boxes: ReadonlyMap<string, Size>;
  readonly labels: ReadonlyMap<string, Size>;
}

interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}

const size = (width: number, height: number): Size => ({ width, height });

/** Flows without circles: every step after the first hangs below an earlier one, and further arrows lead downwards. */
const drawing: fc.Arbitrary<Drawing> = fc
  .record({
    parents: fc.array(fc.nat(), { minLength: 2, maxLength: 15 }),
    more: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 8 }),
    widths: fc.array(fc.integer({ min: 120, max: 320 }), { minLength: 16, maxLength: 16 }),
    heights: fc.array(fc.integer({ min: 60, max: 220 }), { minLength: 16, maxLength: 16 }),
    labelled: fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
    // In large print a label may be wider than a box.
    labelWidth: fc.integer({ min: 40, max: 420 }),
  })
  .map(({ parents, more, widths, heights, labelled, labelWidth }) => {
    const count = parents.length + 1;
    const down = more.map(([a, b]) => [a % count, b % count] as const).filter(([a, b]) => a < b);
    const pairs = [...parents.map((parent, at) => [parent % (at + 1), at + 1] as const), ...down];
    const edges = [
      ...new Map(pairs.map(([a, b]) => [`${a}>${b}`, { from: `${a}`, to: `${b}` }])).values(),
    ];
    const nodes = Array.from({ length: count }, (_, at) => ({ id: `${at}` }));
    return {
      flow: { nodes, edges },
      boxes: new Map(nodes.map(({ id }, at) => [id, size(widths[at] ?? 200, heights[at] ?? 80)])),
      labels: new Map(
        edges
          .filter((_, at) => labelled[at])
          .map(({ from, to }) => [`${from}>${to}`, size(labelWidth, 30)]),
      ),
    };
  });

const ROOM = 1000;
const drawn = ({ flow, boxes, labels }: Drawing, room = ROOM): FlowLayout =>
  layOutFlow(flow, boxes, labels, room);

function rectangles(
  places: FlowLayout['nodes'],
  sizes: ReadonlyMap<string, Size>,
): Map<string, Rectangle> {
  return new Map(
    [...places].map(([id, place]) => [id, { ...place, ...(sizes.get(id) ?? size(0, 0)) }]),
  );
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether a point lies on a box or at most two pixels beside it. */
function touches(box: Rectangle | undefined, point: readonly number[]): boolean {
  const [x = Number.NaN, y = Number.NaN] = point;
  if (box === undefined) return false;
  return (
    x >= box.x - 2 && x <= box.x + box.width + 2 && y >= box.y - 2 && y <= box.y + box.height + 2
  );
}

describe('a flow chart', () => {
  it('has no two boxes over each other, and no label over a box', () => {
    fc.assert(
      fc.property(drawing, fc.constantFrom(400, ROOM, 4000), (plan, room) => {
        const layout = drawn(plan, room);
        const boxes = [...rectangles(layout.nodes, plan.boxes).values()];
        const labels = [...rectangles(layout.labels, plan.labels).values()];
        boxes.forEach((box, at) => {
          for (const other of [...boxes.slice(at + 1), ...labels])
            expect(overlap(box, other)).toBe(false);
        });
      }),
    );
  });

  it('has every box and label inside its frame', () => {
    fc.assert(
      fc.property(drawing, (plan) => {
        const layout = drawn(plan);
        const all = [
          ...rectangles(layout.nodes, plan.boxes).values(),
          ...rectangles(layout.labels, plan.labels).values(),
        ];
        for (const box of all) {
          expect(box.x).toBeGreaterThanOrEqual(0);
          expect(box.y).toBeGreaterThanOrEqual(0);
          expect(box.x + box.width).toBeLessThanOrEqual(layout.width + 1);
          expect(box.y + box.height).toBeLessThanOrEqual(layout.height + 1);
        }
      }),
    );
  });

  it('has one arrow for every edge, from the box it leaves to the box it reaches', () => {
    fc.assert(
      fc.property(drawing, (plan) => {
        const layout = drawn(plan);
        const boxes = rectangles(layout.nodes, plan.boxes);
        expect(layout.arrows.map((arrow) => arrow.id)).toEqual(
          plan.flow.edges.map(({ from, to }) => `${from}>${to}`),
        );
        layout.arrows.forEach(({ path }, at) => {
          const points = [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [
            Number(x),
            Number(y),
          ]);
          expect(path).toMatch(/^M[^M]*L[^MLQ]*$/);
          expect(touches(boxes.get(plan.flow.edges[at]?.from ?? ''), points.at(0) ?? [])).toBe(
            true,
          );
          expect(touches(boxes.get(plan.flow.edges[at]?.to ?? ''), points.at(-1) ?? [])).toBe(true);
        });
      }),
    );
  });

  it('leads downwards', () => {
    fc.assert(
      fc.property(drawing, (plan) => {
        const { nodes } = drawn(plan);
        for (const { from, to } of plan.flow.edges)
          expect(nodes.get(to)?.y).toBeGreaterThan(nodes.get(from)?.y ?? Number.NaN);
      }),
    );
  });

  it('is drawn the same way every time', () => {
    fc.assert(
      fc.property(drawing, (plan) => {
        expect(drawn(plan)).toEqual(drawn(plan));
      }),
      { numRuns: 30 },
    );
  });

  it('moves closer together when there is little room', () => {
    const plan: Drawing = {
      flow: {
        nodes: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
        edges: [
          { from: 'a', to: 'b' },
          { from: 'a', to: 'c' },
        ],
      },
      boxes: new Map(['a', 'b', 'c'].map((id) => [id, size(200, 100)])),
      labels: new Map(),
    };
    expect(drawn(plan, 420).width).toBeLessThan(drawn(plan, 1000).width);
    expect(drawn(plan, 420).width).toBeLessThanOrEqual(420);
  });

  it('can be laid out where boxes have no size yet', () => {
    const flow = { nodes: [{ id: 'a' }, { id: 'b' }], edges: [{ from: 'a', to: 'b' }] };
    const boxes = new Map(['a', 'b'].map((id) => [id, size(0, 0)]));
    expect(layOutFlow(flow, boxes, new Map(), 0).arrows).toHaveLength(1);
  });

  it('can hold a way back', () => {
    const flow = {
      nodes: [{ id: 'a' }, { id: 'b' }],
      edges: [
        { from: 'a', to: 'b' },
        { from: 'b', to: 'a' },
      ],
    };
    const boxes = new Map(['a', 'b'].map((id) => [id, size(200, 100)]));
    expect(layOutFlow(flow, boxes, new Map(), ROOM).arrows).toHaveLength(2);
  });
});
