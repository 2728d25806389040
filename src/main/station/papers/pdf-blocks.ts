import type { Content, ContentText, CustomTableLayout, Style, TableCell } from 'pdfmake/interfaces';
import qrcode from 'qrcode';
import type { PaperBlock, PaperField, PaperOption } from '#shared/papers/paper-document.ts';

/** Sets a text in fonts that have all its characters; `ink` is the colour of what is written into blanks. */
export interface Write {
  (text: string, style?: Style & { readonly width?: number | string }): ContentText;
  /** The same as parts of a longer text; pdfmake forgets the style of nested texts, so each run carries it. */
  readonly runs: (text: string, style?: Style) => ContentText[];
  readonly ink: string;
}

/** Measures of the page in points: A4, 2 cm at the sides, text of 10.5 pt (五号). */
export const PAGE = {
  margin: 57,
  top: 56,
  bottom: 50,
  text: 10.5,
  width: 595.28 - 2 * 57,
  height: 841.89,
} as const;

/** Running text has at most 40 characters a line (WCAG 2.2, 1.4.8), so that nobody loses the line. */
const TEXT_WIDTH = 40 * PAGE.text;
/** Room to write a line by hand: 8.5 mm. */
const WRITING_LINE = 24;
/** A line of text as it is set. */
const TEXT_LINE = 17;
/** A row of this many lines of text may be broken over pages; a shorter one never is. */
const LONG_ROW = 24;
/** 70 mm, from which phones read at arm's length. */
const QR_SIZE = 198;

const GRID: CustomTableLayout = {
  hLineWidth: () => 0.7,
  vLineWidth: () => 0.7,
  paddingLeft: () => 5,
  paddingRight: () => 5,
  paddingTop: () => 4,
  paddingBottom: () => 4,
};
/** What a cell of the grid takes beside its text: two paddings and a line. */
const GRID_CELL = 10.7;
const BARE: CustomTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: () => 0,
  paddingRight: () => 4,
  paddingTop: () => 1,
  paddingBottom: () => 1,
};

type Block<Type extends PaperBlock['type']> = Extract<PaperBlock, { type: Type }>;

/** Lays out one block of a paper. */
export function blockContent(block: PaperBlock, write: Write): Content {
  switch (block.type) {
    case 'heading':
      return write(block.text, { bold: true, fontSize: 12, margin: [0, 8, 0, 4] });
    case 'note':
      return write(block.text, { margin: [0, 2, PAGE.width - TEXT_WIDTH, 8], lineHeight: 1.25 });
    case 'fields':
      return fieldsTable(block, write);
    case 'paragraph':
      return paragraph(block, write);
    case 'choice':
      return choice(block, write);
    case 'table':
      return grid(block, write);
    case 'signature':
      return signature(block, write);
    case 'list':
      return hanging(
        block.items.map((item, at) => [`${at + 1}.`, write(item)]),
        18,
      );
    case 'steps':
      return hanging(
        block.steps.map((step) => [`${step.number}.`, titled(step.title, step.details, write)]),
        20,
      );
    case 'checklist':
      return hanging(
        block.items.map((item) => [box(false, write), titled(item.text, item.details, write)]),
        20,
      );
    case 'qr':
      return qr(block, write);
  }
}

/**
 * Height in points of the part of a block that cannot be broken over pages, reckoned generously: its first row, or a few
 * lines of text.
 */
export function leastHeight(block: PaperBlock): number {
  switch (block.type) {
    case 'fields': {
      const row = block.fields.slice(0, block.columns);
      const width = PAGE.width / block.columns / 2;
      return Math.max(
        ...row.map((field) =>
          Math.max(
            field.lines * WRITING_LINE,
            heightOf(field.value, width),
            heightOf(field.label, 76),
          ),
        ),
      );
    }
    case 'choice':
      return 30 + heightOf('', 1) * block.options.length;
    case 'table':
      return 4 * WRITING_LINE;
    case 'list':
      return heightOf(block.items[0], TEXT_WIDTH);
    case 'steps':
      return titledHeight(block.steps[0]);
    case 'checklist': {
      const [item] = block.items;
      return titledHeight(item && { title: item.text, details: item.details });
    }
    case 'signature':
      return block.fields.length * 20;
    case 'qr':
      return QR_SIZE;
    default:
      return 3 * TEXT_LINE;
  }
}

function titledHeight(item: { title: string; details: readonly string[] } | undefined): number {
  return heightOf(item && `${item.title}　${item.details.join('')}`, TEXT_WIDTH);
}

function heightOf(text: string | undefined, width: number): number {
  return Math.max(1, linesOf(text, width)) * TEXT_LINE + 8;
}

