import { StationError } from '#shared/contract/errors.ts';
import type { Library } from '../content/library.ts';
import type { Laws } from '../laws/laws.ts';
import type { StationLog } from '../log/station-log.ts';
import { pamphletBytes } from '../media/media.ts';
import type { MediaFiles } from '../media/media-files.ts';
import type { Stations } from '../stations/stations.ts';
import type { WritableDb } from '../store/sql.ts';
import { cupsSpooler } from './cups-spooler.ts';
import { paperDocument } from './paper-content.ts';
import type { Papers } from './papers.ts';
import type { PdfMaker } from './pdf.ts';
import { type DeskPatience, openPrintDesk } from './print-desk.ts';

export interface PapersOptions {
  readonly library: Library;
  readonly stations: Stations;
  readonly laws: Laws;
  readonly media: MediaFiles;
  readonly db: WritableDb;
  /** The profile's setting: `none`, or `cups:NAME`. */
  readonly printer: string;
  readonly now: () => number;
  readonly log: StationLog;
  readonly patience?: DeskPatience;
}

/** Opens the papers of a station. Nothing prints at start; what an earlier run left unfinished is closed. */
export function openPapers(options: PapersOptions): Papers {
  const { printer, now } = options;
  const makePdf = pdfOnDemand();
  const spooler = printer === 'none' ? undefined : cupsSpooler(printer.replace(/^cups:/, ''));
  const desk = spooler && openPrintDesk({ ...options, spooler });
  return {
    printer: async () => ({ state: spooler === undefined ? 'none' : await spooler.status() }),
    print: async (paper) => {
      if (desk === undefined) throw new StationError('no-printer');
      return desk.print(paper, () =>
        paper.type === 'media'
          ? pamphletBytes(options.library, options.media, paper.id)
          : makePdf(paperDocument(options, paper), now()),
      );
    },
    pdf: async (paper) => {
      const document = paperDocument(options, paper);
      const pdf = await makePdf(document, now());
      return { base64: pdf.toString('base64'), fileName: fileNameOf(document) };
    },
  };
}

/** Typesetting is a third of the host's program and most of its memory; a start, and a day without papers, do without. */
function pdfOnDemand(): PdfMaker {
  let maker: Promise<PdfMaker> | undefined;
  return async (document, now) => {
    maker ??= import('./pdf.ts').then(({ pdfMaker }) => pdfMaker());
    return (await maker)(document, now);
  };
}

function fileNameOf(document: ReturnType<typeof paperDocument>): string {
  const parts = [document.title, document.subtitle, document.sample ? '示例' : undefined];
  const name = parts.filter((part) => part !== undefined).join('-');
  return `${name.replace(/[\\/:*?"<>|\s]/g, '_')}.pdf`;
}
