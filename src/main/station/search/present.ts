import type { SearchHit } from '#shared/contract/search.ts';
import { compact, foldWithPlaces, type PlacedText } from '#shared/search/fold-text.ts';
import { matchSounds } from '#shared/sound/match-sounds.ts';
import type { IndexedDocument, ShownText } from './index-reader.ts';
import type { Ranking } from './rank.ts';

/** Signs with which a text of several points is written, and which are no part of what it says. */
const LIST_MARKS = /^\s*(?:[-*+]|#+|>)\s+|\*\*/gmu;

type Marked = SearchHit['title'];
type Mark = Marked['marks'][number];

const SNIPPET_LENGTH = 64;
const BEFORE_MARK = 14;

/** Shows documents as a page does among the answers: the words that answer are marked, the text begins near them. */
export function presentation(
  ranking: Ranking,
): (document: IndexedDocument, shown: ShownText) => SearchHit {
  const wanted = wantedTexts(ranking);
  return (document, shown) => presentHit(document, shown, wanted, ranking);
}

function presentHit(
  { kind, id, body: folded }: IndexedDocument,
  { title, body, extra }: ShownText,
  wanted: readonly string[],
  ranking: Ranking,
): SearchHit {
  const text = body.replaceAll(LIST_MARKS, '').replaceAll(/\s+/g, ' ').trim();
  return {
    kind,
    id,
    title: markTitle(title, wanted, ranking),
    ...(text === ''
      ? {}
      : {
          snippet: snippetOf(
            text,
            wanted.filter((part) => folded.includes(part)),
          ),
        }),
    extra,
  };
}

/** What is marked, the longest first: the question itself, what it was corrected to, its parts, its legal meaning. */
function wantedTexts({ question, correction }: Ranking): string[] {
  const corrected = correction === undefined ? [] : [correction.read];
  const legal = question.meanings.flatMap(({ terms }) => terms.map(compact));
  const parts = question.terms.map(({ text }) => text);
  return [question.whole, ...corrected, ...legal, ...parts].filter((text) => text !== '');
}

function markTitle(title: string, wanted: readonly string[], { question }: Ranking): Marked {
  const folded = foldWithPlaces(title);
  const literal = marksIn(folded, wanted);
  if (literal.length > 0) return { text: title, marks: literal };
  for (const units of question.sounds) {
    const characters = Array.from(folded.text);
    const match = matchSounds(units, characters);
    if (match === undefined) continue;
    const unitAt = (character: number) => characters.slice(0, character).join('').length;
    return { text: title, marks: [markAt(folded, unitAt(match.from), unitAt(match.to))] };
  }
  return { text: title, marks: [] };
}

function snippetOf(text: string, wanted: readonly string[]): Marked {
  const place = firstPlace(text, wanted);
  const from = beginning(text, place);
  const cut = text
    .slice(from, from + SNIPPET_LENGTH)
    .toWellFormed()
    .replaceAll('\uFFFD', '');
  const isCut = from > 0 && !SENTENCE_END.test(text[from - 1] ?? '');
  const shown = `${isCut ? '…' : ''}${cut}${from + SNIPPET_LENGTH < text.length ? '…' : ''}`;
  return { text: shown, marks: marksIn(foldWithPlaces(shown), wanted) };
}

const SENTENCE_END = /[。！？；\s]/u;

/** Where a snippet begins that shows a place: with its sentence when that begins near, else shortly before it. */
function beginning(text: string, place: number): number {
  if (place <= BEFORE_MARK * 2) return 0;
  for (let at = place; at > place - BEFORE_MARK * 2; at -= 1)
    if (/[。！？；]/u.test(text[at - 1] ?? '')) return text[at] === ' ' ? at + 1 : at;
  return place - BEFORE_MARK;
}

/** Where in the original the first of the wanted texts stands; the start when none does. */
function firstPlace(text: string, wanted: readonly string[]): number {
  const [first] = wanted;
  if (first === undefined) return 0;
  const plain = text.indexOf(first);
  if (plain >= 0) return plain;
  const folded = foldWithPlaces(text);
  for (const part of wanted) {
    const at = folded.text.indexOf(part);
    if (at >= 0) return folded.from[at] ?? 0;
  }
  return 0;
}

function marksIn(folded: PlacedText, wanted: readonly string[]): Mark[] {
  const marked = folded.text.split('').map(() => false);
  for (const part of wanted)
    for (
      let at = folded.text.indexOf(part);
      at >= 0;
      at = folded.text.indexOf(part, at + part.length)
    )
      marked.fill(true, at, at + part.length);
  const marks: Mark[] = [];
  for (let from = marked.indexOf(true); from >= 0; ) {
    const end = marked.indexOf(false, from);
    const to = end < 0 ? marked.length : end;
    marks.push(markAt(folded, from, to));
    from = marked.indexOf(true, to);
  }
  return marks;
}

function markAt(folded: PlacedText, from: number, to: number): Mark {
  return { from: folded.from[from] ?? 0, to: folded.to[to - 1] ?? 1 };
}
