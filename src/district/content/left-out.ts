import { all, type Db, sql } from '../store/sql.ts';

/** A record that is published and yet not in the feed. */
export interface LeftOut {
  readonly id: string;
  readonly scope: string;
}

/**
 * Published records that the feed has no state of, since the program could not read them when the division began anew. One that is
 * published again, or withdrawn, is not among them any more.
 */
export function recordsLeftOut(db: Db): Promise<LeftOut[]> {
  return all(
    db,
    sql`select id, scope from content where state = 'published' and not exists (
          select 1 from feed_row where feed_row.division = content.division and feed_row.id = content.id
          and feed_row.scope = content.scope) order by scope, id`,
  );
}
