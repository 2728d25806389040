import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TicketPrinting } from '#station/printing/ticket-printing.ts';
import { freePort } from '../station/papers/private-cups.ts';
import { type TemporaryStation, temporaryStation } from '../station/papers/temporary-station.ts';
import { type PrinterDouble, type PrinterFaults, startPrinterDouble } from './printer-double.ts';
import {
  jobIn,
  MORNING,
  PATIENT,
  printingOn,
  type TestClock,
  takeNumber,
} from './printing-station.ts';

let station: TemporaryStation;
let clock: TestClock;
const doubles: PrinterDouble[] = [];
const opened: TicketPrinting[] = [];
beforeEach(() => {
  station = temporaryStation();
  clock = { civil: MORNING, up: 1_000_000 };
});
afterEach(async () => {
  for (const printing of opened.splice(0)) await printing.close();
  for (const double of doubles.splice(0)) await double.close();
  station.remove();
});

async function printer(faults: Partial<PrinterFaults> = {}): Promise<PrinterDouble> {
  const double = await startPrinterDouble(faults);
  doubles.push(double);
  return double;
}

function printing(...addresses: string[]): TicketPrinting {
  const service = printingOn(station.db, addresses, clock);
  opened.push(service);
  return service;
}

/** The numbers on whole slips, in the order in which they came out. */
const numbersOn = (double: PrinterDouble) =>
  double.roll.slips.map((slip) => slip.lines.find((line) => /^A\d+$/.test(line.text))?.text);
const timesPrinted = (double: PrinterDouble, number: string) =>
  [...double.roll.slips, double.roll.unfinished()]
    .flatMap((slip) => slip.lines)
    .filter((line) => line.text.includes(number) && line.runs.some((run) => run.high === 6)).length;
const isCopy = (double: PrinterDouble, at: number) =>
  double.roll.slips[at]?.lines[0]?.text === '补打';

describe('a printer that is well', () => {
  test('prints a ticket once, and says so', async () => {
    const double = await printer();
    const tickets = printing(double.address);
    const id = takeNumber(tickets, station.db);
    const job = await jobIn(tickets, id, 'printed');
    expect(job).toMatchObject({ reason: '', copy: false, printer: '一号', mayReprint: false });
    expect(numbersOn(double)).toEqual(['A012']);
    expect(double.roll.slips[0]?.faults).toEqual([]);
    expect(double.roll.unfinished().lines).toEqual([]);
  });

  test('prints tickets in the order in which they were taken', async () => {
    const double = await printer();
    const tickets = printing(double.address);
    const numbers = Array.from({ length: 12 }, (_, at) => `A${String(at + 1).padStart(3, '0')}`);
    for (const number of numbers) takeNumber(tickets, station.db, number);
    await jobIn(tickets, 'job-A012', 'printed');
    expect(numbersOn(double)).toEqual(numbers);
  });

  test('a slow one takes its time and prints once', async () => {
    const double = await printer({ slow: 15 });
    const tickets = printing(double.address);
    await jobIn(tickets, takeNumber(tickets, station.db), 'printed');
    expect(numbersOn(double)).toEqual(['A012']);
  });

  test('is not asked to print what is written down twice', async () => {
    const double = await printer();
    const tickets = printing(double.address);
    const id = takeNumber(tickets, station.db);
    tickets.sendTicket(id);
    await jobIn(tickets, id, 'printed');
    tickets.sendTicket(id);
    expect(() => tickets.printTicket(station.db, { label: 'x', blocks: [] }, id)).toThrow();
    await jobIn(tickets, takeNumber(tickets, station.db, 'A013'), 'printed');
    expect(numbersOn(double)).toEqual(['A012', 'A013']);
  });
});

