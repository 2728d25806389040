import { type ContentRecord, isInForce } from '#shared/content/envelope.ts';
import type { CalendarBody } from '#shared/content/kinds/calendar.ts';
import type { HoursBody } from '#shared/content/kinds/hours.ts';
import type { BusinessLine } from '#shared/content/kinds/service.ts';
import type { StationBody } from '#shared/content/kinds/station.ts';
import { divisionOf, isInScope } from '#shared/content/scope.ts';
import { StationError } from '#shared/contract/errors.ts';
import type {
  OutletAbove,
  PageLanguage,
  StationSummary,
  StationView,
} from '#shared/contract/views.ts';
import type { DutyDay } from '#shared/stations/duty-roster.ts';
import { outletName } from '#shared/stations/naming.ts';
import {
  type DayHours,
  type HoursOf,
  hoursOn,
  openState,
  weekOf,
} from '#shared/stations/opening-hours.ts';
import { wayUp } from '#shared/stations/way-up.ts';
import { addDays, type LocalDate, weekdayOf } from '#shared/time/local-date.ts';
import { dayKind } from '#shared/time/working-days.ts';
import { allOutlets, visibleRecords } from '../content/content-store.ts';
import { keepReadings } from '../content/kept-readings.ts';
import { type Library, show } from '../content/library.ts';
import type { ReadableDb } from '../store/sql.ts';

type Outlet = ContentRecord<StationBody>;
/** The record of an outlet's hours that holds on a day. */
type HoursRecordOf = (date: LocalDate) => ContentRecord<HoursBody> | undefined;

/** The State Council announces a year's holidays in November of the year before. */
const ANNOUNCED_AHEAD_DAYS = 62;

/** What there is to say about outlets: this one, any other, and all of them. */
export interface Stations {
  readonly current: (language: PageLanguage) => StationView;
  readonly get: (code: string, language: PageLanguage) => StationView;
  /** All outlets of the place with their state at this moment. */
  readonly list: () => StationSummary[];
  readonly count: () => number;
  /** Windows of this station that take a business. */
  readonly windowsFor: (line: BusinessLine, language: PageLanguage) => StationView['windows'];
  /** The nearest outlet above this one with windows that take a business, for one that no window here takes. */
  readonly above: (line: BusinessLine, language: PageLanguage) => OutletAbove | undefined;
  /** A day as this station works on it, for its roster. */
  readonly dutyDay: (date: LocalDate) => DutyDay;
  /** The same for every outlet, as it is known now, with the periods at which it is open; none where they are not known. */
  readonly dutyDays: () => (code: string, date: LocalDate) => DutyDay & Pick<DayHours, 'periods'>;
  readonly name: () => string;
  readonly level: () => StationBody['level'];
}

/** Reads outlets from the cache. Throws `StationError('not-found')` for a code that no outlet has. */
export function openStations(db: ReadableDb, library: Library): Stations {
  const calendars = (language: PageLanguage) => announcedCalendars(db, library, language);
  // Every touch asks for this outlet; hundreds are not read and parsed for it each time.
  const keep = keepReadings(db, () => '');
  const outlet = (code: string) =>
    outletWithCode(
      keep('outlets', () => allOutlets(db)),
      code,
    );
  const current = () => outlet(library.station);
  const hours = (code: string): HoursRecordOf => knownHours(library)(code);
  return {
    current: (language) =>
      stationView(library, current(), hours(library.station), calendars(language), language),
    get: (code, language) =>
      stationView(
        library,
        openOutlet(outlet(code), library),
        hours(code),
        calendars(language),
        language,
      ),
    list: () => summariesOf(library, library.everywhere('station'), calendars('zh-CN')),
    count: () => library.everywhere('station').length,
    windowsFor: (line, language) => windowsOf(current(), line, language),
    above: (line, language) => {
      const outlets = new Map(library.everywhere('station').map((one) => [one.body.code, one]));
      const bodies = [...outlets.values()].map(({ body }) => body);
      const outlet = wayUp(bodies, current().body)
        .filter(({ code }) => code !== library.station)
        .flatMap(({ code }) => outlets.get(code) ?? [])
        .find((candidate) => windowsOf(candidate, line, language).length > 0);
      if (outlet === undefined) return undefined;
      const [summary] = summariesOf(library, [outlet], calendars('zh-CN'));
      return summary && { outlet: summary, windows: windowsOf(outlet, line, language) };
    },
    dutyDay: (date) => {
      const known = hours(library.station)(date);
      const { weekday, isOpen } = dutyDayOf(known?.body, calendars('zh-CN'), date);
      return { date, weekday, isOpen };
    },
    dutyDays: () => {
      const known = knownHours(library);
      const days = calendars('zh-CN');
      return (code, date) => dutyDayOf(known(code)(date)?.body, days, date);
    },
    name: () => nameOf(library, current().body),
    level: () => current().body.level,
  };
}

