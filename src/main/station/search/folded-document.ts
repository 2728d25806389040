import { compact, fold } from '#shared/search/fold-text.ts';
import type { IndexedDocument } from './index-reader.ts';

/** A document's texts in the form in which they are compared. */
export interface FoldedDocument {
  readonly title: string;
  readonly words: readonly string[];
  readonly body: string;
}

export function foldDocument(document: IndexedDocument): FoldedDocument {
  return {
    title: compact(fold(document.title)),
    words: document.words.map((word) => compact(fold(word))),
    body: compact(fold(document.body)),
  };
}
