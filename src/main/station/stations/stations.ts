import { type ContentRecord, isInForce } from '#shared/content/envelope.ts';
import type { CalendarBody } from '#shared/content/kinds/calendar.ts';
import type { HoursBody } from '#shared/content/kinds/hours.ts';
import type { BusinessLine } from '#shared/content/kinds/service.ts';
import type { StationBody } from '#shared/content/kinds/station.ts';
import { StationError } from '#shared/contract/errors.ts';
import type { PageLanguage, StationView } from '#shared/contract/views.ts';
import type { DutyDay } from '#shared/stations/duty-roster.ts';
import { outletName } from '#shared/stations/naming.ts';
import { type HoursOf, hoursOn, openState, weekOf } from '#shared/stations/opening-hours.ts';
import { addDays, type LocalDate, weekdayOf } from '#shared/time/local-date.ts';
import { dayKind } from '#shared/time/working-days.ts';
import { allOutlets, visibleRecords } from '../content/content-store.ts';
import { type Library, show } from '../content/library.ts';
import type { ReadableDb } from '../store/sql.ts';

type Outlet = ContentRecord<StationBody>;

/** The State Council announces a year's holidays in November of the year before. */
const ANNOUNCED_AHEAD_DAYS = 62;

/** What there is to say about outlets: this one, any other, and all of them. */
export interface Stations {
  readonly current: (language: PageLanguage) => StationView;
  readonly get: (code: string, language: PageLanguage) => StationView;
  readonly list: () => {
    code: string;
    name: string;
    level: StationBody['level'];
    address?: string | undefined;
    phone?: string | undefined;
  }[];
  /** Windows of this station that take a business. */
  readonly windowsFor: (line: BusinessLine, language: PageLanguage) => StationView['windows'];
  /** A day as this station works on it, for its roster. */
  readonly dutyDay: (date: LocalDate) => DutyDay;
  readonly name: () => string;
  readonly level: () => StationBody['level'];
}

/** Reads outlets from the cache. Throws `StationError('not-found')` for a code that no outlet has. */
export function openStations(db: ReadableDb, library: Library): Stations {
  const calendars = (language: PageLanguage) => announcedCalendars(db, library, language);
  const current = () => outletWithCode(db, library.station);
  const hours = (code: string): HoursOf =>
    library.isClockRight() ? hoursFor(db, library, code) : () => undefined;
  return {
    current: (language) =>
      stationView(library, current(), hours(library.station), calendars(language), language),
    get: (code, language) =>
      stationView(
        library,
        openOutlet(db, library, code),
        hours(code),
        calendars(language),
        language,
      ),
    list: () =>
      openOutlets(db, library).map((outlet) => ({
        code: outlet.body.code,
        name: nameOf(library, outlet.body),
        level: outlet.body.level,
        address: outlet.body.address,
        phone: outlet.body.phone,
      })),
    windowsFor: (line, language) =>
      show('station', current(), language).body.windows.filter((window) =>
        window.lines.includes(line),
      ),
    dutyDay: (date) => dutyDayOf(hours(library.station)(date), calendars('zh-CN'), date),
    name: () => nameOf(library, current().body),
    level: () => current().body.level,
  };
}

function stationView(
  library: Library,
  outlet: Outlet,
  hours: HoursOf,
  calendars: CalendarBody[],
  language: PageLanguage,
): StationView {
  const moment = library.moment();
  const { body, provenance } = show('station', outlet, language);
  return {
    code: body.code,
    level: body.level,
    name: nameOf(library, body),
    district: library.divisions.get(library.profile.district) ?? '',
    justiceBureau: library.profile.justiceBureau,
    address: body.address,
    phone: body.phone,
    gettingThere: body.gettingThere,
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
  };
}

function nameOf(library: Library, body: StationBody): string {
  return outletName(library.profile.naming, library.divisions, body);
}

/** Outlets that exist today; one that has closed for good is no longer listed. */
function openOutlets(db: ReadableDb, library: Library): Outlet[] {
  const day = library.contentDay();
  return allOutlets(db).filter((outlet) => isInForce(outlet, day));
}

function outletWithCode(db: ReadableDb, code: string): Outlet {
  const outlet = allOutlets(db).find((candidate) => candidate.body.code === code);
  if (outlet === undefined) throw new StationError('not-found');
  return outlet;
}

function openOutlet(db: ReadableDb, library: Library, code: string): Outlet {
  const outlet = outletWithCode(db, code);
  if (!isInForce(outlet, library.contentDay())) throw new StationError('not-found');
  return outlet;
}

/** Hours are content of the outlet's own scope, so another outlet's are read with its chain. */
function hoursFor(db: ReadableDb, library: Library, code: string): HoursOf {
  const known = new Map<LocalDate, HoursBody | undefined>();
  return (date) => {
    const today = [date, library.contentDay()].sort().at(-1) ?? date;
    if (!known.has(today))
      known.set(
        today,
        visibleRecords(db, 'hours', { station: code, today }).find(
          (record) => record.body.station === code,
        )?.body,
      );
    return known.get(today);
  };
}

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
): DutyDay {
  if (hours === undefined) {
    const { working, makeUp } = dayKind(calendars, date);
    return { date, weekday: makeUp === true ? 1 : weekdayOf(date), isOpen: working };
  }
  const { weekday, periods } = hoursOn(hours, calendars, date);
  return { date, weekday, isOpen: periods.length > 0 };
}
