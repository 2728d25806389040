import type { Lexicon } from '#shared/pinyin/lexicon.ts';
import { suggestWords } from '#shared/pinyin/suggest.ts';
import type { TypedWord } from './words.ts';

export interface HitRates {
  readonly words: number;
  readonly top1: number;
  readonly top5: number;
  /** Touches on keys and on words for a Chinese character, when words are typed in full and chosen. */
  readonly touchesPerCharacter: number;
  readonly missed: readonly string[];
}

/** Candidates that a page of the strip shows, and the most pages that somebody looks through. */
const PAGE = 5;
const MOST_PAGES = 60;

/** How often a word is offered first, or on the first page, when its pinyin is typed in full. */
export function hitRates(lexicon: Lexicon, words: readonly TypedWord[]): HitRates {
  const places = words.map(({ word, pinyin }) =>
    suggestWords(lexicon, pinyin).findIndex(({ text }) => text === word),
  );
  const part = (isHit: (place: number) => boolean) =>
    Math.round((1000 * places.filter(isHit).length) / places.length) / 1000;
  const characters = words.reduce((sum, { word }) => sum + Array.from(word).length, 0);
  const touches = words.reduce(
    (sum, { pinyin }, at) => sum + pinyin.length + touchesToChoose(places[at] ?? -1),
    0,
  );
  return {
    words: words.length,
    top1: part((place) => place === 0),
    top5: part((place) => place >= 0 && place < PAGE),
    touchesPerCharacter: Math.round((100 * touches) / characters) / 100,
    missed: words.filter((_, at) => (places[at] ?? -1) < 0).map(({ word }) => word),
  };
}

function touchesToChoose(place: number): number {
  return place < 0 ? MOST_PAGES : Math.floor(place / PAGE) + 1;
}
