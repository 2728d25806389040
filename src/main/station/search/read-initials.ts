import { phraseOf } from '#shared/search/grams.ts';
import type { Correction } from './correction.ts';
import { EVERYTHING } from './document-number.ts';
import type { WordLists } from './word-lists.ts';

const INITIALS = /^[a-z]{2,8}$/;
/** So many words that begin so are compared; of each it is asked how many texts have it. */
const MOST_COMPARED = 6;
const LOOKED_AT = 60;

/**
 * Initials that no title has: lhxy → 离婚协议. Words are what people say and the legal words for it; of several the one that most
 * texts have, undefined when there is none.
 */
export function readInitials(lists: WordLists, text: string): Correction | undefined {
  if (!INITIALS.test(text)) return undefined;
  const words = lists.wordsWithInitials(text).slice(0, MOST_COMPARED);
  const [best] = words
    .map((word) => ({ word, texts: textsWith(word, lists) }))
    .filter(({ texts }) => texts > 0)
    .sort((a, b) => b.texts - a.texts);
  return best === undefined ? undefined : { said: text, read: best.word };
}

function textsWith(word: string, { reader, day }: WordLists): number {
  const query = phraseOf(word);
  if (query === undefined) return 0;
  const look = { query, day, limit: LOOKED_AT, slots: EVERYTHING };
  // A word of titles is likelier than one that only stands in texts.
  return 3 * reader.inHead(look).length + reader.inBody(look).length;
}
