import type { ContentRecord } from '#shared/content/envelope.ts';
import type { SynonymBody } from '#shared/content/kinds/synonym.ts';
import type { TriageBody } from '#shared/content/kinds/triage.ts';
import type { LawState } from '#shared/laws/law-state.ts';
import { readArticleReference } from '#shared/search/article-reference.ts';
import {
  articleNamesOf,
  inPlainWords,
  type Meaning,
  meantBy,
  plainSpeech,
  plainWordsOf,
  readMeanings,
  readNames,
  type Sayings,
  sayingsOf,
} from '#shared/search/everyday-words.ts';
import { compact, fold } from '#shared/search/fold-text.ts';
import { tokenOf } from '#shared/search/grams.ts';
import { type Decoded, decodeLetters } from '#shared/sound/decode-letters.ts';
import { type SpeechModel, speechModel } from '#shared/sound/speech-model.ts';
import type { LocalDate } from '#shared/time/local-date.ts';
import { keepReadings } from '../content/kept-readings.ts';
import type { Library } from '../content/library.ts';
import { keepCatalogue } from '../laws/law-catalogue.ts';
import type { ReadableDb } from '../store/sql.ts';
import { slotsOf } from './document-number.ts';
import type { IndexedDocument, IndexReader, Look, ShownText } from './index-reader.ts';
import { latinWordsOf } from './latin-words.ts';
import { isCaughtUp } from './search-index.ts';
import { SPOKEN } from './spoken.ts';
import { type SaidArticle, type ToldModel, toldArticles, toldModel } from './told-model.ts';
import { type TriageEntries, triageEntries } from './triage-entries.ts';

/** What reading a question and ranking need to know of the content. It stays right for one question; the next asks anew. */
export interface WordLists {
  /** The day for which it is right. */
  readonly day: LocalDate;
  readonly station: string;
  /** The index, remembering the last looks: the next letter that is typed asks most of them again. */
  readonly reader: IndexReader;
  readonly triages: readonly ContentRecord<TriageBody>[];
  readonly entries: TriageEntries;
  readonly meanings: (compactText: string) => Meaning[];
  /** The same for a text in the words that everybody uses, of sayings in those words. */
  readonly plainMeanings: (compactText: string) => Meaning[];
  /** Articles of law that everyday words name, as a synonym record writes them. */
  readonly namedArticles: (compactText: string) => Meaning[];
  /** The articles that just these words name, folded and without gaps. */
  readonly articlesOf: (term: string) => readonly string[];
  /** Words said in Latin letters, each with the Chinese word that everybody uses, or with itself. */
  readonly latin: ReadonlyMap<string, string>;
  /** Whether a folded text is a word or title as it stands, and no part of one. */
  readonly isSaid: (text: string) => boolean;
  /** Letters among characters as what people say, the likeliest way first; empty when letters can be no sounds. */
  readonly readAsSaid: (folded: string, most: number) => readonly Decoded[];
  /** A folded text in the words that everybody uses. */
  readonly inPlainWords: (folded: string) => string;
  /** Looked-up names of laws, by every name under which people know them, the longest first. */
  readonly laws: ReadonlyMap<string, string>;
  /** Looked-up names of laws by their first character. */
  readonly lawsByFirst: ReadonlyMap<string, readonly string[]>;
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
  /** How much likelier a story in these wordings is told of a guide or question than of anything, by its number, in nats. */
  readonly likely: ToldModel['likely'];
  /** The same of articles of law that people have sayings for. */
  readonly likelyArticles: ToldModel['likely'];
  /** How telling a piece of text is: high when few texts have it, 0 when none has. */
  readonly weight: (piece: string) => number;
}

/** Gives the lists as they are now; made anew only when content or the day changed. */
export function openWordLists(
  db: ReadableDb,
  library: Library,
  reader: IndexReader,
): () => WordLists {
  const catalogue = keepCatalogue(db, library);
  const keep = keepReadings(db, library.contentDay);
  return () =>
    keep('lists', () =>
      makeLists(library, reader, { laws: catalogue().byId, isComplete: () => isCaughtUp(db) }),
    );
}

interface Circumstances {
  readonly laws: ReadonlyMap<string, { readonly state: LawState }>;
  /** Whether everything that can be read can be found. */
  readonly isComplete: () => boolean;
}

