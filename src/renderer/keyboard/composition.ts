/** What an engine offers for letters that are being put together. */
export interface Candidate {
  readonly text: string;
  /** How many of the letters it stands for. */
  readonly letters: number;
}

/** Offers words for letters, the likeliest first. */
export type Suggest = (letters: string) => readonly Candidate[];

/** Letters on their way to becoming words: words chosen for the first of them, and the letters that are left. */
export interface Composition {
  readonly chosen: readonly { readonly text: string; readonly letters: string }[];
  readonly letters: string;
}

export const NOTHING_COMPOSED: Composition = { chosen: [], letters: '' };

/** Longer than any sentence that is typed at a stand; what comes after is taken as the next sentence. */
export const MOST_LETTERS = 60;

/** Whether letters are being put together. */
export function isComposing({ chosen, letters }: Composition): boolean {
  return chosen.length > 0 || letters !== '';
}

/** What stands in the field meanwhile: chosen words, then letters. */
export function composedText({ chosen, letters }: Composition): string {
  return chosen.map(({ text }) => text).join('') + letters;
}

/** One letter more. */
export function addLetter(composition: Composition, letter: string): Composition {
  return { ...composition, letters: composition.letters + letter };
}

/** Takes the last step back: a chosen word becomes letters again, or the last letter goes. */
export function takeBack({ chosen, letters }: Composition): Composition {
  const last = chosen.at(-1);
  if (last === undefined) return { chosen, letters: letters.slice(0, -1) };
  return { chosen: chosen.slice(0, -1), letters: last.letters + letters };
}

/** Chooses a word for the first letters. */
export function choose({ chosen, letters }: Composition, candidate: Candidate): Composition {
  const spent = Math.min(Math.max(candidate.letters, 1), letters.length);
  return {
    chosen: [...chosen, { text: candidate.text, letters: letters.slice(0, spent) }],
    letters: letters.slice(spent),
  };
}

/** The text that the likeliest words make; letters for which there is no word stay letters, so that nothing is lost. */
export function finish(composition: Composition, suggest: Suggest): string {
  let rest = composition;
  while (rest.letters !== '') {
    const best = suggest(rest.letters)[0];
    if (best === undefined) break;
    rest = choose(rest, best);
  }
  return composedText(rest);
}
