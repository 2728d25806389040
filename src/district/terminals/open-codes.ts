import { writeAct } from '../audit/audit-trail.ts';
import type { District } from '../district.ts';
import { DistrictFault } from '../district-fault.ts';
import { all, type Db, first, run, sql } from '../store/sql.ts';

/** A code, typed or carried, by which a terminal may still enrol. */
export interface OpenCode {
  readonly id: string;
  readonly outlet: string;
  /** Who made it, by name where it is a person of the office. */
  readonly madeBy: string;
  readonly madeAt: number;
  readonly expiresAt: number;
}

/** Codes that nobody has used and that are still good, newest first. */
export function openCodes(db: Db, now: number): Promise<OpenCode[]> {
  return all(
    db,
    sql`select code.id, outlet, coalesce(person.name, made_by) as "madeBy", made_at as "madeAt",
               expires_at as "expiresAt"
        from enrolment_code code left join person on person.id = made_by
        where terminal is null and expires_at > ${now} order by made_at desc, code.id`,
  );
}

/** The outlet for which an open code is. Throws `not-found`. */
export async function outletOfCode(db: Db, id: string): Promise<string> {
  const row = await first<{ outlet: string }>(
    db,
    sql`select outlet from enrolment_code where id = ${id} and terminal is null`,
  );
  if (row === undefined) throw new DistrictFault('not-found');
  return row.outlet;
}

/** Takes a code back that was not used: from then on it is a wrong one. Throws `not-found` when a terminal was quicker. */
export async function cancelCode(
  { database, now }: District,
  id: string,
  actor: string,
): Promise<void> {
  await database.transaction(async (db) => {
    const outlet = await outletOfCode(db, id);
    const gone = await run(
      db,
      sql`delete from enrolment_code where id = ${id} and terminal is null`,
    );
    if (gone === 0) throw new DistrictFault('not-found');
    await writeAct(db, { at: now(), actor, action: 'code-cancelled', subject: outlet });
  });
}
