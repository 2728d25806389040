import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ContentRecord } from '#shared/content/envelope.ts';
import { editablePart } from '#shared/operations/editable-part.ts';
import { changesBetween, type FieldChange, mergeChanges } from '#shared/operations/field-change.ts';
import type { JsonValue } from '#shared/operations/json-value.ts';
import { decideConflict } from '#station/editing/decide-conflict.ts';
import type { Version } from '#station/editing/edit-store.ts';

interface Item {
  readonly id: string;
  readonly name: string;
}
const named = (id: string, name = id): Item => ({ id, name });

/** As much of a record as a conflict is about. */
const record = (...items: readonly Item[]) =>
  ({
    ...{ id: 'notice.a', kind: 'notice', effectiveFrom: '2026-11-01', body: { items } },
  }) as unknown as ContentRecord;
const itemsOf = (value: unknown) => (value as { body: { items: Item[] } }).body.items;
const part = (of: ContentRecord) => editablePart(of) as unknown as JsonValue;

/** What a station wants of a record, and what it means by that. */
interface Wish {
  readonly changes: readonly FieldChange[];
  readonly after: ContentRecord | undefined;
}

/** What the district makes of a wish; what a person decides then, as all fields that are in conflict go. */
function sent({ changes, after }: Wish, published: ContentRecord) {
  const merge = mergeChanges(part(published), changes);
  if (merge.outcome === 'merged') return { value: merge.value };
  const fields = merge.fields;
  const version = {
    ...{ action: 'change', kind: 'notice', changes, after },
    outcome: { version: 2, fields, conflict: 'c' },
  } as unknown as Version;
  const fieldsInConflict = fields.map(({ field }) => field);
  return {
    decide: (shown: ContentRecord, isOwn: (field: string) => boolean): Wish =>
      decideConflict(version, shown, undefined, fieldsInConflict.filter(isOwn)),
  };
}

const everything = () => true;

function decided(wish: Wish, published: ContentRecord, shown: ContentRecord): Wish {
  const answer = sent(wish, published);
  if (answer.decide === undefined) throw new Error('there was no conflict');
  return answer.decide(shown, everything);
}

const edit = (from: ContentRecord, to: ContentRecord): Wish => ({
  changes: changesBetween(part(from), part(to)),
  after: to,
});

describe('a conflict that is decided before the feed has brought what it is about', () => {
  test('comes back with the words of the person, and they are what is published then', () => {
    const base = record(named('a'), named('b'));
    const gone = record(named('b'));
    const stale = decided(edit(base, record(named('a', 'A'), named('b'))), gone, base);
    const now = decided(stale, gone, gone);
    expect(itemsOf(sent(now, gone).value)).toEqual([named('a', 'A'), named('b')]);
  });

  test('ends, also where the district changed the same once more', () => {
    const base = record(named('a'));
    const wanted = edit(base, record(named('a', 'A'), named('s')));
    const [second, third] = [record(named('a', 'A2')), record(named('a', 'A3'))];
    const now = decided(decided(wanted, second, base), third, third);
    expect(itemsOf(sent(now, third).value)).toEqual([named('a', 'A'), named('s')]);
  });

  test('never makes an object of a list that the district emptied', () => {
    const base = record(named('a'));
    const empty = record();
    const stale = decided(edit(base, record(named('a', 'A'))), empty, base);
    expect(sent(stale, empty).value).toBeUndefined();
    const now = decided(stale, empty, empty);
    expect(itemsOf(sent(now, empty).value)).toEqual([named('a', 'A')]);
  });
});

const records = fc
  .uniqueArray(
    fc.record({ id: fc.constantFrom('a', 'b', 'c', 's'), name: fc.constantFrom('1', '2', '3') }),
    { selector: ({ id }) => id, maxLength: 4 },
  )
  .map((items) => record(...items));

test('one decision with the feed at hand ends any conflict, whatever was decided without it', () => {
  fc.assert(
    fc.property(records, records, records, records, fc.infiniteStream(fc.boolean()), (...all) => {
      const [base, own, second, third, coin] = all;
      const choose = () => coin.next().value === true;
      const first = sent(edit(base, own), second);
      if (first.decide === undefined) return;
      const again = sent(first.decide(base, choose), third);
      if (again.decide === undefined) {
        expect(Array.isArray(itemsOf(again.value))).toBe(true);
        return;
      }
      expect(sent(again.decide(third, choose), third).value).toBeDefined();
    }),
    { numRuns: 5_000, seed: 23 },
  );
});
