import type { BaseCommand, QRCode } from 'receiptline';
import { mapTexts, type Slip } from '#shared/printing/slip.ts';
import { SLIP_PAPERS, type SlipPaper } from '#shared/printing/slip-layout.ts';
import { slipMarkup } from '#shared/printing/slip-markup.ts';
import { printable } from './printable.ts';
import { receiptline } from './receiptline.ts';

/** Leaves the Chinese mode: in it a printer reads the bytes of a picture, and of the next job, as letters. */
const LEAVE_CHINESE = '\x1c.';
/** What receiptline can draw; its code cells are 3 to 8 dots wide. */
const CELL = { least: 3, most: 8 };

/**
 * ESC/POS as most printers in China understand it: pictures by `GS v 0`, rules as hyphens instead of a Japanese code page,
 * Chinese mode on for each piece of text only, a feed and cut at the end. What asks for the printer's state is not here:
 * that is the transport's business.
 */
function ticketCommands(): BaseCommand {
  const { generic } = receiptline().commands;
  return {
    ...generic,
    text: (text, encoding) => generic.text(text, encoding) + LEAVE_CHINESE,
    hr: (width) => LEAVE_CHINESE + '-'.repeat(width),
    close: () => generic.cut(),
  };
}

/** Bytes of a slip for an ESC/POS printer with this paper. */
export function slipBytes(slip: Slip, paper: SlipPaper): Buffer {
  return Buffer.from(rendered(slip, paper, ticketCommands()), 'latin1');
}

/** The same slip from the same source as an SVG document, one unit a dot. */
export function slipSvg(slip: Slip, paper: SlipPaper): string {
  return rendered(slip, paper, receiptline().commands.svg);
}

function rendered(slip: Slip, paper: SlipPaper, command: BaseCommand): string {
  const { columns, qrDots } = SLIP_PAPERS[paper];
  return receiptline().transform(slipMarkup(mapTexts(slip, printable), paper), {
    cpl: columns,
    encoding: 'gb18030',
    spacing: true,
    command: withCodesOf(command, qrDots),
  });
}

/** The same commands, with codes as large as there is room for. */
function withCodesOf(command: BaseCommand, dots: number): BaseCommand {
  return {
    ...command,
    qrcode(this: BaseCommand, symbol, encoding) {
      return command.qrcode.call(this, { ...symbol, cell: cellOf(symbol, dots) }, encoding);
    },
  };
}

function cellOf(symbol: QRCode, dots: number): number {
  const cell = Math.floor(dots / receiptline().qrcode.generate(symbol).length);
  return Math.min(Math.max(cell, CELL.least), CELL.most);
}
