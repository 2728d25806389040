import { expect, test } from 'vitest';
import { ticketPrintersSchema } from '#shared/contract/ticket-printing.ts';
import {
  bestState,
  PRINTER_STATES,
  ticketPrinterStateSchema,
} from '#shared/printing/printer-state.ts';

test('what a visitor can expect is the best printer', () => {
  expect(bestState(['offline', 'paper-low', 'paper-out'])).toBe('paper-low');
  expect(bestState(['jam', 'unknown'])).toBe('unknown');
  expect(bestState([])).toBe('none');
});

test('a printer that does not say how it is never counts as ready', () => {
  expect(bestState(['unknown'])).not.toBe('ready');
  expect(PRINTER_STATES.unknown.rank).toBeGreaterThan(PRINTER_STATES['paper-low'].rank);
});

test('every state has its rule, and no two the same rank', () => {
  const ranks = ticketPrinterStateSchema.options.map((state) => PRINTER_STATES[state].rank);
  expect(new Set(ranks).size).toBe(ranks.length);
});

test('a station without a printer has an answer in the contract', () => {
  expect(ticketPrintersSchema.parse({ state: 'none', printers: [] })).toEqual({
    state: 'none',
    printers: [],
  });
});
