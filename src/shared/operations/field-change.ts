import { z } from 'zod';
import { canonicalJson, isJsonObject, type JsonValue, jsonValueSchema } from './json-value.ts';
import { mergeOrder, type Preferred } from './merge-order.ts';
import { OPERATION_LIMITS } from './operation-limits.ts';

/**
 * One field of a record that an edit changes. `field` is written like a JSON pointer (RFC 6901), but a step into a list
 * names one of its items by `id`: `/body/materials/id-card/name`. The order of such a list is the field `…/#`; lists whose
 * items have no ids are one value. `from` absent: there was no such field; `to` absent: it goes.
 */
export const fieldChangeSchema = z.strictObject({
  field: z.string().startsWith('/').max(400),
  from: jsonValueSchema.optional(),
  to: jsonValueSchema.optional(),
});
export type FieldChange = z.infer<typeof fieldChangeSchema>;

/** The fields that an edit changes, each once. */
export const fieldChangesSchema = z
  .array(fieldChangeSchema)
  .max(OPERATION_LIMITS.changes)
  .refine((changes) => new Set(changes.map(({ field }) => field)).size === changes.length, {
    error: 'a field is named twice',
  });

/** A field that both sides changed, with both values. */
export const fieldConflictSchema = z.strictObject({
  field: z.string(),
  /** What is published; absent when there is no such field. */
  published: jsonValueSchema.optional(),
  /** What the edit wanted. */
  wanted: jsonValueSchema.optional(),
});
export type FieldConflict = z.infer<typeof fieldConflictSchema>;

/** The order of a list whose items are known by id. */
const ORDER = '#';

export type Fields = ReadonlyMap<string, JsonValue>;

/** The fields of a value, each with its path. Empty objects and lists are values of their own; what is not there yet is `{}`. */
export function fieldsOf(value: JsonValue): Fields {
  const fields = new Map<string, JsonValue>();
  const walk = (at: string, inner: JsonValue) => {
    const ids = itemIds(inner);
    if (ids !== undefined && Array.isArray(inner)) {
      fields.set(`${at}/${ORDER}`, ids);
      for (const [place, item] of inner.entries())
        walk(`${at}/${escaped(ids[place] ?? '')}`, item as JsonValue);
    } else if (isJsonObject(inner) && Object.keys(inner).length > 0) {
      for (const [key, child] of Object.entries(inner))
        if (child !== undefined) walk(`${at}/${escaped(key)}`, child);
    } else if (at !== '' || !isJsonObject(inner)) fields.set(at, inner);
  };
  walk('', value);
  return fields;
}

/** What leads from one state to another, field by field. */
export function changesBetween(before: JsonValue, after: JsonValue): FieldChange[] {
  const old = fieldsOf(before);
  const next = fieldsOf(after);
  return [...new Set([...old.keys(), ...next.keys()])]
    .filter((field) => canonicalJson(old.get(field)) !== canonicalJson(next.get(field)))
    .map((field) => changeOf(field, old.get(field), next.get(field)));
}

/** What became of an edit: the new state, or the fields on which both sides differ. */
export type Merge =
  | { readonly outcome: 'merged'; readonly value: JsonValue }
  | { readonly outcome: 'conflict'; readonly fields: readonly FieldConflict[] };

/**
 * Lays an edit over a state that may have changed since the edit began. A field that still has the value from which the edit
 * started takes the new one, and one that has the new one already stays. Orders of a list that both sides changed become one
 * (`merge-order.ts`), so that both may add and take out items. Any other field is a conflict, and so are edits that fit field by
 * field but not together, such as a change of an item that the other side took out. Nothing of an edit in conflict is applied.
 */
export function mergeChanges(current: JsonValue, changes: readonly FieldChange[]): Merge {
  const fields = fieldsOf(current);
  const clashing = changes.filter((change) => fitting(fields, changes, change) === undefined);
  const next = withChanges(
    fields,
    changes.flatMap((change) => fitting(fields, changes, change, 'mine') ?? []),
  );
  const value = clashing.length === 0 ? whole(next) : undefined;
  if (value !== undefined) return { outcome: 'merged', value };
  const torn = [...clashing, ...changesOfTornItems(next, changes, clashing)];
  const inConflict = changes.filter((change) => torn.includes(change));
  return {
    outcome: 'conflict',
    fields: conflictsOf(inConflict.length === 0 ? changes : inConflict, current),
  };
}

