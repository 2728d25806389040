import type { LineRole, Slip, SlipBlock } from './slip.ts';
import { LARGEST, LINE_STYLES, SLIP_PAPERS, type SlipPaper } from './slip-layout.ts';
import { columnsOf, wrapColumns } from './wrap-columns.ts';

const BULLET = '□ ';

/**
 * A slip as a receiptline document for one paper width, the one source of the bytes for the printer and of the picture on
 * the screen. Lines are broken here, not by receiptline, which would break words and begin lines with a full stop.
 */
export function slipMarkup(slip: Slip, paper: SlipPaper): string {
  return slip.blocks.flatMap((block) => blockMarkup(block, paper)).join('\n');
}

function blockMarkup(block: SlipBlock, paper: SlipPaper): string[] {
  const { columns, labelColumns } = SLIP_PAPERS[paper];
  switch (block.type) {
    case 'line':
      return lineMarkup(block.role, block.text, columns);
    case 'pair':
      return pairLines(block, columns, labelColumns).map((line) => `|${escaped(line)}`);
    case 'list':
      return block.items
        .flatMap((item) => hanging(BULLET, item, columns))
        .map((line) => `|${escaped(line)}`);
    case 'rule':
      return ['-'];
    case 'qr':
      return [
        '',
        `{code:${propertyText(block.text)};option:qrcode,l}`,
        '',
        ...(block.caption === undefined ? [] : lineMarkup('note', block.caption, columns)),
      ];
  }
}

function lineMarkup(role: LineRole, text: string, columns: number): string[] {
  const { align, strong, size, inverse } = LINE_STYLES[role];
  const times = size === 'largest' ? fitting(text, columns) : size === 'double' ? 2 : 1;
  const marks = [
    inverse ? '`' : '',
    strong ? '"' : '',
    size === 'tall' ? '^^' : times > 1 ? '^'.repeat(times + 1) : '',
  ].join('');
  return wrapColumns(text, Math.floor(columns / times)).map(
    (line) => `${align === 'start' ? '|' : ''}${marks}${escaped(line)}`,
  );
}

function fitting(text: string, columns: number): number {
  const times = Math.floor(columns / Math.max(columnsOf(text), 1));
  return Math.min(Math.max(times, 1), LARGEST);
}

/** A label and its value beside it; a long label has a line of its own. */
function pairLines(
  pair: { readonly label: string; readonly value: string },
  columns: number,
  labelColumns: number,
): string[] {
  const gap = labelColumns - columnsOf(pair.label);
  if (gap > 0) return hanging(pair.label + ' '.repeat(gap), pair.value, columns);
  return [...wrapColumns(pair.label, columns), ...hanging('  ', pair.value, columns)];
}

/** A text behind a lead; its further lines stand under its first. */
function hanging(lead: string, text: string, columns: number): string[] {
  const indent = columnsOf(lead);
  return wrapColumns(text, columns - indent).map((line, at) =>
    at === 0 ? lead + line : ' '.repeat(indent) + line,
  );
}

/** Letters that mean something to receiptline, as the letters that they are; blanks keep their width. */
function escaped(text: string): string {
  return text
    .replace(/[\\|{}\-=_"`^~]/g, (mark) => `\\x${mark.charCodeAt(0).toString(16)}`)
    .replaceAll(' ', '~');
}

/** A text inside a property, where blanks at its ends would be lost and other letters mean something. */
function propertyText(text: string): string {
  return Array.from(text, (letter) =>
    letter <= ' ' || '\\|{};~\x7f'.includes(letter)
      ? `\\x${letter.charCodeAt(0).toString(16).padStart(2, '0')}`
      : letter,
  ).join('');
}