function fieldsTable({ columns, fields }: Block<'fields'>, write: Write): Content {
  const labelWidth = labelRoom(fields, columns);
  const rows = chunks(fields, columns);
  const valueWidth = (PAGE.width - 0.7) / columns - labelWidth - 2 * GRID_CELL;
  return {
    table: {
      widths: Array.from({ length: columns }, () => [labelWidth, valueWidth]).flat(),
      heights: rows.map((row) => Math.max(...row.map((field) => field.lines)) * WRITING_LINE - 8),
      dontBreakRows: rows.flat().every((field) => linesOf(field.value, valueWidth) < LONG_ROW),
      body: rows.map((row) => fieldCells(row, columns, write)),
    },
    layout: GRID,
    margin: [0, 0, 0, 8],
  };
}

function fieldCells(row: readonly PaperField[], columns: number, write: Write): TableCell[] {
  const missing = (columns - row.length) * 2;
  const cells = row.flatMap((field, at): TableCell[] => [
    { ...write(field.label, { alignment: 'center' }), verticalAlignment: 'middle' },
    {
      ...write(field.value ?? '', { color: write.ink }),
      verticalAlignment: field.lines > 1 ? 'top' : 'middle',
      ...(at === row.length - 1 && missing > 0 ? { colSpan: missing + 1 } : {}),
    },
  ]);
  return [...cells, ...Array.from({ length: missing }, () => ({}))];
}

/** Width for the longest label, so that labels stand in one column; longer ones than a third of the cell are wrapped. */
function labelRoom(fields: readonly PaperField[], columns: number): number {
  const longest = Math.max(columns === 3 ? 4 : 6, ...fields.map((field) => field.label.length));
  return Math.min(longest * PAGE.text + 1, columns === 1 ? 116 : PAGE.width / columns / 2.6);
}

function paragraph({ parts }: Block<'paragraph'>, write: Write): Content {
  const length = parts.reduce(
    (sum, part) => sum + (typeof part === 'string' ? part.length : 20),
    0,
  );
  return {
    text: parts.flatMap((part) =>
      typeof part === 'string' ? write.runs(part) : blank(part, write),
    ),
    lineHeight: 1.5,
    leadingIndent: length > 24 ? 2 * PAGE.text : 0,
    margin: [0, 0, 0, 6],
  };
}

/** A blank in running text: a line with what belongs there in brackets, or the value on a line. */
function blank(field: PaperField, write: Write): ContentText[] {
  if (field.value !== undefined)
    return write.runs(field.value, { color: write.ink, decoration: 'underline' });
  const room = field.lines === 1 ? Math.max(8, field.label.length) : field.lines * 34;
  return [
    ...write.runs('＿'.repeat(room)),
    ...write.runs(`〔${field.label}〕`, { fontSize: 8.5, color: '#444444' }),
  ];
}

function choice({ label, options }: Block<'choice'>, write: Write): Content {
  const inside = PAGE.width - 0.7 - GRID_CELL;
  const longest = Math.max(...options.map((option) => option.text.length));
  const columns = longest <= 12 ? 3 : longest <= 26 ? 2 : 1;
  const rows = chunks(options, columns).map((row) =>
    Array.from({ length: columns }, (_, at) => row[at]).flatMap((option) =>
      optionCells(option, write),
    ),
  );
  return {
    table: {
      widths: [inside],
      dontBreakRows: true,
      body: [
        [
          {
            stack: [
              write(label, { margin: [0, 0, 0, 3] }),
              {
                table: {
                  widths: Array.from({ length: columns }, () => [16, inside / columns - 24]).flat(),
                  body: rows,
                },
                layout: BARE,
              },
            ],
          },
        ],
      ],
    },
    layout: GRID,
    margin: [0, 0, 0, 8],
  };
}

function optionCells(option: PaperOption | undefined, write: Write): TableCell[] {
  if (option === undefined) return [{ text: '' }, { text: '' }];
  return [box(option.chosen, write), write(option.text, option.chosen ? { color: write.ink } : {})];
}

/** A box to tick, drawn, because signs for it differ between fonts; the tick stands on it as text. */
function box(ticked: boolean, write: Write): TableCell {
  return {
    stack: [
      { canvas: [{ type: 'rect', x: 0.5, y: 2.5, w: 9, h: 9, lineWidth: 0.8 }] },
      ...(ticked
        ? [
            {
              ...write('√', { color: write.ink, bold: true }),
              relativePosition: { x: 0.5, y: -13 },
            },
          ]
        : []),
    ],
  };
}

function titled(title: string, details: readonly string[], write: Write): Content {
  const gap = details.length > 0 ? '　' : '';
  return {
    text: [...write.runs(`${title}${gap}`, { bold: true }), ...write.runs(details.join(''))],
  };
}

