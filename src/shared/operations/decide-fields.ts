import {
  changeOf,
  escaped,
  type FieldChange,
  type FieldConflict,
  type Fields,
  fieldsOf,
  isBelow,
  isOrder,
  orderIn,
  putField,
} from './field-change.ts';
import { canonicalJson, type JsonValue } from './json-value.ts';
import { mergeOrder } from './merge-order.ts';

/** Two sides of a conflict, and what a person chose. */
export interface Choice {
  /** What is published, as far as it is known here. */
  readonly published: JsonValue;
  /** What the edit made of what it began from. */
  readonly written: JsonValue;
  readonly changes: readonly FieldChange[];
  readonly conflicts: readonly FieldConflict[];
  /** The fields in which the edit's value counts. */
  readonly own: readonly string[];
}

/**
 * The changes of what is published that a choice comes to. Whatever was added to a list on either side stays in it, whichever
 * order is chosen. An item that only one side still has is there whole or not at all: who chooses one of its fields chooses it.
 */
export function decideFields(choice: Choice): FieldChange[] {
  const { changes, conflicts, own } = choice;
  const published = new Map(fieldsOf(choice.published));
  for (const { field, published: value } of conflicts) putField(published, field, value);
  const written = fieldsOf(choice.written);
  const fields = new Map(published);
  const clashing = new Set(conflicts.map(({ field }) => field));
  for (const change of changes) {
    const isOwn = !clashing.has(change.field) || own.includes(change.field);
    if (isOrder(change.field))
      putField(fields, change.field, orderOf(published, written, change, isOwn));
    else if (isOwn) putField(fields, change.field, change.to);
  }
  for (const [order, id] of itemsAtStake([published, written], clashing)) {
    const isOwn = own.some((field) => field === order || isBelow(field, itemOf(order, id)));
    takeItem(fields, isOwn ? written : published, order, id);
  }
  // What is kept as it is published goes along where it was in conflict: if it changed again, a person decides again.
  return [...new Set([...published.keys(), ...fields.keys(), ...clashing])]
    .map((field) => changeOf(field, published.get(field), fields.get(field)))
    .filter(
      ({ field, from, to }) => clashing.has(field) || canonicalJson(from) !== canonicalJson(to),
    );
}

/** The order of a list after a choice; undefined where one side has no such list. */
function orderOf(
  published: Fields,
  written: Fields,
  { field, from, to }: FieldChange,
  isOwn: boolean,
): JsonValue | undefined {
  const [theirs, mine] = [orderIn(published, field), orderIn(written, field)];
  if (theirs === undefined || mine === undefined) return isOwn ? to : published.get(field);
  const base = orderIn(new Map(from === undefined ? [] : [[field, from]]), field) ?? [];
  return [...(mergeOrder(base, theirs, mine, isOwn ? 'mine' : 'theirs') ?? [])];
}

/**
 * Items with a field in conflict that one side has and the other has not, each as the order of its list and its id; one that lies
 * in another such item goes with that.
 */
function itemsAtStake(
  sides: readonly Fields[],
  clashing: ReadonlySet<string>,
): readonly (readonly [string, string])[] {
  const orders = [...new Set(sides.flatMap((side) => [...side.keys()].filter(isOrder)))];
  const items = orders.flatMap((order) => {
    const lists = sides.map((side) => orderIn(side, order));
    const isListAtStake = clashing.has(order) && lists.includes(undefined);
    return [...new Set(lists.flatMap((ids) => ids ?? []))]
      .filter((id) => !lists.every((ids) => ids?.includes(id)))
      .filter(
        (id) => isListAtStake || [...clashing].some((field) => isBelow(field, itemOf(order, id))),
      )
      .map((id) => [order, id] as const);
  });
  return items.filter(([order]) => !items.some(([outer, id]) => isBelow(order, itemOf(outer, id))));
}

/** Puts an item as one side has it in place of what is there; one that the side has not goes. */
function takeItem(fields: Map<string, JsonValue>, side: Fields, order: string, id: string): void {
  const item = itemOf(order, id);
  for (const field of [...fields.keys()]) if (isBelow(field, item)) fields.delete(field);
  for (const [field, value] of side) if (isBelow(field, item)) fields.set(field, value);
  const wanted = orderIn(side, order);
  const others = (orderIn(fields, order) ?? []).filter((one) => one !== id);
  const next = (wanted ?? []).filter((one) => one === id || others.includes(one));
  const known = others.filter((one) => next.includes(one));
  const ids = mergeOrder(known, others, next, 'theirs') ?? [];
  // Where the side has no such list there is to be none, not an empty one.
  putField(fields, order, ids.length === 0 && wanted === undefined ? undefined : [...ids]);
}

function itemOf(order: string, id: string): string {
  return `${order.slice(0, -1)}${escaped(id)}`;
}
