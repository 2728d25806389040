import type { ContentRecord } from '../content/envelope.ts';
import { envelopeSchema } from '../content/envelope.ts';
import type { JsonValue } from './json-value.ts';

const PART = {
  effectiveFrom: true,
  validUntil: true,
  source: true,
  responsibleBody: true,
  confirm: true,
  translations: true,
  body: true,
} as const;

/** What an edit may change of a record. Who it is, its version, and who published it when, follow from the edit itself. */
export const editablePartSchema = envelopeSchema.pick(PART);

/** The fields of a record that edits speak of (`field-change.ts`), as JSON without what is undefined. */
export function editablePart(record: ContentRecord): JsonValue {
  const part = Object.fromEntries(
    Object.entries(record).filter(([name]) => Object.hasOwn(PART, name)),
  );
  return JSON.parse(JSON.stringify(part)) as JsonValue;
}
