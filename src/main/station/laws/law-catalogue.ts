import { KNOWN_REPEALS, KNOWN_REVISIONS } from '#shared/laws/known-changes.ts';
import { explainedLaw, firstDayOf, type LawState, statesOf } from '#shared/laws/law-state.ts';
import { shortTitle } from '#shared/laws/law-title.ts';
import type { LawEvent, LawGenre, LawHeading } from '#shared/laws/parsed-law.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { keepReadings } from '../content/kept-readings.ts';
import type { Library } from '../content/library.ts';
import { writtenJson } from '../store/damage.ts';
import { all, type ReadableDb, sql } from '../store/sql.ts';
import { versionsCited, yearOf } from './content-citations.ts';

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
  /** Versions of it that are known to be newer than any here: 2025年修订. */
  readonly newerKnown: readonly string[];
}

/** All versions of all laws by their plain titles, the one to show first at the head of each. */
export interface LawCatalogue {
  readonly families: ReadonlyMap<string, readonly KnownLaw[]>;
  readonly byId: ReadonlyMap<string, KnownLaw>;
  readonly byNumber: ReadonlyMap<number, KnownLaw>;
}

/** Reads the catalogue, and again only when the database or the day changed. */
export function keepCatalogue(db: ReadableDb, library: Library): () => LawCatalogue {
  const keep = keepReadings(db, library.contentDay);
  return () => keep('laws', () => readCatalogue(db, library));
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

function readCatalogue(db: ReadableDb, library: Library): LawCatalogue {
  const rows = all<Row>(
    db,
    sql`select n, id, family, title, genre, category, version_date, in_force_from, repeals, articles from law order by id`,
  );
  const today = library.contentDay();
  const ends = repealsIn(db, rows);
  const cited = versionsCited(library);
  const families = new Map<string, readonly KnownLaw[]>();
  for (const [family, versions] of Map.groupBy(rows, (row) => row.family)) {
    const newer = newerThan(versions, cited.get(family) ?? [], today);
    const states = statesOf(versions.map(datesOf), today, {
      repealedFrom: ends.get(family),
      baselessFrom: baselessFrom(versions, ends),
      isOutdated: newer.length > 0,
    });
    families.set(
      family,
      states.map(({ version, state }) => knownLaw(version.row, state, newer)),
    );
  }
  const known = [...families.values()].flat();
  return {
    families,
    byId: new Map(known.map((law) => [law.id, law])),
    byNumber: new Map(known.map((law) => [law.n, law])),
  };
}

/** Versions that hold today, or on which content rests, and that are younger than every version here. */
function newerThan(
  versions: readonly Row[],
  cited: readonly string[],
  today: LocalDate,
): readonly string[] {
  const family = versions[0]?.family;
  const known = KNOWN_REVISIONS.filter(
    ({ law, inForceFrom }) => law === family && inForceFrom <= today,
  ).map(({ version }) => version);
  const newest = Math.max(...versions.map(yearOfText));
  // The same version is named in several ways.
  const byYear = new Map([...cited, ...known].map((version) => [yearOf(version), version]));
  return [...byYear].filter(([year]) => year > newest).map(([, version]) => version);
}

/** An interpretation is adopted in one year and published in the next: either may name it. Undated texts are never old. */
function yearOfText({ version_date: made, in_force_from: from }: Row): number {
  return made === null
    ? Number.POSITIVE_INFINITY
    : yearOf(from !== null && from > made ? from : made);
}

/** First day without the law that an interpretation explains; nothing for other texts. */
function baselessFrom(
  [row]: readonly Row[],
  ends: ReadonlyMap<string, LocalDate>,
): LocalDate | undefined {
  const base = row?.genre === 'interpretation' ? explainedLaw(row.title) : undefined;
  return base === undefined ? undefined : ends.get(base);
}

function datesOf(row: Row) {
  return {
    id: row.id,
    versionDate: row.version_date ?? undefined,
    inForceFrom: row.in_force_from ?? undefined,
    row,
  };
}

function knownLaw(row: Row, state: LawState, newerKnown: readonly string[]): KnownLaw {
  const { n, id, family, title, category, articles } = row;
  const { versionDate, inForceFrom } = datesOf(row);
  return {
    ...{ n, id, family, title, category, articles, versionDate, inForceFrom, state, newerKnown },
    genre: row.genre as LawGenre,
    shortTitle: shortTitle(title),
  };
}

/** The first day of the newest law that ends a law, by the plain title of the law that ends. */
function repealsIn(db: ReadableDb, rows: readonly Row[]): Map<string, LocalDate> {
  const ends = new Map(KNOWN_REPEALS.map(({ law, from }) => [law, from]));
  for (const row of rows) {
    const from = firstDayOf(datesOf(row));
    if (from === undefined) continue;
    // A new version that ends the old one of the same name ends it by following it.
    for (const family of (writtenJson(db.read, 'law', row.repeals, []) as string[]).filter(
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
    history: writtenJson(db.read, 'law', row?.history ?? '[]', []) as LawEvent[],
    notes: writtenJson(db.read, 'law', row?.notes ?? '[]', []) as string[],
    outline: writtenJson(db.read, 'law', row?.outline ?? '[]', []) as LawHeading[],
  };
}
