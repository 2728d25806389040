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
  unescaped,
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
  for (const { field, published: value } of conflicts) {
    putField(published, field, value);
    if (value !== undefined) addItemsOf(published, field);
    if (isOrder(field)) nameListed(published, field);
  }
  makeWhole(published, new Map());
  // What somebody wrote before they knew all that is published may miss some of it; what they want of it is in the changes.
  const written = new Map(fieldsOf(choice.written));
  for (const { field, to } of changes) {
    putField(written, field, to);
    if (to !== undefined) addItemsOf(written, field);
  }
  for (const order of [...written.keys()].filter(isOrder)) nameListed(written, order);
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
  makeWhole(fields, published);
  // What is kept as it is published goes along where it was in conflict: if it changed again, a person decides again.
  return [...new Set([...published.keys(), ...fields.keys(), ...clashing])]
    .map((field) => changeOf(field, published.get(field), fields.get(field)))
    .filter(
      ({ field, from, to }) => clashing.has(field) || canonicalJson(from) !== canonicalJson(to),
    );
}

/** A value in an item says that the item is, also where the list that is known is older than that value. */
function addItemsOf(fields: Map<string, JsonValue>, field: string): void {
  for (const order of [...fields.keys()].filter(isOrder)) {
    const list = order.slice(0, -1);
    const ids = orderIn(fields, order) ?? [];
    const id = unescaped(field.slice(list.length).split('/')[0] ?? '');
    if (!field.startsWith(list) || isOrder(field) || ids.includes(id)) continue;
    putField(fields, order, [...ids, id]);
    nameListed(fields, order);
  }
}

/** Of an item that is listed its id is known, whatever else is not. */
function nameListed(fields: Map<string, JsonValue>, order: string): void {
  for (const id of orderIn(fields, order) ?? []) fields.set(`${itemOf(order, id)}/id`, id);
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

/**
 * An edit that was made over something older may take away the fields of an item and not the item, or the other way round: what is listed
 * has its fields, as they are published, and what is not listed has none.
 */
function makeWhole(fields: Map<string, JsonValue>, published: Fields): void {
  for (const order of new Set([...published.keys(), ...fields.keys()].filter(isOrder))) {
    const listed = orderIn(fields, order) ?? [];
    const isIn = (field: string, id: string) => isBelow(field, itemOf(order, id));
    for (const id of listed) {
      const isTorn = !fields.has(`${itemOf(order, id)}/id`);
      const known = isTorn ? [...published].filter(([field]) => isIn(field, id)) : [];
      for (const [field, value] of known) fields.set(field, value);
    }
    const there = listed.filter((id) => [...fields.keys()].some((field) => isIn(field, id)));
    if (there.length < listed.length) putField(fields, order, there);
    for (const field of [...fields.keys()])
      if (
        field !== order &&
        field.startsWith(order.slice(0, -1)) &&
        !there.some((id) => isIn(field, id))
      )
        fields.delete(field);
  }
}

function itemOf(order: string, id: string): string {
  return `${order.slice(0, -1)}${escaped(id)}`;
}
