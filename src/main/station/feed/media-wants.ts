import { divisionOf, scopeChain } from '#shared/content/scope.ts';
import { fileNamedBy, type NamedFile } from '#shared/feed/feed-media.ts';
import { mediaFileName } from '#shared/media/media-path.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { allRecords } from '../content/content-store.ts';
import { feedDivisions } from '../content/feed-divisions.ts';
import type { ReadableDb } from '../store/sql.ts';

/** A file that a terminal should have, and the division whose record names it. */
export interface WantedMedia {
  readonly division: string;
  readonly file: NamedFile;
}

/**
 * The files of records that came by the feed and that this terminal shows, or will show: what is written for a coming day is
 * fetched before it, what is over is not fetched any more. Each once.
 */
export function mediaWanted(db: ReadableDb, station: string, today: LocalDate): WantedMedia[] {
  const chain = scopeChain(station);
  const fed = feedDivisions(db);
  const wanted = allRecords(db, 'media')
    .filter(({ scope, validUntil }) => chain.includes(scope) && (validUntil ?? today) >= today)
    .map((record) => ({ division: divisionOf(record.scope), file: fileNamedBy(record) }))
    .flatMap(({ division, file }) =>
      file === undefined || !fed.has(division) ? [] : [{ division, file }],
    );
  return [...new Map(wanted.map((one) => [mediaFileName(one.file), one])).values()];
}

/** Names of all files that any record on this terminal names, of whatever place and day. */
export function mediaNamed(db: ReadableDb): ReadonlySet<string> {
  return new Set(
    allRecords(db, 'media').flatMap((record) => {
      const file = fileNamedBy(record);
      return file === undefined ? [] : [mediaFileName(file)];
    }),
  );
}