describe('known before the visitor chooses', () => {
  test.each([
    ['paper-out', { paperOut: true }],
    ['cover-open', { coverOpen: true }],
    ['jam', { jam: true }],
    ['offline', { offline: true }],
    ['paper-low', { paperLow: true }],
    ['ready', {}],
    ['unknown', { silent: true }],
    ['fault', { garbage: true }],
  ] as const)('%s', async (state, faults) => {
    const double = await printer(faults);
    const tickets = printing(double.address);
    await vi.waitUntil(() => tickets.printers().printers[0]?.askedAt !== undefined, PATIENT);
    expect(tickets.printers()).toMatchObject({ state, printers: [{ name: '一号', state }] });
  });

  test('a printer that is switched off is offline', async () => {
    const tickets = printing(`tcp://127.0.0.1:${await freePort()}`);
    await vi.waitUntil(() => tickets.printers().state === 'offline', PATIENT);
  });

  test('one that answered once and then says nothing is offline, not unknown', async () => {
    const double = await printer();
    const tickets = printing(double.address);
    await vi.waitUntil(() => tickets.printers().state === 'ready', PATIENT);
    double.plant({ silent: true });
    await vi.waitUntil(() => tickets.printers().state === 'offline', PATIENT);
    double.mend();
    await vi.waitUntil(() => tickets.printers().state === 'ready', PATIENT);
  });
});

describe('nothing was sent, provably', () => {
  test.each([
    ['paper-out', { paperOut: true }],
    ['cover-open', { coverOpen: true }],
    ['jam', { jam: true }],
    ['offline', { offline: true }],
    ['fault', { garbage: true }],
  ] as const)(
    '%s: the ticket waits and comes out once when it is mended',
    async (reason, faults) => {
      const double = await printer(faults);
      const tickets = printing(double.address);
      const id = takeNumber(tickets, station.db);
      await vi.waitUntil(() => tickets.job(id).reason === reason, PATIENT);
      expect(tickets.job(id).state).toBe('queued');
      expect(double.roll.unfinished().lines).toEqual([]);
      double.mend();
      await jobIn(tickets, id, 'printed');
      expect(numbersOn(double)).toEqual(['A012']);
    },
  );

  test('a ticket that could not be printed for minutes expires and does not come out afterwards', async () => {
    const double = await printer({ paperOut: true });
    const tickets = printing(double.address);
    const id = takeNumber(tickets, station.db);
    await vi.waitUntil(() => tickets.job(id).reason === 'paper-out', PATIENT);
    clock.up += 180_000;
    expect(await jobIn(tickets, id, 'expired')).toMatchObject({ reason: 'paper-out' });
    double.mend();
    await jobIn(tickets, takeNumber(tickets, station.db, 'A013'), 'printed');
    expect(numbersOn(double)).toEqual(['A013']);
  });

  test('a civil clock that jumps expires nothing', async () => {
    const double = await printer({ paperOut: true });
    const tickets = printing(double.address);
    const id = takeNumber(tickets, station.db);
    clock.civil += 365 * 86_400_000;
    await vi.waitUntil(() => tickets.job(id).reason === 'paper-out', PATIENT);
    double.mend();
    await jobIn(tickets, id, 'printed');
  });

  test('another printer stands in, and only one prints', async () => {
    const [first, second] = [await printer({ paperOut: true }), await printer()];
    const tickets = printing(first.address, second.address);
    const job = await jobIn(tickets, takeNumber(tickets, station.db), 'printed');
    expect(job.printer).toBe('二号');
    first.mend();
    await vi.waitUntil(() => tickets.printers().printers[0]?.state === 'ready', PATIENT);
    expect(await jobIn(tickets, takeNumber(tickets, station.db, 'A013'), 'printed')).toMatchObject({
      printer: '一号',
    });
    expect([numbersOn(first), numbersOn(second)]).toEqual([['A013'], ['A012']]);
  });
});

