import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { parsePrinterAddress } from '#shared/printing/printer-address.ts';
import { slipBytes } from '#station/printing/slip-bytes.ts';
import type { TicketPrinting } from '#station/printing/ticket-printing.ts';
import { first, sql } from '#station/store/sql.ts';
import {
  freePort,
  type PrivateCups,
  startPrinterDouble as startPaperTaker,
  startPrivateCups,
} from '../station/papers/private-cups.ts';
import { type TemporaryStation, temporaryStation } from '../station/papers/temporary-station.ts';
import { startPrinterDouble } from './printer-double.ts';
import { jobIn, PATIENT, printingOn, takeNumber } from './printing-station.ts';
import { serialLineTo } from './pseudo-terminal.ts';
import { sampleTicket } from './sample-ticket.ts';

let station: TemporaryStation;
const opened: TicketPrinting[] = [];
beforeEach(() => {
  station = temporaryStation();
});
afterEach(async () => {
  for (const tickets of opened.splice(0)) await tickets.close();
  station.remove();
});

function printing(address: string, patience?: Parameters<typeof printingOn>[3]): TicketPrinting {
  const tickets = printingOn(station.db, [address], undefined, patience);
  opened.push(tickets);
  return tickets;
}

test.each([
  ['tcp://192.168.1.50:9100', { type: 'tcp', host: '192.168.1.50', port: 9100, answers: true }],
  ['tcp://printer', { type: 'tcp', host: 'printer', port: 9100, answers: true }],
  ['tcp://[fe80::1]:9100', { type: 'tcp', host: 'fe80::1', port: 9100, answers: true }],
  ['tcp://p:9100?status=none', { type: 'tcp', host: 'p', port: 9100, answers: false }],
  [
    'serial:/dev/ttyUSB0?baud=115200',
    { type: 'serial', path: '/dev/ttyUSB0', baud: 115_200, answers: true },
  ],
  ['serial:COM3', { type: 'serial', path: 'COM3', baud: 9600, answers: true }],
  [
    'serial:/dev/ttyS0?baud=9600&status=none',
    { type: 'serial', path: '/dev/ttyS0', baud: 9600, answers: false },
  ],
  ['file:/dev/usb/lp0', { type: 'file', path: '/dev/usb/lp0' }],
  ['cups:desk', { type: 'cups', queue: 'desk' }],
  ['preview:', { type: 'preview' }],
])('%s is read', (text, address) => {
  expect(parsePrinterAddress(text)).toEqual(address);
});

test.each([
  '',
  'tcp://',
  'tcp://h:0',
  'tcp://h:70000',
  'http://h',
  'cups:a b',
  'file:lp0',
  'preview',
  'serial:/dev/tty;rm',
])('%j is no address', (text) => {
  expect(parsePrinterAddress(text)).toBeUndefined();
});

test('the virtual printer takes every slip', async () => {
  const tickets = printing('preview:');
  await vi.waitUntil(() => tickets.printers().state === 'ready', PATIENT);
  expect(await jobIn(tickets, takeNumber(tickets, station.db), 'printed')).toMatchObject({
    reason: '',
  });
});

describe('a serial line', () => {
  test('carries tickets and the printer’s answers; unplugged, the printer is offline', async () => {
    const double = await startPrinterDouble();
    const line = await serialLineTo(double.port);
    const tickets = printing(`serial:${line.path}?baud=115200`);
    const job = await jobIn(tickets, takeNumber(tickets, station.db), 'printed');
    expect(job.reason).toBe('');
    expect(double.roll.slips).toHaveLength(1);
    expect(double.roll.slips[0]?.faults).toEqual([]);
    double.plant({ coverOpen: true });
    await vi.waitUntil(() => tickets.printers().state === 'cover-open', PATIENT);
    await line.close();
    await vi.waitUntil(() => tickets.printers().state === 'offline', PATIENT);
    await double.close();
  });

  test('that is not there is offline, and nothing was sent', async () => {
    const tickets = printing('serial:/dev/ttyNOTHING');
    const id = takeNumber(tickets, station.db);
    await vi.waitUntil(() => tickets.job(id).reason === 'offline', PATIENT);
    expect(tickets.job(id).state).toBe('queued');
  });
});

describe('a device file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'device-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('gets the bytes of the ticket; its state is unknown, never ready', async () => {
    const path = join(folder, 'lp0');
    writeFileSync(path, '');
    const tickets = printing(`file:${path}`);
    const job = await jobIn(tickets, takeNumber(tickets, station.db), 'printed');
    expect(job.reason).toBe('handed-over');
    expect(readFileSync(path).equals(slipBytes(sampleTicket(), '80'))).toBe(true);
    expect(tickets.printers().state).toBe('unknown');
  });

  test('that is not there is offline and is not made', async () => {
    const tickets = printing(`file:${join(folder, 'lp1')}`);
    const id = takeNumber(tickets, station.db);
    await vi.waitUntil(() => tickets.job(id).reason === 'offline', PATIENT);
    expect(() => readFileSync(join(folder, 'lp1'))).toThrow('ENOENT');
  });
});

describe('a raw queue of a real CUPS (Debian packages cups, cups-client)', () => {
  const CALM = { open: 2000, answer: 300, send: 1500, print: 20_000, look: 100, close: 300 };
  let cups: PrivateCups;
  beforeAll(async () => {
    cups = await startPrivateCups();
  });
  afterAll(() => cups.stop());
  beforeEach(() => {
    vi.stubEnv('CUPS_SERVER', cups.server);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test('passes the bytes on unchanged', async () => {
    const printer = await startPaperTaker('takes');
    cups.addQueue('roll', printer.port);
    const tickets = printing('cups:roll', CALM);
    const job = await jobIn(tickets, takeNumber(tickets, station.db), 'printed');
    expect(job.reason).toBe('handed-over');
    await vi.waitFor(() => expect(printer.papers).toHaveLength(1), PATIENT);
    expect(printer.papers[0]?.equals(slipBytes(sampleTicket(), '80'))).toBe(true);
    expect(tickets.printers().state).toBe('unknown');
    await tickets.close();
    await printer.close();
  });

  test('whose printer is switched off: in doubt, and taken back, so that it does not come out later', async () => {
    cups.addQueue('off', await freePort());
    const tickets = printing('cups:off', { ...CALM, print: 4000 });
    const job = await jobIn(tickets, takeNumber(tickets, station.db), 'in-doubt');
    expect(job.reason).toBe('no-answer');
    expect(cups.command('lpstat', '-W', 'not-completed', '-o', 'off')).toBe('');
  });

  test('that a killed run left a slip with: it is taken back at the next start', async () => {
    cups.addQueue('away', await freePort());
    const killed = printing('cups:away', { ...CALM, print: 600_000 });
    const id = takeNumber(killed, station.db);
    const waiting = () => cups.command('lpstat', '-W', 'not-completed', '-o', 'away');
    const noted = () =>
      first<{ request: string }>(station.db, sql`select request from print_job where id = ${id}`);
    await vi.waitUntil(() => noted()?.request !== '', PATIENT);
    expect(waiting()).toContain(noted()?.request);
    const next = printing('cups:away', CALM);
    expect(next.job(id)).toMatchObject({ state: 'in-doubt', reason: 'interrupted' });
    await vi.waitUntil(() => waiting() === '', PATIENT);
  });

  test('that is not there: nothing was sent', async () => {
    const tickets = printing('cups:nowhere', CALM);
    const id = takeNumber(tickets, station.db);
    await vi.waitUntil(() => tickets.job(id).reason === 'offline', PATIENT);
    expect(tickets.job(id).state).toBe('queued');
  });
});
