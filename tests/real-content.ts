import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type CalendarBody, calendarBodySchema } from '#shared/content/kinds/calendar.ts';
import { openLibrary } from '#station/content/library.ts';
import { loadPack } from '#station/content/load-pack.ts';
import { type ProfilePack, readProfilePack } from '#station/packs/profile-pack.ts';
import { openStations } from '#station/stations/stations.ts';
import { openDatabase } from '#station/store/open-database.ts';

const ASSETS = join(import.meta.dirname, '..', 'assets');

export const PROFILES = ['wuhua', 'bozhou', 'xigu', 'jilin', 'changzhou'] as const;
export type ProfileId = (typeof PROFILES)[number];

/** The folder of one of the five deployments. */
export function profileFolder(id: ProfileId): string {
  return join(ASSETS, 'profiles', id);
}

/** A deployment as shipped; throws when it has faults, naming the first. */
export function shippedPack(id: ProfileId): ProfilePack {
  const { pack, faults } = readProfilePack(profileFolder(id));
  if (pack === undefined) throw new Error(JSON.stringify(faults[0]));
  return pack;
}

/** Texts of the starter pack's files. */
export function starterFiles(): string[] {
  const folder = join(ASSETS, 'starter');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** The State Council's arrangement of 2026 as shipped. */
export function calendar2026(): CalendarBody {
  const file = parse(readFileSync(join(ASSETS, 'starter', 'calendar.yaml'), 'utf8')) as {
    records: { id: string; body: unknown }[];
  };
  return calendarBodySchema.parse(
    file.records.find((record) => record.id === 'calendar.2026')?.body,
  );
}

/** An instant of China's civil time, e.g. `2026-11-23 09:30`, in epoch milliseconds. */
export function chinaTime(text: string): number {
  return Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
}

/** A station on a pack, with a database in memory and a clock that stands where it is put. */
export function stationOn(pack: ProfilePack, time: string, code?: string) {
  const db = openDatabase(':memory:', 'cache');
  let now = chinaTime(time);
  loadPack(db, pack, 'test', now);
  const station = code ?? pack.profile.defaultStation;
  const library = openLibrary({
    db,
    profile: pack.profile,
    divisions: pack.divisions,
    station,
    now: () => now,
  });
  return {
    db,
    library,
    stations: openStations(db, library),
    at(later: string) {
      now = chinaTime(later);
    },
  };
}