describe('some of it was sent', () => {
  test('paper out in the middle: in doubt, and what the printer still held does not come out later', async () => {
    const double = await printer({ paperOutAfterLines: 5 });
    const tickets = printing(double.address);
    const id = takeNumber(tickets, station.db);
    expect(await jobIn(tickets, id, 'in-doubt')).toMatchObject({
      reason: 'paper-out',
      mayReprint: true,
    });
    double.mend();
    await jobIn(tickets, takeNumber(tickets, station.db, 'A013'), 'printed');
    expect(tickets.job(id).state).toBe('in-doubt');
    const [paper] = double.roll.slips;
    expect(double.roll.slips).toHaveLength(1);
    // The torn piece of the first ticket hangs before the second; nothing of its end is there.
    expect(paper?.lines.filter((line) => line.text === 'A013')).toHaveLength(1);
    expect(paper?.codes).toHaveLength(1);
  });

  test.each([
    ['the line drops', { dropAfterBytes: 900 }, 'line-dropped'],
    ['it dies in the middle of the job', { diesInJob: true }, 'no-answer'],
    ['its network card lives and nothing else', { halfOpen: true }, 'no-answer'],
  ] as const)('%s: in doubt, never sent again by itself', async (_, faults, reason) => {
    const double = await printer(faults);
    const tickets = printing(double.address);
    const id = takeNumber(tickets, station.db);
    expect(await jobIn(tickets, id, 'in-doubt')).toMatchObject({ reason, mayReprint: true });
    double.mend();
    await jobIn(tickets, takeNumber(tickets, station.db, 'A013'), 'printed');
    expect(tickets.job(id).state).toBe('in-doubt');
    expect(timesPrinted(double, 'A013')).toBe(1);
    expect(timesPrinted(double, 'A012')).toBeLessThanOrEqual(1);
  });

  test('a printer that never answers: everything handed over is printed, and says so honestly', async () => {
    const double = await printer({ silent: true });
    const tickets = printing(double.address);
    const job = await jobIn(tickets, takeNumber(tickets, station.db), 'printed');
    expect(job).toMatchObject({ reason: 'handed-over', mayReprint: true });
    expect(numbersOn(double)).toEqual(['A012']);
  });

  test('one that answers questions but cannot say that it has printed: handed over', async () => {
    const double = await printer({ noReceipt: true });
    const tickets = printing(double.address);
    const job = await jobIn(tickets, takeNumber(tickets, station.db), 'printed');
    expect(job.reason).toBe('handed-over');
    expect(numbersOn(double)).toEqual(['A012']);
  });
});

describe('copies and decisions', () => {
  test('a visitor’s copy is marked, has its own job, and ends the doubt', async () => {
    const double = await printer({ paperOutAfterLines: 3 });
    const tickets = printing(double.address);
    const id = takeNumber(tickets, station.db);
    await jobIn(tickets, id, 'in-doubt');
    expect(tickets.open()).toMatchObject([{ jobId: id, label: 'A012' }]);
    double.mend();
    const copy = tickets.reprint(id);
    expect(copy).toMatchObject({ copy: true, copyOf: id });
    await jobIn(tickets, copy.jobId, 'printed');
    expect(double.roll.slips.at(-1)?.lines.some((line) => line.text === '补打')).toBe(true);
    expect(tickets.open()).toEqual([]);
    expect(() => tickets.reprint(id)).toThrow('busy');
    expect(() => tickets.reprint(copy.jobId)).toThrow('busy');
  });

  test('what was printed is not printed again by touch; staff can', async () => {
    const double = await printer();
    const tickets = printing(double.address);
    const id = takeNumber(tickets, station.db);
    await jobIn(tickets, id, 'printed');
    expect(() => tickets.reprint(id)).toThrow('busy');
    const copy = tickets.decide('person-1', id, 'print-again');
    await jobIn(tickets, copy.jobId, 'printed');
    expect([isCopy(double, 0), isCopy(double, 1)]).toEqual([false, true]);
  });

  test('what staff decide is written down with who decided', async () => {
    const double = await printer({ dropAfterBytes: 900 });
    const tickets = printing(double.address);
    const id = takeNumber(tickets, station.db);
    await jobIn(tickets, id, 'in-doubt');
    expect(tickets.decide('person-1', id, 'came-out')).toMatchObject({
      state: 'printed',
      reason: 'seen-by-staff',
    });
    expect(tickets.open()).toEqual([]);
    expect(station.db.read.prepare('select actor, action, subject from audit').all()).toEqual([
      { actor: 'person-1', action: 'slip-decided', subject: id },
    ]);
  });

  test('the test page goes to the printer that is named', async () => {
    const [first, second] = [await printer(), await printer()];
    const tickets = printing(first.address, second.address);
    const job = tickets.testPage('person-1', '二号');
    await jobIn(tickets, job.jobId, 'printed');
    expect([first.roll.slips.length, second.roll.slips.length]).toEqual([0, 1]);
    expect(() => tickets.testPage('person-1', '九号')).toThrow('no-printer');
  });

  test('the picture on the screen is there whatever became of the paper', async () => {
    const tickets = printing(`tcp://127.0.0.1:${await freePort()}`);
    const id = takeNumber(tickets, station.db);
    const picture = tickets.picture(id);
    expect(picture.width).toBe(384);
    expect(JSON.stringify(picture.nodes)).toContain('"A"');
  });
});

