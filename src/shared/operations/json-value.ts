import { z } from 'zod';

/** Any value that JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Checks no more than that it is JSON: what it means is for whoever reads it. */
export const jsonValueSchema = z.json() as z.ZodType<JsonValue>;

/** Whether a value is an object with named fields. */
export function isJsonObject(
  value: JsonValue | undefined,
): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON with the keys of every object in order, so that equal values give equal texts. */
export function canonicalJson(value: JsonValue | undefined): string {
  return (
    JSON.stringify(value, (_, inner: JsonValue) =>
      isJsonObject(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([one], [two]) => (one < two ? -1 : 1)))
        : inner,
    ) ?? ''
  );
}
