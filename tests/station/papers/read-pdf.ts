import { getDocumentProxy } from 'unpdf';

/** A piece of text on a page, in points from the lower left corner. */
export interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

export interface ReadPage {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly Piece[];
}

/** Reads a PDF by PDF.js, a program that has nothing in common with the one that wrote it. */
export async function readPdf(pdf: Buffer): Promise<ReadPage[]> {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const pages: ReadPage[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const [, , width = 0, height = 0] = page.view;
    const { items } = await page.getTextContent();
    pages.push({
      width,
      height,
      pieces: items.flatMap((item) => {
        if (!('str' in item) || item.str.trim() === '') return [];
        const [size = 0, , , , x = 0, y = 0] = item.transform as number[];
        return { text: item.str, x, y, width: item.width, size };
      }),
    });
  }
  return pages;
}

/** All text of a PDF without white space, so that a search does not depend on where lines were broken. */
export function letters(text: string): string {
  return text.replace(/\s/gu, '');
}

export function lettersOf(pages: readonly ReadPage[]): string {
  return letters(pages.flatMap((page) => page.pieces.map((piece) => piece.text)).join(''));
}
