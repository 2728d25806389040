import { firstDayOf, type LawState, statesOf } from '#shared/laws/law-state.ts';
import { shortTitle } from '#shared/laws/law-title.ts';
import type { LawEvent, LawGenre, LawHeading } from '#shared/laws/parsed-law.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { keepReadings } from '../content/kept-readings.ts';
import { all, type ReadableDb, sql } from '../store/sql.ts';

/** A version of a law with its state today. */
export interface KnownLaw {
  /** Its row. */
  readonly n: number;
  readonly id: string;
  /** Plain title; versions of one law have the same. */
  readonly family: string;
  readonly title: string;
  readonly shortTitle: string;
  readonly genre: LawGenre;
  readonly category: string;
  readonly versionDate: LocalDate | undefined;
  readonly inForceFrom: LocalDate | undefined;
  readonly articles: number;
  readonly state: LawState;
}

/** All versions of all laws by their plain titles, the one to show first at the head of each. */
export interface LawCatalogue {
  readonly families: ReadonlyMap<string, readonly KnownLaw[]>;
  readonly byId: ReadonlyMap<string, KnownLaw>;
  readonly byNumber: ReadonlyMap<number, KnownLaw>;
}

/** Reads the catalogue, and again only when the database or the day changed. */
export function keepCatalogue(db: ReadableDb, today: () => LocalDate): () => LawCatalogue {
  const keep = keepReadings(db, today);
  return () => keep('laws', () => readCatalogue(db, today()));
}

interface Row {
  readonly n: number;
  readonly id: string;
  readonly family: string;
  readonly title: string;
  readonly genre: string;
  readonly category: string;
  readonly version_date: string | null;
  readonly in_force_from: string | null;
  readonly repeals: string;
  readonly articles: number;
}

function readCatalogue(db: ReadableDb, today: LocalDate): LawCatalogue {
  const rows = all<Row>(
    db,
    sql`select n, id, family, title, genre, category, version_date, in_force_from, repeals, articles from law order by id`,
  );
  const ends = repealsIn(rows);
  const families = new Map<string, readonly KnownLaw[]>();
  for (const [family, versions] of Map.groupBy(rows, (row) => row.family))
    families.set(
      family,
      statesOf(versions.map(datesOf), today, ends.get(family)).map(({ version, state }) =>
        knownLaw(version.row, state),
      ),
    );
  const known = [...families.values()].flat();
  return {
    families,
    byId: new Map(known.map((law) => [law.id, law])),
    byNumber: new Map(known.map((law) => [law.n, law])),
  };
}

function datesOf(row: Row) {
  return {
    id: row.id,
    versionDate: row.version_date ?? undefined,
    inForceFrom: row.in_force_from ?? undefined,
    row,
  };
}

function knownLaw(row: Row, state: LawState): KnownLaw {
  const { n, id, family, title, category, articles } = row;
  const { versionDate, inForceFrom } = datesOf(row);
  return {
    ...{ n, id, family, title, category, articles, versionDate, inForceFrom, state },
    genre: row.genre as LawGenre,
    shortTitle: shortTitle(title),
  };
}

/** The first day of the newest law that ends a law, by the plain title of the law that ends. */
function repealsIn(rows: readonly Row[]): Map<string, LocalDate> {
  const ends = new Map<string, LocalDate>();
  for (const row of rows) {
    const from = firstDayOf(datesOf(row));
    if (from === undefined) continue;
    // A new version that ends the old one of the same name ends it by following it.
    for (const family of (JSON.parse(row.repeals) as string[]).filter(
      (name) => name !== row.family,
    ))
      if ((ends.get(family) ?? '') < from) ends.set(family, from);
  }
  return ends;
}

/** The rest of a law's row, which lists do not need. */
export function lawDetails(db: ReadableDb, n: number) {
  const [row] = all<{ history: string; notes: string; outline: string }>(
    db,
    sql`select history, notes, outline from law where n = ${n}`,
  );
  return {
    history: JSON.parse(row?.history ?? '[]') as LawEvent[],
    notes: JSON.parse(row?.notes ?? '[]') as string[],
    outline: JSON.parse(row?.outline ?? '[]') as LawHeading[],
  };
}