function summariesOf(
  library: Library,
  outlets: readonly Outlet[],
  calendars: CalendarBody[],
): StationSummary[] {
  const moment = library.moment();
  const known = knownHours(library);
  return outlets.map(({ body }) => ({
    code: body.code,
    name: nameOf(library, body),
    level: body.level,
    address: body.address,
    phone: body.phone,
    area: areaOf(library, body.code),
    open: openState(bodiesOf(known(body.code)), calendars, moment),
  }));
}

function windowsOf(outlet: Outlet, line: BusinessLine, language: PageLanguage) {
  const { windows } = show('station', outlet, language).body;
  return windows.filter((window) => window.lines.includes(line));
}

function stationView(
  library: Library,
  outlet: Outlet,
  hoursRecord: HoursRecordOf,
  calendars: CalendarBody[],
  language: PageLanguage,
): StationView {
  const moment = library.moment();
  const { body, provenance } = show('station', outlet, language);
  const hours = bodiesOf(hoursRecord);
  const today = hoursRecord(moment.date);
  return {
    code: body.code,
    level: body.level,
    name: nameOf(library, body),
    district: library.divisions.get(library.profile.district) ?? '',
    justiceBureau: library.profile.justiceBureau,
    address: body.address,
    phone: body.phone,
    gettingThere: body.gettingThere,
    serves: body.serves.map((code) => library.divisions.get(code) ?? code),
    floorPlan: body.floorPlan,
    windows: body.windows,
    barrierFree: body.barrierFree,
    web: body.web ?? library.profile.platform,
    open: openState(hours, calendars, moment),
    week: weekOf(hours, calendars, moment.date).map((day) => ({
      ...day,
      periods: [...day.periods],
      weekday: weekdayOf(day.date),
    })),
    holidaysKnown: dayKind(calendars, addDays(moment.date, 7)).known,
    provenance,
    hoursProvenance: today && show('hours', today, language).provenance,
  };
}

function nameOf(library: Library, body: StationBody): string {
  return outletName(library.profile.naming, library.divisions, body);
}

/** The street that an outlet stands in, or the division above where it is of a whole district or city. */
export function areaOf(library: Library, code: string): StationSummary['area'] {
  const area = divisionOf(code).slice(0, STREET_DIGITS);
  return { code: area, name: library.divisions.get(area) ?? area };
}

const STREET_DIGITS = 9;

function outletWithCode(outlets: readonly Outlet[], code: string): Outlet {
  const outlet = outlets.find((candidate) => candidate.body.code === code);
  if (outlet === undefined) throw new StationError('not-found');
  return outlet;
}

function openOutlet(outlet: Outlet, library: Library): Outlet {
  if (!isInForce(outlet, library.contentDay())) throw new StationError('not-found');
  return outlet;
}

/**
 * Hours by outlet and day: of its own scope, or of one above; the narrowest holds. None while the clock is wrong. Gathered
 * once for all outlets, because a list asks for each of them.
 */
function knownHours(library: Library): (code: string) => HoursRecordOf {
  if (!library.isClockRight()) return () => () => undefined;
  const contentDay = library.contentDay();
  const narrowestFirst = library
    .ever('hours')
    .filter(({ scope, body }) => isInScope(scope, body.station))
    .toSorted((a, b) => b.scope.length - a.scope.length);
  const byOutlet = Map.groupBy(narrowestFirst, ({ body }) => body.station);
  return (code) => (date) => {
    const day = [date, contentDay].sort().at(-1) ?? date;
    return byOutlet.get(code)?.find((record) => isInForce(record, day));
  };
}

const bodiesOf =
  (records: HoursRecordOf): HoursOf =>
  (date) =>
    records(date)?.body;

/** Holidays of next year count from their announcement, not from its first day. */
function announcedCalendars(
  db: ReadableDb,
  library: Library,
  language: PageLanguage,
): CalendarBody[] {
  const today = library.contentDay();
  const found = [addDays(today, ANNOUNCED_AHEAD_DAYS), today].flatMap((day) =>
    visibleRecords(db, 'calendar', { station: library.station, today: day }),
  );
  const byId = new Map(found.map((record) => [record.id, record]));
  return [...byId.values()].map((record) => show('calendar', record, language).body);
}

/** Without known hours a station is taken to work as offices do. */
function dutyDayOf(
  hours: HoursBody | undefined,
  calendars: CalendarBody[],
  date: LocalDate,
): DutyDay & Pick<DayHours, 'periods'> {
  if (hours === undefined) {
    const { working, makeUp } = dayKind(calendars, date);
    return { date, weekday: makeUp === true ? 1 : weekdayOf(date), isOpen: working, periods: [] };
  }
  const { weekday, periods } = hoursOn(hours, calendars, date);
  return { date, weekday, isOpen: periods.length > 0, periods };
}
