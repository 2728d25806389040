import { worksOn } from '#shared/office/office-role.ts';
import { DistrictFault } from '../district-fault.ts';

/** Refuses what lies outside the divisions of whoever asks, as if it were not there. */
export function mustWorkOn(
  { divisions }: { readonly divisions: readonly string[] },
  scope: string,
): void {
  if (!worksOn(divisions, scope)) throw new DistrictFault('not-found');
}
