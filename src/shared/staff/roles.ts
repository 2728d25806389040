import { z } from 'zod';

/** What a person of the station may be; one person may be several. */
export const staffRoleSchema = z.enum(['window-clerk', 'editor', 'station-head', 'technician']);
export type StaffRole = z.infer<typeof staffRoleSchema>;

/**
 * What a role may do besides its own. A technician keeps the terminal running and sees to accounts, but neither calls
 * visitors nor writes content: whoever administers the system does not do its business (等保2.0 level 2).
 */
const INCLUDED: Readonly<Record<StaffRole, readonly StaffRole[]>> = {
  'window-clerk': ['window-clerk'],
  editor: ['editor'],
  'station-head': ['station-head', 'window-clerk', 'editor'],
  technician: ['technician'],
};

/** Whether somebody with these roles may do what is allowed to one of the `needed` ones. */
export function mayAct(roles: readonly StaffRole[], needed: readonly StaffRole[]): boolean {
  return roles.some((role) => INCLUDED[role].some((included) => needed.includes(included)));
}
