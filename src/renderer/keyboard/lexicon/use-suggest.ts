import { useEffect, useMemo, useState } from 'react';
import { characterOfCode } from '#shared/pinyin/character-of-code.ts';
import { type Lexicon, readLexicon } from '#shared/pinyin/lexicon.ts';
import { suggestWords } from '#shared/pinyin/suggest.ts';
import type { Suggest } from '../composition.ts';

let loading: Promise<Suggest> | undefined;

/** The words of the keyboard: megabytes that are read when a keyboard first needs them, then stay. */
function loadSuggest(): Promise<Suggest> {
  loading ??= import('./lexicon.txt?raw').then(({ default: source }) =>
    rememberLast(readLexicon(source)),
  );
  return loading;
}

/** The same letters are asked for several times in one drawing. */
function rememberLast(lexicon: Lexicon): Suggest {
  let asked: string | undefined;
  let answer: ReturnType<Suggest> = [];
  return (letters) => {
    if (letters !== asked) answer = suggestWords(lexicon, letters);
    asked = letters;
    return answer;
  };
}

const nothing: Suggest = () => [];

/** A code point gives its character, whether or not the words are there yet. */
function withCodes(words: Suggest): Suggest {
  return (letters) => {
    const text = characterOfCode(letters);
    return text === undefined ? words(letters) : [{ text, letters: letters.length }];
  };
}

/** Chinese for letters, as soon as the words are there; until then letters stay letters. */
export function useSuggest(isWanted: boolean): Suggest {
  const [suggest, setSuggest] = useState<Suggest>();
  useEffect(() => {
    if (!isWanted) return;
    let isGone = false;
    const take = (loaded: Suggest) => {
      if (!isGone) setSuggest(() => loaded);
    };
    // A part of the page that cannot be read leaves a keyboard that types letters; asking again may succeed.
    loadSuggest().then(take, () => {
      loading = undefined;
    });
    return () => {
      isGone = true;
    };
  }, [isWanted]);
  const words = suggest ?? nothing;
  return useMemo(() => withCodes(words), [words]);
}
