import type { SynonymBody } from '#shared/content/kinds/synonym.ts';
import { readMeanings, sayingsOf } from '#shared/search/everyday-words.ts';
import { compact, fold } from '#shared/search/fold-text.ts';
import { keepReadings } from '../content/kept-readings.ts';
import type { Library } from '../content/library.ts';
import type { ReadableDb } from '../store/sql.ts';
import { type FoldedDocument, foldDocument } from './folded-document.ts';
import type { IndexedDocument, IndexReader } from './index-reader.ts';

/** What reading a question needs to know of the content; kept until content changes. */
export interface WordLists {
  readonly meanings: (compactText: string) => ReturnType<typeof readMeanings>;
  /** Looked-up names of laws, by every name under which people know them. */
  readonly laws: () => ReadonlyMap<string, string>;
  readonly citedLaws: () => ReadonlyMap<string, number>;
  /** The laws that people need most. */
  readonly neededLaws: () => readonly string[];
  /** A document's texts as they are compared; the last ones asked for are kept. */
  readonly folded: (document: IndexedDocument) => FoldedDocument;
  /** How telling a token is: high when few texts have it, 0 when none has. */
  readonly weight: (token: string) => number;
}

export function openWordLists(db: ReadableDb, library: Library, reader: IndexReader): WordLists {
  const keep = keepReadings(db, library.contentDay);
  const synonyms = () => keep('synonyms', () => library.records('synonym').map(({ body }) => body));
  const sayings = () => keep('sayings', () => sayingsOf(synonyms()));
  const frequencies = () => keep('frequencies', () => new Map<string, number>());
  const foldedDocuments = () => keep('folded', () => new Map<number, FoldedDocument>());
  const documents = () => keep('documents', reader.documents);
  return {
    meanings: (text) => readMeanings(text, sayings()),
    laws: () => keep('laws', () => lawsByName(reader.lawNames(), synonyms())),
    citedLaws: () => keep('cited', reader.citedLaws),
    neededLaws: () => keep('needed', () => mostCited(reader.citedLaws())),
    folded: (document) => {
      const kept = foldedDocuments();
      if (kept.size > MOST_FOLDED) kept.clear();
      const folded = kept.get(document.doc) ?? foldDocument(document);
      kept.set(document.doc, folded);
      return folded;
    },
    weight: (token) => {
      const known = frequencies();
      if (known.size > MOST_KEPT) known.clear();
      const frequency = known.get(token) ?? reader.frequency(token);
      known.set(token, frequency);
      return frequency === 0 ? 0 : Math.log(1 + documents() / frequency);
    },
  };
}

const MOST_KEPT = 4000;
/** About a megabyte of text. */
const MOST_FOLDED = 800;
const MOST_NEEDED = 40;

function mostCited(cited: ReadonlyMap<string, number>): string[] {
  return [...cited]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_NEEDED)
    .map(([law]) => law);
}

/** Short names (交法) are sayings whose meaning is the name of a law. */
function lawsByName(
  names: readonly string[],
  synonyms: readonly SynonymBody[],
): Map<string, string> {
  const laws = new Map(names.map((name) => [name, name]));
  for (const { everyday, legal } of synonyms) {
    const meant = legal.map((term) => compact(fold(term))).find((term) => names.includes(term));
    if (meant === undefined) continue;
    for (const name of everyday) {
      const short = compact(fold(name));
      if (/[法典例释]$/u.test(short) && !laws.has(short)) laws.set(short, meant);
    }
  }
  return laws;
}