/**
 * An edit over whatever stands in the place of what it changes: its values count, also where the other side changed the same, and
 * so does its order of the items that both have. Undefined where the two do not fit together.
 */
export function overlaid(
  current: JsonValue,
  changes: readonly FieldChange[],
): JsonValue | undefined {
  const fields = fieldsOf(current);
  return changed(
    fields,
    changes.map((change) => fitting(fields, changes, change, 'mine') ?? change),
  );
}

/**
 * What somebody wrote from `before`, laid over what became of that meanwhile: a field that they did not touch is as it stands now,
 * one that they changed is theirs, also where the other side changed it, too. Where the two do not fit together, theirs stands
 * whole. For people who look at the differences before it counts.
 */
export function laidOver(current: JsonValue, before: JsonValue, written: JsonValue): JsonValue {
  return overlaid(current, changesBetween(before, written)) ?? written;
}

/** Fields after an edit, put together; undefined when they do not fit together. */
function changed(before: Fields, changes: readonly FieldChange[]): JsonValue | undefined {
  return whole(withChanges(before, changes));
}

function withChanges(before: Fields, changes: readonly FieldChange[]): Fields {
  const fields = new Map(before);
  for (const { field, to } of changes) putField(fields, field, to);
  return fields;
}

function whole(fields: Fields): JsonValue | undefined {
  const value = joined(fields);
  return value !== undefined && isWhole(fields, value) ? value : undefined;
}

/**
 * Changes of items of which a part is there and a part is not, because one side took out what the other changed: a person is to
 * see them at once, also beside other fields in conflict. Where a field of the item is in conflict anyway, that says it.
 */
function changesOfTornItems(
  fields: Fields,
  changes: readonly FieldChange[],
  clashing: readonly FieldChange[],
): FieldChange[] {
  const all = [...fields.keys()];
  const emptied = all.filter((field) => noIds(fields.get(field)) !== undefined);
  const orders = [...all.filter(isOrder), ...emptied.map((list) => `${list}/${ORDER}`)];
  return [...new Set(orders)].flatMap((order) => {
    const list = listOf(order);
    const inItems = all.filter((field) => field.startsWith(`${list}/`) && field !== order);
    const there = new Set(inItems.map((field) => field.slice(list.length + 1).split('/')[0] ?? ''));
    const listed = new Set((orderIn(fields, order) ?? []).map(escaped));
    return [...there]
      .filter((id) => !listed.has(id))
      .flatMap((id) => {
        const item = `${list}/${id}`;
        const own = changes.filter(({ field }) => isBelow(field, item) && field !== `${item}/id`);
        return own.some((change) => clashing.includes(change)) ? [] : own;
      });
  });
}

/** Whether a field is one of an item, or of what lies in it. */
export function isBelow(field: string, item: string): boolean {
  return field === item || field.startsWith(`${item}/`);
}

/** Gives a field another value, or takes it away. A list that has no items left stays, empty. */
export function putField(
  fields: Map<string, JsonValue>,
  field: string,
  value: JsonValue | undefined,
): void {
  const isEmptied = isOrder(field) && Array.isArray(value) && value.length === 0;
  if (isEmptied) fields.set(listOf(field), []);
  if (value === undefined || isEmptied) fields.delete(field);
  else fields.set(field, value);
}

/** Whether a field is the order of a list. */
export function isOrder(field: string): boolean {
  return field.endsWith(`/${ORDER}`);
}

/** A change as it fits what is there now; undefined where it meets another one of the same. */
function fitting(
  fields: Fields,
  changes: readonly FieldChange[],
  change: FieldChange,
  preferred?: Preferred,
): FieldChange | undefined {
  const { field, from } = change;
  if (!isClash(fields.get(field), change)) return change;
  if (!isOrder(field)) return undefined;
  const list = changes.find((one) => one.field === listOf(field));
  const [theirs, mine] = [orderIn(fields, field), idsIn(change.to) ?? noIds(list?.to)];
  const base = from === undefined ? [] : idsIn(from);
  const order = base && theirs && mine && mergeOrder(base, theirs, mine, preferred);
  return order && { field, to: [...order] };
}

