import pdfmake from 'pdfmake';
import type {
  Content,
  ContentText,
  Node,
  TDocumentDefinitions,
  TFontDictionary,
} from 'pdfmake/interfaces';
import type { PaperBlock, PaperDocument } from '#shared/papers/paper-document.ts';
import { MAIN_FONT, openPaperFonts, type PaperFonts } from './paper-fonts.ts';
import { blockContent, leastHeight, PAGE, type Write } from './pdf-blocks.ts';

/** What is written in an example has the blue of a pen; what an office fills in is printed. */
const PEN = '#1b3f8b';
const PRINT = '#000000';
/** A heading with the space around it, in points. */
const HEADING_HEIGHT = 34;

/** Makes an A4 PDF of a paper; the same paper at the same moment (epoch ms) gives the same bytes. */
export type PdfMaker = (paper: PaperDocument, now: number) => Promise<Buffer>;

/** Files that pdfmake reads fonts from; its types leave it out. */
interface VirtualFiles {
  readonly virtualfs: { readonly writeFileSync: (name: string, content: Buffer) => void };
}

/** A PDF maker that reads its fonts at first use and keeps them. Nothing is ever loaded from outside the package. */
export function pdfMaker(): PdfMaker {
  let fonts: PaperFonts | undefined;
  return (paper, now) => {
    fonts ??= openPaperFonts();
    return makePdf(fonts, paper, now);
  };
}

function makePdf(fonts: PaperFonts, paper: PaperDocument, now: number): Promise<Buffer> {
  const used = new Set([MAIN_FONT]);
  const runs: Write['runs'] = (text, style = {}) =>
    fonts.runs(text).map((run) => {
      used.add(run.font);
      return { ...style, ...run };
    });
  const write: Write = Object.assign(
    (text: string, style: Parameters<Write>[1] = {}) => ({ text: runs(text), ...style }),
    { runs, ink: paper.sample ? PEN : PRINT },
  );
  const definition = definitionOf(paper, write, now);
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(() => false);
  pdfmake.setFonts(provide(fonts, used));
  return pdfmake.createPdf(definition).getBuffer();
}

function provide(fonts: PaperFonts, used: ReadonlySet<string>): TFontDictionary {
  const files = (pdfmake as unknown as VirtualFiles).virtualfs;
  return Object.fromEntries(
    [...used].map((font) => {
      const { regular, bold } = fonts.files(font);
      files.writeFileSync(`${font}-400`, regular);
      files.writeFileSync(`${font}-700`, bold);
      return [font, { normal: `${font}-400`, bold: `${font}-700` }];
    }),
  );
}

function definitionOf(paper: PaperDocument, write: Write, now: number): TDocumentDefinitions {
  const room = new Map<string, number>();
  const foot = write(paper.foot, { width: '*' });
  return {
    pageSize: 'A4',
    pageMargins: [PAGE.margin, PAGE.top, PAGE.margin, PAGE.bottom],
    language: 'zh-CN',
    displayTitle: true,
    info: { title: titleOf(paper), creationDate: new Date(now), modDate: new Date(now) },
    defaultStyle: { font: MAIN_FONT, fontSize: PAGE.text, lineHeight: 1.1 },
    ...(paper.sample
      ? {
          watermark: {
            text: '示例',
            font: MAIN_FONT,
            bold: true,
            fontSize: 150,
            opacity: 0.05,
            angle: -40,
          },
          header: () => sampleMark(write),
        }
      : {}),
    footer: (page, pages) => ({
      margin: [PAGE.margin, 14, PAGE.margin, 0],
      fontSize: 8.5,
      color: '#333333',
      columns: [foot, { text: `第 ${page} 页，共 ${pages} 页`, width: 'auto' }],
    }),
    content: [...titleContent(paper, write), ...contentOf(paper.blocks, write, room)],
    pageBreakBefore: (node) => isOrphan(node, room),
  };
}

/** Lays out blocks; a heading knows how much of its section has to stand on the same page with it. */
function contentOf(
  blocks: readonly PaperBlock[],
  write: Write,
  room: Map<string, number>,
): Content[] {
  return blocks.map((block, at) => {
    const content = blockContent(block, write);
    if (block.type !== 'heading') return content;
    const id = `heading-${at}`;
    const next = blocks[at + 1];
    room.set(id, HEADING_HEIGHT + (next === undefined ? 0 : leastHeight(next)));
    return { ...(content as ContentText), id };
  });
}

/** Whether a node is a heading that would stand at the foot of a page without anything of its section. */
function isOrphan({ id, startPosition }: Node, room: ReadonlyMap<string, number>): boolean {
  const needed = room.get(id ?? '');
  return (
    needed !== undefined &&
    startPosition.top > PAGE.top + 1 &&
    startPosition.top + needed > PAGE.height - PAGE.bottom
  );
}

function titleOf(paper: PaperDocument): string {
  const title = paper.subtitle === undefined ? paper.title : `${paper.title}（${paper.subtitle}）`;
  return paper.sample ? `${title}（示例）` : title;
}

function titleContent(paper: PaperDocument, write: Write): Content[] {
  return [
    write(paper.title, { fontSize: 20, bold: true, alignment: 'center', margin: [0, 0, 0, 6] }),
    ...(paper.subtitle === undefined
      ? []
      : [
          write(paper.subtitle, {
            fontSize: 14,
            bold: true,
            alignment: 'center',
            margin: [0, 0, 0, 8],
          }),
        ]),
  ];
}

function sampleMark(write: Write): Content {
  return {
    margin: [PAGE.margin, 22, PAGE.margin, 0],
    columns: [
      { text: '', width: '*' },
      {
        width: 'auto',
        table: {
          body: [[write('示例　人和事都是编的，只供照着填写', { fontSize: 9.5, bold: true })]],
        },
        layout: {
          hLineWidth: () => 1,
          vLineWidth: () => 1,
          paddingTop: () => 2,
          paddingBottom: () => 2,
        },
      },
    ],
  };
}
