import { readingsOf } from '#shared/sound/sounds.ts';

/** Whether the characters of a word are pronounced with these initials, one for each. */
export function hasInitials(word: string, initials: string): boolean {
  return (
    word.length === initials.length &&
    initials
      .split('')
      .every((initial, at) => readingsOf(word[at] ?? '')[0]?.startsWith(initial) ?? false)
  );
}
