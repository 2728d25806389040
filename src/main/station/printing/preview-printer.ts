import type { TicketPrinter } from './ticket-printer.ts';

/** The virtual printer (`preview:`): takes every slip and puts it on no paper; the screen shows its picture. */
export const previewPrinter: TicketPrinter = {
  ask: async () => 'ready',
  print: async ({ sending, heard }) => {
    try {
      sending();
    } catch {
      return { state: 'not-sent', reason: 'interrupted' };
    }
    heard('ready');
    return { state: 'printed', reason: '' };
  },
};
