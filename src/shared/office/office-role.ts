import { z } from 'zod';
import type { Scope } from '../content/scope.ts';

/**
 * What somebody of the district office may be. `editor` writes, `reviewer` lets others' writing through, `inbox` works on what
 * visitors handed in and decides conflicts with stations, `technician` sees to terminals and accounts, `auditor` reads the
 * trail.
 */
export const officeRoleSchema = z.enum(['editor', 'reviewer', 'inbox', 'technician', 'auditor']);
export type OfficeRole = z.infer<typeof officeRoleSchema>;

/** Roles that one person may have besides one another. */
const TOGETHER: readonly (readonly OfficeRole[])[] = [
  ['editor', 'reviewer', 'inbox'],
  ['technician'],
  ['auditor'],
];

/**
 * Whether one person may have these roles: who runs the system does not do its business, and who reads the trail does
 * neither (等保2.0 level 2: separate administrators).
 */
export function areCompatible(roles: readonly OfficeRole[]): boolean {
  return TOGETHER.some((group) => roles.every((role) => group.includes(role)));
}

/** Whether somebody who works on these divisions may touch what belongs to a scope. */
export function worksOn(divisions: readonly Scope[], scope: Scope): boolean {
  return divisions.some((division) => scope.startsWith(division));
}
