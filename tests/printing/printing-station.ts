import { vi } from 'vitest';
import { parsePrinterAddress } from '#shared/printing/printer-address.ts';
import { silentLog } from '#station/log/station-log.ts';
import { openPrinter } from '#station/printing/open-printer.ts';
import type { PrinterPatience } from '#station/printing/ticket-printer.ts';
import {
  openTicketPrinting,
  type TicketJob,
  type TicketPrinting,
} from '#station/printing/ticket-printing.ts';
import { transaction, type WritableDb } from '#station/store/sql.ts';
import { sampleTicket } from './sample-ticket.ts';

/** As patient as a test can be with a printer that is on the same computer. */
const PATIENCE: PrinterPatience = {
  open: 2000,
  answer: 300,
  send: 1500,
  print: 1500,
  look: 40,
  close: 1500,
};

/** A clock that a test sets. */
export interface TestClock {
  civil: number;
  up: number;
}

export const MORNING = Date.parse('2026-11-23T10:05:00+08:00');

/** Ticket printing on a database, with printers at these addresses, named 一号, 二号 …. */
export function printingOn(
  db: WritableDb,
  addresses: readonly string[],
  clock: TestClock = { civil: MORNING, up: 1_000_000 },
  patience: PrinterPatience = PATIENCE,
): TicketPrinting {
  return openTicketPrinting({
    db,
    printers: addresses.map((address, at) => {
      const parsed = parsePrinterAddress(address);
      if (parsed === undefined) throw new Error(`not an address: ${address}`);
      const name = `${'一二三'[at]}号`;
      return { name, paper: '80', device: openPrinter(parsed, patience) };
    }),
    clock: { now: () => clock.civil, uptime: () => clock.up },
    log: silentLog,
    maxAgeMs: 180_000,
    station: () => '华山街道公共法律服务工作站',
    changed: () => {},
    lookMs: 30,
    retryMs: 40,
  });
}

/** Takes a number as the queue does: the job in its transaction, sent after the commit. */
export function takeNumber(printing: TicketPrinting, db: WritableDb, number = 'A012'): string {
  const id = `job-${number}`;
  transaction(db, () => printing.printTicket(db, sampleTicket(number), id));
  printing.sendTicket(id);
  return id;
}

/** Waits until a job is in one of these states. */
export function jobIn(
  printing: TicketPrinting,
  id: string,
  ...states: readonly TicketJob['state'][]
): Promise<TicketJob> {
  return vi.waitUntil(() => {
    const job = printing.job(id);
    return states.includes(job.state) ? job : undefined;
  }, PATIENT) as Promise<TicketJob>;
}

export const PATIENT = { timeout: 30_000, interval: 10 };