function makeLists(
  library: Library,
  reader: IndexReader,
  { laws: lawsById, isComplete }: Circumstances,
): WordLists {
  const day = library.contentDay();
  const synonyms = library.records('synonym').map(({ body }) => body);
  const sayings = sayingsOf(synonyms);
  const articleNames = articleNamesOf(synonyms);
  const all = reader.documents();
  const load = keepLast(MOST_LOADED, reader.load);
  const textOf = keepLast(MOST_SHOWN, (doc: number) => {
    const document = load(doc);
    return document === undefined || reader.isReplaced(document, day)
      ? undefined
      : reader.textOf(doc);
  });
  // Many guides cite the same articles, and each town's own guides those of the national ones.
  const articles = keepLast(MOST_LOADED, (key: string) => {
    const [law = '', article = ''] = key.split('\n');
    return reader.byArticle(law, article, day);
  });
  const weight = keepLast(MOST_WEIGHED, (token: string) => {
    const frequency = reader.frequency(token);
    return frequency === 0 ? 0 : Math.log(1 + all / frequency);
  });
  const triages = library.records('triage');
  const spoken = [sayings, articleNames, plainWordsOf(synonyms)];
  const speech = plainSpeech(synonyms);
  let plainSayings: Sayings | undefined;
  const laws = lawsByName(reader.lawNames(), synonyms);
  const phrases = () => [
    ...SPOKEN,
    ...spoken.flatMap(({ all: sayings }) => sayings.flatMap(({ said, terms }) => [said, ...terms])),
    ...laws.keys(),
    ...reader.names(MOST_NAMES).filter((name) => HAN.test(name)),
  ];
  return {
    day,
    station: library.station,
    reader: keepLooks(reader),
    triages,
    entries: triageEntries(triages, library.records('faq')),
    meanings: (text) => readMeanings(text, sayings),
    plainMeanings: (text) => {
      plainSayings ??= inPlainWords(sayings, speech);
      return [
        ...readMeanings(text, sayings),
        ...readMeanings(text, plainSayings).filter(({ quality }) => quality === 1),
      ];
    },
    articlesOf: (term) => meantBy(term, articleNames),
    namedArticles: (text) => readNames(text, articleNames),
    inPlainWords: speech,
    latin: latinWordsOf(synonyms),
    isSaid: isAmong(phrases),
    readAsSaid: decoder(phrases),
    laws,
    lawsByFirst: Map.groupBy(new Set(laws.values()), ([first]) => first ?? ''),
    citedLaws: reader.citedLaws(),
    isInForce: (id) => ['in-force', 'unknown', 'outdated'].includes(lawsById.get(id)?.state ?? ''),
    load,
    shown: (document) => textOf(document.doc),
    cites: keepLast(MOST_LOADED, (doc: number) =>
      reader
        .citationsOf(doc)
        .slice(0, MOST_CITED)
        .map(({ law, article }) => articles(`${law}\n${article}`)),
    ),
    isInHead: keepLast(MOST_WEIGHED, reader.hasInHead),
    likely: teller(() => {
      if (!isComplete()) return undefined;
      const told = reader.shownOf({ day, limit: MOST_TOLD, slots: TOLD });
      const documents = told.flatMap((doc) => load(doc) ?? []);
      return toldModel(documents, sayings);
    }),
    likelyArticles: teller(() =>
      isComplete()
        ? toldArticles(
            saidArticles(
              articleNames,
              laws,
              (law, article) => articles(`${law}\n${article}`),
              load,
            ),
          )
        : undefined,
    ),
    weight: (piece) => weight(tokenOf(piece)),
  };
}

/** Articles that sayings name and that are here, each with all that is said of it. */
function saidArticles(
  { all }: Sayings,
  laws: ReadonlyMap<string, string>,
  byArticle: (law: string, article: string) => readonly number[],
  load: WordLists['load'],
): SaidArticle[] {
  const named = all.flatMap(({ said, terms }) => terms.map((term) => ({ said, term })));
  return [...Map.groupBy(named, ({ term }) => term)].flatMap(([term, sayings]) => {
    const reference = readArticleReference(compact(term));
    const law = laws.get(reference?.law ?? '');
    if (reference === undefined || law === undefined) return [];
    const docs = byArticle(law, reference.article);
    const text = docs.map((doc) => load(doc)?.body ?? '').join('\n');
    return docs.length === 0 ? [] : [{ docs, text, said: sayings.map(({ said }) => said) }];
  });
}

/** Guides and questions of which it is learnt what people tell; a terminal shows some hundred. */
const MOST_TOLD = 1000;
const TOLD = slotsOf(['service', 'faq']);

/** Learns at the first question; not while content is still being laid out, because each step of that would make it learn anew. */
function teller(learn: () => ToldModel | undefined): ToldModel['likely'] {
  let model: ToldModel | undefined;
  return (wordings) => {
    model ??= learn();
    return model?.likely(wordings) ?? new Map();
  };
}

/** Titles and words from which it is learnt how people speak; so many hold all that a terminal shows but the statutes. */
const MOST_NAMES = 3000;

const HAN = /\p{Script=Han}/u;

/** Whether a text is one of the phrases, which are gathered when that is first asked. */
function isAmong(phrases: () => readonly string[]): WordLists['isSaid'] {
  let all: ReadonlySet<string> | undefined;
  return (text) => {
    all ??= new Set(phrases().map((phrase) => compact(fold(phrase))));
    return all.has(text);
  };
}

/** Reads letters by a model of what people say that is made for the first letters only: a start does not wait for it. */
function decoder(phrases: () => readonly string[]): WordLists['readAsSaid'] {
  let model: SpeechModel | undefined;
  return (folded, most) => {
    model ??= speechModel(new Set(phrases()));
    return decodeLetters(model, folded, most);
  };
}

/** Lists of at most 160 numbers. */
const MOST_LOOKS = 300;

function keepLooks(reader: IndexReader): IndexReader {
  const keep = (read: IndexReader['inHead']) => {
    const kept = keepLast(MOST_LOOKS, (key: string) => read(JSON.parse(key) as Look));
    return (look: Look) => kept(JSON.stringify(look));
  };
  return { ...reader, inHead: keep(reader.inHead), inBody: keep(reader.inBody) };
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
