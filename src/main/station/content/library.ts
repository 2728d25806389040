import { type ContentRecord, isInForce } from '#shared/content/envelope.ts';
import { completenessOf, formatCompleteness } from '#shared/content/kind.ts';
import { type BodyOf, type KindName, kindNamed } from '#shared/content/kinds/index.ts';
import { localiseRecord } from '#shared/content/localise.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { PageLanguage, Provenance } from '#shared/contract/views.ts';
import type { Profile } from '#shared/profile/profile.ts';
import type { DivisionNames } from '#shared/stations/naming.ts';
import { addDays, type LocalDate, type LocalMoment, localMoment } from '#shared/time/local-date.ts';
import type { ReadableDb } from '../store/sql.ts';
import { allRecords, newestPublication, visibleRecord, visibleRecords } from './content-store.ts';
import { keepReadings } from './kept-readings.ts';

/** A record as a page shows it: body in the page's language, and where it comes from. */
export interface Shown<Body> {
  readonly body: Body;
  readonly provenance: Provenance;
}

/** What handlers read content through: this station, this moment. */
export interface Library {
  readonly profile: Profile;
  readonly divisions: DivisionNames;
  readonly station: string;
  readonly moment: () => LocalMoment;
  /** The day by which records are in force or not: the clock's, but never before the newest publication. */
  readonly contentDay: () => LocalDate;
  /** False when the clock stands so far behind the content that its battery must be dead (lessons, "Time"). */
  readonly isClockRight: () => boolean;
  readonly records: <Kind extends KindName>(kind: Kind) => readonly ContentRecord<BodyOf<Kind>>[];
  readonly record: <Kind extends KindName>(
    kind: Kind,
    id: string,
  ) => ContentRecord<BodyOf<Kind>> | undefined;
  /** Records of a kind that are in force anywhere in the place: a visitor may ask for any outlet and those who serve there. */
  readonly everywhere: <Kind extends KindName>(
    kind: Kind,
  ) => readonly ContentRecord<BodyOf<Kind>>[];
  /** The same, with those that are over or yet to come. */
  readonly ever: <Kind extends KindName>(kind: Kind) => readonly ContentRecord<BodyOf<Kind>>[];
  /** All records of a kind for the pages, by their `order` where they have one. */
  readonly shown: <Kind extends KindName>(
    kind: Kind,
    language: PageLanguage,
  ) => Shown<BodyOf<Kind>>[];
  /** One record for a page; throws `StationError('not-found')`. */
  readonly shownOne: <Kind extends KindName>(
    kind: Kind,
    id: string,
    language: PageLanguage,
  ) => Shown<BodyOf<Kind>>;
}

export interface LibraryOptions {
  readonly db: ReadableDb;
  readonly profile: Profile;
  readonly divisions: DivisionNames;
  readonly station: string;
  readonly now: () => number;
}

/** How far behind the newest publication a clock may be and still be believed: a date of publication may lie ahead. */
const CLOCK_TOLERANCE_DAYS = 60;

/** Opens the library of a station. Profile and divisions are looked up at each call: they change with the records. */
export function openLibrary(options: LibraryOptions): Library {
  const { db, station, now } = options;
  const moment = () => localMoment(now());
  const published = keepReadings(db, () => '');
  const newest = () => published('newest', () => newestPublication(db)?.slice(0, 10) ?? '');
  // What was published cannot lie in the future: a clock that fell back must not make content vanish.
  const today = () => [moment().date, newest()].sort().at(-1) ?? moment().date;
  const audience = () => ({ station, today: today() });
  const keep = keepReadings(db, today);
  const recordsOf = <Kind extends KindName>(kind: Kind) =>
    keep(kind, () => visibleRecords(db, kind, audience()));
  const ever = <Kind extends KindName>(kind: Kind) =>
    keep(`${kind} ever`, () => allRecords(db, kind));
  return {
    get profile() {
      return options.profile;
    },
    get divisions() {
      return options.divisions;
    },
    station,
    moment,
    contentDay: today,
    isClockRight: () =>
      newest() === '' || moment().date >= addDays(newest(), -CLOCK_TOLERANCE_DAYS),
    records: recordsOf,
    record: (kind, id) => visibleRecord(db, kind, id, audience()),
    everywhere: (kind) =>
      keep(`${kind} everywhere`, () => {
        const day = today();
        return ever(kind).filter((record) => isInForce(record, day));
      }),
    ever,
    shown: (kind, language) => [
      ...keep(`${kind} ${language}`, () =>
        recordsOf(kind)
          .map((record) => show(kind, record, language))
          .sort(byOrder),
      ),
    ],
    shownOne: (kind, id, language) => {
      const record = visibleRecord(db, kind, id, audience());
      if (record === undefined) throw new StationError('not-found');
      return show(kind, record, language);
    },
  };
}

/** Turns a record into what a page gets. */
export function show<Kind extends KindName>(
  kind: Kind,
  record: ContentRecord<BodyOf<Kind>>,
  language: PageLanguage,
): Shown<BodyOf<Kind>> {
  const localised = localiseRecord(record, language);
  const completeness = completenessOf(kindNamed(kind), record);
  return {
    body: localised.body,
    provenance: {
      id: record.id,
      version: record.version,
      source: record.source,
      responsibleBody: record.responsibleBody,
      reviewer: record.reviewer,
      publishedAt: record.publishedAt,
      effectiveFrom: record.effectiveFrom,
      validUntil: record.validUntil,
      completeness: formatCompleteness(completeness),
      complete: completeness.missing.length === 0,
      confirm: record.confirm,
      language: localised.language,
    },
  };
}

function byOrder(a: Shown<unknown>, b: Shown<unknown>): number {
  return orderOf(a.body) - orderOf(b.body) || (a.provenance.id < b.provenance.id ? -1 : 1);
}

function orderOf(body: unknown): number {
  const order = (body as { order?: unknown }).order;
  return typeof order === 'number' ? order : 0;
}
