import { afterEach, describe, expect, test } from 'vitest';
import { parsePrinterAddress } from '#shared/printing/printer-address.ts';
import type { TicketPrinterState } from '#shared/printing/printer-state.ts';
import { openPrinter } from '#station/printing/open-printer.ts';
import { slipBytes } from '#station/printing/slip-bytes.ts';
import { PRINTER_PATIENCE, type TicketPrinter } from '#station/printing/ticket-printer.ts';
import { type PrinterDouble, type PrinterFaults, startPrinterDouble } from './printer-double.ts';
import { sampleTicket } from './sample-ticket.ts';

const [PAPER, ERROR_CAUSE] = [4, 3];
/** Longer than one answer may take, shorter than two: the late answer falls into the time of the next question. */
const HICCUP_MS = PRINTER_PATIENCE.answer * 1.5;

let double: PrinterDouble;
afterEach(() => double.close());

async function printer(faults: Partial<PrinterFaults>): Promise<TicketPrinter> {
  double = await startPrinterDouble(faults);
  const address = parsePrinterAddress(double.address);
  return openPrinter(address ?? expect.unreachable());
}

async function printOn(device: TicketPrinter) {
  const heard: TicketPrinterState[] = [];
  const end = await device.print({
    bytes: slipBytes(sampleTicket(), '80'),
    title: 'A012',
    sending: () => {},
    handedOver: () => {},
    heard: (state) => heard.push(state),
  });
  return { end, heard };
}

const asks = async (device: TicketPrinter, times: number) => {
  const states: TicketPrinterState[] = [];
  for (let turn = 0; turn < times; turn += 1) states.push(await device.ask());
  return states;
};

describe('an answer that is late', () => {
  test('is not taken for the answer to another question, and its question is asked again next time', async () => {
    const device = await printer({
      paperLow: true,
      hiccup: { question: PAPER, ms: HICCUP_MS },
    });
    expect(await asks(device, 2)).toEqual(['ready', 'paper-low']);
  });

  test('keeps no ticket from being printed and watched', async () => {
    const device = await printer({
      paperLow: true,
      hiccup: { question: PAPER, ms: HICCUP_MS },
    });
    const { end, heard } = await printOn(device);
    expect(end).toEqual({ state: 'printed', reason: '' });
    expect(new Set(heard)).toEqual(new Set(['paper-low']));
    expect(double.roll.slips).toHaveLength(1);
    expect(double.connections()).toBe(2);
  });

  test('in the middle of a ticket makes no fault of it', async () => {
    const device = await printer({ paperLow: true, slow: 10 });
    expect(await device.ask()).toBe('paper-low');
    const printing = printOn(device);
    await expect.poll(() => double.lastByteAt()).toBeGreaterThan(0);
    double.plant({ hiccup: { question: PAPER, ms: HICCUP_MS } });
    const { end, heard } = await printing;
    expect(end).toEqual({ state: 'printed', reason: '' });
    expect(heard.filter((state) => state !== 'ready' && state !== 'paper-low')).toEqual([]);
  });
});

describe('a question that a printer does not know', () => {
  test('is asked on three connections, then no more', async () => {
    const device = await printer({ mute: ERROR_CAUSE });
    expect(await asks(device, 4)).toEqual(['ready', 'ready', 'ready', 'ready']);
    const whole = [1, 4, 2, 3];
    expect(double.asked).toEqual([...whole, ...whole, ...whole, 1, 4, 2]);
  });

  test('is not given up for two failures, an answer, and two failures', async () => {
    const device = await printer({ mute: ERROR_CAUSE });
    await asks(device, 2);
    double.mend();
    await asks(device, 1);
    double.plant({ mute: ERROR_CAUSE });
    await asks(device, 2);
    double.plant({ mute: undefined, jam: true });
    expect(await asks(device, 1)).toEqual(['jam']);
  });

  test('costs a ticket nothing but time', async () => {
    const device = await printer({ mute: PAPER });
    const { end } = await printOn(device);
    expect(end).toEqual({ state: 'printed', reason: '' });
    expect(double.roll.slips).toHaveLength(1);
  });
});
