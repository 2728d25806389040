import {
  type EdgeLabel,
  Graph,
  type GraphLabel,
  layout as layOut,
  type NodeLabel,
  type Point,
} from '@dagrejs/dagre';

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where every box, label and arrow of a flow chart stands; pixels from its upper left corner. */
export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, Place>;
  readonly labels: ReadonlyMap<string, Place>;
  readonly arrows: readonly { readonly id: string; readonly path: string }[];
}

interface Flow {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/**
 * Lays a flow out from top to bottom. When it comes out wider than there is room, the gaps between neighbours shrink;
 * boxes themselves keep their size, because their text must stay readable.
 */
export function layOutFlow(
  flow: Flow,
  boxes: ReadonlyMap<string, Size>,
  labels: ReadonlyMap<string, Size>,
  room: number,
): FlowLayout {
  const unit = [...boxes.values()][0]?.height || 40;
  const wide = arrange(flow, boxes, labels, unit * 0.5, unit * 0.42);
  return wide.width <= room ? wide : arrange(flow, boxes, labels, unit * 0.16, unit * 0.36);
}

function arrange(
  flow: Flow,
  boxes: ReadonlyMap<string, Size>,
  labels: ReadonlyMap<string, Size>,
  beside: number,
  below: number,
): FlowLayout {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>();
  graph.setGraph({
    rankdir: 'TB',
    nodesep: beside,
    ranksep: below,
    edgesep: beside / 2,
    marginx: 2,
    marginy: 2,
  });
  for (const node of flow.nodes)
    graph.setNode(node.id, { ...(boxes.get(node.id) ?? { width: 1, height: 1 }) });
  for (const edge of flow.edges) {
    const label = labels.get(idOf(edge));
    graph.setEdge(edge.from, edge.to, label === undefined ? {} : { ...label, labelpos: 'c' });
  }
  layOut(graph);
  const size = graph.graph();
  const places = new Map(
    flow.edges
      .filter((edge) => labels.has(idOf(edge)))
      .map((edge) => [idOf(edge), corner(graph.edge(edge.from, edge.to))]),
  );
  // dagre does not count a label that stands out beyond the last box.
  const ends = [...places].map(([id, { x }]) => x + (labels.get(id)?.width ?? 0));
  return {
    width: Math.ceil(Math.max(size.width ?? 0, ...ends)),
    height: Math.ceil(size.height ?? 0),
    nodes: new Map(flow.nodes.map((node) => [node.id, corner(graph.node(node.id))])),
    labels: places,
    arrows: flow.edges.map((edge) => ({
      id: idOf(edge),
      path: smooth(graph.edge(edge.from, edge.to).points ?? []),
    })),
  };
}

function idOf(edge: { from: string; to: string }): string {
  return `${edge.from}>${edge.to}`;
}

/** dagre gives centres; boxes are placed by their corners. */
function corner(box: { x?: number; y?: number; width?: number; height?: number }): Place {
  return {
    x: Math.round((box.x ?? 0) - (box.width ?? 0) / 2),
    y: Math.round((box.y ?? 0) - (box.height ?? 0) / 2),
  };
}

/** A line through points with rounded bends. */
function smooth(points: readonly Point[]): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  const bends = rest.slice(0, -1).map((point, at) => {
    const next = rest[at + 1] ?? point;
    return `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  const end = rest.at(-1) ?? start;
  return `M${start.x} ${start.y}${bends.join('')}L${end.x} ${end.y}`;
}
