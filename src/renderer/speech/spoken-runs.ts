import type { SpokenLanguage } from '#shared/contract/speech.ts';
import { spokenPieces } from './spoken-pieces.ts';

/** Words with the language of the voice that can say them. */
export interface SpokenPiece {
  readonly words: string;
  readonly language: SpokenLanguage;
}

/** Chinese words with their numbers, times and marks. */
const CHINESE =
  /([\p{N}:.]*\p{Script=Han}(?:[\p{Script=Han}\p{N}，。、；：！？《》（）“”]|[:.](?=\p{N}))*)/u;

/**
 * What is said of a text on a page in `language`, in pieces. Names and records that are in Chinese alone stand on pages in every
 * language; a Chinese voice says them, because others are silent on them or spell them.
 */
export function spokenRuns(words: string, language: SpokenLanguage): readonly SpokenPiece[] {
  const runs = language === 'zh-CN' ? [words] : words.split(CHINESE);
  return runs.flatMap((run, at): SpokenPiece[] => {
    const spoken = at % 2 === 1 ? 'zh-CN' : language;
    return spokenPieces(run, spoken).map((piece) => ({ words: piece, language: spoken }));
  });
}
