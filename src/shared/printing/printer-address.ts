import { z } from 'zod';

/** Where a ticket printer is and how it is spoken to. */
export type PrinterAddress =
  | {
      readonly type: 'tcp';
      readonly host: string;
      readonly port: number;
      readonly answers: boolean;
    }
  | {
      readonly type: 'serial';
      readonly path: string;
      readonly baud: number;
      readonly answers: boolean;
    }
  | { readonly type: 'file'; readonly path: string }
  | { readonly type: 'cups'; readonly queue: string }
  | { readonly type: 'preview' };

const WAYS: readonly (readonly [RegExp, (parts: RegExpMatchArray) => PrinterAddress])[] = [
  [
    /^tcp:\/\/([\w.-]+|\[[\da-fA-F:]+\])(?::(\d{1,5}))?\/?(\?status=none)?$/,
    ([, host = '', port = '9100', mute]) => ({
      type: 'tcp',
      host: host.replace(/^\[|\]$/g, ''),
      port: Number(port),
      answers: mute === undefined,
    }),
  ],
  [
    /^serial:((?:\/dev\/[\w./-]+)|COM\d{1,3})(?:\?baud=(\d{4,6}))?([?&]status=none)?$/,
    ([, path = '', baud = '9600', mute]) => ({
      type: 'serial',
      path,
      baud: Number(baud),
      answers: mute === undefined,
    }),
  ],
  [/^file:(\/[^\0?#]{1,200})$/, ([, path = '']) => ({ type: 'file', path })],
  [/^cups:([A-Za-z0-9_-]{1,60})$/, ([, queue = '']) => ({ type: 'cups', queue })],
  [/^preview:$/, () => ({ type: 'preview' })],
];

/** Reads an address as technicians write it; undefined when it is none. */
export function parsePrinterAddress(text: string): PrinterAddress | undefined {
  for (const [form, address] of WAYS) {
    const parts = form.exec(text);
    if (parts === null) continue;
    const found = address(parts);
    return found.type === 'tcp' && (found.port < 1 || found.port > 65_535) ? undefined : found;
  }
  return undefined;
}

export const PRINTER_ADDRESS_FORMS =
  '写 tcp://192.168.1.50:9100、serial:/dev/ttyUSB0?baud=9600、file:/dev/usb/lp0、cups:tickets 或 preview:';

/** A printer's address in a profile. */
export const printerAddressSchema = z
  .string()
  .refine((text) => parsePrinterAddress(text) !== undefined, PRINTER_ADDRESS_FORMS);
