import { z } from 'zod';
import { type ContentRecord, envelopeSchema } from '../content/envelope.ts';
import { scopeFault } from '../content/kind.ts';
import { isKindName, kindNamed } from '../content/kinds/index.ts';
import { divisionOf, scopeSchema } from '../content/scope.ts';
import { FEED_LIMITS } from './feed-limits.ts';

const putSchema = z.strictObject({ op: z.literal('put'), record: envelopeSchema });
const deleteSchema = z.strictObject({
  op: z.literal('delete'),
  id: envelopeSchema.shape.id,
  scope: scopeSchema,
});
const rowSchema = z.discriminatedUnion('op', [putSchema, deleteSchema]);

/** One line of a segment: the state that a record has from now on, or that there is no such record any more. */
export type FeedRow =
  | { readonly op: 'put'; readonly record: ContentRecord }
  | { readonly op: 'delete'; readonly id: string; readonly scope: string };

/** What a row speaks of: a record is known by id and scope. */
export function rowKey(row: FeedRow): string {
  return row.op === 'put' ? recordKey(row.record) : recordKey(row);
}

/** The name under which a record is known within a feed. */
export function recordKey({ id, scope }: { readonly id: string; readonly scope: string }): string {
  return `${id} ${scope}`;
}

/**
 * Reads a line of a segment of a division. Undefined when it is no row, when its record breaks its kind's schema or scope
 * rule, or when it belongs to another division than the one whose role signed it.
 */
export function readRow(line: string, division: string): FeedRow | undefined {
  if (line.length > FEED_LIMITS.rowCharacters) return undefined;
  const parsed = rowSchema.safeParse(parsedJson(line));
  if (!parsed.success) return undefined;
  const row = parsed.data;
  if (row.op === 'delete') return divisionOf(row.scope) === division ? row : undefined;
  const record = soundRecord(row.record, division);
  return record && { op: 'put', record };
}

/** Reads the text of a record of a division; undefined when `readRow` would not take it. */
export function readRecord(text: string, division: string): ContentRecord | undefined {
  if (text.length > FEED_LIMITS.rowCharacters) return undefined;
  const parsed = envelopeSchema.safeParse(parsedJson(text));
  return parsed.success ? soundRecord(parsed.data, division) : undefined;
}

/** A record with its body read by its kind's schema, or undefined when it would not be sound content of the division. */
function soundRecord(record: ContentRecord, division: string): ContentRecord | undefined {
  if (divisionOf(record.scope) !== division) return undefined;
  if (!isKindName(record.kind) || !record.id.startsWith(`${record.kind}.`)) return undefined;
  const kind = kindNamed(record.kind);
  const body = kind.body.safeParse(record.body);
  if (!body.success) return undefined;
  const sound = { ...record, body: body.data };
  const isUnending = kind.mustEnd && record.validUntil === undefined;
  return isUnending || scopeFault(kind, sound) !== undefined ? undefined : sound;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
