import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { StationError } from '#shared/contract/errors.ts';
import type { DoctorReport } from '#shared/health/finding.ts';
import type { UpkeepDay } from '#shared/health/upkeep-day.ts';
import { healthSlip } from '#shared/printing/health-slip.ts';
import { localMoment } from '#shared/time/local-date.ts';
import type { Library } from '../content/library.ts';
import { cupsSpooler } from '../papers/cups-spooler.ts';
import type { TicketJob, TicketPrinting } from '../printing/ticket-printing.ts';
import type { Stations } from '../stations/stations.ts';
import { writeAudit } from '../store/audit.ts';
import { type ReadableDb, transaction, type WritableDb } from '../store/sql.ts';
import type { Premises } from './check.ts';
import { thisComputer } from './computer.ts';
import { runDoctor } from './run-doctor.ts';
import { hasUpkeepDay, upkeepDays, writeUpkeepDay } from './upkeep-log.ts';

/** The self-test of a running terminal. */
export interface Health {
  readonly doctor: () => Promise<DoctorReport>;
  /** Prints the self-test. `actor` is the person of the staff who asks; throws `StationError('no-printer')`. */
  readonly printSlip: (actor: string) => Promise<TicketJob>;
  readonly log: (days: number) => UpkeepDay[];
  /** Writes the day's line of the upkeep log, unless it has one. */
  readonly inspect: () => Promise<void>;
}

export interface HealthOptions {
  readonly dataDir: string;
  readonly db: WritableDb;
  readonly cache: ReadableDb;
  readonly library: Library;
  readonly stations: Stations;
  readonly tickets: TicketPrinting;
  readonly now: () => number;
  readonly programVersion: string;
}

/** Opens the self-test on the databases and printers that the host has open already. */
export function openHealth(options: HealthOptions): Health {
  const { db, stations, tickets, now, programVersion } = options;
  const doctor = () => runDoctor(premisesOf(options), programVersion);
  return {
    doctor,
    printSlip: async (actor) => {
      const report = await doctor();
      const id = randomUUID();
      const isWritten = transaction(db, () => {
        if (!tickets.printTicket(db, healthSlip(report, stations.name()), id)) return false;
        writeAudit(db, { at: now(), actor, action: 'self-test-printed', subject: id });
        return true;
      });
      if (!isWritten) throw new StationError('no-printer');
      tickets.sendTicket(id);
      return tickets.job(id);
    },
    log: (days) => upkeepDays(db, days),
    inspect: async () => {
      if (!hasUpkeepDay(db, localMoment(now()).date)) writeUpkeepDay(db, await doctor());
    },
  };
}

function premisesOf({
  dataDir,
  db,
  cache,
  library,
  stations,
  tickets,
  now,
}: HealthOptions): Premises {
  return {
    ...{ dataDir, now: now(), computer: thisComputer },
    station: { path: join(dataDir, 'station.sqlite'), db },
    cache: { path: join(dataDir, 'cache.sqlite'), db: cache },
    place: { profile: library.profile, library, stations },
    ticketPrinters: async () => tickets.printers().printers,
    paperPrinter: (queue) => cupsSpooler(queue).status(),
  };
}
