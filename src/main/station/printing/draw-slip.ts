import { type Slip, slipLines } from '#shared/printing/slip.ts';
import type { SlipPaper } from '#shared/printing/slip-layout.ts';
import {
  type PictureNode,
  pictureTagSchema,
  type SlipPicture,
} from '#shared/printing/slip-picture.ts';
import { slipSvg } from './slip-bytes.ts';

/** Attributes that a picture keeps, each with what it may say; the page chooses the font. */
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  d: /^[\d\sa-zA-Z,.-]*$/,
  transform: /^(?:translate|scale)\([\d.,-]+\)$/,
  x: /^-?[\d.]+$/,
  y: /^-?[\d.]+$/,
  width: /^[\d.]+%?$/,
  height: /^[\d.]+%?$/,
  fill: /^(?:none|#000)$/,
  stroke: /^(?:none|transparent|#000)$/,
  'stroke-width': /^\d+$/,
  'stroke-dasharray': /^\d+$/,
  'font-size': /^\d+$/,
  'dominant-baseline': /^text-after-edge$/,
  'text-anchor': /^middle$/,
  'text-decoration': /^underline$/,
  id: /^receipt-[\da-f-]{36}$/,
  filter: /^url\(#receipt-[\da-f-]{36}\)$/,
  'flood-color': /^#000$/,
  in2: /^SourceGraphic$/,
  operator: /^out$/,
};

const TOKEN =
  /<(?<end>\/?)(?<tag>\w+)(?<attributes>(?:\s+[\w:-]+="[^"]*")*)\s*(?<empty>\/?)>|(?<text>[^<]+)/g;
const LETTERS: Readonly<Record<string, string>> = {
  '&#xa0;': '\u00a0',
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
};

interface OpenNode {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly children: PictureNode[];
}

/**
 * A slip as a picture for the screen, from the same source as its bytes. Of receiptline's SVG only known elements and
 * attributes with known values get through; the page builds its own elements from them, so no markup is ever pasted.
 */
export function drawSlip(slip: Slip, paper: SlipPaper): SlipPicture {
  return { ...pictureOf(slipSvg(slip, paper)), lines: slipLines(slip) };
}

/** What of an SVG document may be shown. */
export function pictureOf(svg: string): Omit<SlipPicture, 'lines'> {
  const root: OpenNode = { tag: 'root', attributes: {}, text: '', children: [] };
  const open = [root];
  let size = { width: 0, height: 0 };
  for (const { groups = {} } of svg.matchAll(TOKEN)) {
    const inner = open.at(-1) ?? root;
    if (groups.text !== undefined) inner.text += groups.text;
    else if (groups.end) close(open);
    else {
      const node = nodeOf(groups.tag ?? '', groups.attributes ?? '');
      if (node.tag === 'svg') size = sizeOf(groups.attributes ?? '');
      open.push(node);
      if (groups.empty) close(open);
    }
  }
  return { ...size, nodes: root.children };
}

/** Ends the innermost element and hands it to the one around it; an unknown one gives way to nothing, `svg` to its children. */
function close(open: OpenNode[]): void {
  if (open.length < 2) return;
  const node = open.pop();
  const outer = open.at(-1);
  if (node === undefined || outer === undefined) return;
  if (node.tag === 'svg') {
    outer.children.push(...node.children);
    return;
  }
  const tag = pictureTagSchema.safeParse(node.tag);
  if (!tag.success) return;
  const { attributes, children } = node;
  const text = node.text.replace(/&(?:#xa0|amp|lt|gt);/g, (entity) => LETTERS[entity] ?? '');
  outer.children.push({
    tag: tag.data,
    attributes,
    children,
    ...(node.tag === 'tspan' ? { text } : {}),
  });
}

function nodeOf(tag: string, written: string): OpenNode {
  const attributes = Object.fromEntries(
    [...written.matchAll(/([\w:-]+)="([^"]*)"/g)].flatMap(([, name = '', value = '']) =>
      ATTRIBUTES[name]?.test(value) ? [[name, value]] : [],
    ),
  );
  return { tag, attributes, text: '', children: [] };
}

function sizeOf(written: string): { width: number; height: number } {
  const number = (name: string) =>
    Math.ceil(Number(new RegExp(`\\b${name}="([\\d.]+)px"`).exec(written)?.[1] ?? 0));
  return { width: number('width'), height: number('height') };
}
