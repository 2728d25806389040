type Ids = readonly string[];

/** Which side's order counts where both put the same items into another one. */
export type Preferred = 'theirs' | 'mine';

/**
 * The order of a list that two sides changed from the same base: what either took out is gone, what either added is there,
 * behind the item behind which its side put it; where both added something at the same place, theirs comes first. Undefined
 * when both moved the items that they share, each in another way, and neither is `preferred`.
 */
export function mergeOrder(
  base: Ids,
  theirs: Ids,
  mine: Ids,
  preferred?: Preferred,
): Ids | undefined {
  const shared = sharedOrder(base, theirs, mine, preferred);
  if (shared === undefined) return undefined;
  const [before, known] = [new Set(base), new Set(shared)];
  const added = [theirs, mine].map((side) => runsBehind(side, before, known));
  return [undefined, ...shared].flatMap((anchor) => [
    ...(anchor === undefined ? [] : [anchor]),
    ...added.flatMap((runs) => runs.get(anchor) ?? []),
  ]);
}

/** The items that both sides have, in the order of the side that moved them. */
function sharedOrder(
  base: Ids,
  theirs: Ids,
  mine: Ids,
  preferred: Preferred | undefined,
): Ids | undefined {
  const [inBase, inTheirs, inMine] = [new Set(base), new Set(theirs), new Set(mine)];
  const [their, own] = [
    theirs.filter((id) => inMine.has(id)),
    mine.filter((id) => inTheirs.has(id)),
  ];
  const old = base.filter((id) => inTheirs.has(id) && inMine.has(id));
  const isMoved = (order: Ids) =>
    !isSame(
      order.filter((id) => inBase.has(id)),
      old,
    );
  if (isSame(their, own)) return their;
  // An item that both added has a place on each side, and none before: only where the two agree is nothing to choose.
  const isAddedTwice = old.length < their.length;
  if (!isAddedTwice && !isMoved(their)) return own;
  if (!isAddedTwice && !isMoved(own)) return their;
  if (preferred === undefined) return undefined;
  return preferred === 'mine' ? own : their;
}

/** What a side added, by the nearest shared item before it; undefined where there is none. */
function runsBehind(
  side: Ids,
  before: ReadonlySet<string>,
  shared: ReadonlySet<string>,
): ReadonlyMap<string | undefined, Ids> {
  const runs = new Map<string | undefined, string[]>();
  let anchor: string | undefined;
  for (const id of side) {
    if (shared.has(id)) anchor = id;
    else if (!before.has(id)) runs.set(anchor, [...(runs.get(anchor) ?? []), id]);
  }
  return runs;
}

function isSame(one: Ids, other: Ids): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}
