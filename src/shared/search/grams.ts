import { runsOf } from './fold-text.ts';

/**
 * The tokens under which a folded text stands in the index: every two neighbouring characters of a run, and its last one
 * alone, so that a single character is found as the beginning of a token wherever it stands.
 */
export function gramsOf(folded: string): string {
  return runsOf(folded).flatMap(runGrams).join(' ');
}

/** The index query that finds just the texts in which each run of `folded` stands as it is; undefined when it is empty. */
export function phraseOf(folded: string): string | undefined {
  const phrases = runsOf(folded).map(runPhrase);
  return phrases.length === 0 ? undefined : phrases.join(' AND ');
}

function runGrams(run: string): string[] {
  const characters = Array.from(run);
  return characters.map((character, at) => character + (characters[at + 1] ?? ''));
}

/** One character: the beginning of a token; two: a token; more: tokens one after the other. */
function runPhrase(run: string): string {
  const characters = Array.from(run);
  if (characters.length === 1) return `"${run}" *`;
  return `"${runGrams(run).slice(0, -1).join(' ')}"`;
}
