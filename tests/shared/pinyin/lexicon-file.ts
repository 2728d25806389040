import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lexicon, readLexicon } from '#shared/pinyin/lexicon.ts';

/** The words that the keyboard ships. */
export function shippedLexicon(): Lexicon {
  const path = join(import.meta.dirname, '../../../src/renderer/keyboard/lexicon/lexicon.txt');
  return readLexicon(readFileSync(path, 'utf8'));
}
