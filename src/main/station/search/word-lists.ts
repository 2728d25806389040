import type { SynonymBody } from '#shared/content/kinds/synonym.ts';
import type { LawState } from '#shared/laws/law-state.ts';
import {
  articleNamesOf,
  type Meaning,
  meantBy,
  plainSpeech,
  readMeanings,
  readNames,
  sayingsOf,
} from '#shared/search/everyday-words.ts';
import { compact, fold } from '#shared/search/fold-text.ts';
import { tokenOf } from '#shared/search/grams.ts';
import { readingsOf } from '#shared/sound/sounds.ts';
import { keepReadings } from '../content/kept-readings.ts';
import type { Library } from '../content/library.ts';
import { keepCatalogue } from '../laws/law-catalogue.ts';
import type { ReadableDb } from '../store/sql.ts';
import type { IndexedDocument, IndexReader, ShownText } from './index-reader.ts';

/** What reading a question and ranking need to know of the content. It stays right for one question; the next asks anew. */
export interface WordLists {
  readonly meanings: (compactText: string) => Meaning[];
  /** Articles of law that everyday words name, as a synonym record writes them. */
  readonly namedArticles: (compactText: string) => Meaning[];
  /** The articles that just these words name. */
  readonly articlesOf: (term: string) => readonly string[];
  /** An everyday saying that is pronounced so, syllable by syllable. */
  readonly sayingSounding: (syllables: readonly string[]) => string | undefined;
  /** A folded text in the words that everybody uses. */
  readonly inPlainWords: (folded: string) => string;
  /** Looked-up names of laws, by every name under which people know them, the longest first. */
  readonly laws: ReadonlyMap<string, string>;
  readonly citedLaws: ReadonlyMap<string, number>;
  readonly isInForce: (lawId: string) => boolean;
  /** A document as it is compared; the last ones asked for are kept. */
  readonly load: (doc: number) => IndexedDocument | undefined;
  /** A document as it is shown, undefined when a narrower record is shown instead; the last ones asked for are kept. */
  readonly shown: (document: IndexedDocument) => ShownText | undefined;
  /** Articles that a document cites, as documents; the last ones asked for are kept. */
  readonly cites: (doc: number) => readonly (readonly number[])[];
  /** Whether a token stands in any title or among the words of any document. */
  readonly isInHead: (token: string) => boolean;
  /** How telling a piece of text is: high when few texts have it, 0 when none has. */
  readonly weight: (piece: string) => number;
}

/** Gives the lists as they are now; made anew only when content or the day changed. */
export function openWordLists(
  db: ReadableDb,
  library: Library,
  reader: IndexReader,
): () => WordLists {
  const catalogue = keepCatalogue(db, library.contentDay);
  const keep = keepReadings(db, library.contentDay);
  return () => keep('lists', () => makeLists(library, reader, catalogue().byId));
}

function makeLists(
  library: Library,
  reader: IndexReader,
  lawsById: ReadonlyMap<string, { readonly state: LawState }>,
): WordLists {
  const synonyms = library.records('synonym').map(({ body }) => body);
  const sayings = sayingsOf(synonyms);
  const articleNames = articleNamesOf(synonyms);
  const all = reader.documents();
  const load = keepLast(MOST_LOADED, reader.load);
  const textOf = keepLast(MOST_SHOWN, (doc: number) => {
    const document = load(doc);
    return document === undefined || reader.isReplaced(document, library.contentDay())
      ? undefined
      : reader.textOf(doc);
  });
  const weight = keepLast(MOST_WEIGHED, (token: string) => {
    const frequency = reader.frequency(token);
    return frequency === 0 ? 0 : Math.log(1 + all / frequency);
  });
  return {
    meanings: (text) => readMeanings(text, sayings),
    sayingSounding: sayingsBySound(synonyms),
    articlesOf: (term) => meantBy(compact(fold(term)), articleNames),
    namedArticles: (text) => readNames(text, articleNames),
    inPlainWords: plainSpeech(synonyms),
    laws: lawsByName(reader.lawNames(), synonyms),
    citedLaws: reader.citedLaws(),
    isInForce: (id) => ['in-force', 'unknown'].includes(lawsById.get(id)?.state ?? ''),
    load,
    shown: (document) => textOf(document.doc),
    cites: keepLast(MOST_LOADED, (doc: number) =>
      reader
        .citationsOf(doc)
        .slice(0, MOST_CITED)
        .map(({ law, article }) => reader.byArticle(law, article, library.contentDay())),
    ),
    isInHead: keepLast(MOST_WEIGHED, reader.hasInHead),
    weight: (piece) => weight(tokenOf(piece)),
  };
}

const LETTERS = /[a-z0-9]/;

/** Made when letters are read for the first time. */
function sayingsBySound(
  synonyms: readonly SynonymBody[],
): (syllables: readonly string[]) => string | undefined {
  let bySound: Map<string, string> | undefined;
  const make = () =>
    new Map(
      synonyms
        .flatMap(({ everyday }) => everyday.map((said) => compact(fold(said))))
        .filter((said) => said.length > 1 && !LETTERS.test(said))
        .reverse()
        .map((said) => [Array.from(said, (one) => readingsOf(one)[0] ?? one).join(' '), said]),
    );
  return (syllables) => {
    bySound ??= make();
    return bySound.get(syllables.join(' '));
  };
}

/** About two megabytes of text. */
const MOST_LOADED = 2400;
/** The same answers come back with every letter that is typed. */
const MOST_SHOWN = 400;
const MOST_WEIGHED = 6000;
/** Of a guide that cites more, the first ones are what it stands on. */
const MOST_CITED = 8;

/** Keeps what was asked for lately. */
function keepLast<Key, Value>(most: number, read: (key: Key) => Value): (key: Key) => Value {
  let recent = new Map<Key, Value>();
  let older = new Map<Key, Value>();
  return (key) => {
    const known = recent.get(key);
    if (known !== undefined || recent.has(key)) return known as Value;
    const value = older.get(key) ?? read(key);
    if (recent.size * 2 >= most) {
      older = recent;
      recent = new Map<Key, Value>();
    }
    recent.set(key, value);
    return value;
  };
}

/** Short names (交法) are sayings whose meaning is the name of a law. */
function lawsByName(
  names: readonly string[],
  synonyms: readonly SynonymBody[],
): Map<string, string> {
  const laws = new Map(names.map((name) => [name, name]));
  for (const { everyday, legal } of synonyms) {
    const meant = legal?.map((term) => compact(fold(term))).find((term) => laws.get(term) === term);
    if (meant === undefined) continue;
    for (const name of everyday) {
      const short = compact(fold(name));
      if (/[法典例释]$/u.test(short) && !laws.has(short)) laws.set(short, meant);
    }
  }
  return new Map([...laws].sort(([a], [b]) => b.length - a.length));
}