/** The ids of a list in their order; undefined where there is no list of items with ids. */
export function orderIn(fields: Fields, field: string): readonly string[] | undefined {
  return idsIn(fields.get(field)) ?? noIds(fields.get(listOf(field)));
}

function noIds(list: JsonValue | undefined): readonly string[] | undefined {
  return Array.isArray(list) && list.length === 0 ? [] : undefined;
}

function idsIn(value: JsonValue | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const ids = value.flatMap((id: JsonValue) => (typeof id === 'string' ? [id] : []));
  return new Set(ids).size === value.length ? ids : undefined;
}

function listOf(order: string): string {
  return order.slice(0, -(ORDER.length + 1));
}

function isClash(now: JsonValue | undefined, { from, to }: FieldChange): boolean {
  const text = canonicalJson(now);
  return text !== canonicalJson(from) && text !== canonicalJson(to);
}

function conflictsOf(changes: readonly FieldChange[], current: JsonValue): FieldConflict[] {
  const fields = fieldsOf(current);
  return changes.map(({ field, to }) => ({
    field,
    ...named('published', fields.get(field)),
    ...named('wanted', to),
  }));
}

export function changeOf(field: string, from?: JsonValue, to?: JsonValue): FieldChange {
  return { field, ...named('from', from), ...named('to', to) };
}

function named<Name extends string>(name: Name, value: JsonValue | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: JsonValue };
}

interface Node {
  leaf?: JsonValue;
  readonly children: Map<string, Node>;
}

/** Puts fields together again; undefined when a field stands below one that is not empty, or a list's order lies. */
function joined(fields: Fields): JsonValue | undefined {
  const root: Node = { children: new Map() };
  for (const [field, value] of fields) {
    const steps = field.split('/').slice(1);
    nodeAt(root, steps).leaf = value;
  }
  return fields.size === 0 ? {} : built(root);
}

function nodeAt(root: Node, steps: readonly string[]): Node {
  return steps.reduce((node, step) => {
    const child = node.children.get(step) ?? { children: new Map<string, Node>() };
    node.children.set(step, child);
    return child;
  }, root);
}

function built({ leaf, children }: Node): JsonValue | undefined {
  if (children.size === 0) return leaf;
  if (leaf !== undefined && !isEmpty(leaf)) return undefined;
  const order = children.get(ORDER)?.leaf;
  if (order === undefined)
    return Object.fromEntries(
      [...children].map(([key, child]) => [unescaped(key), built(child) ?? null]),
    );
  if (!Array.isArray(order)) return undefined;
  const ids = order.map((id) => escaped(String(id)));
  return ids.map((id) => {
    const child = children.get(id);
    return (child && built(child)) ?? null;
  });
}

/** Whether nothing was lost or made up on the way; an empty object may have got fields meanwhile, an empty list an order. */
function isWhole(fields: Fields, value: JsonValue): boolean {
  const again = fieldsOf(value);
  const isFilled = (field: string, wanted: JsonValue) =>
    Array.isArray(wanted)
      ? fields.has(`${field}/${ORDER}`)
      : [...fields.keys()].some((other) => other.startsWith(`${field}/`));
  const isKept = ([field, wanted]: readonly [string, JsonValue]) =>
    canonicalJson(again.get(field)) === canonicalJson(wanted) ||
    (isEmpty(wanted) && isFilled(field, wanted));
  return [...again.keys()].every((field) => fields.has(field)) && [...fields].every(isKept);
}

function isEmpty(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** The ids of a list's items, when all have one and none is there twice. */
function itemIds(value: JsonValue): string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const ids = value.flatMap((item: JsonValue) =>
    isJsonObject(item) && typeof item.id === 'string' ? [item.id] : [],
  );
  return ids.length === value.length && new Set(ids).size === ids.length ? ids : undefined;
}

export function escaped(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('#', '~2');
}

export function unescaped(step: string): string {
  return step.replaceAll('~2', '#').replaceAll('~1', '/').replaceAll('~0', '~');
}
