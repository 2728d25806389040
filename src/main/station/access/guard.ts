import { judgeCall } from '#shared/contract/access.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { StaffSession } from '#shared/contract/staff.ts';
import { mayAct, type StaffRole } from '#shared/staff/roles.ts';
import type { CallContext } from './caller.ts';

/** What a handler knows of a call that was let through. */
export interface GuardedContext extends CallContext {
  /** Who is logged in; undefined for a visitor. */
  readonly staff: StaffSession | undefined;
}

/**
 * Lets a call through or throws `StationError`. Somebody with a PIN that another gave may do nothing but choose an own one.
 */
export function guardCall(
  path: readonly string[],
  { caller }: CallContext,
  staff: StaffSession | undefined,
): void {
  const roles = staff?.mustChange ? [] : staff?.roles;
  const verdict = judgeCall(path, caller.place, roles);
  if (verdict !== 'allowed') throw new StationError(verdict);
}

/** Who is logged in, with one of these roles (or any, when none is named). Throws `StationError` otherwise. */
export function requireStaff(
  { staff }: Pick<GuardedContext, 'staff'>,
  ...roles: readonly StaffRole[]
): StaffSession {
  if (staff === undefined) throw new StationError('not-signed-in');
  if (staff.mustChange || (roles.length > 0 && !mayAct(staff.roles, roles)))
    throw new StationError('not-allowed');
  return staff;
}
