import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePrinterAddress } from '#shared/printing/printer-address.ts';
import { silentLog } from '#station/log/station-log.ts';
import { printClock } from '#station/printing/clock.ts';
import { openPrinter } from '#station/printing/open-printer.ts';
import { slipBytes } from '#station/printing/slip-bytes.ts';
import { openTicketPrinting, type TicketPrinting } from '#station/printing/ticket-printing.ts';
import { openDatabase } from '#station/store/open-database.ts';
import { transaction, type WritableDb } from '#station/store/sql.ts';
import { type PrinterDouble, startPrinterDouble } from '../printing/printer-double.ts';
import { sampleTicket } from '../printing/sample-ticket.ts';

/** Times in milliseconds, pairwise from the same run. */
export interface PrintingTimes {
  /** From the start of the transaction that writes the job to the last byte at the printer. */
  readonly ticketMs: readonly number[];
  /** From the opening of a bare connection to the last byte of the same ticket. */
  readonly rawMs: readonly number[];
  /** Tickets an hour when all are taken at once. */
  readonly anHour: number;
}

/** Measures ticket printing on a database on disk and a printer on a port of this computer. */
export async function printingTimes(pairs: number, rush: number): Promise<PrintingTimes> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-printing-'));
  const db = openDatabase(join(folder, 'station.sqlite'), 'station');
  const printer = await startPrinterDouble();
  const tickets = open(db, printer.address);
  try {
    const ticketMs: number[] = [];
    const rawMs: number[] = [];
    for (let at = 0; at < pairs; at += 1) {
      rawMs.push(await raw(printer));
      ticketMs.push(await ticket(tickets, db, printer, `pair-${at}`));
    }
    const began = performance.now();
    const ids = Array.from({ length: rush }, (_, at) => `rush-${at}`);
    for (const id of ids) take(tickets, db, id);
    for (const id of ids) await printed(tickets, id);
    const anHour = (rush / (performance.now() - began)) * 3_600_000;
    return { ticketMs, rawMs, anHour };
  } finally {
    await tickets.close();
    await printer.close();
    db.write.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function open(db: WritableDb, address: string): TicketPrinting {
  const parsed = parsePrinterAddress(address);
  if (parsed === undefined) throw new Error('no address');
  return openTicketPrinting({
    db,
    printers: [{ name: '取号机', paper: '80', device: openPrinter(parsed) }],
    clock: printClock(Date.now),
    log: silentLog,
    maxAgeMs: 600_000,
    station: () => '',
    changed: () => {},
  });
}

function take(tickets: TicketPrinting, db: WritableDb, id: string): void {
  transaction(db, () => tickets.printTicket(db, sampleTicket(), id));
  tickets.sendTicket(id);
}

async function ticket(
  tickets: TicketPrinting,
  db: WritableDb,
  printer: PrinterDouble,
  id: string,
): Promise<number> {
  const began = performance.now();
  take(tickets, db, id);
  await printed(tickets, id);
  return printer.lastByteAt() - began;
}

async function printed(tickets: TicketPrinting, id: string): Promise<void> {
  for (;;) {
    const { state } = tickets.job(id);
    if (state === 'printed') return;
    if (state !== 'queued' && state !== 'sending') throw new Error(`ticket is ${state}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** The same bytes written to a bare connection; printed when the printer ends it in turn. */
async function raw(printer: PrinterDouble): Promise<number> {
  const bytes = slipBytes(sampleTicket(), '80');
  const began = performance.now();
  const socket = connect({ port: printer.port, host: '127.0.0.1', noDelay: true });
  socket.resume();
  socket.end(bytes);
  await once(socket, 'close');
  return printer.lastByteAt() - began;
}
