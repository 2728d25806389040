import { divisionOf } from '#shared/content/scope.ts';
import { type Db, first, sql } from '../store/sql.ts';

/** A district or county; streets have nine digits. */
const DISTRICT_DIGITS = 6;

/**
 * Whether terminals may stand at this code. What an outlet writes for itself is shown wherever its code is in the chain: above streets
 * that is a whole district or more, and there editors must have published that an outlet is there.
 */
export async function isOutlet(db: Db, code: string): Promise<boolean> {
  if (code !== divisionOf(code) || code.length > DISTRICT_DIGITS) return true;
  const station = await first(
    db,
    sql`select 1 from content where kind = 'station' and scope = ${code} and state = 'published'
        and record -> 'body' ->> 'code' = ${code}`,
  );
  return station !== undefined;
}
