import type { District, DistrictSettings } from '../district.ts';
import { publishedTops } from '../feed/published-tops.ts';
import { all, first, sql } from '../store/sql.ts';
import { notedHeads } from './trail-heads.ts';

/** Where the server leaves its traces. */
export interface Traced extends Pick<District, 'database' | 'keys'> {
  readonly settings: Pick<DistrictSettings, 'feedFolder' | 'trailHeads'>;
}

/**
 * Whether the database lacks what the server left outside of it: rows of the trail that were noted, or changes that terminals may have
 * read in the feed. Such a database came from a backup, or lost what was committed, and must not go on with the same numbers.
 */
export async function isOlderThanItsTraces(district: Traced): Promise<boolean> {
  const last = await first<{ seq: number | null }>(
    district.database,
    sql`select max(seq) as seq from audit`,
  );
  const noted = notedHeads(district).filter(({ hash }) => hash !== '');
  return noted.some(({ seq }) => seq > (last?.seq ?? 0)) || lacksPublished(district);
}

async function lacksPublished({ database, settings }: Traced): Promise<boolean> {
  const rows = await all<{ division: string; top: number }>(
    database,
    sql`select division, top from feed_division`,
  );
  const known = new Map(rows.map(({ division, top }) => [division, top]));
  // Whatever the epoch: a new one goes on with the numbers of the one before it.
  return publishedTops(settings.feedFolder).some(
    ({ division, top }) => (known.get(division) ?? -1) < top,
  );
}
