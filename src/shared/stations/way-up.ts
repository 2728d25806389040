import type { OutletLevel } from '../content/kinds/station.ts';
import { divisionOf, isInScope, type Scope } from '../content/scope.ts';

interface Outlet {
  readonly code: Scope;
  readonly level: OutletLevel;
}

/** Whether an outlet speaks for a whole district, county or city (decision 048). */
export function isCentre(level: OutletLevel): boolean {
  return level === 'centre' || level === 'city-centre';
}

/**
 * An outlet and those above it, to which a matter can go up, the nearest first: what has a code of its scope chain, and the
 * centres of its divisions, which have codes of their own. A centre has no other one of its division above it.
 */
export function wayUp<Each extends Outlet>(outlets: readonly Each[], own: Outlet): Each[] {
  return outlets
    .filter((outlet) => isInScope(outlet.code, own.code) || isCentreAbove(outlet, own))
    .toSorted((a, b) => nearer(b, own) - nearer(a, own));
}

function isCentreAbove({ code, level }: Outlet, own: Outlet): boolean {
  const [division, ownDivision] = [divisionOf(code), divisionOf(own.code)];
  return (
    isCentre(level) &&
    ownDivision.startsWith(division) &&
    !(isCentre(own.level) && division === ownDivision)
  );
}

/** The longer the division the nearer; an outlet is nearest to itself. */
function nearer({ code }: Outlet, own: Outlet): number {
  return code === own.code ? Number.POSITIVE_INFINITY : divisionOf(code).length;
}
