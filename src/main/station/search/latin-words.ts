import type { SynonymBody } from '#shared/content/kinds/synonym.ts';
import { fold } from '#shared/search/fold-text.ts';

/**
 * Words that people say in Latin letters; those of sayings and those that have a Chinese word stand among the synonyms. What is
 * rather short for a matter of law is not among them: sb is 社保, pc 赔偿, dj 登记.
 */
const SAID_IN_LATIN = (
  'app qq gps ct lpr hr sim etc ems ppt mba kpi vip pos atm pdf usb id ip it ai ok wifi ktv dna dvd mv mri icu hiv hpv ' +
  'abo ab iphone ipad ipo nba cba kfc led lcd ups sos pua ceo cfo boss offer ppp pvc suv gdp cpi usdt btc vpn ota ' +
  'ofo word excel email ios android wps mcn nfc tv bug diy spa apk sms esim mpv'
).split(' ');
/** A shorter one may be the first letter of anything. */
const SHORTEST = 2;
const LETTERS = /[a-z]+/gu;

/** Latin words, each with the Chinese word that everybody uses, or with itself. */
export function latinWordsOf(synonyms: readonly SynonymBody[]): ReadonlyMap<string, string> {
  const standing = [...SAID_IN_LATIN, ...synonyms.flatMap(({ everyday }) => everyday.map(fold))]
    .flatMap((said) => said.match(LETTERS) ?? [])
    .filter(({ length }) => length >= SHORTEST);
  const plain = synonyms.flatMap(({ everyday, plain: word }) =>
    word === undefined
      ? []
      : everyday
          .map(fold)
          .flatMap((said) => (/^[a-z]+$/.test(said) ? [[said, fold(word)] as const] : [])),
  );
  return new Map([...standing.map((word) => [word, word] as const), ...plain]);
}

/** Whether some of the letters are no sounds but a word of their own. */
export function hasLatinWord(folded: string, latin: ReadonlyMap<string, string>): boolean {
  return (folded.match(LETTERS) ?? []).some((letters) => latin.has(letters));
}

/** A letter before a character, a digit or behind one is a label: x光, c1, b2驾照; behind characters it may be the next one's first. */
const LABEL =
  /(?<![a-z])[a-z](?=[\p{Script=Han}\d])|(?<=\d)[a-z](?![a-z])|(?<=^\p{Script=Han})[a-z]$/gu;

/** A folded text in which letters that stand for themselves are capitals, and Latin words that have a Chinese one are that. */
export function letLatinStand(folded: string, latin: ReadonlyMap<string, string>): string {
  return folded
    .replace(LABEL, (letter) => letter.toUpperCase())
    .replace(LETTERS, (letters) => {
      const word = latin.get(letters);
      return word === letters ? letters.toUpperCase() : (word ?? letters);
    });
}
