import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * What visitors type: a word or a short sentence, and its full pinyin as the keys are struck. No tones, no spaces, no
 * apostrophes, `v` for ü (吕 lv, 女儿 nver); üe in both ways that people use (省略 lve, 虐待 nue).
 */
const typedWordSchema = z.strictObject({
  word: z.string().regex(/^\p{Script=Han}{1,12}$/u),
  pinyin: z.string().regex(/^[a-z]+$/),
});
export type TypedWord = z.infer<typeof typedWordSchema>;

/** Matters, phrases, surnames and places, in the order of the file. Throws when the file has another shape. */
export function typedWords(): TypedWord[] {
  const text = readFileSync(join(import.meta.dirname, 'words.json'), 'utf8');
  return z.array(typedWordSchema).parse(JSON.parse(text));
}
