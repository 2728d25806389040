import { join } from 'node:path';
import { lastSettings } from '../content/kept-settings.ts';
import type { LibraryOptions } from '../content/library.ts';
import { openLibrary } from '../content/library.ts';
import { cupsSpooler } from '../papers/cups-spooler.ts';
import { openTicketPrinters } from '../printing/open-tickets.ts';
import { openStations } from '../stations/stations.ts';
import type { ReadableDb } from '../store/sql.ts';
import type { ExaminedDatabase, Premises, PrinterLook } from './check.ts';
import { type Computer, thisComputer } from './computer.ts';
import { openForReading } from './open-for-reading.ts';

/** Where and when to look. */
export interface Examination {
  readonly dataDir: string;
  readonly now: number;
  /** Code of the outlet; the profile's default when absent. */
  readonly station?: string | undefined;
  readonly computer?: Computer;
}

/**
 * Opens a data folder for the checks, for reading only and without its lock, so that it works while a host runs and when
 * none does. Close it after use.
 */
export function examine({ dataDir, now, station, computer = thisComputer }: Examination): {
  readonly premises: Premises;
  readonly close: () => void;
} {
  const databases = {
    station: openForReading(join(dataDir, 'station.sqlite')),
    cache: openForReading(join(dataDir, 'cache.sqlite')),
  };
  const place = placeOf(databases.cache, station, now);
  return {
    premises: {
      ...{ dataDir, now, computer, ...databases, place },
      ticketPrinters: () => askAll(place),
      paperPrinter: (queue) => cupsSpooler(queue).status(),
    },
    close: () => {
      for (const { db } of Object.values(databases)) db?.read.close();
    },
  };
}

/** The place of content in a cache. A cache that cannot answer has none; the check of databases says why. */
function placeOf(
  { db }: ExaminedDatabase,
  station: string | undefined,
  now: number,
): Premises['place'] {
  if (db === undefined) return undefined;
  try {
    const settings = lastSettings(db);
    if (settings === undefined) return undefined;
    const { profile, divisions } = settings;
    return placeIn(db, {
      ...{ db, profile, divisions, now: () => now },
      station: station ?? profile.defaultStation,
    });
  } catch {
    return undefined;
  }
}

function placeIn(db: ReadableDb, options: LibraryOptions): Premises['place'] {
  const library = openLibrary(options);
  return { profile: options.profile, library, stations: openStations(db, library) };
}

async function askAll(place: Premises['place']): Promise<PrinterLook[]> {
  const printers = place === undefined ? [] : openTicketPrinters(place.profile.printer);
  return Promise.all(
    printers.map(async ({ name, device }) => ({ name, state: await device.ask() })),
  );
}
