import type { KindName } from '../content/kinds/index.ts';

/**
 * What a station may change by itself, in its own scope. `all`: whole records. A list: only these fields of the body, of a
 * record that the district gives to all; the rest is the district's and shown locked. Kinds that are not named are the
 * district's alone.
 */
const STATION_EDITABLE: Partial<Record<KindName, 'all' | readonly string[]>> = {
  roster: 'all',
  hours: 'all',
  notice: 'all',
  pledge: 'all',
  person: 'all',
  event: 'all',
  hotline: 'all',
  list: 'all',
  'service-local': 'all',
  playlist: 'all',
  'queue-plan': 'all',
  station: ['address', 'phone', 'gettingThere', 'floorPlan', 'windows', 'barrierFree'],
  service: ['highlight', 'urgent', 'facts', 'line', 'order'],
};

/** Whether a station may change records of a kind at all. */
export function isStationKind(kind: string): kind is KindName {
  return Object.hasOwn(STATION_EDITABLE, kind);
}

/** Whether a station may make and withdraw records of a kind, or only change fields of those that the district gives. */
export function isStationOwned(kind: string): boolean {
  return isStationKind(kind) && STATION_EDITABLE[kind] === 'all';
}

/** Whether a station may change a field, by its path (`field-change.ts`). Outside the body, dates and sources are its own for kinds of its own. */
export function mayStationChange(kind: string, field: string): boolean {
  if (!isStationKind(kind)) return false;
  const fields = STATION_EDITABLE[kind];
  if (fields === 'all') return true;
  const [, part, name] = field.split('/');
  return part === 'body' && name !== undefined && fields?.includes(name) === true;
}
