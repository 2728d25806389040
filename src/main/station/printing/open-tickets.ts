import { parsePrinterAddress } from '#shared/printing/printer-address.ts';
import type { Profile } from '#shared/profile/profile.ts';
import type { StationLog } from '../log/station-log.ts';
import type { WritableDb } from '../store/sql.ts';
import { printClock } from './clock.ts';
import { openPrinter } from './open-printer.ts';
import type { NamedPrinter } from './printer-pool.ts';
import { openTicketPrinting, type TicketPrinting } from './ticket-printing.ts';

export interface TicketOptions {
  readonly db: WritableDb;
  readonly printer: Profile['printer'];
  readonly station: () => string;
  readonly now: () => number;
  readonly log: StationLog;
  readonly changed: () => void;
}

/** Opens ticket printing as the profile sets it up. */
export function openTickets({ printer, now, ...rest }: TicketOptions): TicketPrinting {
  const printers = openTicketPrinters(printer);
  const maxAgeMs = printer.ticketMinutes * 60_000;
  return openTicketPrinting({ ...rest, printers, maxAgeMs, clock: printClock(now) });
}

/** The ticket printers of a profile. Nothing is opened before one is asked or prints. */
export function openTicketPrinters(printer: Profile['printer']): NamedPrinter[] {
  return printer.tickets.flatMap(({ name, address, paper }): NamedPrinter[] => {
    const parsed = parsePrinterAddress(address);
    return parsed === undefined ? [] : [{ name, paper, device: openPrinter(parsed) }];
  });
}
