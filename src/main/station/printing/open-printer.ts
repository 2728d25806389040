import type { PrinterAddress } from '#shared/printing/printer-address.ts';
import { cupsSpooler } from '../papers/cups-spooler.ts';
import { cupsPrinter } from './cups-printer.ts';
import { previewPrinter } from './preview-printer.ts';
import { streamPrinter } from './stream-printer.ts';
import { PRINTER_PATIENCE, type PrinterPatience, type TicketPrinter } from './ticket-printer.ts';
import { fileStream } from './transports/file-stream.ts';
import { serialStream } from './transports/serial-stream.ts';
import { tcpStream } from './transports/tcp-stream.ts';

/** The printer at an address. Nothing is opened before it is asked or prints. */
export function openPrinter(
  address: PrinterAddress,
  patience: PrinterPatience = PRINTER_PATIENCE,
): TicketPrinter {
  switch (address.type) {
    case 'tcp':
      return streamPrinter(tcpStream(address.host, address.port), address, patience);
    case 'serial':
      return streamPrinter(serialStream(address.path, address.baud), address, patience);
    case 'file':
      return streamPrinter(fileStream(address.path), { answers: false }, patience);
    case 'cups':
      return cupsPrinter(cupsSpooler(address.queue, ['-o', 'raw']), patience);
    case 'preview':
      return previewPrinter;
  }
}
