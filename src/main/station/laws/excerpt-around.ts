import type { MarkedText } from '#shared/contract/search.ts';

const LETTERS_AROUND = 48;

/** Some of an article on each side of the first word that it was found by, with each place where one of the words stands. */
export function excerptAround(article: string, words: readonly string[]): MarkedText {
  const [first = ''] = words;
  const at = Math.max(0, article.indexOf(first));
  const start = Math.max(0, at - LETTERS_AROUND / 2);
  const end = Math.min(article.length, at + first.length + LETTERS_AROUND);
  const shown = article.slice(start, end).replaceAll('\n', ' ');
  const text = `${start > 0 ? '……' : ''}${shown}${end < article.length ? '……' : ''}`;
  return { text, marks: apart(words.flatMap((word) => placesOf(text, word))) };
}

type Mark = MarkedText['marks'][number];

function placesOf(text: string, word: string): Mark[] {
  const places: Mark[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length))
    places.push({ from: at, to: at + word.length });
  return places;
}

/** In order; of words that stand in each other, the one that begins first. */
function apart(marks: readonly Mark[]): Mark[] {
  return marks
    .toSorted((one, other) => one.from - other.from || other.to - one.to)
    .reduce<Mark[]>((kept, mark) => {
      if (mark.from >= (kept.at(-1)?.to ?? 0)) kept.push(mark);
      return kept;
    }, []);
}
