import { z } from 'zod';

/** The scope of content meant for every station in the country. */
export const NATIONAL_SCOPE = '00';

/**
 * A scope is a division code of GB/T 2260 and its extensions: 2 digits province, 4 city, 6 district or county,
 * 9 street or township, 12 community or village; a grid or an outlet of its own adds a suffix (`620104001-J01`).
 */
export const scopeSchema = z
  .string()
  .regex(
    /^(?:\d{2}|\d{4}|\d{6}|\d{9}|\d{12})(?:-[A-Z]\d{2,3})?$/,
    '要写成 2、4、6、9 或 12 位的区划代码，加引号，例如 "530102001"',
  );
export type Scope = z.infer<typeof scopeSchema>;

const DIVISION_LENGTHS = [2, 4, 6, 9, 12];

/** The division part of a scope, without the suffix of a grid or outlet. */
export function divisionOf(scope: Scope): string {
  return scope.split('-')[0] ?? scope;
}

/**
 * All scopes whose content a station shows, widest first: the country, then each division above it, then itself.
 * A record of a narrower scope replaces one of the same id from a wider scope.
 */
export function scopeChain(station: Scope): Scope[] {
  const division = divisionOf(station);
  const levels = DIVISION_LENGTHS.filter((length) => length <= division.length);
  const chain = [NATIONAL_SCOPE, ...levels.map((length) => division.slice(0, length)), station];
  return [...new Set(chain)];
}

/** Whether content of `scope` is meant for the station with code `station`. */
export function isInScope(scope: Scope, station: Scope): boolean {
  return scopeChain(station).includes(scope);
}
