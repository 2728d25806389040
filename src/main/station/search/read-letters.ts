import { splitSyllables } from '#shared/sound/split-letters.ts';
import type { Correction } from './correction.ts';
import { letLatinStand } from './latin-words.ts';
import type { WordLists } from './word-lists.ts';

/** Longer texts are no names or sentences that anyone types in letters. */
const LONGEST = 120;
const MOST_LETTERS = 60;
/** Characters that are dearer on average are chance: letters that are no Chinese. */
const MOST_DOUBT = 7;
/** Of initials among characters anything can be made that fits these: what people say costs less than 5.2, most abbreviations more. */
const MOST_DOUBT_OF_INITIALS = 5.2;
/** Initials of several words, that far behind the likeliest at most, in nats; what is written out has one reading. */
const SHORT = 10;
const NEAR = 1.5;
const MOST_READINGS = 3;
const HAN = /\p{Script=Han}/u;

/**
 * Letters read as people speak, the likeliest way first: caili能退吗 → 彩礼能退吗, lbbfgz → 老板不发工资. Empty when they can be no
 * Chinese.
 */
export function readLetters(lists: WordLists, text: string): Correction[] {
  const meant = letLatinStand(text, lists.latin);
  const letters = meant.replaceAll(/[^a-z]/gu, '').length;
  if (letters === 0 || letters > MOST_LETTERS || text.length > LONGEST) return [];
  const readings = lists.readAsSaid(meant, text.length > SHORT ? 1 : MOST_READINGS);
  const most = hasInitials(meant) ? MOST_DOUBT_OF_INITIALS : MOST_DOUBT;
  const least = readings[0]?.cost ?? 0;
  return readings
    .filter(({ doubt, cost }) => doubt <= most && cost <= least + NEAR)
    .map((decoded) => ({ said: text, read: decoded.text.toLowerCase() }));
}

/** Whether letters among characters are no whole syllables. */
function hasInitials(text: string): boolean {
  return (
    HAN.test(text) &&
    (text.match(/[a-z]+/gu) ?? []).some((letters) => splitSyllables(letters) === undefined)
  );
}