function grid({ label, columns, rows, room }: Block<'table'>, write: Write): Content {
  const padding = GRID_CELL * columns.length + 0.7;
  const total = room.reduce((sum, letters) => sum + letters, 0);
  const widths = room.map((letters) => ((PAGE.width - padding) * letters) / total);
  const heading = write(label, { bold: true, alignment: 'center' });
  return {
    table: {
      widths,
      headerRows: 2,
      keepWithHeaderRows: 1,
      dontBreakRows: rows.every((row) =>
        row.every((text, at) => linesOf(text, widths[at] ?? PAGE.width) < LONG_ROW),
      ),
      heights: (row) => (row < 2 ? 12 : WRITING_LINE - 8),
      body: [
        [
          { ...heading, colSpan: columns.length, fillColor: '#ececec' },
          ...columns.slice(1).map(() => ({})),
        ],
        columns.map((column) => write(column, { alignment: 'center' })),
        ...rows.map((row) =>
          row.map(
            (text): TableCell => ({
              ...write(text, { color: write.ink }),
              verticalAlignment: 'middle',
            }),
          ),
        ),
      ],
    },
    layout: GRID,
    margin: [0, 0, 0, 8],
  };
}

/** Lines to sign on, two beside each other, kept on one page with their labels. */
function signature({ fields }: Block<'signature'>, write: Write): Content {
  const columns = fields.length === 1 ? 1 : 2;
  const rows = chunks(fields, columns).map((row) =>
    Array.from({ length: columns }, (_, at) => row[at]).flatMap((field) => signCells(field, write)),
  );
  return {
    unbreakable: true,
    table: {
      widths: Array.from({ length: columns }, (_, column) => {
        const label = signLabelRoom(fields.filter((_field, at) => at % columns === column));
        return [label, PAGE.width / columns - label - 10];
      }).flat(),
      heights: 26,
      body: rows,
    },
    layout: { ...GRID, paddingLeft: () => 2, paddingRight: () => 2 },
    margin: [0, 10, 0, 12],
  };
}

function signLabelRoom(fields: readonly PaperField[]): number {
  const longest = Math.max(...fields.map((field) => field.label.length));
  return Math.min(longest + 1, 12) * PAGE.text + 2;
}

function signCells(field: PaperField | undefined, write: Write): TableCell[] {
  const none = [false, false, false, false] as [boolean, boolean, boolean, boolean];
  if (field === undefined)
    return [
      { text: '', border: none },
      { text: '', border: none },
    ];
  const empty = field.label.includes('日期') ? '　　　年　　月　　日' : '';
  return [
    {
      ...write(`${field.label}：`, { alignment: 'right' }),
      border: none,
      verticalAlignment: 'bottom',
    },
    {
      ...write(field.value ?? empty, field.value === undefined ? {} : { color: write.ink }),
      preserveLeadingSpaces: true,
      noWrap: field.value === undefined,
      border: [false, false, false, true],
      margin: [2, 11, 0, 0],
    },
  ];
}

/** Rows of a mark and a text beside it, each kept whole. */
function hanging(
  rows: readonly (readonly [string | TableCell, Content])[],
  indent: number,
): Content {
  return {
    table: {
      widths: [indent, Math.min(TEXT_WIDTH, PAGE.width - indent - 8)],
      dontBreakRows: true,
      body: rows.map(([mark, text]): TableCell[] => [
        typeof mark === 'string' ? { text: mark } : mark,
        text as TableCell,
      ]),
    },
    layout: BARE,
    margin: [0, 0, 0, 6],
  };
}

function qr({ text, captions }: Block<'qr'>, write: Write): Content {
  return {
    unbreakable: true,
    columns: [
      { svg: qrPicture(text), width: QR_SIZE },
      {
        width: PAGE.width - QR_SIZE,
        stack: captions.map((caption) => write(caption, { margin: [0, 0, 0, 8], lineHeight: 1.3 })),
        margin: [16, 24, 0, 0],
      },
    ],
    margin: [0, 12, 0, 0],
  };
}

/** A QR code as a picture of one path, with the quiet zone of four modules that the standard asks for. */
function qrPicture(text: string): string {
  const { modules } = qrcode.create([{ data: Buffer.from(text, 'utf8'), mode: 'byte' }], {
    errorCorrectionLevel: 'L',
  });
  const size = modules.size + 8;
  const dark = Array.from(modules.data, (bit, at) =>
    bit ? `M${(at % modules.size) + 4} ${Math.floor(at / modules.size) + 4}h1v1h-1z` : '',
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${QR_SIZE}" height="${QR_SIZE}" viewBox="0 0 ${size} ${size}"><path fill="#000" d="${dark.join('')}"/></svg>`;
}

function linesOf(text: string | undefined, width: number): number {
  return (text ?? '')
    .split('\n')
    .reduce((sum, line) => sum + Math.ceil((line.length * PAGE.text + 1) / width), 0);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