describe('a station without a printer', () => {
  test('writes no job, and says so before the visitor chooses', () => {
    const tickets = printing();
    expect(tickets.printers()).toEqual({ state: 'none', printers: [] });
    expect(tickets.printTicket(station.db, { label: 'A012', blocks: [] }, 'job-1')).toBe(false);
    expect(() => tickets.job('job-1')).toThrow('not-found');
  });
});

describe('after a crash', () => {
  const write = (state: string, age: number, upAge: number) =>
    station.db.write
      .prepare(
        `insert into print_job (id, kind, paper, label, state, created_at, changed_at, uptime) values ('old', 'slip', ?, 'A001', ?, ?, ?, ?)`,
      )
      .run(
        JSON.stringify({ label: 'A001', blocks: [{ type: 'line', role: 'number', text: 'A001' }] }),
        ...[state, MORNING - age, MORNING - age, clock.up - upAge],
      );

  test('what was being sent is in doubt, and is not sent again', async () => {
    write('sending', 1000, 1000);
    const double = await printer();
    const tickets = printing(double.address);
    expect(tickets.job('old')).toMatchObject({ state: 'in-doubt', reason: 'interrupted' });
    await jobIn(tickets, takeNumber(tickets, station.db), 'printed');
    expect(numbersOn(double)).toEqual(['A012']);
  });

  test('what had not been sent comes out when the host is back in seconds', async () => {
    write('queued', 2000, 2000);
    const double = await printer();
    const tickets = printing(double.address);
    await jobIn(tickets, 'old', 'printed');
    expect(numbersOn(double)).toEqual(['A001']);
  });

  test.each([
    ['the next morning', 15 * 3_600_000, 15 * 3_600_000],
    ['after the computer was started anew', 60_000, -900_000],
    ['with a clock that went back to yesterday', -86_400_000, 60_000],
    ['with a clock that stood still', 0, 3_600_000],
  ])('what had not been sent has expired %s', async (_, age, upAge) => {
    write('queued', age, upAge);
    const double = await printer();
    const tickets = printing(double.address);
    expect(tickets.job('old')).toMatchObject({ state: 'expired', reason: 'interrupted' });
    await jobIn(tickets, takeNumber(tickets, station.db), 'printed');
    expect(numbersOn(double)).toEqual(['A012']);
  });

  test.each(['printed', 'failed', 'expired', 'in-doubt'])('what was %s stays so', async (state) => {
    write(state, 1000, 1000);
    const double = await printer();
    const tickets = printing(double.address);
    await jobIn(tickets, takeNumber(tickets, station.db), 'printed');
    expect(tickets.job('old').state).toBe(state);
    expect(numbersOn(double)).toEqual(['A012']);
  });

  test('a host that closes in the middle of a slip waits for its end', async () => {
    const double = await printer({ slow: 10 });
    const tickets = printing(double.address);
    const id = takeNumber(tickets, station.db);
    await jobIn(tickets, id, 'sending');
    await tickets.close();
    expect(tickets.job(id).state).toBe('printed');
  });
});
