import {
  getDocument,
  PDFDataRangeTransport,
  type RenderTask,
  VerbosityLevel,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
// The pages' security policy lets no worker start from a text; what a worker would do is done here, and pamphlets are small.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';

/** An open pamphlet. */
export interface Pamphlet {
  readonly pages: number;
  /** Draws a page, from 0, at a width in CSS pixels; gives its words. Rejects when it is cancelled or cannot be drawn. */
  readonly draw: (
    page: number,
    canvas: HTMLCanvasElement,
    width: number,
  ) => { readonly done: Promise<string>; readonly cancel: () => void };
  readonly close: () => void;
}

/** Read from the terminal piece by piece, so that the first page of a thick one is there at once. */
const PIECE_BYTES = 65_536;
/** A page that is larger is drawn coarser: canvases beyond this fail on small machines. */
const MOST_PIXELS = 16_000_000;

/** Tables of Chinese letters for files that do not bring their own. */
const LETTER_TABLES = import.meta.glob<string>(
  '../../../../node_modules/pdfjs-dist/cmaps/{Adobe-GB1,GB,UniGB}*.bcmap',
  { query: '?url', import: 'default' },
);

/** Opens a PDF of this terminal. Rejects when it is none or cannot be read. */
export async function openPamphlet(path: string, bytes: number): Promise<Pamphlet> {
  const pieces = new PiecesOf(path, bytes);
  const task = getDocument({
    range: pieces,
    rangeChunkSize: PIECE_BYTES,
    disableAutoFetch: true,
    disableStream: true,
    verbosity: VerbosityLevel.ERRORS,
    useWasm: false,
    useWorkerFetch: false,
    enableXfa: false,
    canvasMaxAreaInBytes: 4 * MOST_PIXELS,
    BinaryDataFactory: LetterTables,
  });
  // pdf.js would wait for ever for a piece that does not come.
  pieces.onLost = () => void task.destroy();
  try {
    const document = await task.promise;
    return {
      pages: document.numPages,
      draw: (page, canvas, width) => {
        let rendering: RenderTask | undefined;
        let isCancelled = false;
        const done = document.getPage(page + 1).then(async (leaf) => {
          const size = leaf.getViewport({ scale: 1 });
          const scale = width / size.width;
          const wanted = scale * devicePixelRatio;
          const most = Math.sqrt(MOST_PIXELS / (size.width * size.height));
          const viewport = leaf.getViewport({ scale: Math.min(wanted, most) });
          if (isCancelled) throw new Error('cancelled');
          canvas.width = Math.floor(viewport.width);
          canvas.height = Math.floor(viewport.height);
          canvas.style.inlineSize = `${width}px`;
          rendering = leaf.render({ canvas, viewport });
          const [, { items }] = await Promise.all([rendering.promise, leaf.getTextContent()]);
          return items.map((item) => ('str' in item ? item.str : '')).join('');
        });
        return {
          done,
          cancel: () => {
            isCancelled = true;
            rendering?.cancel();
          },
        };
      },
      close: () => void task.destroy(),
    };
  } catch (error) {
    await task.destroy();
    throw error;
  }
}

/** The pieces of a file, by HTTP's ranges; both shells answer them. */
class PiecesOf extends PDFDataRangeTransport {
  readonly #path: string;
  readonly #stop = new AbortController();
  /** Hears when a piece cannot be had; not when reading was ended. */
  onLost: () => void = () => {};

  constructor(path: string, bytes: number) {
    super(bytes, null);
    this.#path = path;
  }

  override requestDataRange(begin: number, end: number): void {
    const headers = { range: `bytes=${begin}-${end - 1}` };
    void fetch(this.#path, { headers, signal: this.#stop.signal })
      .then(bytesOf)
      .then(
        (piece) => this.onDataRange(begin, piece),
        () => {
          if (!this.#stop.signal.aborted) this.onLost();
        },
      );
  }

  override abort(): void {
    this.#stop.abort();
  }
}

/** Where pdf.js gets what a file did not bring; of that, only letters are shipped. */
class LetterTables {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const found = Object.entries(LETTER_TABLES).find(([name]) => name.endsWith(`/${filename}`));
    if (found === undefined) throw new Error('not shipped');
    return bytesOf(await fetch(await found[1]()));
  }
}

async function bytesOf(answer: Response): Promise<Uint8Array> {
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}
