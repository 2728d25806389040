import type { SpokenLanguage } from '#shared/contract/speech.ts';

/** Letters of one piece, about ten seconds of speech: a terminal makes no longer sound of it, and a break comes soon. */
const MOST_LETTERS: Readonly<Record<SpokenLanguage, number>> = { 'zh-CN': 40, en: 120 };

/** Ends of sentences and of their parts; a Latin one counts only before a space (1.5, 12:30 stay whole). */
const PARTS = /[^，。；：！？\n]*?(?:[，。；：！？\n]+|[,.;:!?](?=\s)|$)/gu;

/**
 * Splits what is to be said after its punctuation into pieces that a voice says one after the other. A part that has no
 * punctuation is cut where it is too long, between words where it has any.
 */
export function spokenPieces(words: string, language: SpokenLanguage): readonly string[] {
  const most = MOST_LETTERS[language];
  const pieces: string[] = [];
  let piece = '';
  for (const part of partsOf(words, most)) {
    if (lettersOf(piece) + lettersOf(part) > most) {
      pieces.push(piece);
      piece = '';
    }
    piece += part;
  }
  pieces.push(piece);
  return pieces.map((each) => each.trim()).filter(hasWords);
}

function partsOf(words: string, most: number): readonly string[] {
  return (words.match(PARTS) ?? []).flatMap((part) => cut(part, most));
}

function cut(part: string, most: number): readonly string[] {
  const letters = Array.from(part);
  if (letters.length <= most) return [part];
  const space = letters.lastIndexOf(' ', most - 1);
  const at = space > 0 ? space + 1 : most;
  return [letters.slice(0, at).join(''), ...cut(letters.slice(at).join(''), most)];
}

function lettersOf(text: string): number {
  return Array.from(text).length;
}

/** Marks alone are nothing to say. */
function hasWords(piece: string): boolean {
  return /[\p{L}\p{N}]/u.test(piece);
}
