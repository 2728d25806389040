import jsqr from 'jsqr';
import type { EscposCommand } from './escpos-commands.ts';

/** Letters printed in one look. */
export interface PrintedRun {
  readonly text: string;
  readonly wide: number;
  readonly high: number;
  readonly bold: boolean;
  readonly inverse: boolean;
}

export interface PrintedLine {
  readonly text: string;
  readonly runs: readonly PrintedRun[];
}

/** What is on a piece of paper between two cuts. */
export interface PrintedSlip {
  readonly lines: readonly PrintedLine[];
  /** What its QR codes say. */
  readonly codes: readonly string[];
  /** What a printer would have spoilt: letters as pictures, pictures as letters, lines beyond the paper. */
  readonly faults: readonly string[];
}

/** A printer's paper: prints commands and keeps what has been cut off. */
export interface PaperRoll {
  readonly print: (command: EscposCommand) => void;
  readonly slips: readonly PrintedSlip[];
  /** What stands on the paper after the last cut. */
  readonly unfinished: () => PrintedSlip;
}

interface Look {
  wide: number;
  high: number;
  bold: boolean;
  inverse: boolean;
  chinese: boolean;
  align: number;
}

const PLAIN: Look = { wide: 1, high: 1, bold: false, inverse: false, chinese: false, align: 0 };
const DOTS_A_COLUMN = 12;
const JSQR_LIGHT = 4;

/** A roll for a printer whose line has so many dots (384 on 58 mm paper, 576 on 80 mm). */
export function paperRoll(dots: number): PaperRoll {
  const slips: PrintedSlip[] = [];
  let look: Look = { ...PLAIN };
  let runs: PrintedRun[] = [];
  let column = 0;
  let slip = emptySlip();
  const feed = () => {
    slip.lines.push({ text: runs.map((run) => run.text).join(''), runs });
    runs = [];
    column = 0;
  };
  const put = (bytes: Buffer) => {
    const text = lettersOf(bytes, look.chinese, slip.faults);
    const { wide, high, bold, inverse } = look;
    runs.push({ text, wide, high, bold, inverse });
    column += columns(text) * wide;
    if (column * DOTS_A_COLUMN > dots) slip.faults.push(`line beyond the paper: ${text}`);
  };
  const parameter = (command: EscposCommand) => command.bytes[0] ?? 0;
  const on = (command: EscposCommand) => (parameter(command) & 1) === 1;
  const actions: Readonly<Record<string, (command: EscposCommand) => void>> = {
    text: (command) => put(command.bytes),
    LF: feed,
    'ESC @': () => {
      look = { ...PLAIN };
      runs = [];
    },
    'ESC E': (command) => {
      look.bold = on(command);
    },
    'ESC a': (command) => {
      look.align = parameter(command) % 48;
    },
    'ESC $': (command) => {
      column = Math.round(command.bytes.readUInt16LE(0) / DOTS_A_COLUMN);
    },
    'ESC \\': (command) => {
      column += Math.round(command.bytes.readInt16LE(0) / DOTS_A_COLUMN);
    },
    'GS !': (command) => {
      look.wide = (parameter(command) >> 4) + 1;
      look.high = (parameter(command) & 15) + 1;
    },
    'GS B': (command) => {
      look.inverse = on(command);
    },
    'FS &': () => {
      look.chinese = true;
    },
    'FS .': () => {
      look.chinese = false;
    },
    'GS v': (command) => {
      if (look.chinese) slip.faults.push('picture in Chinese mode');
      const code = codeIn(command.bytes, dots);
      if (code === undefined) slip.faults.push('unreadable code');
      else slip.codes.push(code);
    },
    'GS V': () => {
      if (look.chinese) slip.faults.push('cut in Chinese mode');
      if (runs.length > 0) feed();
      slips.push(slip);
      slip = emptySlip();
    },
  };
  const silent = /^(?:ESC [ 23M{\-tR]|FS [SC-]|GS [aLWr])/;
  return {
    print: (command) => {
      const action = actions[command.name];
      if (action !== undefined) action(command);
      else if (!silent.test(command.name)) slip.faults.push(`unknown command ${command.name}`);
    },
    slips,
    unfinished: () => ({
      ...slip,
      lines: runs.length > 0 ? [...slip.lines, { text: textOf(runs), runs }] : slip.lines,
    }),
  };
}

function textOf(runs: readonly PrintedRun[]): string {
  return runs.map((run) => run.text).join('');
}

function emptySlip() {
  const lines: PrintedLine[] = [];
  const codes: string[] = [];
  const faults: string[] = [];
  return { lines, codes, faults };
}

function lettersOf(bytes: Buffer, chinese: boolean, faults: string[]): string {
  if (!chinese && bytes.some((byte) => byte > 0x7f)) {
    faults.push('Chinese outside Chinese mode');
    return bytes.toString('latin1');
  }
  return new TextDecoder('gb18030').decode(bytes);
}

function columns(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + (letter > '\x7f' ? 2 : 1), 0);
}

/** What the QR code of a raster picture (`GS v 0 m xL xH yL yH d…`) says. */
function codeIn(bytes: Buffer, dots: number): string | undefined {
  const across = bytes.readUInt16LE(2);
  const height = bytes.readUInt16LE(4);
  if (across * 8 > dots + 7) return undefined;
  const width = across * 8 + 2 * 8 * JSQR_LIGHT;
  const tall = height + 2 * 8 * JSQR_LIGHT;
  const pixels = new Uint8ClampedArray(width * tall * 4).fill(255);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < across * 8; x += 1) {
      const dark = ((bytes[6 + y * across + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
      const at = ((y + 8 * JSQR_LIGHT) * width + x + 8 * JSQR_LIGHT) * 4;
      if (dark === 1) pixels.fill(0, at, at + 3);
    }
  const found = jsqr(pixels, width, tall);
  return found === null ? undefined : new TextDecoder().decode(Uint8Array.from(found.binaryData));
}
